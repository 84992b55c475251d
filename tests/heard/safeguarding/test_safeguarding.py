from datetime import date
from pathlib import Path

import pytest

from heard.content.load import load_content
from heard.exchange import Exchange, Understood
from heard.redaction import Redacted
from heard.safeguarding import KINDS, Disclosure, Safeguarding, Screen
from heard.wording import Wording

CONTENT = Path(__file__).parents[3] / "content"
WORDING = Wording.load(CONTENT / "wording")
SCREEN = Screen.load(CONTENT)
HUBS = ("hertfordshire", "dorset")
EVERY = [(hub, kind, urgent) for hub in HUBS for kind in KINDS for urgent in (False, True)]


def safeguarding(hub: str = "hertfordshire") -> Safeguarding:
    content = load_content(CONTENT, hub)
    return Safeguarding(SCREEN, content.helplines, WORDING, content.hub.areas)


BY_HUB = {hub: safeguarding(hub) for hub in HUBS}
UNCONFIRMED = {
    value
    for hub in HUBS
    for helpline in load_content(CONTENT, hub).helplines
    if helpline.contact_unconfirmed
    for value in helpline.contact_unconfirmed.model_dump().values()
    if value
}


@pytest.mark.parametrize(("hub", "kind", "urgent"), EVERY)
def test_every_kind_is_answered_with_people_to_turn_to(hub: str, kind: str, urgent: bool) -> None:
    replies = BY_HUB[hub].answer(Disclosure(kind, 0.9, urgent), "en")  # type: ignore[arg-type]
    cards = [card for reply in replies for card in reply.cards]
    assert len(cards) >= 2
    for card in cards:
        assert card.kind == "helpline"
        assert card.notice
        assert card.contacts
        assert all(c.href.startswith(("tel:", "sms:", "https://", "mailto:")) for c in card.contacts)


@pytest.mark.parametrize(("hub", "kind", "urgent"), EVERY)
def test_999_comes_first_in_words_and_the_chat_says_what_it_is(hub: str, kind: str, urgent: bool) -> None:
    first, second = BY_HUB[hub].answer(Disclosure(kind, 0.9, urgent), "en")  # type: ignore[arg-type]
    assert "999" in first.text
    assert "computer program" in second.text
    assert "nobody is watching" in second.text
    assert "carry on" in second.text
    assert "?" not in first.text + second.text


@pytest.mark.parametrize(("hub", "kind", "urgent"), EVERY)
def test_what_nobody_confirmed_is_never_shown(hub: str, kind: str, urgent: bool) -> None:
    shown = str(BY_HUB[hub].answer(Disclosure(kind, 0.9, urgent), "en"))  # type: ignore[arg-type]
    assert UNCONFIRMED
    assert not any(detail in shown or detail.replace(" ", "") in shown for detail in UNCONFIRMED if len(detail) > 3)


def test_danger_now_puts_the_999_card_first() -> None:
    urgent = BY_HUB["dorset"].answer(Disclosure("suicide", 1, urgent=True))[1].cards
    calm = BY_HUB["dorset"].answer(Disclosure("suicide", 1))[1].cards
    assert urgent[0].id == "emergency-999"
    assert urgent[0].contacts[0].href == "tel:999"
    assert "emergency-999" not in [card.id for card in calm]


def test_a_text_service_opens_the_message_with_its_word() -> None:
    cards = BY_HUB["dorset"].answer(Disclosure("bullying", 1))[1].cards
    shout = next(card for card in cards if card.id == "shout-85258")
    assert "sms:85258?&body=SHOUT" in [contact.href for contact in shout.contacts]


def test_an_adult_gets_the_adults_line_first_and_a_child_does_not_get_it() -> None:
    adult = [card.id for card in BY_HUB["hertfordshire"].answer(Disclosure("adult_worried", 1))[1].cards]
    child = [card.id for card in BY_HUB["hertfordshire"].answer(Disclosure("abuse", 1))[1].cards]
    assert adult[0] == "nspcc-helpline"
    assert "nspcc-helpline" not in child
    assert child[0] == "childline"


def test_the_local_service_is_the_hubs_own() -> None:
    here = {card.id for card in BY_HUB["hertfordshire"].answer(Disclosure("neglect", 1))[1].cards}
    there = {card.id for card in BY_HUB["dorset"].answer(Disclosure("neglect", 1))[1].cards}
    assert "hertfordshire-childrens-services" in here - there
    assert "dorset-chad" in there - here


def exchange(text: str, intent: str) -> Exchange:
    understood = Understood(intent=intent, text=Redacted(text))
    return Exchange(understood, {"topic": "consultation"}, "s", "k", date(2026, 11, 21))


def test_asking_who_to_talk_to_gives_the_helplines_and_changes_nothing() -> None:
    outcome = BY_HUB["dorset"].helplines(exchange("who can i talk to", "ask_wellbeing"))
    assert outcome.memory == {}
    assert {"childline", "shout-85258"} <= {card.id for card in outcome.replies[-1].cards}


def test_a_disclosure_through_rasa_is_answered_as_one() -> None:
    outcome = BY_HUB["dorset"].helplines(exchange("my dad hits me", "disclose_harm"))
    assert "999" in outcome.replies[0].text
    assert outcome.replies[1].cards


def test_harm_that_only_rasa_heard_still_says_999_first() -> None:
    outcome = BY_HUB["dorset"].helplines(exchange("hm", "disclose_harm"))
    assert "999" in outcome.replies[0].text
    assert outcome.replies[-1].cards


def test_urgent_cards_start_with_999() -> None:
    assert BY_HUB["dorset"].urgent_cards()[0].id == "emergency-999"
