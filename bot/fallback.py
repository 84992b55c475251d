"""What still works while Rasa is down: buttons, contacts, helplines and an open consultation."""

from collections.abc import Callable, Mapping
from datetime import date

from bot.message import Message
from bot.payload import PayloadError, read_payload
from bot.rasa import Said
from heard.bootstrap import Heard
from heard.errors import StoreError
from heard.exchange import Entity, Exchange, Outcome, Understood
from heard.messages import Reply
from heard.redaction import Redacted

Answers = Callable[[Exchange], Outcome]


class Fallback:
    """Answers from heard/ directly. Free text is understood only as an answer to a consultation's question."""

    def __init__(self, heard: Heard) -> None:
        self._heard = heard
        self._by_intent: Mapping[str, Answers] = {
            "find_opportunity": lambda e: heard.directory.find(e),
            "ask_details": lambda e: heard.directory.details(e),
            "ask_bursary": lambda e: heard.bursaries.bursaries(e),
            "check_eligibility": lambda e: heard.bursaries.eligibility(e),
            "ask_how_to_apply": lambda e: heard.bursaries.how_to_apply(e),
            "ask_pathway": lambda e: heard.pathways.pathway(e),
            "borrow_instrument": lambda e: heard.instruments.borrow(e),
            "have_my_say": heard.consultations.have_my_say,
            "answer_consultation": heard.consultations.answer,
            "ask_human": heard.talk.contact,
            "disclose_harm": lambda e: heard.safeguarding.helplines(e),
            "delete_my_data": heard.talk.delete_my_data,
            "remind_me": heard.reminding.remind_me,
        }

    def answer(self, message: Message, text: Redacted, language: str, today: date) -> Said:
        """The best answer without Rasa: never an error, never a guess at what somebody meant."""
        try:
            understood = self._understood(message, text)
            exchange = Exchange(understood, {}, message.sender, message.key, today, language, message.channel)
            outcome = self._outcome(exchange)
        except StoreError:
            outcome = None  # nothing was kept, and nothing is said to have been
        if outcome is not None:
            return Said(outcome.replies, outcome.memory.get("topic"), None, remind=outcome.remind)
        resting = self._heard.wording.say("door.resting", language)
        return Said((Reply(resting, self._heard.talk.menu(language)),))

    def _outcome(self, exchange: Exchange) -> Outcome | None:
        intent = exchange.understood.intent
        if intent in {"skip", "go_back", "stop"} and self._heard.consultations.is_active(exchange.sender):
            return self._heard.consultations.follow_up(exchange)
        answers = self._by_intent.get(intent)
        return answers(exchange) if answers is not None else None

    def _understood(self, message: Message, text: Redacted) -> Understood:
        if message.payload is not None:
            try:
                payload = read_payload(message.payload)
            except PayloadError:
                return Understood("nlu_fallback", text)
            entities = tuple(Entity(key, value) for key, value in payload.values.items())
            return Understood(payload.intent, text, entities)
        if self._heard.consultations.is_active(message.sender) is None:
            return Understood("nlu_fallback", text)
        word = text.strip().lower()
        return Understood(word if word in {"skip", "stop"} else _BACK.get(word, "answer_consultation"), text)


_BACK = {"back": "go_back", "go back": "go_back"}
