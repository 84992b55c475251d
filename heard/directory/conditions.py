"""The hard facts: who certainly does not fit a wish.

What an entry does not say never counts against it; the reasons beside each result say that it is not known.
"""

from heard.content.vocabulary import ANY
from heard.directory import terms
from heard.directory.index import GENERIC, OLDEST, Index, union
from heard.directory.origin import Origin, Rings, near_enough, where_allowed
from heard.directory.tally import Members
from heard.directory.wish import Wish

CERTAIN_GROUPS = ("orchestra", "band", "choir")
NOT_FOR = {"beginner": ("intermediate", "advanced"), "intermediate": ("advanced",), "advanced": ("beginner",)}
"""Levels that an entry asks for and a player has not, or has left behind."""


def conditions(wish: Wish, origin: Origin, rings: Rings, index: Index) -> dict[str, Members]:
    """For each condition that the wish sets, the entries that meet it or do not say."""
    met = {
        "audience": _audience(wish, index),
        "area": where_allowed(origin, rings, index),
        "distance": near_enough(wish, origin, rings, index),
    }
    if wish.unwanted:
        met["unwanted"] = index.everyone & ~_unwanted(wish, index)
    if wish.ages:
        met["age"] = union(index.ages[min(age, OLDEST)] for low, high in wish.ages for age in range(low, high + 1))
    if wish.instruments:
        met["instrument"] = union(playing(i, index) for i in wish.instruments)
    if wish.genres:
        met["genre"] = union(sounding(g, index) for g in wish.genres)
    if wish.activities:
        met["activity"] = union(doing(a, index) for a in wish.activities)
    if wish.level:
        met["level"] = index.everyone & ~union(index.levels.get(level, 0) for level in NOT_FOR.get(wish.level, ()))
    if wish.cost:
        met["cost"] = index.everyone & ~index.costs.get("paid", 0)
    if wish.times:
        met["times"] = _times(wish, index)
    if wish.online:
        met["online"] = index.online
    return met


def playing(instrument: str, index: Index) -> Members:
    """Who teaches or uses an instrument, its family, or any."""
    exact, family = index.teaching(instrument)
    return exact | family | index.instruments.get(ANY, 0)


def sounding(genre: str, index: Index) -> Members:
    """Who makes this kind of music, one like it, or any."""
    related = union(index.genres.get(g, 0) for g in terms.RELATED_GENRES.get(genre, ()))
    return index.genres.get(genre, 0) | related | index.genres.get(ANY, 0) | _on_computers(genre, index)


def doing(activity: str, index: Index) -> Members:
    """Who offers an activity.

    A music centre that has groups, and does not say which, may have any of them: it counts, and is asked about.
    """
    broad = union(index.activities.get(a, 0) for a in terms.BROADER_ACTIVITIES.get(activity, {activity}))
    if activity in CERTAIN_GROUPS:
        says_which = union(index.activities.get(a, 0) for a in CERTAIN_GROUPS)
        groups = union(index.activities.get(a, 0) for a in GENERIC) & ~says_which
        if activity == "choir":
            groups &= playing("voice", index)
        broad |= groups & index.kinds.get("music-centre", 0)
    if activity == "holiday course":
        courses = union(index.activities.get(a, 0) for a in ("course", "workshop"))
        broad |= courses & index.times.get("holidays", 0)
    return broad


def _on_computers(genre: str, index: Index) -> Members:
    return index.instruments.get(terms.PRODUCED_WITH, 0) if genre in terms.MADE_ON_COMPUTERS else 0


def _audience(wish: Wish, index: Index) -> Members:
    """What schools book is for their pupils as well as for their teachers; the reasons say that a school books it."""
    if wish.audience == "adults":
        return index.audiences.get("adults", 0) | index.audiences.get("schools", 0)
    return index.audiences.get("young people", 0) | index.audiences.get("schools", 0)


def _unwanted(wish: Wish, index: Index) -> Members:
    out = wish.unwanted
    instruments = {i for i in out if i in index.instruments}
    activities = {a for a in out if a in index.activities}
    aside = GENERIC if activities & set(CERTAIN_GROUPS) else frozenset[str]()
    times = [t for t in out if t in index.times]
    return (
        index.only(index.instruments, instruments)
        | index.only(index.genres, [g for g in out if g in index.genres])
        | (index.only(index.activities, activities, aside=aside) & ~index.kinds.get("music-centre", 0))
        | index.only(index.times, times, aside=terms.SEASONS - set(times))
    )


def _times(wish: Wish, index: Index) -> Members:
    fits = index.everyone
    days = {day for time in wish.times for day in terms.DAYS.get(time, ())}
    if days:
        known = union(index.days.values())
        fits &= ~known | union(index.days.get(day, 0) for day in days)
    if len(season := terms.SEASONS & set(wish.times)) == 1:
        known = union(index.times.get(s, 0) for s in terms.SEASONS)
        fits &= ~known | union(index.times.get(s, 0) for s in season)
    return fits & index.everyone
