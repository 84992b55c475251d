"""The directory, sorted once by everything that a wish may ask for."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from heard.content.schema import Opportunity
from heard.content.vocabulary import ANY
from heard.directory import terms
from heard.directory.tally import Members, members
from heard.places import Located, Places

OLDEST = 99
GENERIC = frozenset({"group", "ensemble"})
EVERYWHERE = frozenset({"national", "online"})


@dataclass(frozen=True, slots=True)
class Filed:
    """An entry with what the search reads out of it."""

    entry: Opportunity
    instruments: frozenset[str]
    genres: frozenset[str]
    activities: frozenset[str]
    days: frozenset[str]
    ages: tuple[int, int] | None
    """None where nobody said."""
    sites: tuple[Located, ...]
    words: str
    """Name, summary and accessibility in lower case."""


Families = Mapping[str, Iterable[str]]
Values = Callable[[Filed], Iterable[str]]
Sets = Mapping[str, Members]


class Index:
    """Sets of entries by instrument, genre, activity, age, cost, place and so on."""

    def __init__(self, opportunities: Iterable[Opportunity], places: Places, families: Families) -> None:
        entries = sorted(opportunities, key=lambda o: (o.name.casefold(), o.id))
        self._places = places
        self._located: dict[tuple[str, str], tuple[Located, ...]] = {}
        self.filed = tuple(self._file(entry) for entry in entries)
        self.position = {f.entry.id: n for n, f in enumerate(self.filed)}
        self.everyone = (1 << len(entries)) - 1
        self.families = {name: frozenset(inside) for name, inside in families.items()}
        self.instruments = self._by(lambda f: f.instruments or {ANY})
        self.genres = self._by(lambda f: f.genres)
        self.activities = self._by(lambda f: f.activities)
        self.kinds = self._by(lambda f: (f.entry.kind,))
        self.levels = self._by(lambda f: (f.entry.level,))
        self.costs = self._by(lambda f: (f.entry.cost,))
        self.areas = self._by(lambda f: (f.entry.area,))
        self.audiences = self._by(lambda f: (f.entry.audience,))
        self.times = self._by(lambda f: f.entry.times)
        self.days = self._by(lambda f: f.days)
        self.needs = self._by(lambda f: f.entry.access_needs)
        self.only_for = self._by(lambda f: f.entry.only_for)
        self.signs = self._by(_signs)
        self.online = members((n for n, f in enumerate(self.filed) if is_online(f.entry)), len(entries))
        self.speaks_of_access = members((n for n, f in enumerate(self.filed) if f.entry.accessibility), len(entries))
        self.local = self.everyone & ~(self.areas.get("national", 0) | self.areas.get("online", 0))
        self._instrument_sets()
        self._site_sets()
        self._age_sets()

    def names(self, instrument: str) -> frozenset[str]:
        """What an entry may call an instrument: itself, or its members where it is a family."""
        return self._names.get(instrument) or frozenset({instrument})

    def teaching(self, instrument: str) -> tuple[Members, Members]:
        """Who names this instrument, and who names its family without it."""
        return self._teaching.get(instrument, (0, 0))

    def only(self, sets: Sets, values: Iterable[str], *, aside: Iterable[str] = ()) -> Members:
        """Who has one of these values and no other; values in `aside` do not count as another."""
        out = set(values)
        having = union(sets.get(v, 0) for v in out)
        other = union(group for value, group in sets.items() if value not in out and value not in aside)
        return having & ~other

    def _by(self, values: Values) -> Sets:
        gathered: dict[str, list[int]] = defaultdict(list)
        for n, filed in enumerate(self.filed):
            for value in values(filed):
                gathered[value].append(n)
        return {value: members(where, len(self.filed)) for value, where in gathered.items()}

    def _instrument_sets(self) -> None:
        known = {*self.instruments, *self.families, *(i for inside in self.families.values() for i in inside)}
        self._names = {i: frozenset({i, *self.families.get(i, ())}) for i in known}
        self._teaching = {}
        for instrument in known:
            exact = union(self.instruments.get(name, 0) for name in self._names[instrument])
            above = (name for name, inside in self.families.items() if instrument in inside)
            self._teaching[instrument] = exact, union(self.instruments.get(f, 0) for f in above) & ~exact

    def _site_sets(self) -> None:
        gathered: dict[Located, list[int]] = defaultdict(list)
        for n, filed in enumerate(self.filed):
            for site in filed.sites:
                gathered[site].append(n)
        self.sites = {site: members(where, len(self.filed)) for site, where in gathered.items()}
        self.placed = union(self.sites.values())

    def _age_sets(self) -> None:
        gathered: dict[tuple[int, int] | None, list[int]] = defaultdict(list)
        for n, filed in enumerate(self.filed):
            gathered[filed.ages].append(n)
        spans = {ages: members(where, len(self.filed)) for ages, where in gathered.items()}
        self.ages_not_given = spans.pop(None, 0)
        experienced = union(self.levels.get(level, 0) for level in ("intermediate", "advanced"))
        self.ages = [
            self._where_not_given(age, experienced)
            | union(group for span, group in spans.items() if span and span[0] <= age <= span[1])
            for age in range(OLDEST + 1)
        ]
        self.for_grown_ups = union(group for span, group in spans.items() if span and span[0] >= 18)

    def _where_not_given(self, age: int, experienced: Members) -> Members:
        """Who gives no ages and may mean this one: not babies, and no small children among experienced players."""
        if age < terms.SCHOOL_START:
            return 0
        return self.ages_not_given & ~(experienced if age < terms.SOME_EXPERIENCE_FROM else 0)

    def _file(self, entry: Opportunity) -> Filed:
        words = " ".join(filter(None, (entry.name, entry.summary, entry.accessibility))).casefold()
        genres = {*(entry.genres or (ANY,)), *_found(terms.GENRE_SIGNS, words)}
        activities = {*entry.activities, *terms.ACTIVITIES_OF_KIND.get(entry.kind, ())}
        if entry.kind in ("ensemble", "music-centre"):
            activities |= _found(terms.ACTIVITY_SIGNS, words)
        return Filed(
            entry=entry,
            instruments=frozenset(terms.SAME_INSTRUMENT.get(i, i) for i in entry.instruments),
            genres=frozenset(genres),
            activities=frozenset(activities),
            days=frozenset(day for time in entry.times for day in terms.DAYS.get(time, ())),
            ages=ages_of(entry),
            sites=self._sites(entry),
            words=words,
        )

    def _sites(self, entry: Opportunity) -> tuple[Located, ...]:
        names = entry.places or ((entry.postcode.split()[0],) if entry.postcode else ())
        return tuple(dict.fromkeys(site for name in names for site in self._find(name, entry.area)))

    def _find(self, name: str, area: str) -> tuple[Located, ...]:
        key = (name, area)
        if key not in self._located:
            found = self._places.find(name, None if area in EVERYWHERE else area) or self._places.find(name)
            self._located[key] = tuple(f for f in found if f.point)
        return self._located[key]


def union(groups: Iterable[Members]) -> Members:
    """Who is in any of these sets."""
    together = 0
    for group in groups:
        together |= group
    return together


def ages_of(entry: Opportunity) -> tuple[int, int] | None:
    """From and to; None where the entry does not say. Early years end somewhere even where no page says so."""
    early = entry.kind == "early-years"
    if entry.ages is None or (entry.ages.min is None and entry.ages.max is None):
        return (0, terms.EARLY_YEARS_END) if early else None
    low, high = entry.ages.min, entry.ages.max
    if low is None:
        low = 0 if early else min(terms.SCHOOL_START, high or 0)
    if high is None:
        high = max(low, terms.EARLY_YEARS_END) if early else OLDEST
    return low, high


def is_online(entry: Opportunity) -> bool:
    """Whether one can take part from home."""
    return entry.online or entry.area == "online" or entry.kind == "online" or "online" in entry.activities


def _found(signs: Mapping[str, Iterable[str]], words: str) -> set[str]:
    return {name for name, some in signs.items() if any(sign in words for sign in some)}


def _signs(filed: Filed) -> set[str]:
    found = _found(terms.CIRCUMSTANCE_SIGNS, filed.words)
    if any(sign in filed.words for sign in terms.WELLBEING_SIGNS):
        found.add(terms.WELLBEING)
    return found
