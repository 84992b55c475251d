"""What the safeguarding classifier learns from: each kind has enough, and no line teaches two things."""

import re
from pathlib import Path

import pytest
import yaml

from heard.safeguarding.kinds import KINDS

TESTS = Path(__file__).parents[1]
TRAINING = TESTS.parent / "training"


@pytest.fixture(scope="module")
def disclosures():
    return yaml.safe_load((TRAINING / "disclosures.yml").read_text(encoding="utf-8"))


def test_every_kind_of_harm_has_its_lines(disclosures):
    assert set(disclosures["kinds"]) == set(KINDS)
    assert {kind: len(lines) for kind, lines in disclosures["kinds"].items() if len(lines) < 75} == {}


def test_there_are_as_many_lines_that_only_sound_like_harm(disclosures):
    assert sum(map(len, disclosures["none"].values())) >= sum(map(len, disclosures["kinds"].values()))


def test_no_line_stands_in_two_places(disclosures):
    lines = [line for part in ("kinds", "none") for rows in disclosures[part].values() for line in rows]
    plain = [" ".join(line.lower().split()) for line in lines]
    assert sorted({line for line in plain if plain.count(line) > 1}) == []


def texts(tree):
    """Every string in a file of tests, whatever its form."""
    if isinstance(tree, str):
        yield tree
    elif isinstance(tree, dict | list):
        for part in tree.values() if isinstance(tree, dict) else tree:
            yield from texts(part)


def test_nothing_that_measures_is_learnt_from(disclosures):
    def plain(line):
        return re.sub(r"[\W_]+", " ", re.sub(r"['’]", "", line)).strip().casefold()

    measured = {
        plain(text)
        for path in sorted((TESTS / "heard" / "safeguarding").glob("*.yml"))
        for text in texts(yaml.safe_load(path.read_text(encoding="utf-8")))
    }
    learnt = {plain(text) for text in texts([disclosures["kinds"], disclosures["none"]])}
    assert measured
    assert len(learnt & measured) == 0
