"""What somebody means who asks to be told later: a day, something new, or the reminders that they have."""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, Final, cast, get_args

from heard.bursaries.case import Case
from heard.bursaries.criteria import Criteria
from heard.bursaries.named import named_at_all
from heard.content.dates import WhatHappens
from heard.directory.listing import Listing
from heard.directory.wish import Wish
from heard.exchange import Exchange
from heard.reminders.about import About, Abouts
from heard.reminders.days import coming, ways
from heard.reminders.subject import Before, KeyDay
from heard.topics import Topics

_FEW: Final = 3
_SUBJECT: Final = frozenset({"instrument", "genre", "activity", "place", "postcode"})
_NO_MORE = re.compile(
    r"\b(?:stop|cancel|turn off|switch off|unsubscribe|no more|delete|what reminders|my reminders?)\b"
)
_SAYS_NEW = re.compile(
    r"\b(?:new|comes? up|turns? up|pops? up|gets? (?:listed|added)|free place|space|slot|spot|updates?|newsletter|"
    r"(?:when|if) there(?:'?s| is| are)|(?:when|if) they (?:do|make|start|add|run)|look out|eye out|mailing list)\b"
)
_WHAT: Final[tuple[tuple[WhatHappens, re.Pattern[str]], ...]] = (
    ("closes", re.compile(r"\b(?:clos\w+|deadlines?|shuts?|due|ends?|last day|too late|runs? out)\b")),
    ("opens", re.compile(r"\b(?:re)?open\w*\b|\b(?:enrol\w*|booking|forms?|tickets?|go(?:es)? live|on sale)\b")),
    ("decided", re.compile(r"\b(?:decid\w+|results?|hear back)\b")),
    ("audition", re.compile(r"\bauditions?\b")),
    ("event", re.compile(r"\b(?:concerts?|shows?|events?|festivals?|open day|workshops?|performances?)\b")),
)
_CONSULTATION = re.compile(r"\b(?:questions?|questionnaire|survey|consultation|have (?:my|your|our) say)\b")
_MISSED_FIRST: Final[tuple[WhatHappens, ...]] = ("closes", "audition", "event", "opens", "decided")
"""Which day is meant where nobody says."""


@dataclass(frozen=True, slots=True)
class Meant:
    """What a message may be about: `new` things, one of these, or neither is clear."""

    new: bool
    abouts: tuple[About, ...] = ()


class Meaning:
    """Reads a wish to be told, in the light of the talk."""

    def __init__(
        self,
        live: Callable[[], Topics],
        abouts: Abouts,
        consultation: Callable[[str], str | None],
        criteria: Criteria,
    ) -> None:
        self._live = live
        self._abouts = abouts
        self._consultation = consultation
        self._criteria = criteria

    def of(self, exchange: Exchange) -> Meant:
        """What is wanted. A wish that the search knows counts as one for what is new, where nothing else is meant."""
        text, wish = _text(exchange), wish_of(exchange)
        names_something = any(e.type in _SUBJECT and not e.negated for e in exchange.understood.entities)
        names_a_day = any(pattern.search(text) for _, pattern in _WHAT)
        if (_SAYS_NEW.search(text) and not wish.is_blank) or (names_something and not names_a_day):
            return Meant(new=True)
        abouts = tuple(self._abouts_of(exchange))
        return Meant(not abouts and not wish.is_blank and exchange.memory.get("topic") == "search", abouts)

    def pressed(self, exchange: Exchange) -> About | None:
        """What a button names."""
        id_, consultation = exchange.understood.first("id"), exchange.understood.first("consultation")
        if id_ is not None:
            return self._abouts.entry(str(id_), exchange.language)
        return self._abouts.consultation(str(consultation), exchange.language) if consultation is not None else None

    def key_day(self, exchange: Exchange, about: About) -> KeyDay:
        """The day that is meant: by the button, by the words, or the one that would be missed first."""
        known = {what: day for what in _MISSED_FIRST if (day := coming(about.dates, what, exchange.today)) is not None}
        named = exchange.understood.first("option")
        said = [named] if named in get_args(WhatHappens) else []
        said += [what for what, pattern in _WHAT if pattern.search(_text(exchange)) and (what in known or not known)]
        what = cast(WhatHappens, next(iter(said), next(iter(known), "closes")))
        day = known.get(what)
        answer = exchange.understood.first("answer")
        before = answer if answer in get_args(Before) else next(iter(ways(what, day, exchange.today)), "day")
        return KeyDay(about.of, about.id, what, cast(Before, before), day)

    def _abouts_of(self, exchange: Exchange) -> Iterator[About]:
        """What the message names, else what the talk was about."""
        understood, live = exchange.understood, self._live()
        ids = [bursary.id for bursary in named_at_all(understood, live.content.bursaries, self._criteria)]
        named = live.opportunities.named(understood.text)
        ids += [named.id] if named is not None else []
        if not ids and (_CONSULTATION.search(_text(exchange)) or exchange.memory.get("topic") == "consultation"):
            id_ = self._consultation(exchange.sender)
            about = self._abouts.consultation(id_, exchange.language) if id_ is not None else None
            if about is not None:
                yield about
                return
        found = (self._abouts.entry(id_, exchange.language) for id_ in (ids or _talked_about(exchange.memory))[:_FEW])
        yield from (about for about in found if about is not None)


def asks_what_there_is(exchange: Exchange) -> bool:
    """Whether somebody wants to see, change or stop the reminders that they have."""
    return exchange.understood.first("option") == "list" or _NO_MORE.search(_text(exchange)) is not None


def wish_of(exchange: Exchange) -> Wish:
    """The wish of the talk with what the message says."""
    plain = exchange.memory.get("wish")
    return Wish.from_dict(plain if isinstance(plain, Mapping) else None).anew(exchange.understood.entities)


def _text(exchange: Exchange) -> str:
    """The words; a pressed button has none."""
    text = exchange.understood.text.casefold()
    return "" if text.startswith("/") else text


def _talked_about(memory: Mapping[str, Any]) -> list[str]:
    """The ids of the entries that stand on the screen; the one that was asked about, alone."""
    if memory.get("topic") == "bursaries":
        case = Case.from_memory(memory)
        return [case.about] if case.about else list(case.shown[-_FEW:])
    plain = memory.get("listing")
    listing = Listing.from_dict(plain if isinstance(plain, Mapping) else None)
    return [listing.about] if listing.about else list(listing.page)
