"""What a scheme is worth, coarsely: sums and shares are at most, and not of the same things."""

from decimal import Decimal

from heard.content.schema import Bursary

_MUCH, _SOME = 2, 1
_LEAST: dict[int, tuple[Decimal, Decimal]] = {_MUCH: (Decimal(1000), Decimal(100)), _SOME: (Decimal(250), Decimal(50))}
"""Pounds and per cent from which on: all of the cost, or a thousand pounds, carries a family through a year."""


def worth_of(bursary: Bursary) -> int:
    """0, 1 or 2: little or not known, some, much."""
    worth = bursary.worth
    if worth is None:
        return 0
    pounds, percent = worth.pounds or Decimal(0), worth.percent or Decimal(0)
    return next((n for n in (_MUCH, _SOME) if pounds >= _LEAST[n][0] or percent >= _LEAST[n][1]), 0)
