"""About how long it takes to answer: reading at a young reader's pace, and a while to think."""

import math
from collections.abc import Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from heard.content.asking import Question

_WORDS_A_SECOND = 2.0
"""120 words a minute: a nine-year-old reading to understand (Hasbrouck and Tindal, Oral Reading Fluency norms,
2017: 133 words a minute at the end of the year in which children are nine)."""
_THINKING = {"one_choice": 4.0, "several_choices": 8.0, "scale": 4.0, "ranking": 3.0, "statements": 3.0, "open": 35.0}
"""Seconds for an answer; for each place of a ranking and each statement."""


def minutes_for(questions: "Iterable[Question]") -> int:
    """Whole minutes, at least one. A question that not everybody is asked counts half."""
    seconds = sum(_seconds(question) * (0.5 if question.only_if else 1.0) for question in questions)
    return max(1, math.ceil(seconds / 60))


def _seconds(question: "Question") -> float:
    texts = [question.text, *(o.label for o in question.options), *(s.text for s in question.statements)]
    if question.reason is not None:
        texts.append(question.reason)
    reading = sum(len(text.split()) for text in texts) / _WORDS_A_SECOND
    times = {"ranking": question.places, "statements": len(question.statements)}.get(question.kind, 1)
    return reading + _THINKING[question.kind] * times
