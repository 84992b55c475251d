"""When to look, when to write and when not to: in England's time, never at night."""

from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from heard.content.dates import KeyDate, WhatHappens
from heard.reminders.subject import Before

ENGLAND: Final = ZoneInfo("Europe/London")
LOOKS_AT: Final = time(16, 30)
"""After school, and early enough to ring somebody."""
AWAKE: Final = (time(8), time(20))
LEAD: Final[dict[Before, int]] = {"week": 7, "day": 1, "same": 0}
"""Days."""
_SUDDEN: Final[frozenset[WhatHappens]] = frozenset({"opens", "decided"})
"""For these there is nothing to get ready, so the day itself is told."""
_USUAL: Final[tuple[Before, ...]] = ("week", "day")


def today(now: datetime) -> date:
    """The day in England."""
    return now.astimezone(ENGLAND).date()


def next_look(now: datetime) -> datetime:
    """The next time of day at which reminders are looked at, after now."""
    here = now.astimezone(ENGLAND)
    at = datetime.combine(here.date(), LOOKS_AT, ENGLAND)
    return (at if at > here else datetime.combine(here.date() + timedelta(days=1), LOOKS_AT, ENGLAND)).astimezone(UTC)


def may_write(now: datetime) -> bool:
    """Whether a message may arrive at this hour."""
    return AWAKE[0] <= now.astimezone(ENGLAND).time() < AWAKE[1]


def next_morning(now: datetime) -> datetime:
    """The next moment at which a message may arrive; now, if it may."""
    if may_write(now):
        return now
    here = now.astimezone(ENGLAND)
    day = here.date() if here.time() < AWAKE[0] else here.date() + timedelta(days=1)
    return datetime.combine(day, AWAKE[0], ENGLAND).astimezone(UTC)


def coming(dates: Iterable[KeyDate], what: WhatHappens, day: date) -> date | None:
    """The next day on which this happens, that day included; None where none is known."""
    return min((key.day for key in dates if key.what == what and key.day >= day), default=None)


def is_due(day: date, before: Before, now: date) -> bool:
    """Whether it is time to tell of a day."""
    return now >= day - timedelta(days=LEAD[before])


def ways(what: WhatHappens, day: date | None, now: date) -> tuple[Before, ...]:
    """How long before a day somebody can still be told; () where it is tomorrow, today or over."""
    if what in _SUDDEN:
        return ("same",) if day is None or day > now else ()
    return tuple(before for before in _USUAL if day is None or not is_due(day, before, now))
