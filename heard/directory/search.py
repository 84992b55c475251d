"""The directory: a wish goes in, what fits comes out, with reasons, and what nearly fits where too little does."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations
from typing import Final, Literal

from heard.content.schema import Opportunity
from heard.content.vocabulary import FAMILIES
from heard.directory.conditions import conditions
from heard.directory.index import Families, Index
from heard.directory.match import Match, match
from heard.directory.origin import Origin, Rings, origin_of
from heard.directory.ranking import rank
from heard.directory.tally import Members, Tally
from heard.directory.terms import WORK
from heard.directory.wish import Wish
from heard.places import Located, Places

LIMIT: Final = 30
"""As many as anybody will look through."""
FEW_NEAR: Final = 9
FEW: Final = 3
"""With fewer fits than one page, what nearly fits is worth offering."""
DROPPABLE: Final = ("cost", "times", "distance", "online", "activity", "genre", "level", "instrument")
"""The conditions that can be given up, the easiest first. Age, area and what was ruled out never are."""

Barrier = Literal["nothing", "distance", "cost", "distance and cost"]
"""Why a wish finds nothing: there is none, or only what is too far away, or too dear, or both."""
_BARRIERS: Final[tuple[tuple[tuple[str, ...], Barrier | None], ...]] = (
    ((), None),
    (("cost",), "cost"),
    (("distance",), "distance"),
    (("cost", "distance"), "distance and cost"),
)


@dataclass(frozen=True, slots=True)
class Nearest:
    """What would fit if some conditions were dropped."""

    dropped: tuple[str, ...]
    """Names out of `DROPPABLE`."""
    matches: tuple[Match, ...]


@dataclass(frozen=True, slots=True)
class Result:
    """What the directory has for a wish."""

    wish: Wish
    matches: tuple[Match, ...]
    """The best of them, best first."""
    total: int
    """How many fit in all."""
    nearest: Nearest | None
    origin: Origin
    outside: bool
    """The place is known and lies outside everything that this directory covers."""

    @property
    def ids(self) -> list[str]:
        """The ids of the matches, in order."""
        return [m.opportunity.id for m in self.matches]

    @property
    def is_local(self) -> bool:
        """Whether anything that fits is of this area."""
        return any(m.is_local for m in self.matches)

    @property
    def ambiguous(self) -> tuple[Located, ...]:
        """The places of that name, where there are several."""
        return self.origin.found if len(self.origin.found) > 1 else ()

    @property
    def unknown_place(self) -> str | None:
        """The place or outcode that we do not know."""
        return self.origin.unknown


class Directory:
    """What the hub's young people can join."""

    def __init__(
        self,
        opportunities: Iterable[Opportunity],
        places: Places | None = None,
        families: Families = FAMILIES,
    ) -> None:
        self._places = places or Places((), ())
        self._index = Index(opportunities, self._places, families)
        self._rings = lru_cache(maxsize=64)(lambda origin: Rings(origin, self._index))
        self._by_name = {_words(f.entry.name): f.entry.id for f in reversed(self._index.filed)}
        self._longest = max((len(words) for words in self._by_name), default=0)

    @property
    def places(self) -> Places:
        """The places that distances are measured between."""
        return self._places

    @property
    def areas(self) -> frozenset[str]:
        """The areas that have entries of their own here."""
        return frozenset(self._index.areas) - {"national", "online"}

    def search(self, wish: Wish, limit: int = LIMIT) -> Result:
        """What fits the wish, best first, the same every time.

        Nothing that certainly does not fit is among the matches. Where they are fewer than a page, or none is local,
        or cost ruled something out, `nearest` holds what would fit with the fewest conditions dropped.
        """
        search = self._begin(wish)
        best = search.best(search.fitting, limit)
        return Result(
            wish=wish,
            matches=tuple(self._match(n, search) for n in best),
            total=search.fitting.bit_count(),
            nearest=self._nearest(search, min(limit, FEW_NEAR)),
            origin=search.origin,
            outside=bool(search.origin.found and self.areas and not search.origin.areas & self.areas),
        )

    def barrier(self, result: Result) -> Barrier | None:
        """What stands between a wish and anything that fits; None where something fits, or it is none of ours.

        Something for the whole country that has a place of its own is too far, wherever that is; what is online, or
        comes to people, is not.
        """
        wish, place = result.wish, result.unknown_place
        if result.outside or (place and self._places.elsewhere(place)):
            return None
        search = self._begin(wish.without("distance") if place else wish)
        for dropped, barrier in _BARRIERS:
            if search.reaches(dropped):
                return barrier
        return "nothing"

    def origin(self, wish: Wish) -> Origin:
        """Where the wish starts from."""
        return origin_of(wish, self._places)

    def count(self, wish: Wish) -> int:
        """How many fit."""
        return self._begin(wish).fitting.bit_count()

    def get(self, id_: str) -> Opportunity | None:
        """The entry of that id, or None."""
        n = self._index.position.get(id_)
        return None if n is None else self._index.filed[n].entry

    def matches(self, ids: Iterable[str], wish: Wish, dropped: tuple[str, ...] = ()) -> tuple[Match, ...]:
        """These entries beside the wish, in this order; ids that are gone are left out."""
        search = self._begin(wish)
        known = (self._index.position[i] for i in ids if i in self._index.position)
        return tuple(self._match(n, search, dropped) for n in known)

    def named(self, text: str) -> Opportunity | None:
        """The entry whose whole name stands in the text, the longest such name; None where there is none."""
        words = _words(text)
        for length in range(min(self._longest, len(words)), 1, -1):
            for start in range(len(words) - length + 1):
                id_ = self._by_name.get(words[start : start + length])
                if id_ is not None:
                    return self.get(id_)
        return None

    def age_matters(self, wish: Wish, among: Iterable[Match]) -> bool:
        """Whether knowing an age could take one of these results away."""
        return not wish.ages and any(self._index.filed[self._index.position[m.opportunity.id]].ages for m in among)

    def _begin(self, wish: Wish) -> "_Search":
        origin = origin_of(wish, self._places)
        return _Search(wish, origin, self._rings(origin), self._index)

    def _match(self, n: int, search: "_Search", dropped: tuple[str, ...] = ()) -> Match:
        return match(self._index.filed[n], search.wish, search.origin, self._index, dropped)

    def _nearest(self, search: "_Search", limit: int) -> Nearest | None:
        if search.fitting.bit_count() < FEW or not search.fitting & self._index.local:
            ways = search.without_few()
        else:
            ways = search.without(("cost",)) if search.wish.cost else iter(())
        for dropped, group in ways:
            best = search.best(group, limit)
            return Nearest(dropped, tuple(self._match(n, search, dropped) for n in best))
        return None


class _Search:
    """One wish at work."""

    def __init__(self, wish: Wish, origin: Origin, rings: Rings, index: Index) -> None:
        self.wish, self._index, self._rings = wish, index, rings
        self.origin = origin
        self._met = conditions(wish, self.origin, self._rings, index)
        self.fitting = self._all_but(())
        self._tally: Tally | None = None

    def best(self, group: Members, limit: int) -> list[int]:
        """The positions of the best in a group of entries."""
        if self._tally is None:
            self._tally = rank(self.wish, self.origin, self._rings, self._index)
        return self._tally.best(group, limit)

    def reaches(self, dropped: tuple[str, ...]) -> bool:
        """Whether anything fits but for these conditions that is not too far away, or may be if distance is dropped."""
        group, index = self._all_but(dropped), self._index
        if self.wish.has_place and "distance" not in dropped:
            group &= index.local | index.online | (index.everyone & ~index.placed)
        return group != 0

    def without_few(self) -> Iterator[tuple[tuple[str, ...], Members]]:
        """What is new when one condition is dropped, or two, or three: local entries before any others."""
        kept = {"activity"} if self.wish.audience == "adults" and set(self.wish.activities) & WORK else set[str]()
        set_here = [name for name in DROPPABLE if name in self._met and name not in kept]
        trials = [
            way for size in (1, 2, 3) for dropped in combinations(set_here, size) for way in self.without(dropped)
        ]
        yield from (way for way in trials if way[1] & self._index.local)
        yield from trials

    def without(self, dropped: tuple[str, ...]) -> Iterator[tuple[tuple[str, ...], Members]]:
        """What is new when these conditions are dropped, if anything."""
        group = self._all_but(dropped) & ~self.fitting
        if group:
            yield dropped, group

    def _all_but(self, dropped: tuple[str, ...]) -> Members:
        fitting = self._index.everyone
        for name, group in self._met.items():
            if name not in dropped:
                fitting &= group
        return fitting


def _words(text: str) -> tuple[str, ...]:
    return tuple(re.findall(r"[a-z0-9]+", re.sub(r"['’]", "", text.casefold())))
