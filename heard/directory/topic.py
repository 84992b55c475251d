"""Finding something to join, as a conversation: it asks only for what it needs, and never twice."""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from heard.cards import opportunity_card
from heard.content.schema import Hub
from heard.directory import questions
from heard.directory.children import apart
from heard.directory.details import asks_for, details, of_each
from heard.directory.each import ForEach
from heard.directory.listing import Listing, numbered, pointed_at
from heard.directory.notes import Notes
from heard.directory.questions import Questions, payload
from heard.directory.search import Directory
from heard.directory.showing import Showing
from heard.directory.terms import WELLBEING
from heard.directory.wish import Wish
from heard.exchange import Entity, Exchange, Outcome
from heard.messages import Choice, Reply
from heard.needs.counting import Needs
from heard.rightness import ANSWERS, Answer, Rightness
from heard.wording import Wording

TOPIC: Final = "search"
NEARER: Final = ("near", "closer", "close by", "local")
WISHES: Final = frozenset(
    {
        "instrument", "genre", "activity", "place", "postcode", "age", "school_year", "level", "cost", "when",
        "access_need", "circumstance",
    }
)  # fmt: skip
"""The entities that say something about a wish."""
STEPS_NEARER: Final = (10, 5, 2)
OLDEST: Final = 25
ADULT: Final = 19
"""From here on a wish to work in music is an adult's; the hubs' offers for young people end with 18 or later."""
_LEAD: Final = "search.lead"
"""Noted among what was asked: the words about inclusion, which are said once."""


class DirectoryTopic:
    """Answers everything about finding opportunities."""

    def __init__(
        self,
        directory: Directory,
        wording: Wording,
        hub: Hub,
        needs: Needs | None = None,
        rightness: Rightness | None = None,
    ) -> None:
        """`needs` counts what was not found, `rightness` whether an entry was right."""
        self._directory = directory
        self._needs = needs
        self._rightness = rightness
        self._wording = wording
        self._hub = hub
        self._questions = Questions(wording, directory.places, hub.areas)
        self._showing = Showing(directory, wording, hub)
        self._for_each = ForEach(Notes(directory.places, wording, hub), wording)

    def find(self, exchange: Exchange) -> Outcome:
        """find_opportunity: starts a search, with what is already known about the person."""
        exchange = self._placed(exchange)
        before, wish = _wish(exchange), _begun(exchange)
        if exchange.understood.first("option") == "new":
            return self._ask(questions.WHAT, exchange, before.about_the_person())
        if any(e.type == "access_need" for e in exchange.understood.entities):
            return self.inclusion(exchange)
        return self._answer(exchange, wish)

    def refine(self, exchange: Exchange) -> Outcome:
        """refine_search: changes the search under way."""
        exchange = self._placed(exchange)
        before = _wish(exchange)
        wish = self._optioned(before.told(exchange.understood.entities), exchange)
        if wish.digest != before.digest:
            return self._answer(exchange, wish)
        if any(word in exchange.understood.text.casefold() for word in NEARER) and before.has_place:
            return self._answer(exchange, _nearer(before))
        if before.is_blank:
            return self._answer(exchange, wish)
        nothing_to_change = not _listing(exchange).page
        if nothing_to_change or any(e.type in WISHES for e in exchange.understood.entities):
            return self._answer(exchange, wish)
        return self._ask(questions.CHANGE, exchange, wish)

    def more(self, exchange: Exchange) -> Outcome:
        """show_more: the next results."""
        listing, wish = _listing(exchange), _wish(exchange).together
        if not listing.ids and not listing.near:
            reply = Reply(
                self._say("found.no_list", exchange),
                self._questions.put(questions.WHAT, wish, exchange.language).choices,
            )
            return Outcome((reply,), {"topic": TOPIC, "asked": None})
        replies, listing = self._showing.more(listing, wish, exchange.language)
        return Outcome(replies, {"topic": TOPIC, "asked": None, "listing": listing.to_dict()})

    def details(self, exchange: Exchange) -> Outcome:
        """ask_details: everything about one listed result, what was asked for first."""
        understood, listing = exchange.understood, _listing(exchange)
        id_ = understood.first("id")
        if id_ is None:
            id_ = self._points(exchange)
        if id_ is None:
            return self._about_each(exchange, listing) or self._which_entry(exchange, listing)
        entry = self._directory.get(str(id_))
        if entry is None:
            return Outcome((Reply(self._say("details.gone", exchange)),), {"topic": TOPIC, "asked": None})
        answer = next((a for a in ANSWERS if a == understood.first("answer")), None)
        if answer is not None and self._rightness is not None:
            return self._thanks(exchange, listing, entry.id, answer)
        text = "" if understood.text.startswith("/") else understood.text
        card = opportunity_card(entry, self._wording, exchange.language, with_details=False)
        choices = []
        if listing.has_more:
            choices.append(Choice(self._say("choice.more", exchange), payload("show_more")))
        if entry.cost != "free":
            choices.append(Choice(self._say("choice.help_with_cost", exchange), payload("ask_bursary")))
        said = details(entry, text, self._wording, exchange.language)
        if self._rightness is not None and not self._rightness.was_asked(_wish(exchange), entry.id):
            said = f"{said}\n{self._say('was_right', exchange)}"
            choices += [
                Choice(self._say(f"choice.{answer}", exchange), payload("ask_details", id=entry.id, answer=answer))
                for answer in ANSWERS
            ]
        reply = Reply(said, tuple(choices), (card,))
        listing = replace(listing, about=entry.id, page=listing.page or (entry.id,))
        return Outcome((reply,), {"topic": TOPIC, "asked": None, "listing": listing.to_dict()})

    def _thanks(self, exchange: Exchange, listing: Listing, id_: str, answer: Answer) -> Outcome:
        """What somebody said about an entry is counted, and they are thanked."""
        wish = _wish(exchange)
        if self._rightness is not None:
            wish = self._rightness.in_talk(wish, id_, answer, exchange.today)
        choices = [Choice(self._say("choice.more", exchange), payload("show_more"))] if listing.has_more else []
        if answer == "wrong":
            choices.append(Choice(self._say("choice.person", exchange), payload("ask_human")))
        reply = Reply(self._say(f"thanks_{answer}", exchange), tuple(choices))
        return Outcome((reply,), {"topic": TOPIC, "asked": None, "wish": wish.to_dict()})

    def inclusion(self, exchange: Exchange) -> Outcome:
        """ask_inclusion: the same search; what welcomes a need comes first, mainstream groups included."""
        exchange = self._placed(exchange)
        wish = _begun(exchange)
        person = Choice(self._say("choice.person", exchange), payload("ask_human"))
        hub = self._wording.say("search.lead.inclusion_hub", exchange.language, hub=self._hub.contact.name)
        said_before, wish = _LEAD in wish.asked, wish.with_asked(_LEAD)
        lead = () if said_before else (Reply(f"{self._say('lead.inclusion', exchange)}\n{hub}", (person,)),)
        knows_why = wish.access_needs or wish.circumstances or wish.has_subject
        if not knows_why and questions.NEED not in wish.asked:
            return self._ask(questions.NEED, exchange, wish, lead)
        return self._answer(exchange, wish, lead)

    def wellbeing(self, exchange: Exchange) -> Outcome:
        """ask_wellbeing: music for feeling better, with a way to help for those who need more than music."""
        exchange = self._placed(exchange)
        wish = _begun(exchange)
        wish = replace(wish, circumstances=tuple(dict.fromkeys((*wish.circumstances, WELLBEING))))
        help_now = Choice(self._say("choice.help_now", exchange), payload("disclose_harm"))
        return self._answer(exchange, wish, (Reply(self._say("lead.wellbeing", exchange), (help_now,)),))

    def workforce(self, exchange: Exchange) -> Outcome:
        """ask_workforce: what there is for adults who work in music. Somebody of 17 still looks for a way in."""
        if any(0 < int(age) < ADULT for age in exchange.understood.values("age")):
            return self.find(exchange)
        known = _wish(exchange)
        start = Wish(audience="adults", place=known.place, outcode=known.outcode, asked=known.asked)
        wish = start.with_asked(questions.WHERE).told(
            e for e in exchange.understood.entities if e.type not in ("age", "school_year")
        )
        person = Choice(self._say("choice.person", exchange), payload("ask_human"))
        text = self._wording.say("search.lead.workforce", exchange.language, hub=self._hub.contact.name)
        return self._answer(exchange, wish, (Reply(text, (person,)),))

    def follow_up(self, exchange: Exchange) -> Outcome:
        """A bare yes, no, skip, value or "go back" while the search is the topic."""
        exchange = self._placed(exchange)
        understood, asked = exchange.understood, exchange.memory.get("asked")
        if understood.first("id") is not None or (asked == questions.ENTRY and self._points(exchange)):
            return self.details(exchange)
        if _says_something(exchange) or understood.first("option") is not None:
            return self._told(exchange)
        if understood.intent == "inform" and numbered(understood.text, _listing(exchange)) is not None:
            return self.details(exchange)
        if asked in questions.SKIPPABLE and (age := _bare_age(exchange)) is not None:
            return self._told(replace(exchange, understood=replace(understood, entities=(age,))))
        if understood.intent == "show_more":
            return self.more(exchange)
        if understood.intent == "go_back":
            return self._back(exchange)
        if understood.intent == "stop":
            choices = (Choice(self._say("choice.new_search", exchange), payload("find_opportunity", option="new")),)
            return Outcome((Reply(self._say("stopped", exchange), choices),), {"topic": None, "asked": None})
        if asked == questions.WHICH_PLACE and understood.intent in ("skip", "deny"):
            return self._answer(exchange, replace(_wish(exchange), place=None).with_asked(questions.WHERE))
        if asked in questions.SKIPPABLE and understood.intent in ("skip", "deny"):
            return self._skipped(exchange, asked)
        if asked in questions.SKIPPABLE:
            return self._not_an_answer(exchange, asked)
        if understood.intent == "affirm":
            return self.more(exchange)
        return self._ask(questions.CHANGE, exchange, _wish(exchange))

    def _points(self, exchange: Exchange) -> str | None:
        places = [str(place) for place in exchange.understood.values("place")]
        return pointed_at(exchange.understood.text, places, _listing(exchange), self._directory)

    def _told(self, exchange: Exchange) -> Outcome:
        wish = self._optioned(_wish(exchange).told(exchange.understood.entities), exchange)
        still_where = exchange.memory.get("asked") == questions.WHERE and not (wish.has_place or wish.online)
        if still_where and (again := f"{questions.WHERE}.again") not in wish.asked:
            return self._ask(questions.WHERE, exchange, wish.with_asked(again))
        return self._answer(exchange, wish)

    def _placed(self, exchange: Exchange) -> Exchange:
        """With the town that a message names, where it is none of ours: its own words are all we have of it."""
        understood = exchange.understood
        if understood.text.startswith("/") or any(e.type in ("place", "postcode") for e in understood.entities):
            return exchange
        far = self._directory.places.elsewhere(understood.text)
        if far is None:
            return exchange
        entities = (*understood.entities, Entity("place", far.name))
        return replace(exchange, understood=replace(understood, entities=entities))

    def _answer(self, exchange: Exchange, wish: Wish, lead: tuple[Reply, ...] = ()) -> Outcome:
        result = self._directory.search(wish)
        if result.ambiguous:
            reply = self._questions.which_place(wish.place or "", result.ambiguous, exchange.language)
            return Outcome((*lead, reply), self._memory(wish, questions.WHICH_PLACE))
        needed = self._questions.needed(wish)
        if needed is not None:
            return self._ask(needed, exchange, wish, lead)
        old = _wish(exchange)
        before = old.to_dict() if old.digest != wish.digest and not old.is_blank else _listing(exchange).before
        moved = (old.place, old.outcode) != (wish.place, wish.outcode)
        fresh = moved or not _listing(exchange).wish
        if wish.others:
            return self._answer_each(exchange, wish, Listing.of(result, before), lead, fresh=fresh)
        replies, listing = self._showing.first(result, Listing.of(result, before), exchange.language, fresh=fresh)
        if self._needs is not None:
            wish = self._needs.in_talk(wish, result, self._directory, exchange.today)
        asked = None
        ages_matter = wish.audience == "young people" and questions.AGE not in wish.asked
        if ages_matter and self._directory.age_matters(wish, result.matches[: listing.shown]):
            asked, wish = questions.AGE, wish.with_asked(questions.AGE)
            replies = (*replies, self._questions.put(asked, wish, exchange.language))
        memory = self._memory(wish, asked) | {"listing": listing.to_dict()}
        return Outcome((*lead, *replies), memory)

    def _answer_each(
        self, exchange: Exchange, wish: Wish, listing: Listing, lead: tuple[Reply, ...], *, fresh: bool
    ) -> Outcome:
        """For several children who want different things."""
        results = [self._directory.search(each) for each in wish.each]
        replies, listing = self._for_each.first(results, listing, exchange.language, fresh=fresh)
        for result in results:
            if self._needs is not None:
                told = replace(result.wish, asked=wish.asked)
                wish = replace(wish, asked=self._needs.in_talk(told, result, self._directory, exchange.today).asked)
        return Outcome((*lead, *replies), self._memory(wish, None) | {"listing": listing.to_dict()})

    def _ask(self, question: str, exchange: Exchange, wish: Wish, lead: tuple[Reply, ...] = ()) -> Outcome:
        reply = self._questions.put(question, wish, exchange.language)
        return Outcome((*lead, reply), self._memory(wish.with_asked(question), question))

    def _skipped(self, exchange: Exchange, asked: str) -> Outcome:
        wish = _wish(exchange).with_asked(asked)
        listing = _listing(exchange)
        if asked == questions.AGE and (listing.has_more or listing.has_more_near):
            return self.more(exchange)
        if asked in (questions.AGE, questions.CHANGE):
            return self._ended(exchange, wish)
        return self._answer(exchange, wish)

    def _ended(self, exchange: Exchange, wish: Wish) -> Outcome:
        choices = self._questions.changes(wish, exchange.language)
        return Outcome((Reply(self._say("found.fine", exchange), choices),), self._memory(wish, None))

    def _not_an_answer(self, exchange: Exchange, asked: str) -> Outcome:
        wish, again = _wish(exchange), f"{asked}.again"
        if again in wish.asked:
            return self._skipped(exchange, asked)
        reply = self._questions.again(asked, exchange.language)
        return Outcome((reply,), self._memory(wish.with_asked(again), asked))

    def _back(self, exchange: Exchange) -> Outcome:
        before = _listing(exchange).before
        if not before:
            reply = self._questions.put(questions.CHANGE, _wish(exchange), exchange.language)
            return Outcome(
                (Reply(self._say("nothing_before", exchange), reply.choices),), {"topic": TOPIC, "asked": None}
            )
        back = Wish.from_dict(before)
        outcome = self._answer(exchange, replace(back, asked=_wish(exchange).asked))
        return Outcome((Reply(self._say("back_to", exchange)), *outcome.replies), outcome.memory)

    def _about_each(self, exchange: Exchange, listing: Listing) -> Outcome | None:
        """What was asked ("is it free?"), said of each result on the page; None where that is not so short."""
        wish, language = _wish(exchange), exchange.language
        known = [entry for entry in map(self._directory.get, listing.page) if entry is not None]
        lines = of_each(known, exchange.understood.text, self._wording, language)
        if not lines:
            return None
        choices = [Choice(entry.name, payload("ask_details", id=entry.id)) for entry in known]
        if asks_for("cost", exchange.understood.text):
            choices.append(Choice(self._say("choice.help_with_cost", exchange), payload("ask_bursary")))
        if asks_for("bring", exchange.understood.text):
            choices.append(Choice(self._say("choice.borrow", exchange), payload("borrow_instrument")))
        return Outcome((Reply("\n".join(lines), tuple(choices)),), self._memory(wish, questions.ENTRY))

    def _which_entry(self, exchange: Exchange, listing: Listing) -> Outcome:
        known = [entry for entry in map(self._directory.get, listing.page) if entry is not None]
        if not known:
            reply = Reply(
                self._say("found.no_list", exchange),
                self._questions.put(questions.WHAT, Wish(), exchange.language).choices,
            )
            return Outcome((reply,), {"topic": TOPIC, "asked": None})
        choices = tuple(Choice(entry.name, payload("ask_details", id=entry.id)) for entry in known)
        reply = Reply(self._say("ask.which_entry", exchange), choices)
        return Outcome((reply,), {"topic": TOPIC, "asked": questions.ENTRY})

    def _no_list(self, exchange: Exchange) -> Outcome:
        kinds = self._questions.put(questions.WHAT, Wish(), exchange.language).choices
        return Outcome((Reply(self._say("found.no_list", exchange), kinds),), {"topic": TOPIC, "asked": questions.WHAT})

    def _optioned(self, wish: Wish, exchange: Exchange) -> Wish:
        """What a button asked for that no entity can say."""
        option = str(exchange.understood.first("option") or "")
        if option.startswith("drop-"):
            return wish.without(option.removeprefix("drop-"))
        if option.startswith("within-") and option.removeprefix("within-").isdecimal():
            return replace(wish, within=int(option.removeprefix("within-")))
        return wish

    def _memory(self, wish: Wish, asked: str | None) -> dict[str, Any]:
        return {"topic": TOPIC, "asked": asked, "wish": wish.to_dict()}

    def _say(self, key: str, exchange: Exchange) -> str:
        return self._wording.say(f"search.{key}", exchange.language)


def _wish(exchange: Exchange) -> Wish:
    return Wish.from_dict(_mapping(exchange.memory.get("wish")))


def _begun(exchange: Exchange) -> Wish:
    """The wish after a message that starts a search, for each child that it names."""
    return _wish(exchange).anew_for(apart(exchange.understood.text, exchange.understood.entities))


def _listing(exchange: Exchange) -> Listing:
    return Listing.from_dict(_mapping(exchange.memory.get("listing")))


def _mapping(value: Any) -> Mapping[str, Any] | None:
    return value if isinstance(value, Mapping) else None


def _says_something(exchange: Exchange) -> bool:
    return any(e.type in WISHES for e in exchange.understood.entities)


def _bare_age(exchange: Exchange) -> Entity | None:
    """The age in an answer that is nothing but a number, whatever we asked: "9"."""
    number = re.fullmatch(r"\W*(\d{1,2})\W*", exchange.understood.text)
    return Entity("age", int(number[1])) if number and 0 < int(number[1]) <= OLDEST else None


def _nearer(wish: Wish) -> Wish:
    now = wish.within or STEPS_NEARER[0] + 1
    return replace(wish, within=next((step for step in STEPS_NEARER if step < now), STEPS_NEARER[-1]))
