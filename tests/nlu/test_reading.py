"""One message, read differently by what was asked."""

from __future__ import annotations

from typing import Any

import pytest

from nlu.context import Context
from nlu.reading import Heard, read_in_context

NOTHING = Context()
SEARCHED = Context(topic="search")
ASKED_WHERE = Context(topic="search", asked="search.where")
ASKED_MEALS = Context(topic="bursaries", asked="receives_free_school_meals")
OPEN_QUESTION = Context(consultation="q1", kind="open")


def heard(text: str, intent: str, confidence: float = 0.9, *marked: str, **ranking: float) -> Heard:
    entities: list[dict[str, Any]] = [
        {"entity": "any", "value": word, "start": text.index(word), "end": text.index(word) + len(word)}
        for word in marked
    ]
    return Heard(text, intent, confidence, entities, {intent: confidence, **ranking})


@pytest.mark.parametrize(
    ("context", "message", "meant"),
    [
        (NOTHING, heard("free?", "ask_details", 0.4, "free"), None),
        (SEARCHED, heard("free?", "ask_details", 0.4, "free"), "refine_search"),
        (SEARCHED, heard("any on a weds?", "find_opportunity", 0.6, "weds"), "refine_search"),
        (SEARCHED, heard("closer", "refine_search", 0.2), "refine_search"),
        (SEARCHED, heard("what about guitar", "find_opportunity", 0.8, "guitar"), "refine_search"),
        (SEARCHED, heard("is it free", "ask_details", 0.9, "free"), None),
        (SEARCHED, heard("i want piano lessons in Tring", "find_opportunity", 0.9, "piano", "lessons", "Tring"), None),
        (SEARCHED, heard("thanks", "thank"), None),
        (ASKED_WHERE, heard("Hatfield", "find_opportunity", 0.3, "Hatfield"), "inform"),
        (ASKED_WHERE, heard("we live near Hatfield", "find_opportunity", 0.9, "Hatfield"), "inform"),
        (ASKED_WHERE, heard("9", "affirm", 0.3), "inform"),
        (ASKED_WHERE, heard("not sure", "deny", 0.5), "skip"),
        (ASKED_WHERE, heard("doesn't matter", "deny", 0.9), "skip"),
        (ASKED_WHERE, heard("yes", "affirm"), None),
        (ASKED_WHERE, heard("stop asking me things", "stop"), None),
        (ASKED_WHERE, heard("how do i get a bursary?", "ask_bursary"), None),
        (ASKED_MEALS, heard("she did until last year", "ask_you_said_we_did", 0.8), "inform"),
        (ASKED_MEALS, heard("why do you need to know that", "ask_privacy"), None),
        (OPEN_QUESTION, heard("because the bus stops at six", "ask_details", 0.6), "answer_consultation"),
        (OPEN_QUESTION, heard("more free drum lessons", "find_opportunity", 0.95, "drum"), "answer_consultation"),
        (OPEN_QUESTION, heard("i don't know", "skip", 0.2), "answer_consultation"),
        (OPEN_QUESTION, heard("skip", "skip"), None),
        (OPEN_QUESTION, heard("can we stop now", "stop"), None),
        (OPEN_QUESTION, heard("go back", "go_back"), None),
        (OPEN_QUESTION, heard("who reads this?", "ask_privacy"), None),
        (OPEN_QUESTION, heard("wait, how do i get a bursary", "ask_bursary", 0.6), None),
        (OPEN_QUESTION, heard("yes", "affirm"), None),
        (OPEN_QUESTION, heard("yes but only if there are more buses for us", "affirm"), "answer_consultation"),
    ],
)
def test_a_message_means_what_the_context_makes_of_it(context: Context, message: Heard, meant: str | None) -> None:
    assert read_in_context(message, context) == meant


@pytest.mark.parametrize("context", [SEARCHED, ASKED_WHERE, ASKED_MEALS, OPEN_QUESTION])
def test_a_likely_disclosure_is_never_taken_for_an_answer(context: Context) -> None:
    assert read_in_context(heard("my dad hits me", "disclose_harm"), context) is None
    assert read_in_context(heard("he hits me", "give_feedback", 0.4, disclose_harm=0.5), context) is None


def test_an_age_question_is_known_by_its_name() -> None:
    assert Context(asked="search.age").asks_age
    assert Context(asked="age").asks_age
    assert not Context(asked="search.stage").asks_age
    assert not Context().asks_age
