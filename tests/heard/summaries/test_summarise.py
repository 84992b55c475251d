"""A summary says what was said together, and nothing before enough people have answered."""

import random
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heard.consultations.progress import Given
from heard.consultations.service import Consultations
from heard.redaction import Redacted
from heard.store.answers import Answers, Tally
from heard.summaries import summarise
from tests.heard.consultations.small import TODAY, a_consultation

CONSULTATION = a_consultation()


def answers(people: int, **questions: dict[str | None, int]) -> Answers:
    """How often each option or text was given; None counts the skips."""
    tallies = []
    for name, given_ in questions.items():
        question = name.replace("_", "-")
        key = "text" if question == "own-words" else "option"
        for value, count in given_.items():
            state = "answered" if value is not None else "skipped"
            tallies.append(Tally(question, state, {key: value} if value is not None else {}, count))
    return Answers(people, tuple(tallies))


def test_counts_are_protected_and_in_the_order_of_the_options():
    summary = summarise(CONSULTATION, answers(72, how_far={"near": 41, "too-far": 31, None: 12}))
    how_far = summary.questions[0]
    assert [(c.label, c.count) for c in how_far.table.cells] == [("Too far", None), ("Just right", None), ("Near", 40)]
    assert (how_far.answered, how_far.skipped, summary.people) == (70, 10, 70)


def test_nothing_is_shown_before_enough_people_have_answered():
    summary = summarise(CONSULTATION, answers(9, how_far={"near": 9}, own_words={"more drums": 9}))
    assert not summary.enough and summary.people is None
    assert [(q.answered, q.skipped, q.texts) for q in summary.questions] == [(None, None, ())] * 3


def test_open_answers_are_shown_once_enough_people_have_answered_anything():
    summary = summarise(CONSULTATION, answers(10, how_far={"near": 10}, own_words={"more drums": 2, "cheaper": 1}))
    own_words = summary.questions[1]
    assert Counter(own_words.texts) == {"more drums": 2, "cheaper": 1}
    assert (own_words.answered, own_words.table) == (None, None)


@given(st.dictionaries(st.text(min_size=1, max_size=8), st.integers(1, 3), min_size=1, max_size=12), st.randoms())
def test_the_order_of_open_answers_does_not_depend_on_who_came_first(texts, chance):
    mixed = list(texts.items())
    chance.shuffle(mixed)
    one = summarise(CONSULTATION, answers(20, own_words=texts)).questions[1].texts
    assert one == summarise(CONSULTATION, answers(20, own_words=dict(mixed))).questions[1].texts
    assert Counter(one) == texts


def test_the_number_of_people_gives_no_small_number_of_skips_away():
    """It is what one question says already, so there is nothing to subtract it from."""
    for skips in range(10):
        summary = summarise(CONSULTATION, answers(60 + skips, how_far={"near": 60, None: skips or 1}))
        assert (summary.people, summary.questions[0].answered, summary.questions[0].skipped) == (60, 60, None)


def test_a_threshold_under_five_is_refused():
    with pytest.raises(ValueError, match="under 5"):
        summarise(CONSULTATION, answers(60), threshold=3)


def test_from_the_chat_to_the_summary(store):
    consultations = Consultations(store, "hertfordshire", lambda: TODAY)
    consultations.put([CONSULTATION])
    chance = random.Random(3)
    for number in range(45):
        sender = f"person-{number}"
        consultations.start(sender, "more-music", f"{number}-0")
        consultations.answer(sender, Given("too-far" if number % 3 else "near"), f"{number}-1", question="how-far")
        if chance.random() < 0.5:
            consultations.answer(sender, Given(text=Redacted(f"idea {number}")), f"{number}-2")
        else:
            consultations.skip(sender, f"{number}-2")
    summary = summarise(CONSULTATION, store.answers.of("hertfordshire", "more-music"))
    # Nobody chose "just right", so the next smallest is hidden with it.
    assert [c.count for c in summary.questions[0].table.cells] == [30, None, None]
    assert [c.percent for c in summary.questions[0].table.cells] == [67, None, None]
    assert summary.questions[1].answered and summary.questions[1].skipped
    assert summary.questions[2].answered is None
