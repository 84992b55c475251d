"""Getting an instrument, with the real schemes of both hubs."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from heard.bursaries.case import Case
from heard.bursaries.circumstances import Circumstances
from heard.instruments.ways import way_of, wished_way
from tests.heard.bursaries.talks import Talk, the_content, the_criteria


def everything(talk: Talk) -> set[str]:
    seen = set(talk.ids)
    while "Show more" in talk.labels:
        seen |= set(talk.press("Show more").ids)
    return seen


def test_borrowing_a_violin_in_hatfield_starts_with_the_countys_own_hire():
    talk = Talk().say("borrow_instrument", "can I borrow a violin", instrument="violin", place="Hatfield")
    assert talk.ids == ["hms-instrument-hire", "hms-first-access-loan", "benslow-instrument-loan-scheme"]
    assert talk.cards[0].outcome == "may qualify"


def test_what_is_not_known_is_said():
    talk = Talk().say("borrow_instrument", "can I borrow a violin", instrument="violin", place="Hatfield")
    assert "Where no price is given, I don't know it." in talk.text
    assert "Ask if they have this: violin." in talk.text


def test_no_drums_from_a_scheme_for_strings_and_woodwind():
    talk = Talk().say("borrow_instrument", "hire a drum kit", instrument="drums", place="Hatfield")
    assert "benslow-instrument-loan-scheme" not in everything(talk)


@pytest.mark.parametrize(("hub", "wrong"), [("hertfordshire", ("dorset", "bcp")), ("dorset", ("hertfordshire",))])
def test_no_scheme_of_another_county(hub, wrong):
    talk = Talk(hub).say("borrow_instrument", "borrow a cello", instrument="cello")
    other = "dorset" if hub == "hertfordshire" else "hertfordshire"
    foreign = {b.id for b in the_content(other).bursaries if b.area in wrong}
    assert not everything(talk) & foreign


def test_poole_sees_soundstorm_first_and_dorchester_sees_dorset_first():
    poole = Talk("dorset").say("borrow_instrument", "hire a cello", instrument="cello", place="Poole")
    dorchester = Talk("dorset").say("borrow_instrument", "hire a cello", instrument="cello", place="Dorchester")
    assert poole.ids[0] == "soundstorm-remissions"
    assert dorchester.ids[0] == "dorset-help-with-fees-fsm"


def test_which_instrument_is_asked_once_and_can_be_left_open():
    talk = Talk().say("borrow_instrument", "can we hire an instrument")
    assert talk.memory["asked"] == "instrument"
    assert "hms-instrument-hire" in talk.press("Not sure yet").ids


def test_the_instrument_from_a_search_is_not_asked_for_again():
    talk = Talk(wish={"instruments": ["flute"], "place": "Hatfield"}).say("borrow_instrument", "can we hire one")
    assert talk.memory["asked"] is None
    assert "flute" in talk.text


def test_one_hand_leads_to_adapted_instruments():
    talk = Talk().say("borrow_instrument", "a trumpet for one hand", instrument="trumpet", access_need="one-handed")
    assert (talk.cards[0].id, talk.cards[0].outcome) == ("ohmi-instrument-hire", "may qualify")


def test_adapted_instruments_can_be_asked_for_without_saying_why():
    talk = Talk().say("borrow_instrument", "do you have adapted instruments")
    assert (talk.cards[0].id, talk.cards[0].outcome) == ("ohmi-instrument-hire", "need to know")


def test_schemes_for_blind_players_are_shown_to_those_who_said_so():
    plain = Talk().say("borrow_instrument", "help to buy a piano", instrument="piano")
    blind = Talk().say("borrow_instrument", "help to buy a piano", instrument="piano", access_need="blind")
    assert "amber-music-awards" not in everything(plain)
    assert "amber-music-awards" in everything(blind)


def test_buying_shows_the_rule_about_vat_and_says_what_must_be_paid_back():
    talk = Talk().say("borrow_instrument", "help to buy a flute", instrument="flute")
    assert talk.ids[0] == "assisted-instrument-purchase-scheme"
    assert "take-it-away" in talk.ids
    assert "Take it away interest-free loan is money that an adult borrows. It must be paid back." in talk.text


def test_repair_is_honest_that_no_scheme_is_known():
    talk = Talk().say("borrow_instrument", "my flute is broken", instrument="flute")
    assert "I don't know of a scheme that pays for repairs" in talk.text
    assert "hms-instrument-hire" in talk.press("Hire or borrow").ids


def test_singing_needs_no_instrument():
    assert "don't need to borrow" in Talk().say("borrow_instrument", "hire singing", instrument="voice").text


def test_somewhere_else_is_said_to_be_another_hubs():
    talk = Talk().say("borrow_instrument", "borrow a flute", instrument="flute", postcode="LU1")
    assert "We are the hub for Hertfordshire" in talk.text
    assert "hms-instrument-hire" not in everything(talk)


def test_how_to_apply_for_what_was_shown():
    talk = Talk().say("borrow_instrument", "borrow a violin", instrument="violin", place="Hatfield")
    talk.say("ask_how_to_apply", id="hms-instrument-hire")
    assert "Through the service's customer account." in talk.text


@pytest.mark.parametrize(
    ("scheme", "way"),
    [
        ("hms-instrument-hire", "borrow"),
        ("benslow-instrument-loan-scheme", "borrow"),
        ("ohmi-instrument-hire", "adapted"),
        ("take-it-away", "buy"),
        ("assisted-instrument-purchase-scheme", "buy"),
        ("music-for-all-individuals", "other"),
    ],
)
def test_a_schemes_own_words_say_what_it_does(scheme, way):
    bursary = next(b for b in the_content("hertfordshire").bursaries if b.id == scheme)
    assert way_of(bursary, the_criteria()) == way


@pytest.mark.parametrize(
    ("text", "way"),
    [
        ("borrow a cello", "borrow"),
        ("where can i buy one", "buy"),
        ("can someone mend my sax", "repair"),
        ("", "borrow"),
    ],
)
def test_the_words_say_what_is_wanted(text, way):
    assert wished_way(text, Case(), the_criteria()) == way


def test_a_hand_that_cannot_play_says_it_too():
    case = Case(Circumstances({"disability.upper_limb": "yes"}))
    assert wished_way("hire a recorder", case, the_criteria()) == "adapted"


moves = st.lists(
    st.sampled_from(["affirm", "deny", "skip", "go_back", "stop", "show_more", "inform", "borrow_instrument"]),
    max_size=8,
)


@settings(max_examples=30, deadline=None)
@given(st.sampled_from(["hertfordshire", "dorset"]), moves)
def test_any_order_of_messages_gets_an_answer(hub, steps):
    talk = Talk(hub).say("borrow_instrument", "can I hire something")
    for step in steps:
        assert talk.say(step).text.strip()
