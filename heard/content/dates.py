"""Days and times of an entry as values, so that they can go into a calendar: only as far as a page says so."""

import re
from datetime import time
from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BeforeValidator, Field, model_validator

from heard.content.fields import Date, Day, Strict, Text

WhatHappens = Literal["opens", "closes", "decided", "audition", "event"]


def _clock(value: Any) -> Any:
    # YAML reads a bare 18:30 as a number of minutes.
    if not isinstance(value, str) or not re.fullmatch(r"([01]\d|2[0-3]):[0-5]\d", value):
        raise ValueError("write a time in quotes, with 24 hours: '18:30'")
    return value


Clock = Annotated[str, BeforeValidator(_clock)]
"""A time of day in England, "18:30"."""


def time_of(clock: str) -> time:
    """A clock's time."""
    return time.fromisoformat(clock)


class _Timed(Strict):
    starts: Clock | None = None
    ends: Clock | None = None

    @model_validator(mode="after")
    def _in_order(self) -> "_Timed":
        if self.ends is not None and self.starts is None:
            raise ValueError("an end needs a start")
        if self.starts is not None and self.ends is not None and self.ends <= self.starts:
            raise ValueError(f"ends ({self.ends}) is not after starts ({self.starts})")
        return self


class KeyDate(_Timed):
    """A day that matters: when something opens, closes, is decided or takes place."""

    what: WhatHappens
    day: Date
    until: Date | None = None
    """The last day, where it is more than one."""
    note: Text | None = None

    @model_validator(mode="after")
    def _days_in_order(self) -> "KeyDate":
        if self.until is not None and self.until < self.day:
            raise ValueError(f"until ({self.until}) is before day ({self.day})")
        return self


class Session(_Timed):
    """A time in every week."""

    day: Day
    starts: Clock


def _shortest(value: Decimal) -> Decimal:
    return value.to_integral() if value == value.to_integral() else value.normalize()


Sum = Annotated[Decimal, Field(gt=0, allow_inf_nan=False), AfterValidator(_shortest)]
"""A sum or a share; 50 and 50.00 are one."""


class Worth(Strict):
    """What a scheme gives at most: pounds to one person in a year, or per cent of the cost."""

    pounds: Sum | None = None
    percent: Annotated[Sum, Field(le=100)] | None = None

    @model_validator(mode="after")
    def _something(self) -> "Worth":
        if self.pounds is None and self.percent is None:
            raise ValueError("give pounds or percent, or leave worth out")
        return self
