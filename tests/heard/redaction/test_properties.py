"""What holds for every text, however strange."""

import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from heard.redaction import SPAN_TYPES, Redactor
from heard.redaction.plain import plain
from heard.redaction.spans import PLACEHOLDERS

REDACTOR = Redactor.load()
PIECES = st.sampled_from(
    [
        "my name is",
        "Zainab",
        "will",
        "Grace",
        "Mrs",
        "Poole",
        "May",
        "my son",
        "called",
        "and",
        ",",
        ".",
        "\n",
        "I'm",
        "im",
        "Kowalski",
        "12",
        "Acacia Avenue",
        "road",
        "SG13 8DE",
        "8de",
        "sg13",
        "07700 900123",
        "oh seven",
        "double",
        "jess@example.com",
        "at gmail dot com",
        "my insta is",
        "jakey_09",
        "@",
        "[name]",
        "[",
        "]",
        "St Mary's",
        "Primary",
        "School",
        "Nobel",
        "born",
        "3/4/2012",
        "nhs",
        "943 476 5919",
        "love",
        "x",
        "AB12 CDE",
        "Ed Sheeran",
        "Hatfield",
        "live at",
        "flat 3",
        "https://x.io/y",
        "the",
        "of",
        "number",
        "is",
        "Mr",
        "J.",
        "O'Neill",
        "é",
        "😀",
        "\u202e",
        "\ud800",
        "０７７００ ９００１２３",
        "0️⃣7️⃣7️⃣",
        "𝓳𝓸𝓼𝓱",
        "٣٤٥",
    ]
)
TEXTS = st.one_of(st.text(max_size=200), st.lists(PIECES, max_size=14).map(" ".join))


@given(TEXTS)
@settings(max_examples=400, deadline=None)
def test_redacting_twice_is_redacting_once(text: str) -> None:
    once = REDACTOR.redact(text)
    again = REDACTOR.redact(once.text)
    assert again.text == once.text
    assert again.spans == ()


@given(TEXTS)
@settings(max_examples=400, deadline=None)
def test_spans_are_of_the_original_in_order_and_never_overlap(text: str) -> None:
    end = 0
    for span in REDACTOR.redact(text).spans:
        assert end <= span.start < span.end <= len(text)
        assert span.type in SPAN_TYPES
        end = span.end


@given(TEXTS)
@settings(max_examples=400, deadline=None)
def test_what_was_taken_out_stands_nowhere_in_the_result(text: str) -> None:
    redaction = REDACTOR.redact(text)
    left = redaction.text
    for placeholder in PLACEHOLDERS.values():
        left = left.replace(placeholder, " ")
    for span in redaction.spans:
        detail = text[span.start : span.end].strip()
        if len(detail) > 1:
            assert not re.search(rf"(?<![^\W_]){re.escape(detail)}(?![^\W_])", left)


ANYTHING = st.characters(exclude_categories=())
"""Also halves of surrogate pairs, which JSON can smuggle in."""


@given(st.text(ANYTHING, max_size=300))
@settings(max_examples=300, deadline=None)
def test_no_text_whatever_raises(text: str) -> None:
    REDACTOR.redact(text)


@given(st.text(ANYTHING, max_size=100))
@settings(max_examples=300, deadline=None)
def test_the_plain_form_keeps_every_offset(text: str) -> None:
    assert len(plain(text)) == len(text)
    assert plain(plain(text)) == plain(text)


def test_the_same_name_goes_everywhere_once_it_is_known_to_be_one() -> None:
    assert REDACTOR.redact("my name is Will. Will plays drums").text == "my name is [name]. [name] plays drums"


def test_kinds_are_what_may_be_logged() -> None:
    assert REDACTOR.redact("im josh, 07700 900123, josh again").kinds == ("PERSON", "PHONE")


@pytest.mark.timeout(60)
@pytest.mark.parametrize(
    "unit",
    [
        "a",
        "a ",
        "1",
        "0 ",
        "a@",
        "at ",
        "one ",
        "a.b.",
        "[name]",
        "my name is ",
        "@",
        "John Smith ",
        "john.smith@ ",
        "St ",
        "School ",
        "(0) ",
        "my son ",
        "my insta is ",
        "Aa ",
        "é́",
        "dot ",
        "a_",
        "12 Acacia ",
        "flat ",
        "double ",
        "email ",
        "user ",
        "http://",
        "Will and ",
        "Tom, ",
        "- ",
        "😀",
    ],
)
def test_ten_thousand_characters_of_anything_end(unit: str) -> None:
    redaction = REDACTOR.redact((unit * 10_000)[:10_000])
    assert REDACTOR.redact(redaction.text).spans == ()
