"""What the search asks back: only what it needs, each once, always with a way to skip."""

import json
from collections.abc import Sequence
from typing import Any, Final

from heard.directory.sayings import name_of, understood
from heard.directory.wish import Wish
from heard.messages import Choice, Reply
from heard.places import Located, Places
from heard.wording import Wording

WHAT, WHERE, AGE, WHICH_PLACE, NEED, ENTRY, CHANGE = (
    "search.what",
    "search.where",
    "search.age",
    "search.which_place",
    "search.need",
    "search.which_entry",
    "search.change",
)
SKIPPABLE: Final = (WHAT, WHERE, AGE, NEED, CHANGE)
KINDS: Final = ("lesson", "group", "choir", "holiday_course", "production")
_MEANT: Final = {"production": {"genre": "production"}, "choir": {"instrument": "voice"}}
"""What a kind means, where it is no activity: "Singing" is more than choirs."""
NEEDS_OFFERED: Final = ("autism", "wheelchair", "deaf", "blind", "anxiety")
TOWNS_OFFERED: Final = 5


def payload(intent: str, **entities: Any) -> str:
    """A choice's value in Rasa's form."""
    return f"/{intent}{json.dumps(entities, separators=(',', ':'), ensure_ascii=False)}" if entities else f"/{intent}"


class Questions:
    """The search's own questions, as replies."""

    def __init__(self, wording: Wording, places: Places, areas: Sequence[str]) -> None:
        self._wording = wording
        self._places = places
        self._areas = areas

    def needed(self, wish: Wish) -> str | None:
        """The question that has to come before any result, or None."""
        cares = wish.access_needs or wish.circumstances or wish.online or wish.audience == "adults"
        if not (wish.has_subject or wish.has_place or cares or WHAT in wish.asked):
            return WHAT
        if not (wish.has_place or wish.online or WHERE in wish.asked):
            return WHERE
        return None

    def put(self, question: str, wish: Wish, language: str) -> Reply:
        """The question with its choices."""
        if question == WHAT:
            return Reply(self._say("ask.what", language), self._kinds(language))
        if question == WHERE:
            return self._where(wish, language)
        if question == NEED:
            return Reply(self._say("ask.need", language), self._needs(language))
        if question == AGE:
            return Reply(self._say("ask.age", language), (self._skip("any_age", language),))
        return Reply(self._say("ask.change", language), self.changes(wish, language))

    def again(self, question: str, language: str) -> Reply:
        """The question in other words, for an answer that was none."""
        if question == WHERE:
            return Reply(self._say("ask.where_unknown", language), self._towns(language))
        if question == AGE:
            return Reply(self._say("ask.age_how", language), (self._skip("any_age", language),))
        return Reply(self._say("ask.not_understood", language), self._kinds(language))

    def which_place(self, name: str, found: Sequence[Located], language: str) -> Reply:
        """Which of several places of one name."""
        choices = tuple(Choice(f.name, payload("inform", place=f.name)) for f in found)
        return Reply(self._say("ask.which_place", language, place=name), choices)

    def changes(self, wish: Wish, language: str) -> tuple[Choice, ...]:
        """What can be changed about a search."""
        choices = []
        if wish.cost is None:
            choices.append(Choice(self._say("choice.free", language), payload("refine_search", cost="free")))
        if not wish.times:
            choices.append(Choice(self._say("choice.weekend", language), payload("refine_search", when="weekend")))
        if not wish.online:
            choices.append(Choice(self._say("choice.online", language), payload("refine_search", activity="online")))
        if wish.has_place and wish.within is None:
            choices.append(Choice(self._say("choice.nearer", language), payload("refine_search", option="within-5")))
        choices.append(Choice(self._say("choice.new_search", language), payload("find_opportunity", option="new")))
        return tuple(choices)

    def _where(self, wish: Wish, language: str) -> Reply:
        town = next(iter(self._places.towns(self._areas)), "")
        example = next(iter(self._places.outcodes_of(town)), town)
        if not (wish.has_subject or wish.ages):
            return Reply(self._say("ask.where_plain", language, example=example), self._towns(language))
        what = understood(wish, None, self._wording, language)
        text = self._say("ask.where", language, what=what[:1].upper() + what[1:], example=example)
        return Reply(text, self._towns(language))

    def _towns(self, language: str) -> tuple[Choice, ...]:
        towns = self._places.towns(self._areas)[:TOWNS_OFFERED]
        choices = (Choice(t, payload("inform", place=t)) for t in towns)
        return (*choices, self._skip("anywhere", language))

    def _kinds(self, language: str) -> tuple[Choice, ...]:
        def choice(kind: str) -> Choice:
            value = _MEANT.get(kind) or {"activity": kind.replace("_", " ")}
            return Choice(self._say(f"choice.{kind}", language), payload("inform", **value))

        return (*(choice(k) for k in KINDS), self._skip("everything", language))

    def _needs(self, language: str) -> tuple[Choice, ...]:
        named = ((n, name_of("needs", n, self._wording, language)) for n in NEEDS_OFFERED)
        choices = (Choice(name[:1].upper() + name[1:], payload("inform", access_need=need)) for need, name in named)
        return (*choices, self._skip("skip", language))

    def _skip(self, label: str, language: str) -> Choice:
        return Choice(self._say(f"choice.{label}", language), payload("skip"))

    def _say(self, key: str, language: str, **values: object) -> str:
        return self._wording.say(f"search.{key}", language, **values)
