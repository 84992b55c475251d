"""From answers to a summary: every number protected, every open answer without its neighbours."""

import hashlib
from dataclasses import dataclass

from heard.content.schema import Consultation, Question
from heard.disclosure_control import THRESHOLD, Cell, ProtectedTable, Table, check_threshold, protect, protect_count
from heard.store.answers import Answers


@dataclass(frozen=True, slots=True)
class QuestionSummary:
    """One question's answers. `table` is for questions with options, `texts` for open ones."""

    question: Question
    answered: int | None
    """Rounded; None where they are too few to say. The base of the table."""
    skipped: int | None
    table: ProtectedTable | None = None
    texts: tuple[str, ...] = ()
    """Redacted; in an order that has nothing to do with who answered when, or with the same person's other answers."""


@dataclass(frozen=True, slots=True)
class Summary:
    """One consultation's answers so far."""

    consultation: Consultation
    people: int | None
    """At least so many have taken part; None while they are fewer than the threshold."""
    enough: bool
    """Whether enough people have answered for anything to be shown."""
    threshold: int
    questions: tuple[QuestionSummary, ...]


def summarise(consultation: Consultation, answers: Answers, threshold: int = THRESHOLD) -> Summary:
    """The summary of a consultation; nothing but its questions while fewer than `threshold` people have answered.

    `people` is the largest number who answered any one question. The number who took part is left out on
    purpose: with it, everybody who skipped a question could be had by subtraction.
    Raises ValueError for a threshold under 5.
    """
    enough = answers.people >= check_threshold(threshold)
    shown = answers if enough else Answers(0, ())
    questions = tuple(_question(consultation, question, shown, threshold) for question in consultation.questions)
    people = max((q.answered for q in questions if q.answered is not None), default=None)
    return Summary(consultation, people, enough, threshold, questions)


def _question(consultation: Consultation, question: Question, answers: Answers, threshold: int) -> QuestionSummary:
    tallies = [tally for tally in answers.tallies if tally.question == question.id]
    answered = [tally for tally in tallies if tally.state == "answered"]
    skipped = protect_count(sum(tally.count for tally in tallies if tally.state == "skipped"), threshold)
    if not question.options:
        texts = [str(tally.value.get("text", "")) for tally in answered for _ in range(tally.count)]
        base = protect_count(len(texts), threshold)
        return QuestionSummary(question, base, skipped, texts=_shuffled(texts, f"{consultation.id} {question.id}"))
    counts = {str(tally.value.get("option")): tally.count for tally in answered}
    cells = tuple(Cell(option.label, counts.get(option.id, 0)) for option in question.options)
    table = protect(Table(cells), threshold)
    return QuestionSummary(question, table.total, skipped, table)


def _shuffled(texts: list[str], salt: str) -> tuple[str, ...]:
    """The same order every time for the same texts, whenever they came."""
    return tuple(sorted(texts, key=lambda text: (hashlib.sha256(f"{salt} {text}".encode()).digest(), text)))
