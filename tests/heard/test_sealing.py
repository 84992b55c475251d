"""What is sealed opens with the same secret, for the same thing, unchanged; nothing else opens it."""

import base64

from hypothesis import given
from hypothesis import strategies as st

from heard.sealing import Seal

SECRET = "a secret of the tests that is long enough, 0123456789"
SEAL = Seal(SECRET, "tests")


@given(st.binary(max_size=200), st.text(max_size=20))
def test_what_was_sealed_comes_back(plain, about):
    sealed = SEAL.close(plain, about)
    assert SEAL.open(sealed, about) == plain
    assert SEAL.close(plain, about) != sealed, "equal texts look different"


@given(st.binary(min_size=1, max_size=50), st.integers(0, 400))
def test_one_changed_bit_and_it_stays_closed(plain, bit):
    raw = bytearray(base64.b64decode(SEAL.close(plain, "this")))
    raw[bit // 8 % len(raw)] ^= 1 << bit % 8
    assert SEAL.open(base64.b64encode(raw).decode(), "this") is None


def test_another_secret_purpose_or_thing_does_not_open_it():
    sealed = SEAL.close(b"7318450901", "this")
    assert SEAL.open(sealed, "that") is None
    assert Seal(SECRET, "other tests").open(sealed, "this") is None
    assert Seal(f"{SECRET}!", "tests").open(sealed, "this") is None


@given(st.text(max_size=60))
def test_what_is_no_seal_is_none(text):
    assert SEAL.open(text, "this") is None


@given(st.lists(st.text(max_size=5), max_size=4), st.lists(st.text(max_size=5), max_size=4))
def test_marks_are_the_same_for_the_same_parts_alone(one, other):
    assert (SEAL.mark(*one) == SEAL.mark(*other)) is (one == other)
    assert SEAL.mark(*one) != Seal(SECRET, "other tests").mark(*one)
