"""Typing a button's words is pressing it."""

import pytest

from bot.typed import buttons_of, pressed
from heard.messages import Card, Choice, Reply

YES, NO = Choice("Yes, delete it", '/delete_my_data{"answer": "yes"}'), Choice("No, keep it", "/deny")


def answer(*choices: Choice, card_choices: tuple[Choice, ...] = ()) -> list[Reply]:
    cards = tuple(Card(f"entry-{n}", "opportunity", "A group", "", choices=(c,)) for n, c in enumerate(card_choices))
    return [Reply("Which?", choices, cards)]


@pytest.mark.parametrize("typed", ["Yes, delete it", "yes delete it!", "  YES ", "yes."])
def test_case_and_punctuation_do_not_matter_and_the_first_words_are_enough(typed: str) -> None:
    assert pressed(typed, buttons_of(answer(YES, NO))) == YES.payload


def test_other_words_press_nothing() -> None:
    assert pressed("yes but not now", buttons_of(answer(YES, NO))) is None
    assert pressed("", buttons_of(answer(YES, NO))) is None


def test_words_that_two_buttons_share_press_neither() -> None:
    same = (Choice("More about this", "/a"), Choice("More about this", "/b"))
    assert pressed("more about this", buttons_of(answer(card_choices=same))) is None
    harder = (Choice("Yes, I could not do it", "/a"), Choice("Yes, it made it harder", "/b"))
    assert pressed("yes", buttons_of(answer(*harder))) is None


def test_a_whole_label_comes_before_the_beginning_of_another() -> None:
    both = buttons_of(answer(Choice("Yes, please", "/please"), Choice("Yes", "/yes")))
    assert pressed("yes", both) == "/yes"
    assert pressed("yes please", both) == "/please"


def test_the_button_of_a_card_can_be_typed_where_there_is_one() -> None:
    assert pressed("more about this", buttons_of(answer(card_choices=(Choice("More about this", "/a"),)))) == "/a"
