"""Counts that are published again and again: each period by itself, and all periods so far.

A figure that was published never changes afterwards, and what is published later does not undo what was hidden
before: all so far, less all up to an earlier time, is what came in between.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence, Set
from dataclasses import dataclass

from heard.disclosure_control.cube import Cell, Counts, Layout, margins, may_be_shown
from heard.disclosure_control.protect import check_threshold, rounded


@dataclass(frozen=True, slots=True)
class Release:
    """What may be read once a period is over. Only cells that may be shown are there, rounded to 5."""

    period: Mapping[Cell, int]
    """Of this period alone."""
    so_far: Mapping[Cell, int]
    """Of all periods up to this one."""


def releases(periods: Sequence[Counts], layout: Layout, threshold: int) -> tuple[Release, ...]:
    """A release for each period, the earliest first. Each depends on what came before it and on nothing later.

    `periods` are the counts of the finest cells. Raises ValueError for a threshold under 5.
    """
    return tuple(_each(periods, layout, check_threshold(threshold)))


def _each(periods: Sequence[Counts], layout: Layout, threshold: int) -> Iterator[Release]:
    so_far: Counter[Cell] = Counter()
    last: dict[Cell, _Last] = {}
    for number, rows in enumerate(periods):
        counts = margins(rows, layout)
        shown = may_be_shown(counts, layout, threshold)
        so_far = so_far + counts
        for cell, count in counts.items():
            last.setdefault(cell, _Last()).came(count, shown=cell in shown)
        if number:
            never, known = _bound(so_far, last, number, threshold)
            so_far_shown: Set[Cell] = may_be_shown(so_far, layout, threshold, never=never, known=known)
        else:
            so_far_shown = shown
        for cell in so_far_shown:
            last[cell] = _Last(number + 1)
        yield Release(_rounded(counts, shown), _rounded(so_far, so_far_shown))


@dataclass(slots=True)
class _Last:
    """What has come to a cell since its count so far was last published."""

    since: int = 0
    """The first period that is in no published count so far."""
    shown_periods: int = 0
    hidden: int = 0
    """How many came in periods that were hidden."""

    def came(self, count: int, *, shown: bool) -> None:
        if shown:
            self.shown_periods += 1
        else:
            self.hidden += count

    def hidden_periods(self, number: int) -> int:
        return number + 1 - self.since - self.shown_periods


def _bound(so_far: Counts, last: Mapping[Cell, _Last], number: int, threshold: int) -> tuple[set[Cell], set[Cell]]:
    """The counts so far that would give a hidden period away, and those that anybody can add up."""
    never, known = set[Cell](), set[Cell]()
    for cell, count in so_far.items():
        if count >= threshold:
            since = last[cell]
            hidden = since.hidden_periods(number)
            if hidden == 0:
                known.add(cell)
            elif hidden == 1 or since.hidden < threshold:
                never.add(cell)
    return never, known


def _rounded(counts: Counts, shown: Set[Cell]) -> dict[Cell, int]:
    return {cell: rounded(counts[cell]) for cell in sorted(shown, key=str)}
