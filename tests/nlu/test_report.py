"""The measures of the report, on readings made by hand."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.nlu.report import (
    Reading,
    Scores,
    Value,
    auroc,
    calibration_error,
    entity_scores,
    intent_scores,
    mistakes,
    report,
)

SCORES = st.lists(st.floats(0, 1), min_size=1, max_size=20)


def a_reading(meant: str, *ranking: tuple[str, float], answer: str = "", **values: set[Value]) -> Reading:
    return Reading(
        text="a message",
        intent=meant,
        hard=False,
        by="young",
        expected=frozenset(values.get("expected", ())),
        answer=answer or ranking[0][0],
        ranking=ranking,
        found=frozenset(values.get("found", ())),
    )


def test_intent_is_scored_by_what_was_meant_and_what_was_answered() -> None:
    readings = [
        a_reading("greet", ("greet", 1.0)),
        a_reading("greet", ("thank", 1.0)),
        a_reading("stop", ("greet", 1.0)),
    ]
    assert intent_scores(readings, "greet") == Scores(hits=1, false=1, missed=1)


def test_entity_needs_the_right_type_and_the_right_value() -> None:
    near = a_reading("greet", ("greet", 1.0), expected={("place", "Ware")}, found={("place", "Wareham")})
    right = a_reading("greet", ("greet", 1.0), expected={("age", "9")}, found={("age", "9")})
    assert entity_scores([near, right]) == Scores(hits=1, false=1, missed=1)
    assert entity_scores([near, right], "age") == Scores(hits=1, false=0, missed=0)


def test_asking_back_counts_as_not_right_but_keeps_its_ranking() -> None:
    lines = list(report([a_reading("greet", ("greet", 0.2), ("stop", 0.1), answer="nlu_fallback")], []))
    figures = {line[:34].strip(): line[34:].split()[:1] for line in lines}
    assert figures["right"] == ["0.0%"]
    assert figures["right, were it not to ask back"] == ["100.0%"]
    assert figures["asked back (nlu_fallback)"] == ["100.0%"]


def test_out_of_scope_is_scored_by_the_likeliest_thing_in_scope() -> None:
    assert a_reading("greet", ("out_of_scope", 0.7), ("greet", 0.25)).out_of_scope_score == pytest.approx(0.75)


def test_misread_messages_are_shown_with_their_context() -> None:
    item = {"text": "nine", "intent": "inform", "context": {"topic": "search", "asked": "age"}, "consultation": None}
    assert "[in context, search: inform -> greet] nine" in list(mistakes([], [(item, "greet")]))


@given(SCORES, SCORES)
def test_auroc_of_one_side_and_of_the_other_make_one(some: list[float], others: list[float]) -> None:
    assert auroc(some, others) + auroc(others, some) == pytest.approx(1.0)


@given(SCORES)
def test_auroc_is_one_when_every_positive_lies_above(scores: list[float]) -> None:
    assert auroc([score + 2 for score in scores], scores) == 1.0


@given(st.integers(1, 50), st.integers(0, 50))
def test_confidence_that_is_true_has_no_calibration_error(right: int, wrong: int) -> None:
    confidence = right / (right + wrong)
    assert calibration_error([(confidence, True)] * right + [(confidence, False)] * wrong) == pytest.approx(0, abs=1e-9)


@given(st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1))
def test_calibration_error_is_a_share(judged: list[tuple[float, bool]]) -> None:
    assert -1e-9 <= calibration_error(judged) <= 1 + 1e-9
