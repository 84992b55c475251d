"""The kinds of question: what each makes of what somebody gave. A new kind is a class and a line in KINDS."""

from collections.abc import Mapping
from typing import Literal, Protocol

from heard.consultations.matching import match_option
from heard.consultations.progress import Answer, Given
from heard.content.schema import Question

LONGEST_ANSWER = 2000
"""Characters of an open answer, after redaction."""

Problem = Literal["not_understood", "too_long"]


class Kind(Protocol):
    """What makes one kind of question different from another."""

    def take(self, question: Question, given: Given, before: Answer | None) -> Answer | Problem:
        """The answer that `given` makes, or why it makes none.

        `before` is what is there already. A kind that needs several messages returns an answer in state
        "begun" until it is whole: the machine stays at the question.
        """
        ...


class Choice:
    """One of the options, pressed or typed."""

    def take(self, question: Question, given: Given, before: Answer | None) -> Answer | Problem:
        if given.option is not None:
            chosen = next((option for option in question.options if option.id == given.option), None)
        else:
            chosen = match_option(given.text or "", question.options)
        return Answer(question.id, value={"option": chosen.id}) if chosen is not None else "not_understood"


class Open:
    """Own words, redacted before they came here."""

    def take(self, question: Question, given: Given, before: Answer | None) -> Answer | Problem:
        text = (given.text or "").strip()
        if not text:
            return "not_understood"
        if len(text) > LONGEST_ANSWER:
            return "too_long"
        return Answer(question.id, value={"text": text})


KINDS: Mapping[str, Kind] = {"one_choice": Choice(), "scale": Choice(), "open": Open()}
