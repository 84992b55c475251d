"""Where things are: places, districts, counties and outcodes, and how far apart they lie."""

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from math import asin, atan2, cos, degrees, radians, sin, sqrt
from typing import Literal

from heard.content.schema import Beyond, County, District, Outcode, Place

EARTH_MILES = 3958.8
"""The mean radius of the earth."""

_INWARD = re.compile(r"(?<=[A-Z0-9]{2})[0-9][A-Z]{2}$")
"""The second half of a postcode, which is the same form everywhere (British Standard 7666)."""


@dataclass(frozen=True, slots=True)
class Located:
    """Somewhere that we know. `lat` and `lon` are degrees, None for a whole county."""

    name: str
    kind: Literal["place", "outcode", "district", "county"]
    areas: tuple[str, ...]
    district: str | None = None
    """The district's id; None for a county."""
    lat: float | None = None
    lon: float | None = None
    note: str | None = None
    """What to know at a county's edge ("Part is in Hampshire")."""
    within: frozenset[str] = frozenset()
    """For a district or a county: the names of its places."""

    @property
    def point(self) -> tuple[float, float] | None:
        """Latitude and longitude, or None."""
        return (self.lat, self.lon) if self.lat is not None and self.lon is not None else None


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A place that is known as none of ours."""

    name: str
    county: str
    note: str | None = None


@dataclass(frozen=True, slots=True)
class NextDoor:
    """A town beyond the border that is close by, and where it lies from us."""

    name: str
    county: str
    miles: float
    direction: str
    """ "north", "north-east" and so on."""


NEXT_DOOR = 5
"""Miles to a town beyond the border that is worth a word: what a family drives every week."""
WINDS = ("north", "north-east", "east", "south-east", "south", "south-west", "west", "north-west")
_Names = defaultdict[str, list[Located]]


class Places:
    """Every place that content/places.yml knows, found by the names that people use."""

    def __init__(
        self,
        districts: Iterable[District],
        outcodes: Iterable[Outcode],
        counties: Iterable[County] = (),
        beyond: Iterable[Beyond] = (),
    ) -> None:
        self._districts = tuple(districts)
        known = tuple(outcodes)
        self._notes = {o.outcode: o.note for o in known if o.note}
        places, regions, whole = _Names(list), _Names(list), _Names(list)
        everywhere: list[Located] = []
        repeated = self._repeated_names()
        for district in self._districts:
            here = [self._place(p, district, repeated) for p in district.places]
            everywhere += here
            for place, located in zip(district.places, here, strict=True):
                for form in {*_forms(place.name), *_forms(located.name), *map(_folded, place.also)}:
                    places[form].append(located)
            for form in {_folded(district.name), *map(_folded, district.also)}:
                regions[form].append(_district(district, here))
        for county in counties:
            inside = frozenset(p.name for p in everywhere if set(p.areas) & set(county.areas))
            for form in {_folded(county.name), *map(_folded, county.also)}:
                whole[form].append(Located(county.name, "county", tuple(county.areas), within=inside))
        self._ranks = (whole, places, regions)
        self._all = tuple(everywhere)
        self._outcodes = {o.outcode: self._outcode(o) for o in known}
        counties_beyond = tuple(beyond)
        self._near = tuple((town, county) for county in counties_beyond for town in county.near)
        self._beyond = {
            _folded(name): Elsewhere(name, county.name, county.note)
            for county in counties_beyond
            for name in (county.name, *county.places)
        }

    def find(self, name: str, area: str | None = None) -> tuple[Located, ...]:
        """Everything of that name: () where we know none, several where the name is ambiguous.

        Case, hyphens and apostrophes do not matter. A county comes before a town of its name and a town before its
        district. `area` keeps only what lies there.
        """
        outcode = self.outcode(name)
        if outcode is not None:
            return (outcode,)
        for rank in self._ranks:
            found = tuple(dict.fromkeys(rank.get(_folded(name), [])))
            if area is not None:
                found = tuple(f for f in found if area in f.areas)
            if found:
                return found
        return ()

    def elsewhere(self, text: str) -> Elsewhere | None:
        """The place in a text that lies beyond everything we cover; None where the text names none."""
        return next((self._beyond[name] for name in self._named_beyond.findall(_folded(text))), None)

    def next_door(self, place: Located) -> NextDoor | None:
        """The nearest town beyond the border; None where there is none close by, or we do not know where a place is."""
        here = place.point
        if here is None or place.kind in ("district", "county"):
            return None
        near = [(miles(here, (town.lat, town.lon)), town, county.name) for town, county in self._near]
        found = min(near, key=lambda one: (one[0], one[1].name), default=None)
        if found is None or found[0] > NEXT_DOOR:
            return None
        far, town, county = found
        return NextDoor(town.name, county, far, direction(here, (town.lat, town.lon)))

    def outcode(self, code: str) -> Located | None:
        """An outcode of ours ("SG13", "sg13"), or that of a full postcode; None for any other."""
        plain = code.replace(" ", "").upper()
        return self._outcodes.get(plain) or self._outcodes.get(_INWARD.sub("", plain))

    def towns(self, areas: Sequence[str]) -> tuple[str, ...]:
        """The towns and cities of some areas, the largest first: those with most outcodes."""
        found = [p for d in self._districts if d.area in areas for p in d.places if p.kind in ("town", "city")]
        return tuple(dict.fromkeys(p.name for p in sorted(found, key=lambda p: (-len(p.outcodes), p.name))))

    def outcodes_of(self, name: str) -> tuple[str, ...]:
        """The outcodes of the places of that name."""
        same = (p for d in self._districts for p in d.places if _folded(p.name) == _folded(name))
        return tuple(dict.fromkeys(outcode for p in same for outcode in p.outcodes))

    @cached_property
    def _named_beyond(self) -> re.Pattern[str]:
        longest_first = sorted(self._beyond, key=len, reverse=True)
        return re.compile(rf"\b(?<!not )(?<!not in )({'|'.join(map(re.escape, longest_first)) or '(?!)'})\b")

    @cached_property
    def names(self) -> tuple[str, ...]:
        """Every place's name."""
        return tuple(p.name for p in self._all)

    def _repeated_names(self) -> frozenset[str]:
        names = sorted(_folded(p.name) for d in self._districts for p in d.places)
        return frozenset(a for a, b in pairwise(names) if a == b)

    def _place(self, place: Place, district: District, repeated: frozenset[str]) -> Located:
        name = f"{place.name} ({district.name})" if _folded(place.name) in repeated else place.name
        notes = [self._notes.get(o) for o in place.outcodes]
        edge = place.note or (notes[0] if notes and all(notes) else None)
        return Located(name, "place", (district.area,), district.id, place.lat, place.lon, edge)

    def _outcode(self, outcode: Outcode) -> Located:
        point = (outcode.lat, outcode.lon)
        near = [p for p in self._all if outcode.area in p.areas]
        nearest = min(near, key=lambda p: (miles(point, (p.lat or 0, p.lon or 0)), p.name), default=None)
        district = nearest.district if nearest else None
        areas, note = (outcode.area,), self._notes.get(outcode.outcode)
        return Located(outcode.outcode, "outcode", areas, district, outcode.lat, outcode.lon, note)


def miles(a: tuple[float, float], b: tuple[float, float]) -> float:
    """The distance between two points as the crow flies: the haversine formula."""
    (lat_a, lon_a), (lat_b, lon_b) = (map(radians, a), map(radians, b))
    h = sin((lat_b - lat_a) / 2) ** 2 + cos(lat_a) * cos(lat_b) * sin((lon_b - lon_a) / 2) ** 2
    return 2 * EARTH_MILES * asin(sqrt(h))


def direction(a: tuple[float, float], b: tuple[float, float]) -> str:
    """Where b lies from a, as one of eight winds: the initial bearing of the great circle."""
    (lat_a, lon_a), (lat_b, lon_b) = (map(radians, a), map(radians, b))
    east = sin(lon_b - lon_a) * cos(lat_b)
    north = cos(lat_a) * sin(lat_b) - sin(lat_a) * cos(lat_b) * cos(lon_b - lon_a)
    return WINDS[round(degrees(atan2(east, north)) / 45) % 8]


def _district(district: District, places: Sequence[Located]) -> Located:
    lat = sum(p.lat for p in district.places) / max(1, len(places))
    lon = sum(p.lon for p in district.places) / max(1, len(places))
    return Located(
        district.name, "district", (district.area,), district.id, lat, lon, within=frozenset(p.name for p in places)
    )


def _folded(name: str) -> str:
    plain = re.sub(r"['’‘`.,]", "", name.casefold())
    return " ".join(re.sub(r"[-‐‑–()/]", " ", plain).split())


def _forms(name: str) -> set[str]:
    """The name whole, and without what stands in brackets ("Easton (Portland)")."""
    return {_folded(name), _folded(re.sub(r"\(.*?\)", "", name))}
