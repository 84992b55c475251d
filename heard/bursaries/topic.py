"""The talk about help with the cost: which schemes there are, which may fit, how to apply and by when."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace

from heard.bursaries.assess import Assessment
from heard.bursaries.cards import bursary_card
from heard.bursaries.case import SLOT, Case
from heard.bursaries.check import NEEDS, Check
from heard.bursaries.criteria import Criteria
from heard.bursaries.finder import Finder
from heard.bursaries.interview import Interview
from heard.bursaries.learn import from_wish, learn, needs_in
from heard.bursaries.named import named, named_at_all
from heard.content.schema import Bursary, Hub
from heard.directory.wish import Wish
from heard.exchange import Exchange, Outcome, Understood
from heard.messages import Choice, Reply
from heard.places import Places
from heard.wording import Wording

Naming = Callable[[Understood, Sequence[Bursary], Criteria], tuple[Bursary, ...]]
TOPIC = "bursaries"
PAGE = 3
"""Cards in one answer: more are not read."""


class BursariesTopic:
    """Answers about money. It says "may qualify" at most: the funder decides."""

    def __init__(
        self, bursaries: Sequence[Bursary], criteria: Criteria, places: Places, hub: Hub, wording: Wording
    ) -> None:
        self._finder = Finder(bursaries, criteria, hub.areas)
        self._criteria = criteria
        self._places = places
        self._hub = hub
        self._wording = wording
        self._interview = Interview(bursaries, criteria, places, hub.areas, wording)
        self.check = Check(self._finder, self._interview, criteria, wording)
        """The same for a page and for the command line."""

    def bursaries(self, exchange: Exchange) -> Outcome:
        """Which help there is for this need and these circumstances: three cards, the likeliest first."""
        case = self._case(exchange)
        named_one = self._named(exchange)
        if named_one:
            return self._page(exchange, case, [self._finder.assess(case, b) for b in named_one], "named")
        likely = self._finder.likely(case)
        if not likely:
            return self._nothing(exchange, case)
        return self._page(exchange, replace(case, shown=(), about=None), likely, "here_are")

    def more(self, exchange: Exchange) -> Outcome:
        """The next three."""
        case = self._case(exchange)
        # After our questions the list goes on as the result began.
        every = self._finder.weighing(case).likely if case.asked else self._finder.likely(case)
        rest = [a for a in every if a.bursary.id not in case.shown]
        if not rest:
            choices = (self._choice("check", "/check_eligibility", exchange), self._person(exchange))
            return self._answer(exchange, case, Reply(self._say("no_more", exchange), choices))
        return self._page(exchange, case, rest, "more")

    def eligibility(self, exchange: Exchange) -> Outcome:
        """Asks what decides most, then says what may fit; for one scheme where one is named."""
        case = self._case(exchange)
        match exchange.understood.first("option"):
            case "unlikely":
                return self._unlikely(exchange, case)
            case "result":
                return self._result(exchange, case)
        named_one = self._named(exchange)
        case = replace(case, about=named_one[0].id if len(named_one) == 1 else None)
        if not case.about and not self._finder.candidates(case):
            return self._nothing(exchange, case)
        return self._next(exchange, case, fresh=True)

    def how_to_apply(self, exchange: Exchange) -> Outcome:
        """How to apply for one scheme and what to show; asks which where that is not clear."""
        return self._about_one(exchange, "apply", "ask_how_to_apply", self._apply_text)

    def deadline(self, exchange: Exchange) -> Outcome:
        """What the entry says about dates, always with the advice to check."""
        return self._about_one(exchange, "deadline", "ask_deadline", self._deadline_text)

    def follow_up(self, exchange: Exchange) -> Outcome:
        """Takes answers to our questions, and yes, no, skip, back, stop and more."""
        asked = exchange.memory.get("asked")
        match exchange.understood.intent:
            case "show_more":
                return self.more(exchange)
            case "stop":
                return self._stop(exchange)
            case "go_back":
                return self._back(exchange)
            case "skip" if asked:
                return self._next(exchange, self._case(exchange))
            case "affirm" if not asked:
                return self.eligibility(exchange)
            case "deny" if not asked:
                return self._answer(exchange, self._case(exchange), Reply(self._say("closed", exchange)))
        case = self._interview.answered(self._case(exchange), exchange)
        if case is not None and exchange.understood.first("question") in (None, asked):
            return self._next(exchange, case)
        if asked:
            return self._again(exchange, case or self._case(exchange), asked)
        return self._next(exchange, case) if case else self.bursaries(exchange)

    def _next(self, exchange: Exchange, case: Case, *, fresh: bool = False) -> Outcome:
        about = self._finder.get(case.about)
        pool = (self._finder.assess(case, about),) if about else self._finder.candidates(case)
        question = self._interview.next(pool, case)
        if question is None:
            return self._result(exchange, case)
        reply = self._interview.question(question, exchange.language)
        if fresh:
            start = self._say("start", exchange, most=self._interview.most)
            reply = replace(reply, text=f"{start}\n\n{reply.text}")
        return self._answer(exchange, replace(case, asked=(*case.asked, question)), reply, asked=question)

    def _again(self, exchange: Exchange, case: Case, asked: str) -> Outcome:
        """The open question once more; with a word of regret only where the message told us nothing."""
        again = self._interview.question(asked, exchange.language)
        if case.circumstances == Case.from_memory(exchange.memory).circumstances:
            again = replace(again, text=f"{self._say('not_understood', exchange)} {again.text}")
        return self._answer(exchange, case, again, asked=asked)

    def _back(self, exchange: Exchange) -> Outcome:
        case = self._case(exchange)
        current = exchange.memory.get("asked")
        before = case.asked[:-1] if current and case.asked[-1:] == (current,) else case.asked
        if not before:
            if not current:
                return self.eligibility(exchange)
            again = self._interview.question(current, exchange.language)
            again = replace(again, text=f"{self._say('first_question', exchange)} {again.text}")
            return self._answer(exchange, case, again, asked=current)
        question = before[-1]
        case = replace(case, asked=before, circumstances=case.circumstances.without(question))
        return self._answer(exchange, case, self._interview.question(question, exchange.language), asked=question)

    def _stop(self, exchange: Exchange) -> Outcome:
        so_far = self._choice("so_far", '/check_eligibility{"option": "result"}', exchange)
        reply = Reply(self._say("stopped", exchange), (so_far, self._person(exchange)))
        return self._answer(exchange, self._case(exchange), reply)

    def _result(self, exchange: Exchange, case: Case) -> Outcome:
        about = self._finder.get(case.about)
        if about:
            assessment = self._finder.assess(case, about)
            return self._page(exchange, case, [assessment], f"result.one.{assessment.outcome}")
        found = self._finder.weighing(case)
        if not found.likely:
            return self._page(exchange, case, (), "result.none")
        key = "result.may" if found.may else "result.need"
        return self._page(exchange, replace(case, shown=()), found.may or found.depends, key)

    def _unlikely(self, exchange: Exchange, case: Case) -> Outcome:
        unlikely = self._finder.unlikely(case)
        key = "result.unlikely" if unlikely else "result.unlikely_none"
        cards = tuple(bursary_card(a, self._wording, exchange.language) for a in unlikely)
        return self._answer(exchange, case, Reply(self._say(key, exchange), (self._person(exchange),), cards))

    def _page(self, exchange: Exchange, case: Case, assessments: Sequence[Assessment], key: str) -> Outcome:
        page = assessments[:PAGE]
        shown = tuple(dict.fromkeys((*case.shown, *(a.bursary.id for a in page))))
        case = replace(case, shown=shown)
        single = key == "named" or key.startswith("result.one")
        more = not single and any(a.bursary.id not in shown for a in self._finder.likely(case))
        asking = key.startswith("result") or single
        choices = [
            self._choice("check", "/check_eligibility", exchange) if not asking else None,
            self._choice("more", "/show_more", exchange) if more else None,
            self._choice("unlikely", '/check_eligibility{"option": "unlikely"}', exchange)
            if asking and not single and self._finder.unlikely(case)
            else None,
            self._person(exchange) if asking else None,
        ]
        if key == "here_are" and len(case.needs) == 1:
            key = f"here_are_for.{case.needs[0]}"
        text = self._say(key, exchange)
        offer = f"\n\n{self._say('offer_check', exchange)}" if key.startswith("here_are") else ""
        cards = tuple(bursary_card(a, self._wording, exchange.language) for a in page)
        reply = Reply(text + offer, tuple(c for c in choices if c), cards)
        return self._answer(exchange, case, *self._outside(exchange, case), reply)

    def _nothing(self, exchange: Exchange, case: Case) -> Outcome:
        reply = Reply(self._say("nothing", exchange), (self._person(exchange),))
        return self._answer(exchange, case, *self._outside(exchange, case), reply)

    def _outside(self, exchange: Exchange, case: Case) -> tuple[Reply, ...]:
        home = set(case.circumstances.home)
        if not home or home & set(self._hub.areas):
            return ()
        return (Reply(self._say("outside", exchange, county=self._hub.county)),)

    def _about_one(
        self, exchange: Exchange, key: str, intent: str, text: Callable[[Bursary, Exchange], str]
    ) -> Outcome:
        case = self._case(exchange)
        meant = self._named(exchange, named_at_all) or tuple(
            b for i in case.shown[-PAGE:] if (b := self._finder.get(i))
        )
        if len(meant) == 1:
            card = bursary_card(self._finder.assess(case, meant[0]), self._wording, exchange.language)
            return self._answer(exchange, case, Reply(text(meant[0], exchange), cards=(card,)))
        if meant:
            choices = tuple(Choice(b.name, f'/{intent}{{"id": "{b.id}"}}') for b in meant[:PAGE])
            return self._answer(exchange, case, Reply(self._say(f"{key}.which", exchange), choices))
        return self._answer(exchange, case, self._in_general(exchange, case, key, intent, text))

    def _in_general(
        self, exchange: Exchange, case: Case, key: str, intent: str, text: Callable[[Bursary, Exchange], str]
    ) -> Reply:
        """For "when is the deadline" with no scheme named: the likeliest ones, and a way to others."""
        likely = [a.bursary for a in self._finder.likely(case)][:PAGE]
        lines = [self._say(f"{key}.general", exchange)]
        if key == "deadline":
            lines += [text(bursary, exchange) for bursary in likely if bursary.deadline_note]
            unknown = [bursary.name for bursary in likely if not bursary.deadline_note]
            lines += [self._say("deadline.unknown_of", exchange, names=", ".join(unknown))] if unknown else []
            needs = (f'/ask_bursary{{"option": "{need}"}}' for need in NEEDS)
            choices = [self._choice(f"for_{n}", p, exchange) for n, p in zip(NEEDS, needs, strict=True)]
        else:
            choices = [Choice(b.name, f'/{intent}{{"id": "{b.id}"}}') for b in likely]
            choices.append(self._choice("other_help", "/ask_bursary", exchange))
        return Reply("\n".join(lines), tuple(choices))

    def _apply_text(self, bursary: Bursary, exchange: Exchange) -> str:
        key = "apply.one" if bursary.how_to_apply else "apply.unknown"
        how = self._say(key, exchange, name=bursary.name, how=bursary.how_to_apply)
        show = "apply.evidence" if bursary.evidence_needed else "apply.evidence_unknown"
        return f"{how}\n{self._say(show, exchange, text=bursary.evidence_needed)}"

    def _deadline_text(self, bursary: Bursary, exchange: Exchange) -> str:
        key = "deadline.one" if bursary.deadline_note else "deadline.unknown"
        return self._say(key, exchange, name=bursary.name, text=bursary.deadline_note)

    def _named(self, exchange: Exchange, by: Naming = named) -> tuple[Bursary, ...]:
        chosen = self._finder.get(exchange.understood.first("id"))
        return (chosen,) if chosen else by(exchange.understood, self._finder.bursaries, self._criteria)

    def _case(self, exchange: Exchange) -> Case:
        case = Case.from_memory(exchange.memory)
        told = learn(case.circumstances, exchange.understood, self._criteria, self._places)
        told = from_wish(told, Wish.from_dict(exchange.memory.get("wish")), self._criteria, self._places)
        option = exchange.understood.first("option")
        intent = exchange.understood.intent
        # "When does the loan close" names a scheme, it does not change what the help is for.
        new = needs_in(exchange.understood, self._criteria) if intent in ("ask_bursary", "check_eligibility") else ()
        needs = (option,) if option in NEEDS else new
        if not needs and intent != "ask_bursary":
            needs = case.needs
        return replace(case, circumstances=told, needs=needs)

    def _choice(self, name: str, payload: str, exchange: Exchange) -> Choice:
        return Choice(self._say(f"choice.{name}", exchange), payload)

    def _person(self, exchange: Exchange) -> Choice:
        return self._choice("person", "/ask_human", exchange)

    def _say(self, key: str, exchange: Exchange, **values: object) -> str:
        return self._wording.say(f"bursaries.{key}", exchange.language, **values)

    def _answer(self, exchange: Exchange, case: Case, *replies: Reply, asked: str | None = None) -> Outcome:
        memory: Mapping[str, object] = {"topic": TOPIC, "asked": asked, SLOT: case.as_dict()}
        return Outcome(replies, memory)
