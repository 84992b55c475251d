"""A search that is typed into a form: its fields become the same wish as words in the chat."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from typing import Any, Final, Protocol

from heard.content import vocabulary
from heard.content.schema import Hub
from heard.directory.children import apart
from heard.directory.found import Found, FoundPages
from heard.directory.sayings import name_of
from heard.directory.search import Directory, Result
from heard.directory.wish import Wish
from heard.exchange import Entity
from heard.wording import DEFAULT_LANGUAGE, Wording

LONGEST_TEXT: Final = 300
"""Characters. A wish is shorter, and an address cannot be much longer."""
MILES: Final = ("2", "5", "10", "25")
_TIMES: Final = ("after school", "weekday", "evening", "weekend", "saturday", "sunday", "term time", "holidays")
CHOICES: Final[Mapping[str, tuple[str, tuple[str, ...]]]] = {
    "instrument": ("instrument", vocabulary.INSTRUMENTS),
    "genre": ("genre", vocabulary.GENRES),
    "activity": ("activities", tuple(a for a in vocabulary.ACTIVITIES if a != "online")),
    "level": ("level", ("beginner", "intermediate", "advanced")),
    "cost": ("cost", ("free", "low cost")),
    "when": ("times", _TIMES),
    "access_need": ("needs", vocabulary.ACCESS_NEEDS),
}
"""Fields with a list to choose from: the group of their wording, and their values. The names are the entities'."""
_IN_ORDER: Final = ("activity", "level", "cost", "when")
"""Lists that have an order of their own; the others go by the alphabet."""

_YEAR = re.compile(r"\by(?:ea)?r?s?\s*\d", re.IGNORECASE)


class Reader(Protocol):
    """Reads what words mention; `asked_age` says that a number on its own is an age."""

    def read(self, text: str, *, asked_age: bool = False) -> tuple[Entity, ...]: ...


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one field, as the name of its wording under `pages.find.problem`, and what to fill in."""

    field: str
    key: str
    values: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Typed:
    """A form's fields as they were typed; empty where nothing was."""

    text: str = ""
    age: str = ""
    where: str = ""
    within: str = ""
    online: str = ""
    adults: str = ""
    chosen: tuple[tuple[str, str], ...] = ()
    """Names out of `CHOICES` with a value; a name may come more than once."""
    dropped: tuple[str, ...] = ()
    """Conditions to leave out again, by the names of `Result.nearest.dropped`."""


@dataclass(frozen=True, slots=True)
class Asked:
    """What a form asks for: a wish, or what has to be put right first."""

    wish: Wish
    problems: tuple[Problem, ...] = ()
    named: str | None = None
    """The id of the entry whose name was typed."""


class TypedSearch:
    """The search of a page, over one directory."""

    def __init__(self, directory: Directory, wording: Wording, hub: Hub) -> None:
        self._directory = directory
        self._wording = wording
        self._hub = hub
        self._pages = FoundPages(directory, wording, hub)

    def choices(self, field: str, language: str = DEFAULT_LANGUAGE) -> tuple[tuple[str, str], ...]:
        """What a field offers: value and label."""
        group, values = CHOICES[field]
        labels = [(value, name_of(group, value, self._wording, language)) for value in values]
        said = [(value, label[:1].upper() + label[1:]) for value, label in labels]
        return tuple(said if field in _IN_ORDER else sorted(said, key=lambda pair: pair[1].casefold()))

    def asked(self, typed: Typed, reader: Reader) -> Asked:
        """The wish of a form. What stands in a field of its own counts before what the words say."""
        problems = [*_too_long(typed), *_not_offered(typed)]
        if problems:
            return Asked(Wish(), tuple(problems))
        ages = _ages(typed.age, reader)
        places = self.place_in(typed.where, reader)
        if typed.age and not ages:
            problems.append(Problem("age", "age"))
        if typed.where and not places:
            problems.append(Problem("where", "where", (("county", self._hub.county),)))
        words = reader.read(typed.text) if typed.text else ()
        wish = self._wish(typed, self._from_words(typed.text, words), (*ages, *places))
        if typed.within and not typed.where and not wish.has_place:
            problems.append(Problem("where", "where_first"))
        named = self._directory.named(typed.text) if typed.text else None
        if typed.text and not words and named is None and wish.is_blank:
            problems.append(Problem("text", "text"))
        return Asked(wish, tuple(problems), named.id if named else None)

    @property
    def directory(self) -> Directory:
        """Where it looks."""
        return self._directory

    def results(self, wish: Wish) -> tuple[Result, ...]:
        """A result for each child in the wish: the very search of the chat."""
        return tuple(self._directory.search(each) for each in wish.each)

    def found(self, result: Result, language: str = DEFAULT_LANGUAGE) -> Found:
        """A result as a page shows it."""
        return self._pages.of(result, language)

    def place_in(self, where: str, reader: Reader) -> tuple[Entity, ...]:
        """The place or the outcode that a field names; () where it names none that we can place."""
        if not where:
            return ()
        if self._directory.places.find(where):
            outcode = self._directory.places.outcode(where)
            return (Entity("postcode", outcode.name) if outcode else Entity("place", where),)
        found = tuple(e for e in reader.read(where) if e.type in ("place", "postcode") and not e.negated)
        far = self._directory.places.elsewhere(where)
        return found or ((Entity("place", far.name),) if far else ())

    def _wish(self, typed: Typed, words: Iterable[Entity], fields: Iterable[Entity]) -> Wish:
        chosen = [Entity(name, value) for name, value in typed.chosen]
        online = [Entity("activity", "online")] if typed.online else []
        wish = Wish().anew_for(apart(typed.text, tuple(words)))
        if typed.adults:
            wish = replace(wish, audience="adults")
        wish = wish.told((*fields, *chosen, *online))
        if typed.within and wish.has_place:
            wish = replace(wish, within=int(typed.within))
        for condition in typed.dropped:
            wish = wish.without(condition)
        return wish

    def _from_words(self, text: str, words: tuple[Entity, ...]) -> tuple[Entity, ...]:
        """With the town that the text names, where it is none of ours."""
        if any(e.type in ("place", "postcode") for e in words):
            return words
        far = self._directory.places.elsewhere(text)
        return (*words, Entity("place", far.name)) if far else words


def _ages(text: str, reader: Reader) -> list[Entity]:
    """Ages and school years; [] for a year that no school has, which is no age either."""
    found = [e for e in reader.read(text, asked_age=True) if e.type in ("age", "school_year")]
    names_a_year = _YEAR.search(text) and not any(e.type == "school_year" for e in found)
    return [] if names_a_year else found


def _too_long(typed: Typed) -> Iterable[Problem]:
    for field in ("text", "age", "where"):
        if len(getattr(typed, field)) > LONGEST_TEXT:
            yield Problem(field, "too_long")


def _not_offered(typed: Typed) -> Iterable[Problem]:
    """A value that no list of ours has: an old link, or one that somebody wrote."""
    offered: Mapping[str, Any] = {name: values for name, (_, values) in CHOICES.items()}
    wrong = [name for name, value in typed.chosen if value not in offered.get(name, ())]
    if typed.within and typed.within not in MILES:
        wrong.append("within")
    yield from (Problem(name, "choose") for name in dict.fromkeys(wrong))
