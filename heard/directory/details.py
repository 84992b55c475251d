"""Everything that is known about one entry, and what is not."""

import re
from collections.abc import Callable, Sequence
from typing import Final

from heard.content.schema import Opportunity
from heard.directory.index import is_online
from heard.directory.sayings import name_of
from heard.wording import Wording

FIELDS: Final = ("when", "where", "cost", "ages", "level", "who", "access", "join", "bring")
ASKED_FOR: Final = {
    "cost": r"how much|cost|price|pay\b|fee|free|expensive|£",
    "when": r"\bwhen\b|what time|what day|which day|\btimes?\b|how often|how long|start|(?:satur|sun|mon|tues|"
    r"wednes|thurs|fri)days?\b|week(?:end|day)|evening|after school|holidays|summer",
    "where": r"\bwhere\b|address|get there|parking|venue|how far",
    "ages": r"\bages?\b|how old|too young|too old",
    "join": r"\bjoin|sign up|sign him|sign her|\bbook|apply|register|enrol|contact|get in touch|audition",
    "bring": r"bring|need to have|own instrument|wear",
    "who": r"\bwho\b|organis|run by",
    "access": r"wheelchair|access|toilet|autis|send\b|quiet|disab|\blift\b|ramp",
    "level": r"beginner|level|grade|good enough|experience",
}
"""Signs of what somebody wants to know about an entry; that comes first in the answer."""
BRIEF: Final = ("cost", "when", "where", "ages", "level", "access")
"""What can be said of several entries in a line each."""


def details(entry: Opportunity, text: str, wording: Wording, language: str) -> str:
    """The entry's facts, one a line, those that the message asks for first. What is not known is said to be so."""
    asked = [field for field in FIELDS if field in ASKED_FOR and re.search(ASKED_FOR[field], text.casefold())]
    usual = [f for f in FIELDS if f not in asked and not (f == "bring" or (f == "access" and not entry.accessibility))]
    lines = [wording.say("search.details.title", language, name=entry.name)]
    for field in (*asked, *usual):
        lines.append(wording.say(f"search.details.{field}", language, value=_VALUES[field](entry, wording, language)))
    return "\n".join(lines)


def of_each(entries: Sequence[Opportunity], text: str, wording: Wording, language: str) -> list[str]:
    """What a message asks about, said of each of several entries, a line each; [] where that needs more than a line."""
    asked = [f for f in BRIEF if re.search(ASKED_FOR[f], text.casefold())]
    if not entries or (not asked and asks_for("bring", text)):
        return [wording.say("search.details.of_each_bring", language)] if entries else []
    if len(asked) != 1:
        return []
    value = _VALUES[asked[0]]
    lines = [
        wording.say("search.details.of_one", language, name=entry.name, value=value(entry, wording, language))
        for entry in entries
    ]
    return [wording.say("search.details.of_each", language), *lines]


def value_of(field: str, entry: Opportunity, wording: Wording, language: str) -> str:
    """What an entry says about one of `FIELDS`; what it does not say is said to be so."""
    return _VALUES[field](entry, wording, language)


def asks_for(field: str, text: str) -> bool:
    """Whether a message asks about one of `FIELDS`."""
    return re.search(ASKED_FOR[field], text.casefold()) is not None


def _when(entry: Opportunity, wording: Wording, language: str) -> str:
    return entry.when or wording.say("search.details.not_given", language)


def _where(entry: Opportunity, wording: Wording, language: str) -> str:
    place = ", ".join(filter(None, (entry.place, entry.postcode)))
    if not place:
        return wording.say(f"search.details.{'online_only' if is_online(entry) else 'not_given'}", language)
    if is_online(entry) and "online" not in place.casefold():
        return wording.say("search.details.online_too", language, place=place)
    return place


def _cost(entry: Opportunity, wording: Wording, language: str) -> str:
    if entry.cost == "unknown":
        return entry.cost_note or wording.say("search.check.cost", language)
    cost = wording.say(f"search.details.cost_{entry.cost}", language)
    if not entry.cost_note:
        return cost
    return wording.say("search.details.cost_with_note", language, cost=cost, note=entry.cost_note)


def _ages(entry: Opportunity, wording: Wording, language: str) -> str:
    ages = entry.ages
    if ages is None or (ages.min is None and ages.max is None):
        return wording.say("search.details.not_given", language)
    if ages.max is None:
        return wording.say("search.why.ages_from", language, low=ages.min)
    if ages.min is None:
        return wording.say("search.why.ages_to", language, high=ages.max)
    return wording.say("search.why.ages", language, low=ages.min, high=ages.max)


def _level(entry: Opportunity, wording: Wording, language: str) -> str:
    if entry.level == "any":
        return wording.say("search.details.any_level", language)
    return name_of("level", entry.level, wording, language)


def _who(entry: Opportunity, wording: Wording, language: str) -> str:
    return entry.provider


def _access(entry: Opportunity, wording: Wording, language: str) -> str:
    return entry.accessibility or wording.say("search.details.ask_them", language)


def _join(entry: Opportunity, wording: Wording, language: str) -> str:
    if entry.audience == "schools":
        return wording.say("search.details.join_school", language)
    return wording.say(f"search.details.join_{'on_page' if entry.url else 'ask'}", language)


def _bring(entry: Opportunity, wording: Wording, language: str) -> str:
    return wording.say("search.details.ask_them", language)


_VALUES: Final[dict[str, Callable[[Opportunity, Wording, str], str]]] = {
    "when": _when,
    "where": _where,
    "cost": _cost,
    "ages": _ages,
    "level": _level,
    "who": _who,
    "access": _access,
    "join": _join,
    "bring": _bring,
}
