"""Finding something, as a conversation."""

import json
import re
from collections.abc import Iterable
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from heard.content.load import load_content
from heard.content.schema import Opportunity
from heard.content.vocabulary import INSTRUMENTS
from heard.directory import Directory
from heard.directory.topic import DirectoryTopic
from heard.exchange import Outcome
from heard.messages import Reply
from heard.places import Places
from heard.wording import Wording
from tests.builders import CONTENT, a_hub, an_exchange, an_opportunity, some_places

WORDING = Wording.load(CONTENT / "wording")


class Chat:
    """A conversation with the topic; its memory goes through JSON as Rasa's does."""

    def __init__(self, topic: DirectoryTopic) -> None:
        self.topic = topic
        self.memory: dict[str, Any] = {}

    def says(self, text: str = "", to: str = "find", intent: str = "", **values: Any) -> Outcome:
        outcome: Outcome = getattr(self.topic, to)(an_exchange(text, intent=intent or to, memory=self.memory, **values))
        self.memory |= json.loads(json.dumps(dict(outcome.memory)))
        return outcome

    def presses(self, payload: str) -> Outcome:
        """A button: its intent goes where Rasa's rules would send it."""
        intent, _, plain = payload.removeprefix("/").partition("{")
        values = json.loads("{" + plain) if plain else {}
        to = {
            "find_opportunity": "find", "refine_search": "refine", "show_more": "more", "ask_details": "details",
        }.get(intent, "follow_up")  # fmt: skip
        return self.says(payload, to=to, intent=intent, **values)


def a_chat(*entries: Opportunity) -> Chat:
    return Chat(DirectoryTopic(Directory(entries, some_places()), WORDING, a_hub()))


def the_hub(hub: str) -> Chat:
    content = load_content(CONTENT, hub)
    places = Places(content.districts, content.outcodes, content.counties, content.beyond)
    return Chat(DirectoryTopic(Directory(content.opportunities, places), WORDING, content.hub))


def cards(outcome: Outcome) -> list[str]:
    return [card.id for reply in outcome.replies for card in reply.cards]


def text(outcome: Outcome) -> str:
    return "\n".join(reply.text for reply in outcome.replies)


def payloads(replies: Iterable[Reply]) -> list[str]:
    return [choice.payload for reply in replies for choice in reply.choices]


def test_a_full_question_is_answered_at_once_and_says_what_was_understood():
    chat = the_hub("hertfordshire")
    answer = chat.says(instrument="drums", activity="lesson", place="Hatfield", cost="free", age=9)
    assert answer.replies[0].text == "Drum lessons near Hatfield, for age 9, free:"
    assert len(answer.replies[0].cards) == 3
    assert chat.memory["asked"] is None
    assert chat.memory["topic"] == "search"


def test_every_card_carries_its_notice_and_a_way_to_more():
    answer = the_hub("hertfordshire").says(instrument="drums", place="Hatfield")
    for card in answer.replies[0].cards:
        assert card.notice == "not checked yet - please confirm with the provider"
        assert card.choices[0].payload == f'/ask_details{{"id":"{card.id}"}}'


def test_knowing_nothing_it_asks_what_then_where_and_each_can_be_skipped():
    chat = a_chat(an_opportunity(), an_opportunity(place="Welwyn"))
    chat.says("hello i want music")
    assert chat.memory["asked"] == "search.what"
    chat.says(to="follow_up", intent="skip")
    assert chat.memory["asked"] == "search.where"
    answer = chat.says(to="follow_up", intent="skip")
    assert len(cards(answer)) == 2


def test_a_place_alone_is_enough_for_an_answer():
    assert len(cards(a_chat(an_opportunity()).says(place="Hatfield"))) == 1


def test_an_online_wish_is_not_asked_where():
    chat = a_chat(an_opportunity(online=True))
    assert len(cards(chat.says(activity=["online", "lesson"]))) == 1


def test_age_is_asked_once_beside_the_results_and_only_if_it_could_change_them():
    chat = a_chat(an_opportunity(ages=(7, 11)))
    answer = chat.says(instrument="drums", place="Hatfield")
    assert cards(answer)
    assert chat.memory["asked"] == "search.age"
    chat.says(to="follow_up", intent="skip")
    chat.says(instrument="piano", place="Hatfield")
    assert chat.memory["asked"] is None
    plain = a_chat(an_opportunity())
    plain.says(instrument="drums", place="Hatfield")
    assert plain.memory["asked"] is None


def test_the_age_given_takes_what_does_not_fit_away():
    chat = a_chat(an_opportunity(id="young", ages=(4, 7)), an_opportunity(id="older", ages=(8, 18)))
    chat.says(instrument="drums", place="Hatfield")
    assert cards(chat.says("9", to="follow_up", intent="inform", age="9")) == ["older"]


def test_never_more_than_one_question_in_an_answer():
    chat = the_hub("hertfordshire")
    for answer in (chat.says("music"), chat.says(activity="lesson"), chat.says(place="Watford")):
        assert len(re.findall(r"\?", answer.replies[-1].text)) <= 1


def test_not_violin_trumpet_in_the_middle_of_a_search():
    chat = a_chat(
        an_opportunity(id="violin", instruments=("violin",)), an_opportunity(id="brass", instruments=("brass",))
    )
    chat.says(instrument="violin", place="Hatfield")
    answer = chat.says(to="refine", instrument=["violin", "trumpet"], negated=["violin"])
    assert cards(answer) == ["brass"]
    assert "Trumpet" in text(answer) and "violin" not in text(answer)


def test_what_is_ruled_out_is_said_where_nothing_took_its_place():
    chat = a_chat(*(an_opportunity(instruments=("brass",)) for _ in range(3)))
    chat.says(instrument="violin", place="Hatfield")
    assert "not violin" in text(chat.says(to="refine", instrument="violin", negated=["violin"]))


def test_more_goes_on_to_the_end_and_says_that_it_is_the_end():
    chat = a_chat(*(an_opportunity() for _ in range(4)))
    first = cards(chat.says(instrument="drums", place="Hatfield"))
    second = cards(chat.presses("/show_more"))
    assert (len(first), len(second), len({*first, *second})) == (3, 1, 4)
    assert text(chat.presses("/show_more")) == "That is everything I have for this."


def test_more_without_a_list_asks_what_to_find():
    chat = a_chat(an_opportunity())
    assert "no list" in text(chat.says(to="more"))


def test_what_costs_money_comes_after_what_is_free_and_only_as_such():
    chat = a_chat(an_opportunity(id="free", cost="free"), an_opportunity(id="paid", cost="paid"))
    answer = chat.says(instrument="drums", place="Hatfield", cost="free")
    assert [c.id for c in answer.replies[0].cards] == ["free"]
    assert "If it may cost money" in text(chat.presses("/show_more")) or "if it may cost money" in text(answer)


def test_nothing_fits_is_said_and_the_condition_can_be_dropped_with_a_tap():
    chat = a_chat(an_opportunity(id="paid", instruments=("harp",), cost="paid"))
    answer = chat.says(instrument="harp", place="Hatfield", cost="free")
    assert "I found nothing that fits" in text(answer)
    drop = next(p for p in payloads(answer.replies) if "drop-cost" in p)
    again = chat.presses(drop)
    assert again.replies[0].text == "Harp near Hatfield:"
    assert cards(again) == ["paid"]


def test_nothing_at_all_offers_a_new_search_and_a_person():
    answer = a_chat(an_opportunity(ages=(4, 5))).says(instrument="drums", place="Hatfield", age=15)
    assert cards(answer) == []
    assert payloads(answer.replies) == ['/find_opportunity{"option":"new"}', "/ask_human"]


def test_buttons_that_change_nothing_are_not_offered():
    free_only = a_chat(an_opportunity(cost="free"), an_opportunity(cost="free"))
    assert not any("refine_search" in p for p in payloads(free_only.says(instrument="drums", place="Hatfield").replies))
    mixed = a_chat(an_opportunity(cost="free"), an_opportunity(cost="paid"))
    assert '/refine_search{"cost":"free"}' in payloads(mixed.says(instrument="drums", place="Hatfield").replies)


@pytest.mark.parametrize(
    ("said", "which"),
    [
        ("the second one", 1),
        ("tell me more about number 1", 0),
        ("2", 1),
        ("what about the last one", 2),
        ("how much is the choir", 0),
        ("when is hatfield house brass", 1),
        ("the one in Tring", 2),
    ],
)
def test_a_listed_result_is_meant_by_number_name_or_town(said: str, which: int):
    entries = (
        an_opportunity(id="e1", name="Valley Choir", activities=("choir",)),
        an_opportunity(id="e2", name="Hatfield House Brass", place="Welwyn"),
        an_opportunity(id="e3", name="Saturday Sounds", place="Tring"),
    )
    chat = a_chat(*entries)
    shown = cards(chat.says(place="Hatfield"))
    assert shown == ["e1", "e2", "e3"]
    assert cards(chat.says(said, to="details", intent="ask_details")) == [shown[which]]


def test_what_was_asked_comes_first_and_what_is_not_known_is_said():
    chat = a_chat(an_opportunity(cost="unknown"))
    chat.says(place="Hatfield")
    lines = text(chat.says("how much is it and what do i bring?", to="details")).splitlines()
    assert lines[1] == "Cost: cost not given"
    assert lines[2] == "What to bring: not given - please ask the people who run it"
    assert "When: not given" in lines
    assert "Ages: not given" in lines


def test_details_go_on_about_the_same_entry():
    chat = a_chat(an_opportunity(), an_opportunity())
    shown = cards(chat.says(place="Hatfield"))
    chat.presses(f'/ask_details{{"id":"{shown[1]}"}}')
    assert cards(chat.says("and when is it?", to="details")) == [shown[1]]


def test_details_of_something_unclear_ask_which_and_take_the_answer():
    chat = a_chat(an_opportunity(name="Valley Choir"), an_opportunity(name="Hill Band"))
    chat.says(place="Hatfield")
    answer = chat.says("how do i join", to="details")
    assert text(answer) == "Which one do you mean?"
    assert len(payloads(answer.replies)) == 2
    assert len(cards(chat.says("the band", to="follow_up", intent="inform"))) == 1


def test_what_several_cost_is_said_of_each():
    chat = a_chat(
        an_opportunity(name="Valley Choir", cost="free"),
        an_opportunity(name="Hill Band", cost="paid", cost_note="£5 a week."),
        an_opportunity(name="Lake Strings"),
    )
    chat.says(place="Hatfield")
    answer = chat.says("is it free?", to="details")
    assert "- Valley Choir: free" in text(answer)
    assert "- Hill Band: costs money. £5 a week." in text(answer)
    assert "- Lake Strings: cost not given" in text(answer)
    assert len(cards(chat.says("the second one", to="follow_up", intent="inform"))) == 1


def test_a_number_is_an_age_whatever_was_asked_and_the_place_is_asked_for_once_more():
    chat = a_chat(an_opportunity(id="nine", ages=(8, 11)), an_opportunity(id="older", ages=(14, 18)))
    chat.says(instrument="guitar")
    answer = chat.says("9", to="follow_up", intent="inform")
    assert "for age 9" in text(answer) and "Where do you live" in text(answer)
    assert cards(chat.says(to="follow_up", intent="inform", place="Hatfield")) == ["nine"]


def test_a_town_beyond_everything_we_cover_is_said_to_be_so():
    chat = the_hub("hertfordshire")
    answer = chat.says("what about choirs in Luton", activity="choir")
    assert "Luton is in Bedfordshire" in text(answer)
    area = {o.id: o.area for o in load_content(CONTENT, "hertfordshire").opportunities}
    assert {area[id_] for id_ in cards(answer)} <= {"national", "online"}


def test_what_is_to_know_about_a_place_is_said_once():
    chat = the_hub("hertfordshire")
    assert "Essex" in text(chat.says(instrument="guitar", place="Bishop’s Stortford"))
    assert "Essex" not in text(chat.says(to="refine", cost="free"))


def test_details_without_a_list_or_of_an_entry_that_is_gone():
    chat = a_chat(an_opportunity())
    assert "no list" in text(chat.says("when is it", to="details"))
    assert "not in the list any more" in text(chat.presses('/ask_details{"id":"gone"}'))


def test_a_name_is_enough_for_details_without_a_list():
    chat = a_chat(an_opportunity(id="choir", name="Valley Youth Choir"))
    assert cards(chat.says("when does the valley youth choir meet", to="details")) == ["choir"]


def test_an_ambiguous_place_is_asked_about_with_both_to_choose():
    chat = the_hub("dorset")
    answer = chat.says(instrument="guitar", place="Charminster")
    assert cards(answer) == []
    names = payloads(answer.replies)
    assert len(names) == 2
    after = chat.presses(names[1])
    assert "Charminster (Bournemouth)" in after.replies[0].text
    assert cards(after)


def test_another_hubs_town_names_that_hub_and_shows_only_what_is_for_everyone():
    chat = the_hub("hertfordshire")
    answer = chat.says(activity="choir", place="Poole", age=14)
    assert "SoundStorm" in text(answer)
    content = load_content(CONTENT, "hertfordshire")
    areas = {o.id: o.area for o in content.opportunities}
    assert cards(answer)
    assert all(areas[id_] in ("national", "online") for id_ in cards(answer))


def test_an_unknown_place_is_said_to_be_unknown():
    answer = a_chat(an_opportunity()).says(instrument="drums", postcode="ZZ9")
    assert "I don't know the place ZZ9" in text(answer)
    assert cards(answer) == []


def test_a_place_at_the_edge_of_the_county_says_so():
    assert "Essex" in text(the_hub("hertfordshire").says(instrument="cello", place="Bishop's Stortford"))


def test_words_that_are_no_place_are_asked_about_once_more_and_then_let_go():
    chat = a_chat(an_opportunity())
    chat.says(instrument="drums")
    assert "I don't know that place" in text(chat.says("narnia", to="follow_up", intent="inform"))
    assert cards(chat.says("narnia i said", to="follow_up", intent="inform"))


def test_nearer_counts_miles_down():
    chat = a_chat(
        an_opportunity(id="here"),
        an_opportunity(id="welwyn", place="Welwyn"),
        an_opportunity(id="tring", place="Tring"),
    )
    chat.says(instrument="drums", place="Hatfield")
    assert set(cards(chat.says("any nearer?", to="refine"))) >= {"here", "welwyn"}
    assert chat.memory["wish"]["within"] == 10
    chat.says("nearer still", to="refine")
    assert chat.memory["wish"]["within"] == 5


def test_go_back_returns_to_the_search_before():
    chat = a_chat(an_opportunity(cost="free"), an_opportunity(cost="paid"))
    first = chat.says(instrument="drums", place="Hatfield")
    chat.presses('/refine_search{"cost":"free"}')
    assert cards(chat.says(to="follow_up", intent="go_back")) == cards(first)
    assert "cost" not in chat.memory["wish"]


def test_stop_leaves_the_search():
    chat = a_chat(an_opportunity())
    chat.says("music")
    chat.says(to="follow_up", intent="stop")
    assert (chat.memory["topic"], chat.memory["asked"]) == (None, None)


def test_a_new_search_asks_what_and_remembers_who_and_where():
    chat = a_chat(an_opportunity())
    chat.says(instrument="drums", place="Hatfield", age=9)
    chat.presses('/find_opportunity{"option":"new"}')
    assert chat.memory["asked"] == "search.what"
    answer = chat.says("singing", to="follow_up", intent="inform", instrument="piano")
    assert answer.replies[0].text == "Piano near Hatfield, for age 9:"


def test_inclusion_puts_what_welcomes_the_need_first_and_leaves_the_mainstream_in():
    chat = a_chat(an_opportunity(id="plain"), an_opportunity(id="welcoming", access_needs=("autism",)))
    answer = chat.says(to="inclusion", access_need="autism", place="Hatfield")
    assert cards(answer) == ["welcoming", "plain"]
    assert "/ask_human" in payloads(answer.replies)
    assert "Hertfordshire Music Service" in text(answer)


def test_inclusion_without_a_need_asks_what_would_help():
    chat = a_chat(an_opportunity())
    chat.says(to="inclusion")
    assert chat.memory["asked"] == "search.need"


def test_wellbeing_leaves_a_way_to_help_open_and_does_not_colour_later_searches():
    chat = a_chat(an_opportunity(id="plain"), an_opportunity(id="calm", summary="Songs for confidence and wellbeing."))
    answer = chat.says(to="wellbeing", place="Hatfield")
    assert cards(answer)[0] == "calm"
    assert "/disclose_harm" in payloads(answer.replies)
    chat.says(instrument="drums", place="Hatfield")
    assert not chat.memory["wish"].get("circumstances")


def test_workforce_is_for_adults_and_the_next_search_is_not():
    chat = a_chat(an_opportunity(id="training", audience="adults"), an_opportunity(id="group"))
    assert cards(chat.says(to="workforce")) == ["training"]
    assert cards(chat.says(instrument="drums", place="Hatfield")) == ["group"]


INTENTS = ("inform", "affirm", "deny", "skip", "go_back", "stop", "show_more", "nlu_fallback")
steps = st.one_of(
    st.tuples(st.just("find"), st.just("find_opportunity")),
    st.tuples(st.sampled_from(["refine", "more", "details", "inclusion", "wellbeing", "workforce"]), st.just("x")),
    st.tuples(st.just("follow_up"), st.sampled_from(INTENTS)),
)
said = st.fixed_dictionaries(
    {},
    optional={
        "instrument": st.sampled_from(INSTRUMENTS),
        "place": st.sampled_from(["Hatfield", "Poole", "Charminster", "Atlantis", "Dorset"]),
        "age": st.integers(0, 25),
        "cost": st.sampled_from(["free", "low cost"]),
        "option": st.sampled_from(["new", "drop-cost", "drop-distance", "within-5", "within-x", "nonsense"]),
        "id": st.sampled_from(["mid-herts-music-centre", "gone"]),
    },
)


AGAIN = (WORDING.say("search.ask.where_unknown"), WORDING.say("search.ask.age_how"))


@pytest.fixture(scope="module")
def hertfordshire() -> DirectoryTopic:
    return the_hub("hertfordshire").topic


@settings(deadline=None, max_examples=60)
@given(
    conversation=st.lists(
        st.tuples(steps, said, st.sampled_from(["", "the second one", "nearer", "how much?"])), max_size=8
    )
)
def test_any_conversation_gets_answers_of_three_cards_at_most_and_no_question_twice(
    hertfordshire: DirectoryTopic, conversation: list[tuple[tuple[str, str], dict[str, Any], str]]
):
    chat = Chat(hertfordshire)
    put: list[str] = []
    for (to, intent), values, words in conversation:
        answer = chat.says(words, to=to, intent=intent, **values)
        assert answer.replies
        assert all(reply.text and len(reply.cards) <= 3 for reply in answer.replies)
        for payload in payloads(answer.replies):
            assert re.fullmatch(r"/[a-z_]+(\{.*\})?", payload)
        if answer.memory.get("asked") in ("search.where", "search.age") and answer.replies[-1].text not in AGAIN:
            put.append(answer.memory["asked"])
    # Where is asked once more when the answer told something else ("9"): it has not been answered yet.
    assert put.count("search.age") <= 1 and put.count("search.where") <= 2
