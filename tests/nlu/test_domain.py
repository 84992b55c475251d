"""Domain, rules and pipeline agree with each other."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

import yaml

DOMAIN = yaml.safe_load(Path("domain.yml").read_text(encoding="utf-8"))
CONTEXTUAL = {"inform", "answer_consultation", "nlu_fallback"}


def the_rules() -> list[dict[str, Any]]:
    files = sorted(Path("data").glob("*/rules.yml"))
    return [rule for path in files for rule in yaml.safe_load(path.read_text(encoding="utf-8"))["rules"]]


def the_examples() -> Counter[str]:
    counts: Counter[str] = Counter()
    for path in Path("data").glob("*/nlu.yml"):
        for entry in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            counts[entry["intent"]] += entry["examples"].count("\n- ") + 1
    return counts


def test_every_intent_has_exactly_one_rule_with_exactly_one_action() -> None:
    steps = [rule["steps"] for rule in the_rules()]
    assert all([next(iter(step)) for step in each] == ["intent", "action"] for each in steps)
    assert Counter(each[0]["intent"] for each in steps) == Counter(DOMAIN["intents"])
    assert {each[1]["action"] for each in steps} == set(DOMAIN["actions"])


def test_there_are_37_wishes_and_examples_for_each() -> None:
    wishes = set(DOMAIN["intents"]) - CONTEXTUAL
    assert len(wishes) == 37
    examples = the_examples()
    assert set(examples) - CONTEXTUAL == wishes
    assert all(examples[wish] >= 25 for wish in wishes)


def test_the_domain_says_nothing_itself() -> None:
    assert "responses" not in DOMAIN


def test_nothing_but_the_intent_steers_a_rule() -> None:
    assert all(not settings["influence_conversation"] for e in DOMAIN["entities"] for settings in e.values())
    assert all(not slot["influence_conversation"] for slot in DOMAIN["slots"].values())


def test_a_session_lasts_an_hour_and_takes_nothing_along() -> None:
    assert DOMAIN["session_config"] == {"session_expiration_time": 60, "carry_over_slots_to_new_session": False}
    store = yaml.safe_load(Path("endpoints.yml").read_text(encoding="utf-8"))["tracker_store"]
    assert store["idle_minutes"] == DOMAIN["session_config"]["session_expiration_time"]
