"""Small talk and the way around: the menu, a person, the language, one's own data, and not having understood."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from heard.content.load import load_content
from heard.content.schema import Hub
from heard.exchange import Entity, Exchange, Outcome, Understood
from heard.redaction import Redacted
from heard.session import answered
from heard.talk import ASKED_TO_FORGET, FORGET_NOW, MENU, TalkTopic
from heard.wording import Wording
from tests.system import ROOT

WORDING = Wording.load(ROOT / "content" / "wording")
HUBS: Mapping[str, Hub] = {id_: load_content(ROOT / "content", id_).hub for id_ in ("hertfordshire", "dorset")}


@pytest.fixture(params=sorted(HUBS))
def hub(request: pytest.FixtureRequest) -> Hub:
    return HUBS[request.param]


@pytest.fixture
def talk(hub: Hub) -> TalkTopic:
    return TalkTopic(hub, WORDING)


def an_exchange(intent: str, *entities: Entity, ranking: Any = (), memory: Any = None) -> Exchange:
    understood = Understood(intent, Redacted("words"), entities, 1.0, ranking)
    return Exchange(understood, memory or {}, "somebody", "a key", date(2026, 11, 21))


def payloads(outcome: Outcome) -> list[str]:
    return [choice.payload for choice in outcome.replies[0].choices]


def test_the_menu_offers_the_ways_in_and_a_person(talk: TalkTopic) -> None:
    menu = talk.menu()
    assert [choice.payload for choice in menu] == [f"/{intent}" for intent in MENU]
    assert len({choice.label for choice in menu}) == len(menu)
    assert all(len(choice.label) <= 40 for choice in menu)


INTENTS = ("greet", "goodbye", "thank", "help", "bot_challenge", "out_of_scope", "ask_privacy", "ask_about_hub")


@pytest.mark.parametrize("intent", INTENTS)
def test_every_intent_of_small_talk_has_its_words(talk: TalkTopic, intent: str) -> None:
    outcome = talk.talk(an_exchange(intent))
    assert len(outcome.replies[0].text) > 15
    assert "{" not in outcome.replies[0].text


def test_asked_whether_it_is_a_person_it_says_that_it_is_a_program(talk: TalkTopic) -> None:
    text = talk.talk(an_exchange("bot_challenge")).replies[0].text.lower()
    assert "computer program" in text or "not a person" in text


def test_each_hub_says_who_it_is(talk: TalkTopic, hub: Hub) -> None:
    assert hub.about in talk.talk(an_exchange("ask_about_hub")).replies[0].text
    assert hub.name in talk.talk(an_exchange("greet")).replies[0].text


def test_starting_over_forgets_everything_that_this_chat_knows(talk: TalkTopic) -> None:
    outcome = talk.start_over(an_exchange("start_over", memory={"wish": {"place": "Hatfield"}}))
    assert outcome.memory == dict.fromkeys(("topic", "asked", "wish", "listing", "circumstances", "route"))
    assert "/find_opportunity" in payloads(outcome)


def test_the_contact_is_the_hubs_own_and_what_is_unknown_is_said(talk: TalkTopic, hub: Hub) -> None:
    card = talk.contact(an_exchange("ask_human")).replies[0].cards[0]
    assert (card.kind, card.title, card.url) == ("person", hub.contact.name, hub.contact.web)
    ways = {contact.href.partition(":")[0] for contact in card.contacts}
    assert ("tel" in ways) == (hub.contact.phone is not None)
    assert ("mailto" in ways) == (hub.contact.email is not None)
    for what in ("phone", "email", "hours"):
        said = WORDING.say(f"contact.no_{what}")
        assert (said in card.summary) == (getattr(hub.contact, what) is None)
    assert card.notice


def test_deleting_asks_once_and_says_what(talk: TalkTopic) -> None:
    outcome = talk.delete_my_data(an_exchange("delete_my_data", memory={"topic": "search", "asked": "age"}))
    assert payloads(outcome) == ['/delete_my_data{"answer": "yes"}', "/deny"]
    assert outcome.memory == {"topic": "talk", "asked": ASKED_TO_FORGET}


@pytest.mark.parametrize(("intent", "asked"), [("affirm", FORGET_NOW), ("deny", None), ("stop", None)])
def test_delete_now_is_answered_with_yes_or_no_in_words(talk: TalkTopic, intent: str, asked: str | None) -> None:
    exchange = an_exchange(intent, memory={"topic": "talk", "asked": ASKED_TO_FORGET})
    assert talk.follow_up(exchange).memory["asked"] == asked


def test_a_yes_to_something_later_deletes_nothing(talk: TalkTopic) -> None:
    memory = {"topic": "talk", "asked": ASKED_TO_FORGET}
    memory |= answered(an_exchange("bot_challenge", memory=memory), talk.talk).memory
    assert talk.follow_up(an_exchange("affirm", memory=memory)).memory["asked"] is None


def test_a_language_that_there_are_no_words_for_is_said_plainly(talk: TalkTopic) -> None:
    outcome = talk.change_language(an_exchange("change_language", Entity("language", "pl")))
    assert "language" not in outcome.memory
    assert "English" in outcome.replies[0].text
    assert talk.change_language(an_exchange("change_language")).replies[0].text != outcome.replies[0].text


def test_a_language_that_there_are_words_for_is_spoken_from_now_on(tmp_path: Path) -> None:
    for path in (ROOT / "content" / "wording").glob("*.yml"):
        (tmp_path / path.name).write_text(path.read_text(encoding="utf-8"), encoding="utf-8")
    (tmp_path / "pl.yml").write_text("language: {own_name: polski, changed: Mówię po polsku.}", encoding="utf-8")
    talk = TalkTopic(HUBS["dorset"], Wording.load(tmp_path))
    outcome = talk.change_language(an_exchange("change_language", Entity("language", "pl")))
    assert (outcome.replies[0].text, outcome.memory) == ("Mówię po polsku.", {"language": "pl"})
    which = talk.change_language(an_exchange("change_language"))
    assert payloads(which) == ['/change_language{"language": "en"}', '/change_language{"language": "pl"}']


def test_the_likeliest_readings_are_offered_and_a_way_out(talk: TalkTopic) -> None:
    ranking = (
        ("nlu_fallback", 0.5),
        ("ask_bursary", 0.4),
        ("find_opportunity", 0.3),
        ("borrow_instrument", 0.2),
        ("ask_pathway", 0.1),
    )
    offered = payloads(talk.did_you_mean(an_exchange("nlu_fallback", ranking=ranking)))
    assert offered == ["/ask_bursary", "/find_opportunity", "/borrow_instrument", "/help"]


@pytest.mark.parametrize("ranking", [(), (("ask_bursary", 0.01),), (("nlu_fallback", 0.9),)])
def test_with_nothing_likely_it_says_so_and_shows_the_menu(talk: TalkTopic, ranking: Any) -> None:
    assert payloads(talk.did_you_mean(an_exchange("nlu_fallback", ranking=ranking))) == [f"/{i}" for i in MENU]


@pytest.mark.parametrize("intent", ["affirm", "deny", "skip", "go_back", "stop", "show_more", "inform"])
def test_a_bare_answer_to_no_question_is_met_with_the_menu(talk: TalkTopic, intent: str) -> None:
    outcome = talk.follow_up(an_exchange(intent))
    assert outcome.replies[0].text and payloads(outcome) == [f"/{i}" for i in MENU]
    assert outcome.memory == {"topic": None, "asked": None}
