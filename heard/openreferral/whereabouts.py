"""Where another directory's service is: one of our areas, somewhere else, or not said."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any, get_args

from heard.content.schema import Area
from heard.openreferral.values import Json, number_of, object_of, objects_of, text_of
from heard.places import Located, Places, miles

_NEAR_MILES = 3.0
"""A service this near to a place that we know is put there."""
_COUNTRIES = frozenset({"gb", "uk", "gbr", "united kingdom", "great britain", "england"})
_EVERYWHERE = frozenset({"england", "united kingdom", "uk", "great britain", "national", "nationwide"})
_OUR_WORDS = frozenset(get_args(Area))


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """What is known of it. `area` is None where nobody said, `elsewhere` names a place that is none of ours."""

    area: str | None
    elsewhere: str | None
    place: str | None
    places: tuple[str, ...]
    postcode: str | None
    online: bool
    accessibility: str | None
    notes: tuple[str, ...]


def whereabouts_of(service: Json, places: Places) -> Whereabouts:
    """Reads the places of a service."""
    locations = [object_of(site, "location") for site in objects_of(service, "service_at_locations")]
    physical = [location for location in locations if location.get("location_type") != "virtual"]
    found = [_found(location, places) for location in physical]
    areas = [area for one in found for area in one.areas if area in _OUR_WORDS]
    postcodes = [code for location in physical for code in _postcodes(location)]
    notes = [note for location in locations for note in objects_of(location, "accessibility")]
    said = [text for note in notes if (text := text_of(note, "description"))]
    online = any(location.get("location_type") == "virtual" for location in locations)
    area = areas[0] if areas else _served(service, places) or ("online" if online and not physical else None)
    return Whereabouts(
        area=area,
        elsewhere=None if area else next((one.elsewhere for one in found if one.elsewhere), None),
        place=next((_words(location) for location in physical if _words(location)), None),
        places=tuple(dict.fromkeys(one.name for one in found if one.name)),
        postcode=postcodes[0] if postcodes else None,
        online=online,
        accessibility="\n".join(dict.fromkeys(said)) or None,
        notes=tuple(note for one in found for note in one.notes),
    )


@dataclass(frozen=True, slots=True)
class _Found:
    areas: tuple[str, ...] = ()
    name: str | None = None
    elsewhere: str | None = None
    notes: tuple[str, ...] = ()


def _found(location: Json, places: Places) -> _Found:
    addresses = objects_of(location, "addresses")
    for address in addresses:
        country = text_of(address, "country")
        if country and country.casefold() not in _COUNTRIES:
            return _Found(elsewhere=text_of(address, "city") or country)
    cities = [city for address in addresses if (city := text_of(address, "city"))]
    for city in cities:
        if towns := [town for town in places.find(city) if town.kind == "place"]:
            return _Found(towns[0].areas, _own_name(towns[0], places))
    point, notes = _point(location)
    outcodes = [code.split()[0] for code in _postcodes(location)]
    for outcode in outcodes:
        if at := places.outcode(outcode):
            return _near(point or at.point, places, _Found(at.areas, notes=notes))
    if point is not None:
        return _near(point, places, _Found(elsewhere=text_of(location, "name") or "its place on the map", notes=notes))
    beyond = next((known for city in cities if (known := places.elsewhere(city))), None)
    if beyond or outcodes:
        return _Found(elsewhere=beyond.name if beyond else outcodes[0], notes=notes)
    return _Found(notes=notes)


def _near(point: tuple[float, float] | None, places: Places, otherwise: _Found) -> _Found:
    known: list[Located] = [at for name in places.names for at in places.find(name) if at.kind == "place" and at.point]
    if point is None or not known:
        return otherwise
    nearest = min(known, key=lambda at: miles(point, at.point or (0, 0)))
    if miles(point, nearest.point or (0, 0)) > _NEAR_MILES:
        return otherwise
    return _Found(otherwise.areas or nearest.areas, _own_name(nearest, places), notes=otherwise.notes)


def _own_name(at: Located, places: Places) -> str:
    """A place's name as places.yml has it: without the district by which two of one name are told apart."""
    return at.name.partition(" (")[0] if len(places.find(at.name.partition(" (")[0])) > 1 else at.name


def _point(location: Json) -> tuple[tuple[float, float] | None, tuple[str, ...]]:
    lat, lon = number_of(location, "latitude"), number_of(location, "longitude")
    if lat is None or lon is None:
        return None, ()
    if not (-90 <= lat <= 90 and -180 <= lon <= 180):
        return None, (f"location: latitude {lat:g} and longitude {lon:g} are nowhere on earth; left out",)
    return (lat, lon), ()


def _postcodes(location: Json) -> Iterable[str]:
    for address in objects_of(location, "addresses"):
        code = (text_of(address, "postal_code") or "").upper().split()
        joined = "".join(code)
        if 5 <= len(joined) <= 7 and joined[-3].isdigit() and joined[-2:].isalpha():
            yield f"{joined[:-3]} {joined[-3:]}"


def _words(location: Json) -> str | None:
    """A place as people say it: its name and its town."""
    cities = (text_of(address, "city") for address in objects_of(location, "addresses"))
    words = [text_of(location, "name"), next(cities, None)]
    return ", ".join(dict.fromkeys(word for word in words if word)) or None


def _served(service: Json, places: Places) -> str | None:
    """The area in which it can be used, where one of that name is ours."""
    for holder in objects_of(service, "service_areas"):
        names: list[Any] = [text_of(holder, "name"), text_of(holder, "service_area")]
        for name in filter(None, names):
            if name.casefold() in _EVERYWHERE:
                return "national"
            if areas := [area for at in places.find(name) for area in at.areas if area in _OUR_WORDS]:
                return areas[0]
    return None
