"""Where a wish starts from, and how far every entry is from there."""

from dataclasses import dataclass

from heard.directory.index import Index
from heard.directory.tally import Members
from heard.directory.wish import Wish
from heard.places import Located, Places, miles

FAR = 25
"""Miles. What is further away is offered as such and never as a fit."""
ACROSS_THE_BORDER = 12
"""Miles to an entry of a neighbouring area. Poole and Wimborne have two councils and one bus."""


@dataclass(frozen=True, slots=True)
class Origin:
    """What a wish says about where."""

    found: tuple[Located, ...] = ()
    """Several where the name is ambiguous."""
    unknown: str | None = None
    """A name or an outcode that we do not know."""

    @property
    def one(self) -> Located | None:
        """The place, where there is exactly one."""
        return self.found[0] if len(self.found) == 1 else None

    @property
    def areas(self) -> frozenset[str]:
        """The areas that it lies in."""
        return frozenset(area for f in self.found for area in f.areas)


def origin_of(wish: Wish, places: Places) -> Origin:
    """Where the wish starts from. The outcode counts before the place, being more exact."""
    if wish.outcode:
        outcode = places.outcode(wish.outcode)
        if outcode is not None:
            return Origin((outcode,))
    if wish.place:
        found = places.find(wish.place)
        return Origin(found) if found else Origin(unknown=wish.place)
    return Origin(unknown=wish.outcode) if wish.outcode else Origin()


class Rings:
    """The entries around an origin, by whole miles."""

    def __init__(self, origin: Origin, index: Index) -> None:
        self.by_mile: dict[int, Members] = {}
        point = origin.one.point if origin.one else None
        if point is None or origin.one is None:
            return
        gathered: dict[int, Members] = {}
        for site, group in index.sites.items():
            whole = int(distance(origin.one, site) or 0)
            gathered[whole] = gathered.get(whole, 0) | group
        taken = 0
        for mile in sorted(gathered):
            self.by_mile[mile] = gathered[mile] & ~taken
            taken |= gathered[mile]

    def within(self, limit: int) -> Members:
        """Who is less than so many miles away."""
        together = 0
        for mile, group in self.by_mile.items():
            if mile < limit:
                together |= group
        return together


def distance(origin: Located, site: Located) -> float | None:
    """Miles; 0 inside the same place or district; None from a whole county."""
    if origin.kind == "county":
        return None
    if origin.name == site.name or site.name in origin.within or origin.name in site.within:
        return 0.0
    return miles(origin.point, site.point) if origin.point and site.point else None


def where_allowed(origin: Origin, rings: Rings, index: Index) -> Members:
    """Who is open to somebody from there: their own area, neighbours close by, and what is for the whole country.

    Another area's scheme is closed to them, so a whole county's offer never crosses the border, and a place that we
    do not know gets only what is for everyone.
    """
    everywhere = index.everyone & ~index.local
    if origin.unknown is not None:
        return everywhere
    if not origin.found:
        return index.everyone
    own = 0
    for area in origin.areas:
        own |= index.areas.get(area, 0)
    return everywhere | own | rings.within(ACROSS_THE_BORDER)


def near_enough(wish: Wish, origin: Origin, rings: Rings, index: Index) -> Members:
    """Who is within reach, or has no fixed place; national entries say themselves where they are."""
    if not rings.by_mile:
        return index.everyone
    reach = rings.within(min(FAR, wish.within) if wish.within else FAR)
    return reach | (index.everyone & ~index.placed) | (index.everyone & ~index.local)
