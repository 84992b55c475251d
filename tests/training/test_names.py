"""What the finder of names learns from: every slot can be filled, and what holds nobody really holds nobody."""

import re
from pathlib import Path

import pytest
import yaml

from heard.redaction.lexicon import Lexicon
from heard.redaction.tokens import fold
from tests.builders import CONTENT

TRAINING = Path(__file__).parents[2] / "training"
SLOT = re.compile(r"{(\w+)}")
LABELLED = {"first", "plain", "surname", "school", "school_short"}
PLAIN = {"place", "known", "instrument"}


@pytest.fixture(scope="module")
def material():
    return yaml.safe_load((TRAINING / "names.yml").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")
def lexicon():
    return Lexicon.load(CONTENT)


def lines(groups):
    return [line for rows in groups.values() for line in rows]


def names(groups):
    return [name for text in groups.values() for name in text.split()]


def test_every_sentence_names_somebody_or_a_school_by_slots_that_can_be_filled(material):
    for sentence in lines(material["sentences"]):
        slots = set(SLOT.findall(sentence))
        assert slots & LABELLED, sentence
        assert slots <= LABELLED | PLAIN | {"title"}, sentence


def test_the_others_have_only_slots_without_a_label(material):
    for sentence in lines(material["none"]):
        assert set(SLOT.findall(sentence)) <= PLAIN, sentence


def test_the_patterns_of_schools_have_slots_that_can_be_filled(material):
    schools = material["schools"]
    for pattern in schools["patterns"] + schools["short_patterns"]:
        assert set(SLOT.findall(pattern)) <= {"word", "saint", "kind", "place", "first", "surname"}, pattern
        assert pattern.count("{") == len(SLOT.findall(pattern)), pattern


def test_there_is_enough_of_each(material):
    assert len(names(material["first_names"])) >= 900
    assert len(names(material["surnames"])) >= 700
    assert len(lines(material["sentences"])) >= 700
    assert len(lines(material["none"])) >= 450


def test_no_line_stands_in_two_places(material):
    plain = [line.lower() for part in ("sentences", "none") for line in lines(material[part])]
    assert sorted({line for line in plain if plain.count(line) > 1}) == []


def test_the_lists_hold_what_redaction_does_not_know_yet(material, lexicon):
    assert [name for name in names(material["first_names"]) if fold(name) in lexicon.given] == []
    known = lexicon.surnames | lexicon.plain_surnames
    assert [name for name in names(material["surnames"]) if fold(name) in known] == []
