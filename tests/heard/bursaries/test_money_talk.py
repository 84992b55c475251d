"""How the talk about money goes, with the real schemes of both hubs."""

import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from heard.bursaries.learn import age_range, areas_of
from heard.bursaries.named import named
from heard.exchange import Understood
from heard.messages import Condition
from heard.redaction import Redacted
from tests.heard.bursaries.talks import Talk, the_content, the_criteria, the_places

LESSONS = {"instrument": "cello", "activity": "lesson", "place": "Hatfield", "age": 9}
HERTFORDSHIRE_ONLY = {b.id for b in the_content("hertfordshire").bursaries if b.area == "hertfordshire"}
DORSET_ONLY = {b.id for b in the_content("dorset").bursaries if b.area in ("dorset", "bcp")}


def test_help_with_lessons_shows_three_schemes_with_the_hubs_own_first():
    talk = Talk().say("ask_bursary", "we can't afford cello lessons in Hatfield", **LESSONS)
    assert talk.ids[0] == "hms-bursary-stage-1"
    assert len(talk.ids) == 3
    assert "Check what may fit" in talk.labels


def test_cannot_afford_it_is_no_circumstance():
    talk = Talk().say("ask_bursary", "we can't afford cello lessons", **LESSONS)
    assert "facts" not in talk.memory["circumstances"]


def test_every_card_says_what_it_pays_how_much_how_to_apply_what_to_show_and_when():
    card = Talk().say("ask_bursary", "help with lessons", **LESSONS).cards[0]
    for start in ("What it pays:", "How much:", "Who gives it:", "How to apply:", "What to show:", "When:"):
        assert start in card.summary
    assert "Please check the date." in card.summary
    assert card.notice == "not checked yet - please confirm with the provider"
    assert card.outcome == "need to know"
    assert Condition("Has Pupil Premium at school", "not told") in card.conditions


@pytest.mark.parametrize(("hub", "wrong"), [("hertfordshire", DORSET_ONLY), ("dorset", HERTFORDSHIRE_ONLY)])
def test_no_scheme_of_another_county_is_ever_shown(hub, wrong):
    talk, seen = Talk(hub).say("ask_bursary", "what help is there"), set()
    for _ in range(20):
        seen.update(talk.ids)
        if "Show more" not in talk.labels:
            break
        talk.press("Show more")
    assert seen and not seen & wrong
    assert len(seen) > 8


def test_more_shows_others_and_says_when_there_are_none_left():
    talk = Talk().say("ask_bursary", "help with lessons", **LESSONS)
    first = talk.ids
    assert not set(first) & set(talk.press("Show more").ids)
    for _ in range(20):
        talk.say("show_more")
    assert "That is all the help I know of" in talk.text


def test_schemes_for_groups_and_working_musicians_are_not_pushed_at_families():
    talk, seen = Talk("dorset").say("ask_bursary", "what help is there"), set()
    for _ in range(20):
        seen.update(talk.ids)
        talk.say("show_more")
    assert not seen & {
        "vickery-foundation",
        "restore-the-music",
        "help-musicians-next-level",
        "youth-music-nextgen-fund",
    }
    assert "vickery-foundation" in talk.say("ask_bursary", "tell me about the Vickery Foundation").ids


def test_a_place_outside_the_hub_is_said():
    talk = Talk().say("ask_bursary", "help with lessons in Poole", place="Poole", activity="lesson")
    assert "We are the hub for Hertfordshire" in talk.text
    assert not set(talk.ids) & (HERTFORDSHIRE_ONLY - {"hms-bursary-stage-1", "hms-bursary-children-looked-after"})


def test_questions_are_at_most_five_each_once_and_each_with_its_reason():
    talk = Talk("dorset").say("check_eligibility", "do we get anything?")
    asked = []
    while talk.memory["asked"]:
        asked.append(talk.memory["asked"])
        assert "(Why I ask: " in talk.text
        assert "Skip" in talk.labels
        talk.press("Skip")
    assert 1 <= len(asked) <= 5
    assert len(set(asked)) == len(asked)


@pytest.mark.parametrize("hub", ["hertfordshire", "dorset"])
def test_skipping_every_question_rules_nothing_out(hub):
    talk = Talk(hub).say("check_eligibility", "do we get anything?")
    while talk.memory["asked"]:
        talk.say("skip")
    assert talk.cards
    assert all(card.outcome != "unlikely" for card in talk.cards)
    assert not talk.say("check_eligibility", option="unlikely").cards


def test_what_was_told_is_not_asked():
    told = {"age": 9, "place": "Poole", "circumstance": ["free school meals", "low income"]}
    talk = Talk("dorset").say("check_eligibility", "we get free school meals", **told)
    asked = set()
    while talk.memory["asked"]:
        asked.add(talk.memory["asked"])
        talk.say("deny")
    assert not asked & {"age", "lives_in", "receives_free_school_meals", "financial_hardship"}


def test_what_a_search_was_told_is_not_asked_again():
    wish = {"ages": [[9, 9]], "place": "Hatfield", "instruments": ["cello"], "circumstances": ["pupil premium"]}
    talk = Talk(wish=wish).say("check_eligibility", "is there help with lessons?", activity="lesson")
    asked = set()
    while talk.memory["asked"]:
        asked.add(talk.memory["asked"])
        talk.say("skip")
    assert not asked & {"age", "lives_in", "attends_school_in", "pupil_premium", "instrument"}
    assert "hms-bursary-stage-1" in talk.ids


def test_pupil_premium_in_hatfield_leads_to_may_qualify_and_never_to_you_qualify():
    talk = Talk().say("check_eligibility", "help with lessons", **LESSONS)
    while talk.memory["asked"]:
        talk.say("affirm" if talk.memory["asked"] == "pupil_premium" else "skip")
    first = talk.cards[0]
    assert (first.id, first.outcome) == ("hms-bursary-stage-1", "may qualify")
    assert "you may qualify" in talk.text
    assert "you qualify" not in talk.text.lower()


def test_a_circumstance_in_words_answers_the_question():
    talk = Talk("dorset").say("check_eligibility", "help with lessons", age=10, place="Dorchester", activity="lesson")
    while talk.memory["asked"] != "receives_free_school_meals":
        talk.say("skip")
    talk.say("inform", "we get free school meals", circumstance="free school meals")
    assert talk.memory["circumstances"]["facts"]["receives_free_school_meals"] == "yes"
    assert talk.memory["asked"] != "receives_free_school_meals"


def test_an_answer_to_another_question_is_kept_and_the_open_one_comes_again():
    talk = Talk("dorset").say("check_eligibility", "what can we get")
    asked = talk.memory["asked"]
    talk.say("inform", question="receives_free_school_meals", answer="yes")
    assert talk.memory["asked"] == asked
    assert talk.memory["circumstances"]["facts"] == {"receives_free_school_meals": "yes"}
    assert "Sorry" not in talk.text
    assert "Sorry" in talk.say("inform", "hmm").text


def test_nonsense_in_a_button_changes_nothing():
    talk = Talk("dorset").say("check_eligibility", "what can we get")
    before = talk.memory["circumstances"].get("facts")
    talk.say("inform", question="__class__", answer="yes")
    talk.say("inform", question="household_income_max.lots", answer="yes")
    talk.say("inform", question="age", answer="nine hundred")
    assert talk.memory["circumstances"].get("facts") == before


def test_going_back_asks_the_question_before_and_forgets_its_answer():
    talk = Talk("dorset").say("check_eligibility", "what can we get")
    first = talk.memory["asked"]
    assert first == "age"
    talk.say("inform", age=9)
    talk.say("go_back")
    assert talk.memory["asked"] == first
    assert "age" not in talk.memory["circumstances"]
    assert "first question" in talk.say("go_back").text


def test_stopping_keeps_what_was_found_so_far():
    talk = Talk("dorset").say("check_eligibility", "what can we get", age=14, place="Poole", circumstance="low income")
    talk.say("stop")
    assert talk.memory["asked"] is None
    assert talk.press("What may fit so far").ids[0] == "soundstorm-access-fund"


def test_why_something_does_not_fit_is_shown_on_request():
    talk = Talk("dorset").say("check_eligibility", "what can we get", age=24, place="Poole")
    talk.say("check_eligibility", option="unlikely")
    assert talk.cards
    assert all(any(c.state == "not met" for c in card.conditions) for card in talk.cards)


def test_one_scheme_can_be_checked_by_name():
    talk = Talk("dorset").say("check_eligibility", "do we fit the SoundStorm access fund?", age=12, place="Poole")
    assert talk.memory["asked"] in ("financial_hardship", "faces_barrier_to_music")
    talk.say("affirm")
    assert [(c.id, c.outcome) for c in talk.cards] == [("soundstorm-access-fund", "may qualify")]


def test_universal_credit_points_to_free_school_meals_whatever_the_help_is_for():
    in_dorchester = LESSONS | {"place": "Dorchester"}
    assert "free-school-meals" not in Talk("dorset").say("ask_bursary", "help with lessons", **in_dorchester).ids
    told = in_dorchester | {"circumstance": "universal credit"}
    assert "free-school-meals" in Talk("dorset").say("ask_bursary", "we are on universal credit", **told).ids


def test_how_to_apply_for_a_named_scheme():
    talk = Talk("dorset").say("ask_how_to_apply", "how do I apply for the Richard Ely bursary")
    assert talk.ids == ["richard-ely-bursary"]
    assert "Apply at any time through the Changing Key Dorset website" in talk.text
    assert "A supporting letter" in talk.text


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("tell me about take it away", ["take-it-away"]),
        ("what is future talent", ["future-talent"]),
        ("music for all", ["music-for-all-individuals"]),
        ("hms bursary stage 2", ["hms-bursary-stage-2"]),
        ("the national youth choir help", ["national-youth-choir-financial-assistance"]),
        ("the amber trust", ["amber-music-awards"]),
        ("what can we get for choir and orchestra fees", []),
        ("my child loves the sound of the stage and takes dance", []),
        ("we are on universal credit and get free school meals and pupil premium", []),
        ("money for summer courses at the theatre", []),
        ("is there help next year for lessons at our school", []),
    ],
)
def test_a_scheme_is_named_by_its_own_words_and_not_by_everyday_ones(text, meant):
    found = named(Understood("ask_bursary", Redacted(text)), the_content("hertfordshire").bursaries, the_criteria())
    assert [b.id for b in found] == meant


def test_how_to_apply_asks_which_of_those_that_were_shown():
    talk = Talk().say("ask_bursary", "help with lessons", **LESSONS)
    shown = talk.ids
    talk.say("ask_how_to_apply", "how do I apply?")
    assert [json.loads(c.payload.removeprefix("/ask_how_to_apply"))["id"] for c in talk.choices] == shown
    assert talk.press("HMS Bursary Award - Stage 1").ids == ["hms-bursary-stage-1"]


def test_how_to_apply_with_nothing_shown_asks_which_and_names_the_likeliest():
    talk = Talk().say("ask_how_to_apply", "how do i apply for a bursary")
    assert "HMS Bursary Award - Stage 1" in talk.labels
    assert "Other help with the cost" in talk.labels
    assert "How to apply for HMS Bursary Award - Stage 1" in talk.press("HMS Bursary Award").text


def test_a_deadline_in_general_says_what_is_known_of_the_likeliest():
    talk = Talk().say("ask_deadline", "when is the deadline for the bursary")
    assert "HMS Bursary Award - Stage 1" in talk.text
    assert "An instrument" in talk.labels
    assert "hms-instrument-hire" in talk.press("An instrument").ids


def test_a_date_is_given_as_it_stands_and_with_the_advice_to_check():
    talk = Talk("dorset").say("ask_deadline", "when is the deadline for future talent")
    assert "14 February to 11 April 2023" in talk.text
    assert "check the date" in talk.text


def test_a_date_that_is_not_known_is_said_to_be_unknown():
    talk = Talk().say("ask_deadline", "when does ohmi close")
    assert "I don't know the closing date of OHMI instrument hire" in talk.text


def test_an_outcode_at_the_edge_lies_in_two_areas_and_one_far_away_elsewhere():
    places = the_places("hertfordshire")
    assert areas_of("AL10", places) == ("hertfordshire",)
    assert areas_of("SG8", places) == ("hertfordshire", "elsewhere")
    assert areas_of("BH21", places) == ("dorset", "bcp", "elsewhere")
    assert areas_of("M1", places) == ("elsewhere",)
    assert areas_of("nowhere at all", places) == ()


@pytest.mark.parametrize(("said", "span"), [("9", (9, 9)), (9, (9, 9)), ("8-10", (8, 10)), ("99", None), ("x", None)])
def test_ages_are_read_as_a_year_or_a_band(said, span):
    assert age_range(said) == span


moves = st.lists(
    st.sampled_from(
        ["affirm", "deny", "skip", "go_back", "stop", "show_more", "inform", "ask_bursary", "check_eligibility",
         "ask_deadline", "ask_how_to_apply"]
    ),
    max_size=10,
)  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(st.sampled_from(["hertfordshire", "dorset"]), moves)
def test_any_order_of_messages_gets_an_answer(hub, steps):
    talk = Talk(hub).say("ask_bursary", "help please")
    for step in steps:
        talk.say(step)
        assert talk.text.strip()
        assert "you qualify" not in talk.text.lower()
