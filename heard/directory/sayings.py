"""What was understood, in one plain line, so that a misunderstanding can be seen."""

from collections.abc import Sequence

from heard.directory.wish import Wish
from heard.places import Located
from heard.wording import Wording


def name_of(group: str, value: str, wording: Wording, language: str) -> str:
    """How a value is called: its wording under `search.<group>`, or the value itself."""
    key = f"search.{group}.{value.replace(' ', '_')}"
    return wording.say(key, language) if wording.has(key) else value


def understood(wish: Wish, origin: Located | None, wording: Wording, language: str) -> str:
    """The wish in words, without a full stop: "Drum lessons near Hatfield, for age 9, free"."""
    head = " ".join(filter(None, (subject(wish, wording, language), _where(wish, origin, wording, language))))
    whole = ", ".join((head, *_rest(wish, wording, language)))
    return whole[:1].upper() + whole[1:]


def subject(wish: Wish, wording: Wording, language: str) -> str:
    """What is looked for: "jazz trumpet lessons", "choirs", "music"."""
    if wish.audience == "adults":
        return wording.say("search.understood.for_adults", language)
    genres = [name_of("genre", g, wording, language) for g in wish.genres]
    activities = [name_of("activities", a, wording, language) for a in wish.activities]
    sung = set(wish.activities) == {"choir"} and set(wish.instruments) <= {"voice"}
    group = "before" if activities else "instrument"
    instruments = [] if sung else [name_of(group, i, wording, language) for i in wish.instruments]
    if not activities and not instruments:
        activities = [wording.say("search.understood.music", language)]
    parts = (genres, instruments, activities)
    return " ".join(joined(p, "or", wording, language) for p in parts if p)


def joined(values: Sequence[str], how: str, wording: Wording, language: str) -> str:
    """ "a", "a or b", "a, b or c"; `how` is "or" or "and"."""
    *first, last = values
    return wording.say(f"search.{how}", language, first=", ".join(first), last=last) if first else last


def _where(wish: Wish, origin: Located | None, wording: Wording, language: str) -> str:
    if origin is None:
        return ""
    key = "in_county" if origin.kind in ("county", "district") else "near"
    name = wish.place if origin.kind == "outcode" and wish.place and not wish.outcode else origin.name
    return wording.say(f"search.understood.{key}", language, place=name)


def _rest(wish: Wish, wording: Wording, language: str) -> list[str]:
    def say(key: str, **values: object) -> str:
        return wording.say(f"search.understood.{key}", language, **values)

    rest = []
    if wish.ages:
        ages = [str(low) if low == high else f"{low}-{high}" for low, high in wish.ages]
        one = len(wish.ages) == 1 and wish.ages[0][0] == wish.ages[0][1]
        rest.append(say("age", age=ages[0]) if one else say("ages", ages=joined(ages, "and", wording, language)))
    if wish.level:
        rest.append(name_of("level", wish.level, wording, language))
    if wish.times:
        times = [name_of("times", t, wording, language) for t in wish.times]
        rest.append(joined(times, "or", wording, language))
    if wish.within:
        rest.append(say("within", miles=wish.within))
    if wish.access_needs:
        needs = [name_of("needs", n, wording, language) for n in wish.access_needs]
        rest.append(say("need", need=joined(needs, "and", wording, language)))
    if wish.cost:
        rest.append(say(wish.cost.replace(" ", "_")))
    if wish.online:
        rest.append(say("online"))
    # After "not violin, trumpet" everybody knows that the violin is out.
    ruled_out = [u for u in wish.unwanted if not _kind_of(u, wish, wording)[1]]
    if ruled_out:
        out = [name_of(_kind_of(u, wish, wording)[0], u, wording, language) for u in ruled_out]
        rest.append(say("without", what=joined(out, "or", wording, language)))
    return rest


def _kind_of(value: str, wish: Wish, wording: Wording) -> tuple[str, tuple[str, ...]]:
    """What kind of thing a ruled out value is, as the group of its wording, and what is wanted of that kind."""
    wanted = {"times": wish.times, "activities": wish.activities, "genre": wish.genres, "instrument": wish.instruments}
    for group, values in wanted.items():
        if wording.has(f"search.{group}.{value.replace(' ', '_')}"):
            return group, values
    return "instrument", wish.instruments + wish.genres
