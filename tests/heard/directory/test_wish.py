"""A wish, told over several messages."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heard.content.vocabulary import INSTRUMENTS
from heard.directory import Wish
from heard.directory.wish import ages_of_year
from heard.exchange import Entity
from tests.builders import a_wish, entities, wishes


@given(wishes)
def test_a_wish_comes_back_from_json_as_it_was(wish: Wish):
    plain = json.loads(json.dumps(wish.to_dict()))
    assert Wish.from_dict(plain) == wish
    assert Wish.from_dict(plain).digest == wish.digest


def test_no_slot_is_a_blank_wish_and_unknown_names_are_left_aside():
    assert Wish.from_dict(None) == Wish()
    assert Wish.from_dict({"colour": "blue", "place": "Poole"}) == Wish(place="Poole")
    assert Wish().is_blank
    assert Wish(asked=("search.what",)).is_blank


@pytest.mark.parametrize(
    ("year", "ages"),
    [
        ("nursery", (3, 4)),
        ("reception", (4, 5)),
        ("year 1", (5, 6)),
        ("year 4", (8, 9)),
        ("Year 13", (17, 18)),
        ("year 14", None),
        ("year x", None),
    ],
)
def test_a_school_year_is_two_ages(year: str, ages: tuple[int, int] | None):
    assert ages_of_year(year) == ages


def test_several_children_keep_their_ages():
    assert Wish().told(entities(age=[7, "12"])).ages == ((7, 7), (12, 12))


def test_an_age_and_the_year_that_holds_it_are_one_child():
    assert Wish().told(entities(age=9, school_year="year 4")).ages == ((9, 9),)
    assert Wish().told(entities(age=9, school_year="year 8")).ages == ((9, 9), (12, 13))


def test_a_later_instrument_replaces_the_first():
    assert a_wish(instruments=("drums",)).told(entities(instrument="piano")).instruments == ("piano",)


def test_not_violin_trumpet():
    wish = a_wish(instruments=("violin",)).told(entities(instrument=["violin", "trumpet"], negated=["violin"]))
    assert wish.instruments == ("trumpet",)
    assert wish.unwanted == ("violin",)


def test_what_is_wanted_again_is_no_longer_unwanted():
    assert a_wish(unwanted=("violin",)).told(entities(instrument="violin")).unwanted == ()


def test_it_does_not_have_to_be_free_drops_the_cost():
    assert a_wish(cost="free").told(entities(cost="free", negated=["free"])).cost is None


def test_online_is_a_way_and_not_an_activity():
    wish = Wish().told(entities(activity=["online", "course"]))
    assert wish.online
    assert wish.activities == ("course",)


def test_needs_add_up_and_a_new_place_replaces_the_outcode():
    wish = a_wish(access_needs=("autism",), outcode="AL10").told(entities(access_need="anxiety", place="Poole"))
    assert wish.access_needs == ("autism", "anxiety")
    assert (wish.place, wish.outcode) == ("Poole", None)


def test_a_choir_is_no_place_for_a_trumpet():
    assert a_wish(instruments=("trumpet",)).told(entities(activity="choir")).instruments == ()
    assert a_wish(activities=("choir",)).told(entities(instrument="trumpet")).activities == ()
    assert a_wish(instruments=("voice",)).told(entities(activity="choir")).instruments == ("voice",)


def test_another_search_keeps_who_and_where_and_forgets_the_rest():
    known = a_wish(
        instruments=("drums",), activities=("lesson",), place="Hatfield", age=9, level="beginner", cost="free"
    )
    assert known.anew(entities(activity="choir")) == a_wish(activities=("choir",), place="Hatfield", age=9, cost="free")
    moved = known.anew(entities(activity="choir", place="Poole"))
    assert moved == a_wish(activities=("choir",), place="Poole", age=9)


def test_a_search_without_a_new_subject_goes_on():
    assert a_wish(instruments=("drums",)).anew(entities(age=9)) == a_wish(instruments=("drums",), age=9)


@given(wishes, st.sampled_from(["cost", "times", "online", "activity", "genre", "level", "instrument", "age"]))
def test_dropping_a_condition_twice_is_dropping_it_once(wish: Wish, condition: str):
    assert wish.without(condition).without(condition) == wish.without(condition)


@given(wishes, st.sampled_from(INSTRUMENTS), st.booleans())
def test_being_told_the_same_twice_changes_nothing_more(wish: Wish, instrument: str, negated: bool):
    entity = Entity("instrument", instrument, negated=negated)
    assert wish.told([entity]).told([entity]) == wish.told([entity])


def test_a_choir_or_an_instrument_is_one_or_the_other():
    wish = Wish().told(entities(instrument="drums", activity="choir"))
    assert (wish.instruments, wish.activities) == (("drums", "voice"), ())
    assert Wish().told(entities(instrument="voice", activity="choir")).activities == ("choir",)
