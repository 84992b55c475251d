"""What somebody is looking for, gathered over a conversation."""

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, fields, replace
from typing import Any, Final, Literal

from heard.directory.terms import SEND_NEEDS, WELLBEING
from heard.exchange import Entity

Audience = Literal["young people", "adults"]
Ages = tuple[int, int]
"""From and to, both included: one age, or the two of a school year."""

FIRST_YEARS: Final = {"nursery": (3, 4), "reception": (4, 5)}
YOUNGEST_IN_YEAR_1: Final = 5
"""England's school years run from September to August: Year 1 is 5 turning 6."""
SLOT: Final = "wish"
"""The conversation's slot that holds it."""
_AGES: Final = ("age", "school_year")
SUBJECT: Final = frozenset({"instrument", "genre", "activity"})
OVERHEARD: Final = frozenset(
    {"age", "school_year", "place", "postcode", "access_need", "circumstance", "instrument", "genre", "level"}
)
"""What a search should know too when it was said in another talk. A cost or a day there is about something else."""


@dataclass(frozen=True, slots=True)
class Wish:
    """What is looked for. Empty means that nobody said.

    Several `ages` are several children; several instruments, genres or times are alternatives.
    """

    instruments: tuple[str, ...] = ()
    unwanted: tuple[str, ...] = ()
    """Instruments, genres, activities and times that were ruled out."""
    genres: tuple[str, ...] = ()
    activities: tuple[str, ...] = ()
    ages: tuple[Ages, ...] = ()
    level: str | None = None
    place: str | None = None
    outcode: str | None = None
    within: int | None = None
    """Miles, where somebody asked for nearer."""
    cost: str | None = None
    """"free" or "low cost"."""
    times: tuple[str, ...] = ()
    access_needs: tuple[str, ...] = ()
    circumstances: tuple[str, ...] = ()
    online: bool = False
    audience: Audience = "young people"
    asked: tuple[str, ...] = ()
    """What is done once in a talk and was: questions that were put, answered or not; notes on what was counted."""
    others: tuple["Wish", ...] = ()
    """The wishes of other children in the same message."""

    @property
    def has_subject(self) -> bool:
        """Whether we know what kind of thing is wanted."""
        return bool(self.instruments or self.genres or self.activities)

    @property
    def has_place(self) -> bool:
        """Whether we know where."""
        return bool(self.place or self.outcode)

    @property
    def each(self) -> tuple["Wish", ...]:
        """The wish of each child; what was asked was asked of all."""
        return (replace(self, others=()), *(replace(other, asked=self.asked) for other in self.others))

    @property
    def together(self) -> "Wish":
        """One wish for all of the children, whatever each of them wants to do; the same where there is one."""
        if not self.others:
            return self
        ages = _each_once(age for wish in self.each for age in wish.ages)
        alike = {"instruments": (), "genres": (), "activities": (), "level": None}
        return replace(self, others=(), ages=ages, **alike)  # type: ignore[arg-type]

    @property
    def is_blank(self) -> bool:
        """Whether nothing at all is known yet."""
        return replace(self, asked=(), audience="young people") == Wish()

    @property
    def people(self) -> frozenset[str]:
        """The needs and circumstances that were told, with what they imply: somebody deaf has SEND."""
        told = {*self.access_needs, *self.circumstances}
        if told & (SEND_NEEDS | {"ehcp"}):
            told.add("send")
        elif "send" in told:
            told |= SEND_NEEDS
        if told & {"wheelchair", "one-handed"}:
            told.add("physical disability")
        return frozenset(told)

    @property
    def digest(self) -> str:
        """A short name for this wish; equal wishes have equal digests."""
        plain = json.dumps(replace(self, asked=()).to_dict(), sort_keys=True)
        return hashlib.blake2s(plain.encode(), digest_size=6).hexdigest()

    def told(self, entities: Iterable[Entity]) -> "Wish":
        """The wish after a message that refines it: what is new replaces, needs and circumstances add up.

        Several children keep their own wishes as long as nothing new is said of who wants what.
        """
        heard = tuple(entities)
        wanted: dict[str, list[Any]] = {}
        refused: dict[str, list[Any]] = {}
        for entity in heard:
            (refused if entity.negated else wanted).setdefault(entity.type, []).append(entity.value)
        theirs = any(e.type in (*SUBJECT, *_AGES, "level") and e.value != "online" for e in heard)
        others = () if theirs else tuple(other.told(heard) for other in self.others)
        return replace(self._refused(refused)._wanted(wanted), others=others)

    def overhearing(self, entities: Iterable[Entity]) -> "Wish":
        """The wish after a message in another talk: who it is for, where, what they play."""
        heard = tuple(e for e in entities if e.type in OVERHEARD)
        said = {e.type for e in heard if not e.negated}
        start = self
        if "instrument" in said:
            start = replace(start, instruments=(), genres=(), level=None)
        elif "genre" in said:
            start = replace(start, genres=(), level=None)
        return start.told(heard)

    def anew(self, entities: Iterable[Entity]) -> "Wish":
        """The wish after a message that starts another search.

        A new subject forgets the old one and what belonged to it; where somebody lives, how old they are and what
        they need stays true, so nobody is asked twice. With subject and place both new, the old cost goes as well.
        "Lessons" or "a group" alone is no new subject: a drummer means drum lessons.
        """
        heard = tuple(entities)
        said = {e.type for e in heard if not e.negated}
        start = replace(self, audience="young people", circumstances=_less(self.circumstances, [WELLBEING]))
        if said & SUBJECT:
            start = replace(start, activities=(), times=(), online=False, within=None)
            if said & {"instrument", "genre"} or any(e.value == "choir" and not e.negated for e in heard):
                start = replace(start, instruments=(), genres=(), level=None)
            if said & {"place", "postcode"}:
                start = replace(start, cost=None)
        return start.told(heard)

    def anew_for(self, children: Sequence[Iterable[Entity]]) -> "Wish":
        """The wish after a message that starts another search for several children."""
        first, *others = (self.anew(entities) for entities in children)
        return replace(first, others=tuple(others))

    def about_the_person(self) -> "Wish":
        """What stays true whatever is looked for next: who, where, what they need, what they were asked."""
        return Wish(
            ages=self.ages,
            place=self.place,
            outcode=self.outcode,
            access_needs=self.access_needs,
            circumstances=_less(self.circumstances, [WELLBEING]),
            asked=self.asked,
        )

    def without(self, condition: str) -> "Wish":
        """The wish with one condition dropped; the names are those of `Result.nearest.dropped`."""
        empty: dict[str, dict[str, Any]] = {
            "cost": {"cost": None},
            "times": {"times": ()},
            "distance": {"within": None, "place": None, "outcode": None},
            "within": {"within": None},
            "activity": {"activities": ()},
            "online": {"online": False},
            "genre": {"genres": ()},
            "level": {"level": None},
            "instrument": {"instruments": ()},
            "age": {"ages": ()},
        }
        others = tuple(other.without(condition) for other in self.others)
        return replace(self, others=others, **empty.get(condition, {}))

    def with_asked(self, question: str) -> "Wish":
        """The wish, with the note that this question has been put."""
        return self if question in self.asked else replace(self, asked=(*self.asked, question))

    def to_dict(self) -> dict[str, Any]:
        """JSON values for the slot `wish`; what is empty is left out."""
        plain = {name: value for name, value in asdict(self).items() if value not in ((), None, False)}
        if self.others:
            plain["others"] = tuple(other.to_dict() for other in self.others)
        return {name: [list(v) if isinstance(v, tuple) else v for v in value] if isinstance(value, tuple) else value
                for name, value in plain.items()}  # fmt: skip

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any] | None) -> "Wish":
        """The inverse of `to_dict`; None is a blank wish. Names that we do not know are left aside."""
        known = {f.name for f in fields(cls)}
        values: dict[str, Any] = {k: v for k, v in (plain or {}).items() if k in known}
        for name, value in values.items():
            if isinstance(value, list):
                values[name] = tuple(tuple(v) if isinstance(v, list) else v for v in value)
        if "others" in values:
            values["others"] = tuple(cls.from_dict(other) for other in values["others"])
        return cls(**values)

    def _refused(self, refused: Mapping[str, list[Any]]) -> "Wish":
        values = [str(v) for type_ in (*SUBJECT, "when") for v in refused.get(type_, ())]
        if not refused:
            return self
        return replace(
            self,
            unwanted=_each_once((*self.unwanted, *sorted(set(values)))),
            instruments=_less(self.instruments, values),
            genres=_less(self.genres, values),
            activities=_less(self.activities, values),
            times=_less(self.times, values),
            online=self.online and "online" not in values,
            cost=None if self.cost in refused.get("cost", ()) else self.cost,
            place=None if self.place in refused.get("place", ()) else self.place,
            level=None if self.level in refused.get("level", ()) else self.level,
            access_needs=_less(self.access_needs, refused.get("access_need", [])),
            circumstances=_less(self.circumstances, refused.get("circumstance", [])),
        )

    def _wanted(self, wanted: Mapping[str, list[Any]]) -> "Wish":
        changes: dict[str, Any] = {}
        if instruments := wanted.get("instrument"):
            changes["instruments"] = _each_once(instruments)
            if "choir" in self.activities and "voice" not in instruments:
                changes["activities"] = ()
        if genres := wanted.get("genre"):
            changes["genres"] = _each_once(genres)
        if activities := wanted.get("activity"):
            changes |= self._activities(activities, instruments or [])
        if ages := _ages(wanted.get("age", []), wanted.get("school_year", [])):
            changes["ages"] = ages
        if level := wanted.get("level"):
            # Two levels are two players' ("one is grade 5, one has never tried"): neither may leave out the other's.
            changes["level"] = level[0] if len(set(level)) == 1 else None
        if cost := wanted.get("cost"):
            changes["cost"] = "free" if "free" in cost else cost[-1]
        if times := wanted.get("when"):
            changes["times"] = _each_once(times)
        changes |= _where(wanted)
        changes["access_needs"] = _each_once((*self.access_needs, *wanted.get("access_need", ())))
        changes["circumstances"] = _each_once((*self.circumstances, *wanted.get("circumstance", ())))
        again = [v for values in wanted.values() for v in values]
        return replace(self, unwanted=_less(self.unwanted, again), **changes)

    def _activities(self, activities: list[str], instruments: list[str]) -> dict[str, Any]:
        changes: dict[str, Any] = {}
        if "online" in activities:
            changes["online"] = True
        if others := _each_once(a for a in activities if a != "online"):
            changes["activities"] = others
        if "choir" in others and not instruments and "voice" not in self.instruments:
            changes["instruments"] = ()
        if "choir" in others and instruments and "voice" not in instruments:
            # Nobody drums in a choir: "drums or a choir" is one or the other.
            changes["instruments"] = _each_once((*instruments, "voice"))
            changes["activities"] = tuple(a for a in others if a != "choir")
        return changes


def ages_of_year(school_year: str) -> Ages | None:
    """The ages in a school year ("year 4" is 8 to 9), or None for a year that there is not."""
    name = school_year.strip().casefold()
    if name in FIRST_YEARS:
        return FIRST_YEARS[name]
    number = name.removeprefix("year ").strip()
    if not number.isdecimal() or not 1 <= int(number) <= 13:
        return None
    youngest = YOUNGEST_IN_YEAR_1 + int(number) - 1
    return youngest, youngest + 1


def _ages(ages: list[Any], years: list[Any]) -> tuple[Ages, ...]:
    """One span for each child. "9, in year 4" is one child, so a year that holds a named age says nothing new."""
    named = [(int(a), int(a)) for a in ages if str(a).isdecimal()]
    spans = [span for span in (ages_of_year(str(y)) for y in years) if span]
    return _each_once((*named, *(s for s in spans if not any(s[0] <= a <= s[1] for a, _ in named))))


def _where(wanted: Mapping[str, list[Any]]) -> dict[str, Any]:
    place, outcode = wanted.get("place"), wanted.get("postcode")
    if not place and not outcode:
        return {}
    return {"place": place[-1] if place else None, "outcode": str(outcode[-1]).upper() if outcode else None}


def _each_once[T](values: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(values))


def _less(values: tuple[str, ...], gone: Iterable[Any]) -> tuple[str, ...]:
    out = set(gone)
    return tuple(v for v in values if v not in out)
