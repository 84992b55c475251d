"""What makes one fitting entry come before another, in points."""

from heard.directory import terms
from heard.directory.conditions import sounding
from heard.directory.index import Index, union
from heard.directory.origin import Origin, Rings
from heard.directory.tally import Members, Tally
from heard.directory.wish import Wish

FOR_THEM, LOCAL, FREE, SUBSIDISED = 2048, 1024, 512, 256
"""Far apart, so that these come first whatever else holds: the smaller points never add up to 256."""
HERE, EASY = 30, 10
"""Points in the very place, and the miles that a family drives every week. A mile up to there costs one point, and
one beyond it two."""
UNPLACED, AT_HOME = 22, 12
"""A county-wide offer, in schools or several centres, ranks as if it were eight miles away."""
EXACT_INSTRUMENT, FAMILY = 24, 16
EXACT_GENRE, RELATED_GENRE = 16, 8
EXACT_ACTIVITY = 16
LESSONS = 12
"""For who is there to give lessons, before a centre that gives some."""
EXACT_LEVEL, TIMES, AGES_GIVEN = 14, 12, 4
NEED, NEAR_NEED, CIRCUMSTANCE = 40, 16, 24
FOR_EVERYONE, FOR_SCHOOL_AGES, SPEAKS_OF_ACCESS = 16, 8, 8
OPEN_TO_FAMILIES = 16
"""For what a family can go to; the rest is booked by a school."""
OPEN_LEVEL, SOME_LEVEL = 16, 8
"""Where nobody said how far they are: what everybody can join, then what asks for some experience."""
OTHER_STYLE = 16
"""For who does not name classical music, when something else is wished for."""
CLASSICAL = frozenset({"classical", "orchestral", "chamber", "choral", "sacred", "early music"})
TEACHING, JOINING = 30, 10
TEACHING_KINDS = ("lesson", "music-centre")
JOINING_KINDS = ("ensemble", "workshop", "course", "creative-tech", "online", "send-provision")
"""Where nobody says what kind of thing they want, an instrument is learned with a teacher first."""


def rank(wish: Wish, origin: Origin, rings: Rings, index: Index) -> Tally:
    """Points for every entry, fitting or not."""
    tally = Tally()
    tally.add(index.everyone & ~only_for_others(wish, index), FOR_THEM)
    tally.add(index.local, HERE if wish.online else LOCAL)
    if wish.audience == "young people":
        tally.add(index.everyone & ~index.audiences.get("schools", 0), OPEN_TO_FAMILIES)
    _cost(wish, index, tally)
    _place(origin, rings, index, tally)
    _subject(wish, index, tally)
    _person(wish, index, tally)
    return tally


def _cost(wish: Wish, index: Index, tally: Tally) -> None:
    if wish.cost:
        tally.add(index.costs.get("free", 0), FREE)
        tally.add(index.costs.get("subsidised", 0), FREE if wish.cost == "low cost" else SUBSIDISED)


def _place(origin: Origin, rings: Rings, index: Index, tally: Tally) -> None:
    if origin.one is None or origin.one.point is None:
        return
    for mile, group in rings.by_mile.items():
        tally.add(group, max(0, HERE - mile - max(0, mile - EASY)))
    at_home = index.kinds.get("online", 0)
    tally.add(index.local & ~index.placed & ~at_home, UNPLACED)
    tally.add(index.local & ~index.placed & at_home, AT_HOME)


def _subject(wish: Wish, index: Index, tally: Tally) -> None:
    exact = family = 0
    for instrument in wish.instruments:
        named, related = index.teaching(instrument)
        exact, family = exact | named, family | related
    tally.add(exact, EXACT_INSTRUMENT)
    tally.add(family & ~exact, FAMILY)
    genre = union(index.genres.get(g, 0) for g in wish.genres)
    related = union(sounding(g, index) for g in wish.genres) & ~index.genres.get("any", 0)
    tally.add(genre, EXACT_GENRE)
    tally.add(related & ~genre, RELATED_GENRE)
    if wish.genres and not CLASSICAL & set(wish.genres):
        tally.add(index.everyone & ~union(index.genres.get(g, 0) for g in CLASSICAL), OTHER_STYLE)
    tally.add(union(index.activities.get(a, 0) for a in wish.activities), EXACT_ACTIVITY)
    if "lesson" in wish.activities:
        tally.add(index.kinds.get("lesson", 0), LESSONS)
    if wish.level:
        tally.add(index.levels.get(wish.level, 0), EXACT_LEVEL)
    else:
        tally.add(index.levels.get("any", 0) | index.levels.get("beginner", 0), OPEN_LEVEL)
        tally.add(index.levels.get("intermediate", 0), SOME_LEVEL)
    days = union(index.days.get(day, 0) for time in wish.times for day in terms.DAYS.get(time, ()))
    tally.add(days | union(index.times.get(t, 0) for t in wish.times), TIMES)
    if not wish.activities:
        tally.add(union(index.kinds.get(kind, 0) for kind in TEACHING_KINDS), TEACHING if wish.instruments else JOINING)
        passing = index.only(index.activities, ("event", "workshop"), aside=("choir", "band"))
        tally.add(union(index.kinds.get(kind, 0) for kind in JOINING_KINDS) & ~passing, JOINING)


def _person(wish: Wish, index: Index, tally: Tally) -> None:
    if wish.ages:
        tally.add(index.everyone & ~index.ages_not_given, AGES_GIVEN)
    else:
        tally.add(index.everyone & ~index.for_grown_ups & ~index.kinds.get("early-years", 0), FOR_SCHOOL_AGES)
    welcoming = union(index.needs.get(need, 0) for need in wish.access_needs)
    near = union(near_need(need, index) for need in wish.access_needs)
    tally.add(welcoming, NEED)
    tally.add(near & ~welcoming, NEAR_NEED)
    if wish.access_needs:
        tally.add(index.speaks_of_access & ~welcoming & ~near, SPEAKS_OF_ACCESS)
    with_signs = union(index.signs.get(c, 0) for c in wish.circumstances)
    tally.add(with_signs, CIRCUMSTANCE)
    # A group made for some is no wrong answer, and never the first one for somebody whom it does not name.
    tally.add(index.everyone & ~(index.kinds.get("send-provision", 0) & ~(welcoming | with_signs)), FOR_EVERYONE)


def only_for_others(wish: Wish, index: Index) -> Members:
    """Who is there for some only (children in care, say), and for nobody that the wish speaks of."""
    return union(index.only_for.values()) & ~union(index.only_for.get(people, 0) for people in wish.people)


def near_need(need: str, index: Index) -> Members:
    """Who has probably thought of a need: they welcome one like it, or speak of it."""
    likely = union(index.needs.get(other, 0) for other in terms.NEAR_NEEDS.get(need, ()))
    if need in terms.SEND_NEEDS:
        likely |= index.needs.get("send", 0)
    if need == "send":
        likely |= union(index.needs.get(other, 0) for other in terms.SEND_NEEDS)
    if need in ("mental health", "anxiety"):
        likely |= index.signs.get(terms.WELLBEING, 0)
    return likely
