"""Finding a route, the place on it, and the next two steps, with the real routes of both hubs."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from heard.bursaries.circumstances import Circumstances
from heard.pathways.levels import grade_in, grades_of
from heard.pathways.whereabouts import whereabouts
from tests.heard.bursaries.talks import Talk, the_content

HUBS = ("hertfordshire", "dorset")
ROUTES = {r.id: r for hub in HUBS for r in the_content(hub).pathways}
AREA = {o.id: o.area for hub in HUBS for o in the_content(hub).opportunities}


def steps(talk: Talk) -> list[str]:
    return [card.title for card in talk.cards if card.kind == "pathway"]


def entries(talk: Talk) -> list[str]:
    return [card.id for card in talk.cards if card.kind == "opportunity"]


def test_grade_5_cello_is_put_at_a_first_group_and_sees_county_and_national_groups():
    talk = Talk().say("ask_pathway", "I've done grade 5 cello, what next", instrument="cello", level="intermediate")
    assert 'I put you at "First group nearby", because you said grade 5' in talk.text
    assert steps(talk) == ["County group", "National youth groups"]
    assert "herts-county-youth-orchestra" in entries(talk)
    assert "I'm somewhere else" in talk.labels


def test_the_same_in_dorset_names_dorset_groups():
    talk = Talk("dorset").say("ask_pathway", "I've done grade 5 cello", instrument="cello", level="intermediate")
    assert steps(talk) == ["County or regional youth orchestra", "National youth groups"]
    assert not any(AREA[id_] == "hertfordshire" for id_ in entries(talk))


def test_two_ways_of_saying_it_get_the_same_steps():
    one = Talk().say("ask_pathway", "I've done grade 5 cello, what next", instrument="cello", level="intermediate")
    other = Talk().say("ask_pathway", "passed my grade five on the cello now what", instrument="cello")
    assert (steps(one), entries(one)) == (steps(other), entries(other))


def test_how_to_become_a_producer_asks_where_somebody_is_now():
    talk = Talk().say("ask_pathway", "how do I become a producer")
    assert talk.memory["asked"] == "stage"
    assert [c.label for c in talk.choices][:2] == ["I have not started yet", "Make something at home"]
    talk.press("Use a proper studio")
    assert steps(talk) == ["Finish and share a track", "Music technology at 16+"]
    assert talk.memory["asked"] is None


def test_a_stage_can_be_typed():
    talk = Talk().say("ask_pathway", "how do I become a producer")
    assert steps(talk.say("inform", "i use a proper studio"))[0] == "Finish and share a track"


def test_autism_and_rhythm_lead_to_the_inclusive_route_with_a_way_for_everybody_beside_it():
    talk = Talk("dorset").say("ask_pathway", "my son has autism and loves rhythm", access_need="autism")
    assert talk.memory["route"]["route"] == "send-inclusive"
    talk.press("I have not started yet")
    assert steps(talk) == ["A gentle start", "The right instrument"]
    assert any(label.startswith("Another way: ") for label in talk.labels)


def test_an_instrument_outweighs_a_need_and_the_inclusive_route_stands_beside():
    talk = Talk().say(
        "ask_pathway", "my autistic son plays drums, grade 2", instrument="drums", access_need="autism", age=12
    )
    assert talk.memory["route"]["route"] == "rock-and-pop-band"
    assert "Another way: An inclusive route for SEND and disabled young people" in talk.labels


@pytest.mark.parametrize(
    ("text", "entities", "route"),
    [
        ("what comes after whole class violin lessons", {"instrument": "violin"}, "classical-orchestral-hertfordshire"),
        ("how does my daughter become a rapper", {}, "songwriting-and-rap"),
        ("my son loves tabla", {"instrument": "tabla"}, "folk-and-world"),
        ("i play cornet in a brass band", {"instrument": "cornet", "genre": "brass band"}, "brass-band"),
        ("i want to be in musicals", {"genre": "musical theatre"}, "musical-theatre"),
        ("how do i get into jazz sax", {"genre": "jazz", "instrument": "saxophone"}, "jazz-and-improvising"),
        ("she loves singing, which choir is next", {"instrument": "voice", "activity": "choir"}, "singing-and-choirs"),
        ("i want to be a music therapist", {}, "community-music-teaching-therapy"),
        ("jobs at a record label", {"activity": "job"}, "music-industry-work"),
        ("what is there for my baby", {"age": 1}, "early-years"),
        ("he's in foster care, what can he do", {"circumstance": "looked after"}, "care-experienced"),
        ("i make film music, how do i become a composer", {"genre": "composing"}, "composing"),
        ("i'm in a rock band, what next", {"genre": "rock", "activity": "band"}, "rock-and-pop-band"),
    ],
)
def test_instrument_music_and_words_lead_to_a_route(text, entities, route):
    talk = Talk().say("ask_pathway", text, **entities)
    assert talk.memory["route"].get("route") == route


@pytest.mark.parametrize("text", ["what should i do next", "i have passed grade 5, what now"])
def test_an_unclear_wish_is_asked_about(text):
    talk = Talk().say("ask_pathway", text)
    assert talk.memory["asked"] == "route"
    assert "Which of these is nearest" in talk.text
    assert len(talk.labels) <= 8
    others = talk.press("Something else").labels
    assert "Brass bands" in others
    assert talk.press("Brass bands").memory["route"]["route"] == "brass-band"


def test_an_unclear_grade_still_places_somebody_once_the_route_is_known():
    talk = Talk().say("ask_pathway", "i have passed grade 5, what now", level="intermediate")
    talk.press("Orchestral instruments")
    assert steps(talk)[0] == "County group"


def test_a_young_childs_age_says_where_on_the_early_route():
    talk = Talk().say("ask_pathway", "music for my daughter, she is 3", age=3)
    assert "because of the age (3)" in talk.text
    assert steps(talk)[0] == "Three and four"
    assert "stevenage-string-babies" in entries(talk)


def test_entries_for_another_age_are_not_shown():
    talk = Talk().say("ask_pathway", "what next after lessons on the cello, he is 9", instrument="cello", age=9)
    talk.press("Own lessons")
    assert not {"nyo-inspire", "national-youth-orchestra", "english-schools-orchestra"} & set(entries(talk))


def test_help_with_the_cost_comes_with_the_steps_and_promises_nothing():
    talk = Talk("dorset").say("ask_pathway", "first lessons on the violin", instrument="violin", level="beginner")
    assert "This may help with the cost: " in talk.text
    assert "The people who give the money decide" in talk.text
    assert any(b.name in talk.text for b in the_content("dorset").bursaries)
    assert "Help with the cost" in talk.labels


def test_an_answer_is_no_longer_than_four_cards():
    talk = Talk("dorset").say("ask_pathway", "first lessons on the violin", instrument="violin", level="beginner")
    assert len(talk.cards) <= 4
    assert {card.kind for card in talk.cards} == {"pathway", "opportunity"}


def test_later_steps_go_on_from_what_was_shown():
    talk = Talk().say("ask_pathway", "grade 5 cello what next", instrument="cello")
    assert steps(talk.say("show_more")) == ["Specialist or Saturday conservatoire study", "University or conservatoire"]
    assert "as far as this route goes" in talk.say("show_more").text


def test_i_am_somewhere_else_asks_again():
    talk = Talk().say("ask_pathway", "grade 5 cello what next", instrument="cello")
    talk.press("I'm somewhere else")
    assert talk.memory["asked"] == "stage"
    assert steps(talk.press("Own lessons")) == ["First group nearby", "County group"]


def test_the_last_stage_is_said_to_be_the_last():
    talk = Talk().say("ask_pathway", "how do I become a producer").press("Degree, apprenticeship")
    assert "the last step that I know of" in talk.text


def test_every_pathway_card_says_that_nobody_has_checked_it_yet():
    talk = Talk().say("ask_pathway", "grade 5 cello what next", instrument="cello")
    assert all(card.notice == "not checked yet - please confirm with the provider" for card in talk.cards)


def test_a_follow_up_with_a_place_keeps_the_route():
    talk = Talk().say("ask_pathway", "how do I become a producer").press("I have not started yet")
    talk.say("inform", "near Bishop's Stortford", place="Bishop's Stortford")
    assert talk.memory["route"]["route"] == "music-production-dj"
    assert entries(talk)


@pytest.mark.parametrize("hub", HUBS)
def test_every_stage_of_every_route_can_be_shown(hub):
    for route in the_content(hub).pathways:
        for stage in route.stages:
            talk = Talk(hub).say("ask_pathway", id=route.id)
            talk.say("inform", question="stage", answer=stage.id)
            assert talk.text
            assert all(AREA[i] in (*the_content(hub).hub.areas, "national", "online") for i in entries(talk))


@pytest.mark.parametrize(
    ("text", "grade"),
    [("grade 5", 5), ("Grade five theory", 5), ("my 8th garde 3", 3), ("grades", None), ("year 5", None)],
)
def test_grades_are_read_from_text(text, grade):
    assert grade_in(text) == grade


def test_levels_are_ranges_of_grades():
    assert grades_of("beginner") == (0, 3)
    assert grades_of("grade_4") == (4, 4)
    assert grades_of("wizard") is None


@given(st.sampled_from(sorted(ROUTES)), st.integers(1, 8), st.integers(1, 8))
def test_a_higher_grade_is_never_placed_lower(route, one, other):
    low, high = sorted((one, other))
    at_low, at_high = (whereabouts(ROUTES[route], Circumstances(grades=(g, g))) for g in (low, high))
    if at_low and at_high:
        assert at_low.stage <= at_high.stage <= max(0, len(ROUTES[route].stages) - 3)


moves = st.lists(
    st.sampled_from(["affirm", "deny", "skip", "go_back", "stop", "show_more", "inform", "ask_pathway"]), max_size=8
)


@settings(max_examples=30, deadline=None)
@given(st.sampled_from(HUBS), st.sampled_from(["what next", "grade 5 cello", "become a producer"]), moves)
def test_any_order_of_messages_gets_an_answer(hub, text, steps_taken):
    talk = Talk(hub).say("ask_pathway", text)
    for step in steps_taken:
        assert talk.say(step).text.strip()
