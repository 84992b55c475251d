"""A consultation's question as a reply: its text, its buttons, how far we are."""

import json

from heard.consultations.service import Standing
from heard.content.schema import Question
from heard.messages import Choice, Reply
from heard.wording import Wording


class Questions:
    """Puts questions into words and buttons.

    Every button names the question that it was made for, so that a second tap, or a tap on an old one,
    never does something to another question.
    """

    def __init__(self, wording: Wording) -> None:
        self._wording = wording

    def ask(self, standing: Standing, language: str, note: str | None = None) -> Reply:
        """The open question, after what `consultation.note.<note>` says, where there is such a note."""
        question = standing.question
        if question is None:
            raise ValueError("a finished consultation has no question to ask")
        key = f"consultation.note.{note}"
        parts = [self._wording.say(key, language)] if note is not None and self._wording.has(key) else []
        return Reply(
            "\n\n".join([*parts, question.text]), self._choices(standing, question, language), (), standing.progress
        )

    def invite(self, consultation: str, answer: str) -> str:
        """The payload of a button about a whole consultation: start, not-now, more."""
        return _payload("answer_consultation", consultation=consultation, answer=answer)

    def _choices(self, standing: Standing, question: Question, language: str) -> tuple[Choice, ...]:
        consultation = standing.consultation
        choices = [
            Choice(
                option.label,
                _payload("answer_consultation", consultation=consultation.id, question=question.id, option=option.id),
            )
            for option in question.options
        ]
        ways = [("skip", "skip", question.optional), ("go_back", "back", question is not consultation.questions[0])]
        choices += [
            Choice(self._wording.say(f"consultation.{label}", language), _payload(intent, question=question.id))
            for intent, label, possible in ways
            if possible
        ]
        choices.append(Choice(self._wording.say("consultation.stop", language), "/stop"))
        return tuple(choices)


def _payload(intent: str, **values: str) -> str:
    return f"/{intent}{json.dumps(values, separators=(',', ':'))}"
