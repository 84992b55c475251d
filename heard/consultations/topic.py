"""Having a say, in the chat: consultations are offered, asked, answered, paused and thanked for."""

from collections.abc import Callable
from typing import Any

from heard.consultations.matching import match_option
from heard.consultations.progress import Given
from heard.consultations.questions import Questions
from heard.consultations.service import ActiveQuestion, Consultations, Invitation, Standing
from heard.content.schema import Consultation, Option, Words
from heard.exchange import Exchange, Outcome
from heard.messages import Card, Choice, Reply
from heard.redaction import Redacted
from heard.wording import Wording

TOPIC = "consultation"
_ASKING = {"topic": TOPIC, "asked": None}
"""`asked` stays empty during a consultation: the machine knows the question, and any other topic may come between."""
_NOTHING_OPEN: dict[str, Any] = {"topic": None, "asked": None}
_START = "start:"
_WHICH = "which"
_INVITED = {"start": "start", "not-now": "not_now"}
"""What an offer can be answered with, and the wording of its buttons."""
_PLAIN = {"affirm": "yes", "deny": "no"}


class ConsultationsTopic:
    """What the chat says about consultations. Replies never repeat an answer: they are kept for a while elsewhere."""

    def __init__(self, consultations: Consultations, wording: Wording, hub_contact: Callable[[str], Card]) -> None:
        """`hub_contact` makes the card of the hub's contact in a language."""
        self._consultations = consultations
        self._wording = wording
        self._questions = Questions(wording)
        self._hub_contact = hub_contact

    def is_active(self, sender: str) -> ActiveQuestion | None:
        """The question that the sender's next words may answer, or None."""
        return self._consultations.active(sender)

    def current_reply(self, sender: str, language: str = "en", *, note: str = "again") -> Reply | None:
        """The open question, to be asked again after something came in between; None where there is none.

        `note` names the words before it: after somebody has told of harm, they leave it to them.
        """
        standing = self._consultations.current(sender)
        return self._questions.ask(standing, language, note=note) if standing is not None else None

    def forget(self, sender: str) -> bool:
        """Removes what the sender has answered but not finished; says whether there was anything."""
        return self._consultations.forget(sender)

    def have_my_say(self, exchange: Exchange) -> Outcome:
        """Goes on with what was begun, or offers what is open."""
        invitations = self._consultations.open_for(exchange.sender)
        begun = [i for i in invitations if i.state in ("asking", "paused")]
        new = [i for i in invitations if i.state == "new"]
        if begun:
            return self._start(exchange, begun[0].consultation.id)
        if len(new) == 1:
            return self._offer(exchange, new[0].consultation)
        if new:
            return self._list(exchange, new)
        key = "all_answered" if invitations else "none_open"
        return Outcome((Reply(self._say(key, exchange)),), _NOTHING_OPEN)

    def answer(self, exchange: Exchange) -> Outcome:
        """Takes a pressed button (start, not now, an option) or typed words as an answer."""
        understood = exchange.understood
        consultation, wish = understood.first("consultation"), understood.first("answer")
        question, option = understood.first("question"), understood.first("option")
        if wish is not None and consultation is not None:
            return self._invited(exchange, str(consultation), str(wish))
        if question is not None:
            standing = self._consultations.answer(
                exchange.sender,
                Given(option=str(option) if option is not None else ""),
                exchange.key,
                question=str(question),
                consultation=str(consultation) if consultation is not None else None,
            )
            return self._after(exchange, standing, str(consultation) if consultation is not None else None)
        return self.follow_up(exchange)

    def follow_up(self, exchange: Exchange) -> Outcome:
        """Takes skip, back, stop, yes, no or words, for the open question or the open offer."""
        intent, asked = exchange.understood.intent, exchange.memory.get("asked") or ""
        if asked.startswith(_START) or asked == _WHICH:
            return self._offered(exchange, asked)
        question = exchange.understood.first("question")
        named = str(question) if question is not None else None
        match intent:
            case "skip":
                standing = self._consultations.skip(exchange.sender, exchange.key, named)
            case "go_back":
                standing = self._consultations.back(exchange.sender, exchange.key, named)
            case "stop":
                standing = self._consultations.stop(exchange.sender, exchange.key)
            case _:
                standing = self._typed(exchange)
        return self._after(exchange, standing, None)

    def you_said_we_did(self, exchange: Exchange) -> Outcome:
        """Says honestly what came of the answers: as yet, nothing has been decided."""
        return Outcome((Reply(self._say("you_said_we_did", exchange), self._have_my_say(exchange)),))

    def join_youth_voice(self, exchange: Exchange) -> Outcome:
        """How to help to decide: who to ask at the hub, and what can be said here."""
        return self._with_contact(exchange, "join_youth_voice")

    def give_feedback(self, exchange: Exchange) -> Outcome:
        """Says that a message here is not kept, and where an idea is heard."""
        return self._with_contact(exchange, "give_feedback")

    def make_complaint(self, exchange: Exchange) -> Outcome:
        """Says that this chat carries no complaint further, and who does."""
        return self._with_contact(exchange, "make_complaint")

    def _typed(self, exchange: Exchange) -> Standing | None:
        """Words for the open question; "yep" and "nah" are the option that says yes or no."""
        text = exchange.understood.text
        standing, plain = self._consultations.current(exchange.sender), _PLAIN.get(exchange.understood.intent)
        options = standing.question.options if standing is not None and standing.question is not None else ()
        if plain is not None and options and match_option(text, options) is None:
            text = Redacted(plain)
        return self._consultations.answer(exchange.sender, Given(text=text), exchange.key)

    def _invited(self, exchange: Exchange, id_: str, wish: str) -> Outcome:
        if wish == "start":
            return self._start(exchange, id_)
        if wish == "not-now":
            return Outcome((Reply(self._say("not_now_reply", exchange)),), _NOTHING_OPEN)
        consultation = self._consultations.find(id_)
        return self._offer(exchange, consultation) if consultation is not None else self._not_open(exchange, id_)

    def _offered(self, exchange: Exchange, asked: str) -> Outcome:
        intent, text = exchange.understood.intent, exchange.understood.text
        if asked == _WHICH:
            new = [i.consultation for i in self._consultations.open_for(exchange.sender) if i.state == "new"]
            chosen = match_option(text, [Option(id=c.id, label=c.title) for c in new])
            if chosen is not None:
                return self._offer(exchange, next(c for c in new if c.id == chosen.id))
            return self.have_my_say(exchange)
        id_ = asked.removeprefix(_START)
        typed = match_option(
            text, [Option(id=wish, label=Words(self._say(key, exchange))) for wish, key in _INVITED.items()]
        )
        if intent == "affirm" or (typed is not None and typed.id == "start"):
            return self._start(exchange, id_)
        if intent in ("deny", "stop", "skip", "go_back") or typed is not None:
            return self._invited(exchange, id_, "not-now")
        return self.have_my_say(exchange)

    def _start(self, exchange: Exchange, id_: str) -> Outcome:
        standing = self._consultations.start(exchange.sender, id_, exchange.key)
        return self._after(exchange, standing, id_)

    def _after(self, exchange: Exchange, standing: Standing | None, id_: str | None) -> Outcome:
        """What to say when a message has done its work."""
        if standing is None:
            return self._not_open(exchange, id_)
        say, language = self._wording.say, exchange.language
        if standing.state == "asking":
            return Outcome((self._questions.ask(standing, language, note=standing.effect),), _ASKING)
        if standing.state == "paused":
            go_on = Choice(say("consultation.go_on", language), "/have_my_say")
            return Outcome((Reply(say("consultation.stopped", language), (go_on,)),), _NOTHING_OPEN)
        if standing.effect != "finished":
            return self._and_current(exchange, self._say("already_finished", exchange))
        thanks = self._say("finished", exchange, thanks=standing.consultation.thanks)
        return Outcome((Reply(thanks, progress=standing.progress),), _NOTHING_OPEN)

    def _not_open(self, exchange: Exchange, id_: str | None) -> Outcome:
        """A button or words that belong to no open question: said kindly, with a way on."""
        invitation = next((i for i in self._consultations.open_for(exchange.sender) if i.consultation.id == id_), None)
        if invitation is not None and invitation.state == "finished":
            return self._and_current(exchange, self._say("already_finished", exchange))
        if invitation is not None and invitation.state == "new" and not self.is_active(exchange.sender):
            return self._offer(exchange, invitation.consultation)
        return self._and_current(exchange, self._say("other_question" if id_ is not None else "no_question", exchange))

    def _and_current(self, exchange: Exchange, text: str) -> Outcome:
        current = self.current_reply(exchange.sender, exchange.language)
        if current is not None:
            return Outcome((Reply(text), current), _ASKING)
        return Outcome((Reply(text, self._have_my_say(exchange)),), _NOTHING_OPEN)

    def _offer(self, exchange: Exchange, consultation: Consultation) -> Outcome:
        minutes = self._say(
            "minute" if consultation.minutes == 1 else "minutes", exchange, minutes=consultation.minutes
        )
        text = self._say("offer", exchange, purpose=consultation.purpose, minutes=minutes)
        choices = (
            Choice(self._say("start", exchange), self._questions.invite(consultation.id, "start")),
            Choice(self._say("not_now", exchange), self._questions.invite(consultation.id, "not-now")),
        )
        return Outcome((Reply(text, choices),), {"topic": TOPIC, "asked": f"{_START}{consultation.id}"})

    def _list(self, exchange: Exchange, new: list[Invitation]) -> Outcome:
        choices = tuple(Choice(i.consultation.title, self._questions.invite(i.consultation.id, "more")) for i in new)
        return Outcome((Reply(self._say("which", exchange), choices),), {"topic": TOPIC, "asked": _WHICH})

    def _with_contact(self, exchange: Exchange, key: str) -> Outcome:
        card = self._hub_contact(exchange.language)
        return Outcome((Reply(self._say(key, exchange), self._have_my_say(exchange), (card,)),))

    def _have_my_say(self, exchange: Exchange) -> tuple[Choice, ...]:
        """The way to a consultation, where there is one that the person has not finished."""
        if all(i.state == "finished" for i in self._consultations.open_for(exchange.sender)):
            return ()
        return (Choice(self._say("have_my_say", exchange), "/have_my_say"),)

    def _say(self, key: str, exchange: Exchange, **values: Any) -> str:
        return self._wording.say(f"consultation.{key}", exchange.language, **values)
