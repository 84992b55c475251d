"""Which route somebody means, from the instrument, the music, the words and what they need."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from heard.bursaries.circumstances import Circumstances
from heard.content.schema import Pathway
from heard.content.vocabulary import FAMILIES
from heard.directory.terms import RELATED_GENRES
from heard.exchange import Understood

_STYLES = frozenset({"jazz-and-improvising", "folk-and-world", "brass-band"})
"""Routes that people take for the music: a violin alone makes nobody a folk player."""
_COMMON = frozenset(
    name for family in ("strings", "woodwind", "brass", "keyboards", "band instruments") for name in FAMILIES[family]
)
_ORCHESTRAL_PERCUSSION = frozenset({"percussion", "drums"})
"""The tabla belongs to percussion as a family, and to another route."""
NEED_ROUTE, CARE_ROUTE, _EARLY_ROUTE = "send-inclusive", "care-experienced", "early-years"
_EARLY_UNTIL = 4
_ACTIVITIES = {
    "orchestra": "classical-orchestral",
    "choir": "singing-and-choirs",
    "early years": _EARLY_ROUTE,
    "job": "music-industry-work",
    "apprenticeship": "music-industry-work",
    "work experience": "music-industry-work",
    "studio": "music-production-dj",
}
CLEAR = 2
"""A route needs this much, and one more than the next, to be taken without asking."""


@dataclass(frozen=True, slots=True)
class Chosen:
    """A route and how much speaks for it."""

    route: Pathway
    score: int


def choose(
    routes: Iterable[Pathway], understood: Understood, told: Circumstances, remembered: Sequence[str] = ()
) -> tuple[Chosen, ...]:
    """Every route with what speaks for it, the likeliest first.

    `remembered` are instruments from earlier, for a message that names none. A disability or a life in care never
    outweighs an instrument or a kind of music that somebody named: the route for everybody comes first then, and
    the other one beside it.
    """
    scored = [Chosen(route, _score(route, understood, told, remembered)) for route in routes]
    return tuple(sorted(scored, key=lambda chosen: -chosen.score))


def clear(chosen: Sequence[Chosen]) -> Pathway | None:
    """The one route that is meant, or None where we have to ask."""
    if not chosen or chosen[0].score < CLEAR:
        return None
    if len(chosen) > 1 and chosen[1].score >= chosen[0].score:
        return None
    return chosen[0].route


def _score(route: Pathway, understood: Understood, told: Circumstances, remembered: Sequence[str]) -> int:
    instruments = tuple(map(str, understood.values("instrument"))) or remembered
    score = max((_instrument(route, instrument) for instrument in instruments), default=0)
    score += 4 * bool(set(route.genres) & set(understood.values("genre")))
    score += 3 * any(route.id.startswith(_ACTIVITIES.get(str(a), "-")) for a in understood.values("activity"))
    score += _person(route, understood, told)
    if route.id not in (NEED_ROUTE, CARE_ROUTE) or not score:
        score += _words(route, understood)
    return score


def _instrument(route: Pathway, instrument: str) -> int:
    if instrument in route.instruments:
        return 1 if route.id in _STYLES and instrument in _COMMON else 4
    for name in route.instruments:
        members: Iterable[str] = _ORCHESTRAL_PERCUSSION if name == "percussion" else FAMILIES.get(name, ())
        if instrument in members:
            return 1 if route.id in _STYLES else 3
    return 0


def _person(route: Pathway, understood: Understood, told: Circumstances) -> int:
    """Said just now it counts; said earlier, in another talk, it only stands beside."""
    if route.id == NEED_ROUTE:
        return 3 if understood.values("access_need") else int(told.facts.get("send") == "yes")
    if route.id == CARE_ROUTE:
        if {"looked after", "care leaver"} & set(understood.values("circumstance")):
            return 3
        return int(any(told.facts.get(fact) == "yes" for fact in ("child_looked_after", "care_leaver")))
    if route.id == _EARLY_ROUTE:
        return 3 * bool(told.age and told.age[1] <= _EARLY_UNTIL)
    return 0


def _words(route: Pathway, understood: Understood) -> int:
    text = understood.text.casefold()
    best = 0
    for word in route.words:
        if re.search(rf"\b{re.escape(word.casefold())}\b", text):
            # A grade is taken on any instrument; a phrase of several words says more than one word.
            best = max(best, 1 if word.startswith("grade") else 3 + word.count(" "))
    return best


def alternative(
    route: Pathway, routes: Iterable[Pathway], also: Iterable[str] = (), *, played: bool = False
) -> Pathway | None:
    """One other way: what else fits what was said; music like it; a route that is open to any instrument.

    `also` are routes that fit too, the likeliest first; `played` says that an instrument was named.
    """
    known = {other.id: other for other in routes if other.id != route.id}
    fitting = [known[id_] for id_ in also if id_ in known]
    # Somebody who spoke of a need chose no instrument by it: the other one of the two is the way to name.
    needs = [r for r in fitting if r.id in (NEED_ROUTE, CARE_ROUTE)]
    if fitting:
        return (needs or fitting)[0]
    others = [r for r in known.values() if r.genres]
    if played:
        return next((r for r in others if "any instrument" in r.for_whom), None)
    return max(others, key=lambda r: _likeness(route, r), default=None)


def _likeness(route: Pathway, other: Pathway) -> tuple[int, int, int]:
    """The same music counts most, then music like it and the same instruments."""
    own = set(route.genres)
    related = {genre for name in own for genre in RELATED_GENRES.get(name, ())}
    near = len(related & set(other.genres)) + len(set(route.instruments) & set(other.instruments))
    return len(own & set(other.genres)), near, len(other.instruments)
