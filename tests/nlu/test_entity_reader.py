"""What messages mention, as people write it."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nlu.entity_reader import EntityReader
from nlu.vocabulary import Vocabulary


@lru_cache(maxsize=1)
def the_reader() -> EntityReader:
    return EntityReader(Vocabulary.read(Path("content/vocabulary.yml"), Path("content/places.yml")))


def mentioned(text: str, *, asked_age: bool = False) -> list[tuple[str, object]]:
    return [(m.type, m.value) for m in the_reader().read(text, asked_age=asked_age)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "free drum lessons near Hatfield for my 9 year old",
            [("cost", "free"), ("instrument", "drums"), ("activity", "lesson"), ("place", "Hatfield"), ("age", 9)],
        ),
        ("alto sax", [("instrument", "saxophone")]),
        ("DJing", [("genre", "dj")]),
        ("singing club", [("instrument", "voice"), ("activity", "group")]),
        ("any on a weds?", [("when", "weekday")]),
        ("half-term", [("when", "holidays")]),
        ("we're special guardians", [("circumstance", "looked after")]),
        ("dad lost his job", [("circumstance", "low income")]),
        ("mum is in the RAF", [("circumstance", "service family")]),
        ("I look after my disabled mum", [("circumstance", "young carer")]),
        ("gets his dinners paid", [("circumstance", "free school meals")]),
        ("we can't afford it", []),
        ("do you do stuff for send kids", [("access_need", "send")]),
        ("SEND friendly?", [("access_need", "send")]),
        ("mówisz po polsku? I speak Polish", [("language", "pl"), ("language", "pl")]),
        ("bmth", [("place", "Bournemouth")]),
        ("Bishop's Stortford or bishops stortford", [("place", "Bishop’s Stortford")] * 2),
        ("st. albans", [("place", "St Albans")]),
        ("WGC", [("place", "Welwyn Garden City")]),
        ("SG13 8DE", [("postcode", "SG13")]),
        ("al10", [("postcode", "AL10")]),
    ],
)
def test_words_become_their_canonical_values(text: str, expected: list[tuple[str, object]]) -> None:
    assert mentioned(text) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("I'm 14", [("age", 14)]),
        ("she is seven", [("age", 7)]),
        ("aged 8-11", [("age", 8), ("age", 11)]),
        ("children, 6 and 8 years", [("age", 6), ("age", 8)]),
        ("my son (12)", [("age", 12)]),
        ("9yo", [("age", 9)]),
        ("9", []),
        ("it's 5 miles", []),
        ("I'm 45", []),
        ("this is one of those", []),
        ("they're 20 pounds", []),
        ("yr8", [("school_year", "year 8")]),
        ("Y4 and year six", [("school_year", "year 4"), ("school_year", "year 6")]),
        ("year 5/6", [("school_year", "year 5"), ("school_year", "year 6")]),
        ("in reception", [("school_year", "reception")]),
        ("the reception desk", []),
        ("sixth form", [("school_year", "year 12")]),
        ("last year 5 of us came", []),
        ("grade 3 flute", [("level", "beginner"), ("instrument", "flute")]),
        ("grade five", [("level", "intermediate")]),
        ("g8", [("level", "advanced")]),
        ("she's gone", []),
        ("me2", []),
    ],
)
def test_numbers_are_ages_school_years_grades_or_nothing(text: str, expected: list[tuple[str, object]]) -> None:
    assert mentioned(text) == expected


def test_a_bare_number_is_an_age_only_when_an_age_was_asked_for() -> None:
    assert mentioned("9") == []
    assert mentioned("9", asked_age=True) == [("age", 9)]
    assert mentioned("nine i think", asked_age=True) == [("age", 9)]
    assert mentioned("she is nine", asked_age=True) == [("age", 9)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "yr8 plays clarinnet in hatfeild",
            [("school_year", "year 8"), ("instrument", "clarinet"), ("place", "Hatfield")],
        ),
        ("wheelchiar", [("access_need", "wheelchair")]),
        ("welwyn graden city", [("place", "Welwyn Garden City")]),
        ("hello", []),
        ("violent", []),
        ("Bedford", []),
        ("Romania", []),
    ],
)
def test_a_misspelt_word_is_found_and_a_correct_one_is_left_alone(
    text: str, expected: list[tuple[str, object]]
) -> None:
    assert mentioned(text) == expected


def test_what_was_only_guessed_is_less_certain() -> None:
    sure, guessed = the_reader().read("Hatfield or hatfeild")
    assert sure.confidence == 1.0
    assert guessed.confidence < 1.0


@pytest.mark.parametrize(
    "text",
    [
        "i caught a bass fishing",
        "grilled sea bass",
        "can you send it to me",
        "lost my house keys",
        "feel free to ask",
        "I'm free at four",
        "May is fine",
        "of course",
        "show me more",
        "young people's voice matters",
        "the benefits of reading",
        "nothing beats that",
    ],
)
def test_a_word_with_another_meaning_does_not_count(text: str) -> None:
    assert mentioned(text) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("not violin, trumpet", {"violin": True, "trumpet": False}),
        ("not violin or viola but cello", {"violin": True, "viola": True, "cello": False}),
        ("anything but drums", {"drums": True}),
        ("mondays don't work, fridays do", {"weekday": False}),
        ("not only piano", {"piano": False}),
        ("not sure about guitar", {"guitar": False}),
        ("I don't have a violin", {"violin": False}),
    ],
)
def test_what_is_ruled_out_is_mentioned_and_marked(text: str, expected: dict[str, bool]) -> None:
    assert {m.value: m.negated for m in the_reader().read(text)} == expected


def test_longer_words_win() -> None:
    assert mentioned("bass clarinet") == [("instrument", "clarinet")]
    assert mentioned("drum and bass") == [("genre", "electronic")]
    assert mentioned("free school meals") == [("circumstance", "free school meals")]


@given(st.text(max_size=200))
def test_any_text_is_read_and_every_mention_lies_inside_it(text: str) -> None:
    mentions = the_reader().read(text)
    ends = [0]
    for mention in mentions:
        assert ends[-1] <= mention.start < mention.end <= len(text)
        ends.append(mention.end)
