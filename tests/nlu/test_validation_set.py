"""The validation set itself: complete, labelled in the project's own words, and apart from the training data."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.nlu.report import plain

ROOT = Path(__file__).parents[2]
ANNOTATION = re.compile(r"\[([^\]]+)\](?:\([^)]*\)|\{[^}]*\})")
"""Rasa's markup of an entity: [sax](instrument) or [sax]{"entity": "instrument", ...}."""

CORE = {"find_opportunity", "ask_bursary", "disclose_harm", "out_of_scope", "ask_pathway", "ask_details"}
INTENTS = CORE | {
    *("greet", "goodbye", "thank", "affirm", "deny", "help", "bot_challenge", "change_language"),
    *("start_over", "stop", "skip", "go_back", "show_more"),
    *("refine_search", "borrow_instrument", "ask_inclusion", "ask_wellbeing", "ask_workforce"),
    *("check_eligibility", "ask_how_to_apply", "ask_deadline"),
    *("have_my_say", "join_youth_voice", "give_feedback", "ask_you_said_we_did", "make_complaint"),
    *("ask_privacy", "delete_my_data", "ask_human", "ask_about_hub", "remind_me"),
}
TOPICS = {"search", "bursaries", "pathways", "instruments", "consultation"}


def read(*path: str) -> Any:
    return yaml.safe_load(ROOT.joinpath(*path).read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def validation() -> Any:
    return read("tests", "nlu", "validation.yml")


@pytest.fixture(scope="module")
def values() -> dict[str, set[str]]:
    """The canonical values of each entity; ages and school years are read by rule and have none in the vocabulary."""
    places = read("content", "places.yml")
    named = [*places["counties"], *places["districts"], *(p for d in places["districts"] for p in d["places"])]
    return {
        **{type_: set(words) for type_, words in read("content", "vocabulary.yml")["entities"].items()},
        "place": {entry["name"] for entry in named},
        "postcode": {entry["outcode"] for entry in places["outcodes"]},
        "age": {str(age) for age in range(26)},
        "school_year": {"nursery", "reception", *(f"year {year}" for year in range(1, 14))},
    }


def test_every_intent_has_its_number_of_messages(validation: Any) -> None:
    counts = Counter(item["intent"] for item in validation["messages"])
    assert set(counts) == INTENTS
    assert {i: n for i, n in counts.items() if n < (30 if i in CORE else 20)} == {}


def test_about_a_third_of_each_intent_is_hard(validation: Any) -> None:
    counts = Counter(item["intent"] for item in validation["messages"])
    hard = Counter(item["intent"] for item in validation["messages"] if item["hard"])
    assert {intent: hard[intent] for intent, n in counts.items() if not 0.25 <= hard[intent] / n <= 0.45} == {}


def test_young_people_and_adults_write_about_as_much(validation: Any) -> None:
    counts = Counter(item["by"] for item in validation["messages"])
    assert set(counts) == {"young", "adult"}
    assert 0.45 <= counts["young"] / len(validation["messages"]) <= 0.55


def test_every_entity_has_a_canonical_value(validation: Any, values: dict[str, set[str]]) -> None:
    strays = [
        (entity, item["text"])
        for item in validation["messages"]
        for entity in item["entities"]
        if str(entity["value"]) not in values[entity["entity"]] or set(entity) - {"entity", "value", "negated"}
    ]
    assert strays == []


def test_no_value_is_labelled_twice_in_a_message(validation: Any) -> None:
    for item in validation["messages"]:
        labels = [(entity["entity"], entity["value"]) for entity in item["entities"]]
        assert len(labels) == len(set(labels)), item["text"]


def test_every_entity_and_both_kinds_of_mention_occur(validation: Any, values: dict[str, set[str]]) -> None:
    labels = [entity for item in validation["messages"] for entity in item["entities"]]
    assert {entity["entity"] for entity in labels} == set(values)
    assert any(entity.get("negated") for entity in labels)


def test_messages_in_context_say_what_the_talk_is_about(validation: Any) -> None:
    assert len(validation["context"]) >= 40
    for item in validation["context"]:
        assert item["intent"] in INTENTS | {"inform", "answer_consultation"}, item["text"]
        assert item["context"]["topic"] in TOPICS, item["text"]
        assert (item["context"]["topic"] == "consultation") == (item["consultation"] is not None), item["text"]
        assert item["consultation"] is None or item["consultation"]["kind"] in {"open", "choice"}, item["text"]


def test_no_message_stands_twice(validation: Any) -> None:
    counts = Counter(plain(item["text"]) for item in validation["messages"])
    assert [text for text, n in counts.items() if n > 1] == []


def test_no_message_stands_in_the_training_data(validation: Any) -> None:
    learned = {
        plain(ANNOTATION.sub(r"\1", line.strip().removeprefix("- ")))
        for path in sorted((ROOT / "data").rglob("*.yml"))
        for block in (yaml.safe_load(path.read_text(encoding="utf-8")) or {}).get("nlu") or ()
        for line in str(block.get("examples", "")).splitlines()
    }
    assert len(learned) > len(validation["messages"])
    assert sorted(plain(item["text"]) for item in validation["messages"] if plain(item["text"]) in learned) == []
