"""The vocabulary as content: complete, unambiguous, and clear about mistakes."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from nlu.misspellings import SHORTEST, Speller, ordinary_words
from nlu.vocabulary import Vocabulary, VocabularyError

VOCABULARY = Path("content/vocabulary.yml")
PLACES = Path("content/places.yml")
DOMAIN = yaml.safe_load(Path("domain.yml").read_text(encoding="utf-8"))
BY_RULE = {"age", "school_year", "postcode", "place"}
"""Read by rule (nlu/numbers.py), or from content/places.yml."""
CARRIED = {"id", "answer", "question", "consultation", "option"}
"""Only ever carried by choices."""


def test_every_entity_of_the_domain_has_words() -> None:
    entities = {next(iter(e)) for e in DOMAIN["entities"]}
    assert set(yaml.safe_load(VOCABULARY.read_text(encoding="utf-8"))["entities"]) == entities - BY_RULE - CARRIED


def test_families_consist_of_instruments() -> None:
    content = yaml.safe_load(VOCABULARY.read_text(encoding="utf-8"))
    for family, members in content["families"].items():
        assert set(members) <= set(content["entities"]["instrument"]), family


def test_a_vocabulary_survives_being_stored() -> None:
    vocabulary = Vocabulary.read(VOCABULARY, PLACES)
    assert Vocabulary.from_dict(vocabulary.as_dict()) == vocabulary


@pytest.mark.parametrize(
    ("content", "complaint"),
    [
        ("entities: {instrument: {violin: [fiddle], viola: [fiddle]}}", "'fiddle' means both"),
        ("entities: {cost: {free: [0]}}", "0 is no word; put it in quotes"),
        ("- violin", "expected names with values"),
        ("entities: {", "this is not YAML"),
    ],
)
def test_a_mistake_in_the_content_says_what_is_wrong(tmp_path: Path, content: str, complaint: str) -> None:
    path = tmp_path / "vocabulary.yml"
    path.write_text(content, encoding="utf-8")
    with pytest.raises(VocabularyError, match=complaint):
        Vocabulary.read(path, PLACES)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(VocabularyError, match=r"nowhere\.yml"):
        Vocabulary.read(tmp_path / "nowhere.yml", PLACES)


@given(st.sampled_from(sorted(ordinary_words())))
def test_an_ordinary_word_is_never_corrected(word: str) -> None:
    assert Speller({"violin", "hatfield", "clarinet", "lesson", "beginner"}).correct(word) is None


@given(st.text(alphabet="abcdefghijklmnopqrstuvwxyz", max_size=SHORTEST - 1))
def test_a_short_word_is_never_corrected(word: str) -> None:
    assert Speller({"viola", "tabla"}).correct(word) is None
