"""A wish that nothing here answers, as far as it may be counted: a few known values and the month.

None of them is a text that somebody wrote. What is no known value counts as "other".
"""

from collections.abc import Collection, Sequence
from dataclasses import asdict, astuple, dataclass, fields
from datetime import date
from typing import Final

from heard.content.vocabulary import ACTIVITIES, GENRES, INSTRUMENTS
from heard.directory.search import Barrier, Result
from heard.directory.wish import Ages, Wish

NOT_SAID: Final = "not said"
SEVERAL: Final = "several"
OTHER: Final = "other"
WORK: Final = "work"
"""The topic of adults who look for training, jobs or other work in music."""

AGE_BANDS: Final = {"under 5": 4, "5 to 7": 7, "8 to 11": 11, "12 to 14": 14, "15 to 18": 18, "19 to 25": 25}
"""Each with the last age in it."""
OVER: Final = "over 25"

TOPICS: Final = (*ACTIVITIES, *GENRES, WORK, SEVERAL, OTHER, NOT_SAID)
PLAYED: Final = (*INSTRUMENTS, SEVERAL, OTHER, NOT_SAID)
AGES: Final = (*AGE_BANDS, OVER, SEVERAL, NOT_SAID)
BARRIERS: Final[tuple[Barrier, ...]] = ("nothing", "distance", "cost", "distance and cost")
NARROWED: Final = ("topic", "instrument", "district", "ages")
"""What a wish may say more of, or less, and be the same wish."""


@dataclass(frozen=True, slots=True)
class Gap:
    """One wish that found nothing, or only what is too far away or too dear."""

    month: str
    """ "2026-11"."""
    topic: str
    instrument: str
    district: str
    """The district's id in content/places.yml."""
    ages: str
    barrier: str

    @property
    def known(self) -> frozenset[str]:
        """What the wish says something about."""
        return frozenset(name for name in NARROWED if getattr(self, name) != NOT_SAID)

    def is_of_one_wish_with(self, other: "Gap") -> bool:
        """Whether the two do not contradict each other: then one says more than the other about the same wish."""
        return all(getattr(self, name) == getattr(other, name) for name in self.known & other.known)

    def note(self) -> str:
        """The gap as one text, for the memory of a talk."""
        return "/".join(astuple(self))

    @classmethod
    def from_note(cls, note: str) -> "Gap | None":
        """The inverse of `note`; None for any other text."""
        values = note.split("/")
        return cls(*values) if len(values) == len(fields(cls)) else None

    def as_dict(self) -> dict[str, str]:
        """The values by name."""
        return asdict(self)


def gap_of(wish: Wish, result: Result, barrier: Barrier, districts: Collection[str], today: date) -> Gap:
    """The wish as it is counted. `districts` are the ids of the hub's own."""
    here = {found.district for found in result.origin.found}
    district = next(iter(here)) if len(here) == 1 else None
    return Gap(
        month=f"{today:%Y-%m}",
        topic=_topic(wish),
        instrument=_one(wish.instruments, PLAYED),
        district=district if district is not None and district in districts else NOT_SAID,
        ages=_band(wish.ages),
        barrier=barrier,
    )


def _topic(wish: Wish) -> str:
    """The kind of music is more telling than the kind of meeting; the instrument is counted beside both."""
    if wish.audience == "adults":
        return WORK
    return _one(wish.genres or wish.activities, TOPICS)


def _one(values: Sequence[str], known: Sequence[str]) -> str:
    if len(values) != 1:
        return SEVERAL if values else NOT_SAID
    return values[0] if values[0] in known else OTHER


def _band(ages: Sequence[Ages]) -> str:
    bands = {next((band for band, last in AGE_BANDS.items() if youngest <= last), OVER) for youngest, _ in ages}
    if len(bands) != 1:
        return SEVERAL if bands else NOT_SAID
    return bands.pop()


def narrowed(before: Gap, after: Gap) -> Gap:
    """The same wish with all that is known of it: what stood in the way is that of the one that says more.

    A month that is over stays as it was.
    """
    return after if before.known <= after.known and before.month == after.month else before
