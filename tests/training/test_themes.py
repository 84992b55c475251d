"""The answers that the sentence encoder learns from: each under one theme, and none that a blind set measures with."""

import re
from collections import Counter
from collections.abc import Iterator

import pytest
import yaml

from tests.system import ROOT

QUESTIONS = yaml.safe_load((ROOT / "training" / "themes.yml").read_text(encoding="utf-8"))["questions"]
THEMES = [theme for question in QUESTIONS for theme in question["themes"]]
ANSWERS = [answer for theme in THEMES for answer in theme["answers"]]
BLIND = ("tests/heard/themes/unseen.yml", "tests/nlu/validation.yml", "tests/nlu/unseen.yml")


def words(text: str) -> str:
    return " ".join(re.findall(r"[a-z0-9]+", text.lower().replace("'", "")))


def texts(node: object) -> Iterator[str]:
    if isinstance(node, dict):
        for value in node.values():
            yield from texts(value)
    elif isinstance(node, list):
        for value in node:
            yield from texts(value)
    elif isinstance(node, str):
        yield from node.splitlines()


def test_a_theme_is_named_once_and_has_twenty_to_twenty_four_answers() -> None:
    assert [name for name, times in Counter(theme["theme"] for theme in THEMES).items() if times > 1] == []
    assert [theme["theme"] for theme in THEMES if not re.fullmatch(r"[a-z]+(-[a-z]+)*", theme["theme"])] == []
    assert [theme["theme"] for theme in THEMES if not 20 <= len(theme["answers"]) <= 24] == []
    assert all(theme["label"].strip() for theme in THEMES)


def test_no_answer_stands_twice() -> None:
    assert [answer for answer, times in Counter(map(words, ANSWERS)).items() if times > 1] == []


@pytest.mark.parametrize("blind", BLIND)
def test_no_answer_is_in_a_set_that_measures(blind: str) -> None:
    measured = {words(text) for text in texts(yaml.safe_load((ROOT / blind).read_text(encoding="utf-8")))}
    assert [answer for answer in ANSWERS if words(answer) in measured] == []
