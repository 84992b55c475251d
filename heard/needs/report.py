"""What was looked for and not found, as staff may read it: by month and school year, every figure protected.

Only months that are over are shown, so that nobody can look before and after one person's wish. What is published
of a month stays as it is. A school year's figures count what is published of it, and say where there is more.
"""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from itertools import chain, combinations
from typing import Final

from heard.disclosure_control import Layout, Release, protect_count, releases
from heard.needs.gap import AGES, BARRIERS, NOT_SAID, PLAYED, TOPICS
from heard.store.needs import KEY, NeedCount, NeedStore

MONTH: Final = "month"
SHOWN_BY: Final = ("district", "instrument", "topic", "ages", "barrier")
"""What a release counts by, in the order of its cells."""
FILTERS: Final = ("district", "instrument")
"""What may be fixed, one or both, while the rest is counted by."""
_SCHOOL_YEAR_BEGINS: Final = 9


@dataclass(frozen=True, slots=True)
class Figure:
    """One count as it may be shown. With `or_more` there are others beside, in months that may not be shown."""

    value: str
    count: int
    or_more: bool = False


@dataclass(frozen=True, slots=True)
class Breakdown:
    """The wishes by one thing, the most frequent first. What may not be shown is not there, known values and all."""

    by: str
    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Asked:
    """What of the figures somebody wants to see: a month ("2026-11") or a school year ("2026/27"), and filters."""

    period: str
    district: str | None = None
    instrument: str | None = None


@dataclass(frozen=True, slots=True)
class View:
    """The figures that somebody asked for."""

    asked: Asked
    total: Figure | None
    breakdowns: tuple[Breakdown, ...]


class NeedsReport:
    """The figures of one hub."""

    def __init__(self, store: NeedStore, hub: str, districts: Sequence[str], threshold: int) -> None:
        """`districts` are the ids of the hub's own."""
        self._store = store
        self._hub = hub
        self._threshold = threshold
        self.districts = tuple(districts)

    def periods(self, today: date) -> tuple[str, ...]:
        """What there are figures for: the school years, the latest first, and under each its months."""
        years = self._published(today)
        return tuple(chain.from_iterable((year, *reversed(months)) for year, (months, _) in reversed(years.items())))

    def view(self, asked: Asked, today: date) -> View | None:
        """The figures; None where there are none of that period or filter."""
        years = self._published(today)
        year = next((y for y, (months, _) in years.items() if asked.period in (y, *months)), None)
        known = asked.district in (None, NOT_SAID, *self.districts) and asked.instrument in (None, *PLAYED)
        if year is None or not known:
            return None
        months, published = years[year]
        one = None if asked.period == year else months.index(asked.period)
        figures = _Figures(months, published, one, asked)
        open_ = [by for by in SHOWN_BY if by not in FILTERS or getattr(asked, by) is None]
        values = {
            "district": (*self.districts, NOT_SAID), "instrument": PLAYED, "topic": TOPICS, "ages": AGES,
            "barrier": BARRIERS,
        }  # fmt: skip
        breakdowns = [figures.by(by, values[by]) for by in open_]
        if one is None:
            breakdowns.append(figures.by_month())
        return View(asked, figures.figure(""), tuple(breakdowns))

    def this_month(self, today: date) -> int | None:
        """How many wishes there are in the month that is not over; rounded, None while they are few."""
        month = f"{today:%Y-%m}"
        return protect_count(
            sum(c.count for c in self._store.table(self._hub) if c.values[0] == month), self._threshold
        )

    def _published(self, today: date) -> "Published":
        last = f"{today.replace(day=1) - timedelta(days=1):%Y-%m}"
        over = tuple(count for count in self._store.table(self._hub) if count.values[0] <= last)
        return _published(over, last, len(self.districts), self._threshold)


class _Figures:
    def __init__(self, months: Sequence[str], published: Sequence[Release], one: int | None, asked: Asked) -> None:
        self._months = months
        self._published = published
        self._one = one
        self._fixed = {by: getattr(asked, by) for by in FILTERS}

    def figure(self, value: str, by: str | None = None) -> Figure | None:
        """The figure of one cell: that of the month, or of the year as far as it could be published."""
        fixed = self._fixed | ({by: value} if by else {})
        cell = tuple(fixed.get(name) for name in SHOWN_BY)
        if self._one is not None:
            count = self._published[self._one].period.get(cell)
            return Figure(value, count) if count is not None else None
        count, hidden = 0, False
        for release in self._published:
            if cell in release.so_far:
                count, hidden = release.so_far[cell], False
            else:
                count, hidden = count + release.period.get(cell, 0), hidden or cell not in release.period
        return Figure(value, count, hidden) if count else None

    def by(self, by: str, values: Iterable[str]) -> Breakdown:
        """The wishes by one thing. Age bands and barriers keep their order."""
        figures = [figure for value in values if (figure := self.figure(value, by)) is not None]
        if by not in ("ages", "barrier"):
            figures.sort(key=lambda figure: (-figure.count, figure.value))
        return Breakdown(by, tuple(figures))

    def by_month(self) -> Breakdown:
        """The wishes month by month."""
        cell = tuple(self._fixed.get(name) for name in SHOWN_BY)
        counts = ((m, release.period.get(cell)) for m, release in zip(self._months, self._published, strict=True))
        return Breakdown(MONTH, tuple(Figure(month, count) for month, count in counts if count is not None))


Published = dict[str, tuple[tuple[str, ...], tuple[Release, ...]]]
"""The months of each school year, with their releases."""


@lru_cache(maxsize=4)
def _published(counts: tuple[NeedCount, ...], last: str, districts: int, threshold: int) -> Published:
    """What is published up to the month `last`. Kept, as what is over does not change."""
    found: Published = {}
    by_month: dict[str, Counter[tuple[str | None, ...]]] = {}
    order = [KEY.index(name) for name in SHOWN_BY]
    for count in counts:
        by_month.setdefault(count.values[0], Counter())[tuple(count.values[n] for n in order)] += count.count
    layout = _layout(districts)
    first = min(by_month, default=last)
    for year in sorted({_school_year(month) for month in by_month}):
        months = tuple(month for month in _months_of(year) if first <= month <= last)
        found[year] = months, releases([by_month.get(month, Counter()) for month in months], layout, threshold)
    return found


def _layout(districts: int) -> Layout:
    filters = [SHOWN_BY.index(name) for name in FILTERS]
    others = [n for n in range(len(SHOWN_BY)) if n not in filters]
    fixed = [frozenset(some) for size in range(len(filters) + 1) for some in combinations(filters, size)]
    tables = {group | more for group in fixed for more in (frozenset[int](), *(frozenset({n}) for n in others))}
    sizes = {"district": districts + 1, "instrument": len(PLAYED), "topic": len(TOPICS), "ages": len(AGES)}
    return Layout(tuple(sizes.get(name, len(BARRIERS)) for name in SHOWN_BY), frozenset(tables))


def _school_year(month: str) -> str:
    year, number = int(month[:4]), int(month[5:])
    first = year if number >= _SCHOOL_YEAR_BEGINS else year - 1
    return f"{first}/{(first + 1) % 100:02}"


def _months_of(year: str) -> tuple[str, ...]:
    first = int(year[:4])
    numbers = [(first + (n > 12), (n - 1) % 12 + 1) for n in range(_SCHOOL_YEAR_BEGINS, _SCHOOL_YEAR_BEGINS + 12)]
    return tuple(f"{y}-{m:02}" for y, m in numbers)
