"""Where one person stands in one consultation, as plain values."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from types import MappingProxyType
from typing import Any, Literal

from heard.redaction import Redacted

AnswerState = Literal["answered", "skipped", "begun"]
"""`begun` is for kinds of question that take several messages (several choices, a ranking)."""

Effect = Literal[
    "started", "kept", "begun", "changed", "skipped", "back", "stopped", "resumed", "finished",
    "unchanged", "at_first", "needed", "not_understood", "too_long", "already_finished",
]  # fmt: skip
"""What a message did, or why it did nothing; heard/consultations/topic.py has words for each."""


@dataclass(frozen=True, slots=True)
class Given:
    """What somebody gave as an answer: a pressed option's id, or typed words."""

    option: str | None = None
    text: Redacted | None = None


@dataclass(frozen=True, slots=True)
class Answer:
    """What is kept for one question, in the form of its kind (heard/store/tables.py); nothing where it was skipped."""

    question: str
    state: AnswerState = "answered"
    value: Mapping[str, Any] = field(default_factory=dict)

    @property
    def settled(self) -> bool:
        """Whether the question is done with, one way or the other."""
        return self.state != "begun"


@dataclass(frozen=True, slots=True)
class Progress:
    """The answers so far, by question, and the question that is open (None when all are done)."""

    answers: Mapping[str, Answer]
    at: str | None
    agreed: bool = False
    """Whether the person has said that answers may be kept."""

    def with_answer(self, answer: Answer, at: str | None) -> "Progress":
        """This progress with one answer more (or another one), now at `at`."""
        return replace(self, answers=MappingProxyType({**self.answers, answer.question: answer}), at=at)


@dataclass(frozen=True, slots=True)
class Step:
    """What one move leads to."""

    progress: Progress
    effect: Effect
