"""Typed answers find their option, or none."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heard.consultations.matching import match_option
from heard.content.schema import Option

FAR = ("It is too far away", "It costs too much", "I have an instrument", "I do not have an instrument", "Another day")
AGES = ("7 to 11", "12 to 14", "15 to 18")
YES = ("Yes, every week", "Yes, sometimes", "No, never")
PLAIN = ("Yes", "No", "Not sure")


def match(text: str, labels: tuple[str, ...]) -> str | None:
    found = match_option(text, [Option(id=f"option-{i}", label=label) for i, label in enumerate(labels)])
    return found.label if found is not None else None


@pytest.mark.parametrize(
    ("typed", "labels", "meant"),
    [
        ("It costs too much", FAR, "It costs too much"),
        ("IT COSTS TOO MUCH!!", FAR, "It costs too much"),
        ("it cost too much", FAR, "It costs too much"),
        ("too far away", FAR, "It is too far away"),
        ("far", FAR, "It is too far away"),
        ("anoher day", FAR, "Another day"),
        ("2", FAR, "It costs too much"),
        ("2.", FAR, "It costs too much"),
        ("number 2", FAR, "It costs too much"),
        ("two", FAR, "It costs too much"),
        ("the second one", FAR, "It costs too much"),
        ("i don't have an instrument", FAR, None),
        ("i do not have an instrument", FAR, "I do not have an instrument"),
        ("i have an instrument", FAR, "I have an instrument"),
        ("not too far away", FAR, None),
        ("6", FAR, None),
        ("0", FAR, None),
        ("no one", FAR, None),
        ("too", FAR, None),
        ("the", FAR, None),
        ("my mum says it is all rubbish", FAR, None),
        ("", FAR, None),
        ("?!", FAR, None),
        ("7 to 11", AGES, "7 to 11"),
        ("11", AGES, "7 to 11"),
        ("2", AGES, "12 to 14"),
        ("12", AGES, "12 to 14"),
        ("yes", YES, None),
        ("never", YES, "No, never"),
        ("no", YES, "No, never"),
        ("sometimes", YES, "Yes, sometimes"),
        ("yes", PLAIN, "Yes"),
        ("no", PLAIN, "No"),
        ("not", PLAIN, "Not sure"),
        ("sure", PLAIN, None),
    ],
)
def test_typed_words_mean_one_option_or_none(typed, labels, meant):
    assert match(typed, labels) == meant


def test_the_id_of_an_option_is_a_name_for_it():
    assert match_option("cost", [Option(id="cost", label="It is dear"), Option(id="far", label="Away")]).id == "cost"


@given(st.text(max_size=200))
def test_no_text_breaks_it(text):
    assert match(text, FAR) in (*FAR, None)


@given(st.lists(st.text("abcdefgh ", min_size=4, max_size=30).filter(str.strip), min_size=2, max_size=6), st.data())
def test_a_label_typed_out_is_never_taken_for_another(labels, data):
    label = data.draw(st.sampled_from(labels))
    meant = match(label, tuple(labels))
    assert meant is None or meant.split() == label.split()
