"""What somebody asks the feed for, and which services that lets through. All conditions must hold."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

from heard.content.schema import Opportunity
from heard.openreferral.ids import organization_id, taxonomy_id, term_id
from heard.openreferral.taxonomies import TERMS, terms_of
from heard.openreferral.to_service import DAYS
from heard.places import Located, Places, miles

METRES_IN_A_MILE = 1609.344
MOST_ON_A_PAGE = 500
USUAL_PAGE = 50
EVERYWHERE = frozenset({"national", "online"})

_POSTCODE = re.compile(r"([A-Z]{1,2}[0-9][0-9A-Z]?)(?: ?[0-9][A-Z]{2})?")
_CLOCK = re.compile(r"([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?(Z|[+-]\d\d:\d\d)?")
_TERMS = {term_id(taxonomy, term): (taxonomy, term) for taxonomy, terms in TERMS.items() for term in terms}
_TAXONOMIES = {taxonomy_id(taxonomy): taxonomy for taxonomy in TERMS}


class ParameterError(ValueError):
    """A query parameter that cannot be understood; the message names it and says what to give."""


@dataclass(frozen=True, slots=True)
class Query:
    """The standard's query parameters, read. Distances are in metres."""

    page: int = 1
    per_page: int = USUAL_PAGE
    search: str = ""
    minimum_age: float | None = None
    maximum_age: float | None = None
    taxonomy_terms: tuple[str, ...] = ()
    taxonomies: tuple[str, ...] = ()
    organization: str | None = None
    modified_after: datetime | None = None
    postcode: str | None = None
    proximity: float | None = None
    day: str | None = None
    start_time: str | None = None
    end_time: str | None = None
    full: bool = False
    full_service: bool = False
    minimal: bool = False

    @classmethod
    def read(cls, given: Mapping[str, list[str]]) -> "Query":
        """The query that an address's parameters make. Raises ParameterError; unknown names are passed over."""
        one = {name: values[-1].strip() for name, values in given.items() if values and values[-1].strip()}
        if one.get("format", "json") != "json":
            raise ParameterError("format: this feed gives json; leave the parameter out")
        if "proximity" in one and "postcode" not in one:
            raise ParameterError("proximity: give a postcode too, from which to measure")
        return cls(
            page=_whole(one, "page", 1) or 1,
            per_page=min(_whole(one, "per_page", 1) or USUAL_PAGE, MOST_ON_A_PAGE),
            search=one.get("search", ""),
            minimum_age=_number(one, "minimum_age"),
            maximum_age=_number(one, "maximum_age"),
            taxonomy_terms=_ids(given, "taxonomy_term_id"),
            taxonomies=_ids(given, "taxonomy_id"),
            organization=one.get("organization_id"),
            modified_after=_moment(one, "modified_after"),
            postcode=_postcode(one),
            proximity=_number(one, "proximity"),
            day=_day(one),
            start_time=_clock(one, "start_time"),
            end_time=_clock(one, "end_time"),
            full=_flag(one, "full"),
            full_service=_flag(one, "full_service"),
            minimal=_flag(one, "minimal"),
        )

    def lets_through(self, entry: Opportunity, changed_at: datetime, sites: tuple[Located, ...], near: "Near") -> bool:
        """Whether a service is what was asked for; `sites` are where it takes place."""
        return (
            self._of_age(entry)
            and (self.organization is None or organization_id(entry.provider) == self.organization)
            and (self.modified_after is None or changed_at >= self.modified_after)
            and self._on_time(entry)
            and self._of_terms(entry)
            and near.covers(entry, sites)
            and speaks_of(self.search, entry.name, entry.summary, entry.provider, entry.place or "", *_words(entry))
        )

    def _of_age(self, entry: Opportunity) -> bool:
        """As the standard has it: a minimum of at least, a maximum of at most; who gives no age is not among them."""
        low, high = (entry.ages.min, entry.ages.max) if entry.ages else (None, None)
        return (self.minimum_age is None or (low is not None and low >= self.minimum_age)) and (
            self.maximum_age is None or (high is not None and high <= self.maximum_age)
        )

    def _of_terms(self, entry: Opportunity) -> bool:
        if not self.taxonomy_terms and not self.taxonomies:
            return True
        terms = set(terms_of(entry))
        named = {taxonomy for taxonomy, _ in terms}
        return all(_TERMS.get(id_) in terms for id_ in self.taxonomy_terms) and all(
            _TAXONOMIES.get(id_) in named for id_ in self.taxonomies
        )

    def _on_time(self, entry: Opportunity) -> bool:
        """One time of the week that fits; a day alone also fits what is said to be on Saturdays or Sundays."""
        if self.day is None and self.start_time is None and self.end_time is None:
            return True
        if self.start_time is None and self.end_time is None and self.day in entry.times:
            return True
        return any(
            (self.day is None or session.day == self.day)
            and (self.start_time is None or session.starts >= self.start_time)
            and (self.end_time is None or (session.ends is not None and session.ends <= self.end_time))
            for session in entry.sessions
        )


class Near:
    """A postcode's area and, with a distance, what lies around it."""

    def __init__(self, query: Query, places: Places) -> None:
        """Raises ParameterError where a distance is asked from a postcode that we cannot find."""
        self._metres = query.proximity
        self._asked = query.postcode is not None
        self._from = places.outcode(query.postcode) if query.postcode else None
        if self._metres is not None and (self._from is None or self._from.point is None):
            raise ParameterError(
                "postcode: we do not know where this is; leave proximity out, or ask from near the hub"
            )

    def covers(self, entry: Opportunity, sites: tuple[Located, ...]) -> bool:
        """Whether the service can be used there, or lies within the distance."""
        if not self._asked:
            return True
        if self._metres is not None and self._from is not None and self._from.point is not None:
            point = self._from.point
            return any(s.point and miles(point, s.point) * METRES_IN_A_MILE <= self._metres for s in sites)
        return entry.area in EVERYWHERE or (self._from is not None and entry.area in self._from.areas)


def speaks_of(search: str, *texts: str) -> bool:
    """Whether every word of the search begins a word of the texts."""
    if not search:
        return True
    text = " ".join(texts).casefold()
    return all(re.search(rf"(?<!\w){re.escape(word)}", text) for word in search.casefold().split())


def _words(entry: Opportunity) -> tuple[str, ...]:
    return *entry.instruments, *entry.genres, *entry.activities, *entry.access_needs, entry.accessibility or ""


def _whole(given: Mapping[str, str], name: str, least: int) -> int | None:
    value = given.get(name)
    if value is None:
        return None
    if not re.fullmatch(r"[0-9]{1,9}", value) or int(value) < least:
        raise ParameterError(f"{name}: give a whole number from {least} on")
    return int(value)


def _number(given: Mapping[str, str], name: str) -> float | None:
    value = given.get(name)
    if value is None:
        return None
    if not re.fullmatch(r"[0-9]{1,9}(\.[0-9]{1,9})?", value):
        raise ParameterError(f"{name}: give a number, 0 or more")
    return float(value)


def _flag(given: Mapping[str, str], name: str) -> bool:
    value = given.get(name, "false").lower()
    if value not in ("true", "false", "1", "0"):
        raise ParameterError(f"{name}: give true or false")
    return value in ("true", "1")


def _ids(given: Mapping[str, list[str]], name: str) -> tuple[str, ...]:
    """Several may be given, with a comma between or by giving the parameter again; all must hold."""
    return tuple(id_.strip().lower() for value in given.get(name, ()) for id_ in value.split(",") if id_.strip())


def _moment(given: Mapping[str, str], name: str) -> datetime | None:
    value = given.get(name)
    if value is None:
        return None
    try:
        moment = datetime.fromisoformat(value.replace(" ", "+"))  # a + in an address reads as a space
    except ValueError:
        raise ParameterError(f"{name}: give a moment like 2026-11-30T18:00:00Z") from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _postcode(given: Mapping[str, str]) -> str | None:
    value = given.get("postcode")
    if value is None:
        return None
    match = _POSTCODE.fullmatch(" ".join(value.upper().split()))
    if not match:
        raise ParameterError("postcode: give a postcode like AL10 9AB, or its first half")
    return match[1]


def _day(given: Mapping[str, str]) -> str | None:
    value = given.get("day")
    if value is None:
        return None
    found = [day for day, code in DAYS.items() if value.lower() in (day, day[:3], code.lower())]
    if not found:
        raise ParameterError(f"day: give one of {', '.join(DAYS.values())}")
    return found[0]


def _clock(given: Mapping[str, str], name: str) -> str | None:
    value = given.get(name)
    if value is None:
        return None
    if not _CLOCK.fullmatch(value.replace(" ", "+")):
        raise ParameterError(f"{name}: give a time like 18:30")
    return value[:5]
