"""Why an entry fits a wish, and what nobody has said about it."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from heard.content.schema import Opportunity
from heard.content.vocabulary import ANY
from heard.directory import terms
from heard.directory.index import GENERIC, Filed, Index, is_online
from heard.directory.origin import Origin, distance
from heard.directory.wish import Ages, Wish


@dataclass(frozen=True, slots=True)
class Reason:
    """One reason, as the name of its wording under `search.why` or `search.check` and what to fill in."""

    key: str
    values: tuple[tuple[str, Any], ...] = ()

    @classmethod
    def of(cls, key: str, **values: Any) -> "Reason":
        return cls(key, tuple(sorted(values.items())))


@dataclass(frozen=True, slots=True)
class Match:
    """An entry beside a wish."""

    opportunity: Opportunity
    why: tuple[Reason, ...]
    check: tuple[Reason, ...]
    """What is not known, or only nearly right, and has to be asked."""
    miles: float | None = None
    """To its nearest place; None where either place is not known."""

    @property
    def is_local(self) -> bool:
        """Whether it is of the hub's own area and not for the whole country."""
        return self.opportunity.area not in ("national", "online")


def match(filed: Filed, wish: Wish, origin: Origin, index: Index, dropped: tuple[str, ...] = ()) -> Match:
    """The entry with its reasons. `dropped` are the conditions that it does not meet, so that it is said what it is."""
    whose = _Reasons(filed, wish, origin, index, dropped)
    return Match(filed.entry, tuple(whose.why()), tuple(whose.check()), whose.miles)


class _Reasons:
    def __init__(self, filed: Filed, wish: Wish, origin: Origin, index: Index, dropped: tuple[str, ...]) -> None:
        self._filed, self._entry, self._wish = filed, filed.entry, wish
        self._origin, self._index, self._dropped = origin, index, dropped
        self._named = [i for i in wish.instruments if index.names(i) & filed.instruments]
        here = origin.one
        away = [(distance(here, site), site) for site in filed.sites] if here else []
        known = [(far, site.name) for far, site in away if far is not None]
        self._nearest = min(known, default=None)
        self.miles = round(self._nearest[0], 1) if self._nearest else None

    def why(self) -> Iterator[Reason]:
        """What speaks for it, the place first."""
        yield from self._where()
        if self._entry.cost != "unknown":
            yield Reason.of(f"cost_{self._entry.cost}")
        yield from self._ages()
        for instrument in self._named:
            yield Reason.of("instrument", instrument=instrument)
        if not self._named:
            yield from self._family()
        for genre in self._wish.genres:
            if genre in self._filed.genres:
                yield Reason.of("genre", genre=genre)
        yield from self._activity()
        if self._entry.level != "any":
            yield Reason.of(f"level_{self._entry.level}")
        yield from (Reason.of("time", time=time) for time in self._times())
        for need in self._wish.access_needs:
            if need in self._entry.access_needs:
                yield Reason.of("need", need=need)
        if is_online(self._entry) and self._entry.area != "online":
            yield Reason.of("also_online")

    def check(self) -> Iterator[Reason]:
        """What to ask, most needed first."""
        entry, wish = self._entry, self._wish
        if entry.cost == "unknown":
            yield Reason.of("cost_ask" if wish.cost else "cost")
        elif entry.cost == "subsidised" and wish.cost == "free":
            yield Reason.of("cost_subsidised")
        if entry.audience == "schools" and wish.audience == "young people":
            yield Reason.of("school_books")
        if not any(self._ages()):
            yield Reason.of("ages")
        if entry.only_for and not wish.people & set(entry.only_for):
            yield Reason.of("only_for_some")
        yield from (Reason.of("other_child", age=_plain(child)) for child in wish.ages if not self._fits(child))
        if not self._filed.sites and self._local and not is_online(entry):
            yield Reason.of("no_fixed_place")
        if wish.instruments and not self._named:
            yield Reason.of("instrument", instrument=wish.instruments[0])
        if wish.genres and not self._named and not self._plays(wish.genres):
            yield Reason.of("genre", genre=wish.genres[0])
        yield from (Reason.of("activity", activity=a) for a in wish.activities if self._unsure_of(a))
        if wish.times and not self._times():
            yield Reason.of("times")
        yield from (Reason.of("need", need=n) for n in wish.access_needs if n not in entry.access_needs)
        if entry.accessibility and (entry.kind == "send-provision" or wish.access_needs or wish.circumstances):
            yield Reason.of("accessibility", text=entry.accessibility)

    @property
    def _local(self) -> bool:
        return self._entry.area not in ("national", "online")

    def _where(self) -> Iterator[Reason]:
        if self._entry.area == "online":
            yield Reason.of("online")
        elif self._nearest is not None and self._origin.one is not None and (self._local or self._nearest[0] <= 25):
            yield self._how_far(*self._nearest, self._origin.one.name)
        elif self._local and self._entry.place:
            yield Reason.of("where", place=self._entry.place)
        else:
            yield Reason.of("national")
            if self._entry.place:
                yield Reason.of("where", place=self._entry.place)

    def _how_far(self, far: float, site: str, name: str) -> Reason:
        if far == 0.0:
            return Reason.of("in", place=site)
        if round(far) <= 1:
            return Reason.of("about_one_mile", place=name, site=site)
        return Reason.of("about_miles", miles=round(far), place=name, site=site)

    def _family(self) -> Iterator[Reason]:
        for instrument in self._wish.instruments:
            for family, inside in self._index.families.items():
                if instrument in inside and family in self._filed.instruments:
                    yield Reason.of("instrument", instrument=family)
                    return
        if self._wish.instruments and (ANY in self._filed.instruments):
            yield Reason.of("many_instruments")
        elif "instrument" in self._dropped and self._filed.instruments:
            for instrument in sorted(self._filed.instruments)[:3]:
                yield Reason.of("instrument", instrument=instrument)

    def _activity(self) -> Iterator[Reason]:
        done = [a for a in self._wish.activities if a in self._filed.activities]
        if not done and self._wish.activities:
            like = {b for a in self._wish.activities for b in terms.BROADER_ACTIVITIES.get(a, ())}
            kinds = self._filed.activities - {"online", "audition"}
            done = sorted(kinds & like)[:2] or sorted(kinds - GENERIC)[:2] or sorted(kinds & {"group"})
        yield from (Reason.of("activity", activity=a) for a in done)

    def _times(self) -> list[str]:
        own = self._entry.times
        return [t for t in self._wish.times if t in own or terms.DAYS.get(t, frozenset()) & self._filed.days]

    def _ages(self) -> Iterator[Reason]:
        ages = self._entry.ages
        if ages is None:
            return
        if ages.min is not None and ages.max is not None:
            yield Reason.of("ages", low=ages.min, high=ages.max)
        elif ages.min is not None:
            yield Reason.of("ages_from", low=ages.min)
        elif ages.max is not None:
            yield Reason.of("ages_to", high=ages.max)

    def _fits(self, child: Ages) -> bool:
        span = self._filed.ages
        return span is None or (span[0] <= child[1] and child[0] <= span[1])

    def _plays(self, genres: Sequence[str]) -> bool:
        """Whether it names one of these kinds of music, or one like it."""
        alike = {g for genre in genres for g in (genre, *terms.RELATED_GENRES.get(genre, ()))}
        on_computers = terms.PRODUCED_WITH in self._filed.instruments and alike & terms.MADE_ON_COMPUTERS
        return bool(alike & self._filed.genres or on_computers)

    def _unsure_of(self, activity: str) -> bool:
        centre = self._entry.kind == "music-centre" and activity not in self._filed.activities
        return centre and "activity" not in self._dropped


def _plain(ages: Ages) -> str:
    return str(ages[0]) if ages[0] == ages[1] else f"{ages[0]}-{ages[1]}"
