"""The talk about borrowing, buying or repairing an instrument."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from heard.bursaries.assess import Assessment
from heard.bursaries.cards import bursary_card
from heard.bursaries.case import SLOT, Case
from heard.bursaries.criteria import Criteria
from heard.bursaries.learn import from_wish, learn
from heard.content.schema import Bursary, Hub
from heard.directory import Wish
from heard.directory.sayings import name_of
from heard.exchange import Exchange, Outcome
from heard.instruments.ways import (
    ADAPTED,
    BORROW,
    REPAIR,
    must_be_paid_back,
    says_which_instruments,
    schemes,
    way_of,
    wished_way,
)
from heard.messages import Choice, Reply
from heard.places import Places
from heard.wording import Wording

TOPIC = "instruments"
PAGE = 3
_ASKED = "instrument"
_OFFERED = ("violin", "cello", "guitar", "keyboard", "drums", "flute", "clarinet", "trumpet")
_WAYS = ("borrow", "buy", "adapted", "repair")


class InstrumentsTopic:
    """Answers how to get hold of an instrument in this hub."""

    def __init__(
        self, bursaries: Sequence[Bursary], criteria: Criteria, places: Places, hub: Hub, wording: Wording
    ) -> None:
        self._bursaries = tuple(bursaries)
        self._criteria = criteria
        self._places = places
        self._hub = hub
        self._wording = wording

    def borrow(self, exchange: Exchange) -> Outcome:
        """Ways to get an instrument: asks once which one it is, then shows three schemes."""
        case = self._case(exchange)
        way = self._way(exchange, case)
        if way == REPAIR:
            return self._answer(exchange, case, way, self._repair(exchange))
        mentioned = exchange.understood.values("instrument")
        if not case.circumstances.instruments and way != ADAPTED:
            return self._which(exchange, case, way)
        if tuple(mentioned) == ("voice",):
            return self._answer(exchange, case, way, Reply(self._say("voice", exchange), (self._find(exchange),)))
        return self._show(exchange, replace(case, shown=()), way)

    def follow_up(self, exchange: Exchange) -> Outcome:
        """Takes the instrument that we asked for, and skip, stop and more."""
        case = self._case(exchange)
        way = self._way(exchange, case)
        match exchange.understood.intent:
            case "show_more":
                return self._show(exchange, case, way, more=True)
            case "stop" | "deny":
                return self._answer(exchange, case, way, Reply(self._say("stopped", exchange)))
            case "skip":
                return self._show(exchange, replace(case, shown=()), way)
            case "go_back":
                return self._which(exchange, case, way)
        if exchange.memory.get("asked") == _ASKED and not exchange.understood.values("instrument"):
            # "I don't mind" and the like: one question is enough.
            return self._show(exchange, replace(case, shown=()), way)
        return self.borrow(exchange)

    def _which(self, exchange: Exchange, case: Case, way: str) -> Outcome:
        choices = [Choice(self._name(name, exchange), f'/inform{{"instrument": "{name}"}}') for name in _OFFERED]
        choices.append(Choice(self._say("choice.unsure", exchange), "/skip"))
        reply = Reply(self._say("which", exchange), tuple(choices))
        return self._answer(exchange, case, way, reply, asked=_ASKED)

    def _show(self, exchange: Exchange, case: Case, way: str, *, more: bool = False) -> Outcome:
        found = schemes(self._bursaries, case, way, self._criteria, self._hub.areas)
        left = [a for a in found if a.bursary.id not in case.shown]
        page = left[:PAGE]
        case = replace(case, shown=(*case.shown, *(a.bursary.id for a in page)))
        if not page:
            key = "no_more" if more else "nothing"
            choices = (self._person(exchange), self._find(exchange))
            reply = Reply(self._say(key, exchange, what=self._what(case, exchange)), choices)
            return self._answer(exchange, case, way, reply, *self._outside(exchange, case))
        lines = [self._say("more" if more else f"ways.{way}", exchange, what=self._what(case, exchange))]
        lines += self._unknown(exchange, case, page)
        cards = tuple(bursary_card(a, self._wording, exchange.language) for a in page)
        reply = Reply("\n".join(lines), self._choices(exchange, way, more=len(left) > PAGE), cards)
        return self._answer(exchange, case, way, *self._outside(exchange, case), reply)

    def _unknown(self, exchange: Exchange, case: Case, page: Sequence[Assessment]) -> list[str]:
        """What the entries do not say, and what must be paid back."""
        lines = [self._say("price", exchange)]
        lends = [a.bursary for a in page if way_of(a.bursary, self._criteria) == BORROW]
        if case.circumstances.instruments and not all(says_which_instruments(b) for b in lends):
            lines.append(self._say("stock", exchange, what=self._what(case, exchange)))
        lines += [self._say("paid_back", exchange, name=a.bursary.name) for a in page if must_be_paid_back(a.bursary)]
        return lines

    def _repair(self, exchange: Exchange) -> Reply:
        borrow = Choice(self._say("choice.borrow", exchange), '/borrow_instrument{"option": "borrow"}')
        return Reply(self._say("repair", exchange), (self._person(exchange), borrow))

    def _choices(self, exchange: Exchange, way: str, *, more: bool) -> tuple[Choice, ...]:
        others = [w for w in _WAYS if w != way]
        return (
            *((Choice(self._say("choice.more", exchange), "/show_more"),) if more else ()),
            *(Choice(self._say(f"choice.{w}", exchange), f'/borrow_instrument{{"option": "{w}"}}') for w in others),
            self._person(exchange),
        )

    def _outside(self, exchange: Exchange, case: Case) -> tuple[Reply, ...]:
        home = set(case.circumstances.home)
        if not home or home & set(self._hub.areas):
            return ()
        return (Reply(self._wording.say("bursaries.outside", exchange.language, county=self._hub.county)),)

    def _case(self, exchange: Exchange) -> Case:
        case = Case.from_memory(exchange.memory)
        told = learn(case.circumstances, exchange.understood, self._criteria, self._places)
        told = from_wish(told, Wish.from_dict(exchange.memory.get("wish")), self._criteria, self._places)
        return replace(case, circumstances=told, needs=("instrument",))

    def _way(self, exchange: Exchange, case: Case) -> str:
        option = exchange.understood.first("option")
        if option in _WAYS:
            return str(option)
        if exchange.understood.intent != "borrow_instrument":
            return case.about if case.about in _WAYS else wished_way("", case, self._criteria)
        return wished_way(exchange.understood.text, case, self._criteria)

    def _what(self, case: Case, exchange: Exchange) -> str:
        instruments = case.circumstances.instruments
        names = [self._name(name, exchange) for name in instruments]
        return self._say("or", exchange).join(names) if names else self._say("an_instrument", exchange)

    def _name(self, instrument: str, exchange: Exchange) -> str:
        return name_of("instrument", instrument, self._wording, exchange.language)

    def _find(self, exchange: Exchange) -> Choice:
        return Choice(self._say("choice.find", exchange), "/find_opportunity")

    def _person(self, exchange: Exchange) -> Choice:
        return Choice(self._say("choice.person", exchange), "/ask_human")

    def _say(self, key: str, exchange: Exchange, **values: object) -> str:
        return self._wording.say(f"instruments.{key}", exchange.language, **values)

    def _answer(self, exchange: Exchange, case: Case, way: str, *replies: Reply, asked: str | None = None) -> Outcome:
        memory: Mapping[str, object] = {
            "topic": TOPIC,
            "asked": asked,
            SLOT: replace(case, about=way).as_dict(),
        }
        return Outcome(replies, memory)
