"""Replies as Telegram messages: whatever a reply holds, Telegram takes it and a person can read and press all of it."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.telegram.render import Bubble, bubbles
from heard.messages import Card, Choice, Condition, Contact, Progress, Reply
from heard.wording import Wording
from tests.bot.telegram.running_door import ROOT
from tests.bot.telegram.telegram_html import is_blank, read_html

WORDING = Wording.load(ROOT / "content" / "wording")
NASTY = "<b>&lt;&amp;&#60;\"'</i><a href='x'>😀é\n\t‮ "
words = st.text(alphabet=st.one_of(st.sampled_from(NASTY), st.characters(codec="utf-8")), max_size=200)
long_words = st.one_of(words, st.integers(1, 60).flatmap(lambda n: st.just(NASTY * n * 5)), st.just("x" * 9000))
addresses = st.one_of(
    st.builds("https://{}".format, words),
    st.sampled_from(["tel:08001111", "sms:85258", "mailto:help@example.org", "https://" + "a" * 5000]),
)
choices = st.builds(Choice, st.one_of(words, long_words), words.map(lambda text: "/inform" + text))
cards = st.builds(
    Card,
    id=st.just("an-entry"),
    kind=st.sampled_from(["opportunity", "bursary", "helpline"]),
    title=words,
    summary=long_words,
    why=st.lists(words, max_size=3).map(tuple),
    url=st.one_of(st.none(), addresses),
    checked=st.one_of(st.none(), st.just(date(2026, 11, 2))),
    notice=st.one_of(st.none(), words),
    contacts=st.lists(st.builds(Contact, words, addresses), max_size=3).map(tuple),
    outcome=st.sampled_from([None, "may qualify", "unlikely", "need to know"]),
    conditions=st.lists(st.builds(Condition, words, st.sampled_from(["met", "not met", "not told"])), max_size=3).map(
        tuple
    ),
    choices=st.lists(choices, max_size=3).map(tuple),
)
replies = st.builds(
    Reply,
    text=long_words,
    choices=st.lists(choices, max_size=70).map(tuple),
    cards=st.lists(cards, max_size=5).map(tuple),
    progress=st.one_of(st.none(), st.builds(Progress, st.integers(0, 7), st.just(7))),
)


def say(key: str, /, **values: object) -> str:
    return WORDING.say(key, "en", **values)


def shown(reply: Reply) -> tuple[list[Bubble], list[str], list[tuple[str, str]]]:
    """The messages, the payloads that their buttons carry, and (label, payload) of each button."""
    kept: dict[str, str] = {}

    def button(payload: str) -> str:
        return kept.setdefault(payload, f"#{len(kept)}")

    made = list(bubbles(reply, button, say))
    by_data = {data: payload for payload, data in kept.items()}
    pressed = [
        (b.text, by_data[str(b.callback_data)])
        for bubble in made
        if bubble.keyboard
        for row in bubble.keyboard.inline_keyboard
        for b in row
    ]
    return made, [payload for _, payload in pressed], pressed


def text_of(reply: Reply) -> str:
    return "\n".join(read_html(bubble.html).text for bubble in shown(reply)[0])


@settings(max_examples=150, deadline=None)
@given(replies)
def test_any_reply_is_valid_html_within_telegrams_limits_and_every_choice_can_be_pressed(reply):
    made, payloads, _ = shown(reply)
    for bubble in made:
        read = read_html(bubble.html)  # raises where Telegram would
        assert not is_blank(read.text)
        assert len(read.text.encode("utf-16-le")) // 2 <= 4096
        if bubble.keyboard:
            buttons = [button for row in bubble.keyboard.inline_keyboard for button in row]
            assert len(buttons) <= 100
            assert not any(is_blank(button.text) for button in buttons)
    wanted = [c.payload for card in reply.cards for c in card.choices] + [c.payload for c in reply.choices]
    assert payloads == wanted


@settings(max_examples=150, deadline=None)
@given(words)
def test_words_come_out_as_they_are_and_never_as_markup(text):
    reply = Reply(f"[{text}]", cards=(Card("an-entry", "opportunity", f"({text})", f"{{{text}}}"),))
    read = [read_html(bubble.html) for bubble in shown(reply)[0]]
    together = "\n".join(each.text for each in read)
    assert f"[{text}]" in together
    assert f"{{{text}}}" in together
    assert not any(each.links for each in read)


def test_a_long_list_is_cut_between_cards_and_the_buttons_hang_on_the_last_message():
    cards = tuple(
        Card(f"entry-{n}", "opportunity", f"Choir {n}", "sings " * 150, choices=(Choice("More about it", f"/ask{n}"),))
        for n in range(8)
    )
    made, payloads, _ = shown(Reply("Look:", (Choice("Show more", "/show_more"),), cards))
    assert len(made) > 1
    assert [bubble.keyboard is not None for bubble in made] == [False] * (len(made) - 1) + [True]
    assert payloads == [*(f"/ask{n}" for n in range(8)), "/show_more"]
    for bubble in made[1:]:
        assert bubble.html.startswith("<b>")


def test_a_line_too_long_for_one_message_is_cut_at_a_space_inside_its_tags():
    made, _, _ = shown(Reply("", cards=(Card("an-entry", "opportunity", "a & b " * 2000, ""),)))
    assert len(made) > 1
    for bubble in made:
        assert bubble.html.startswith("<b>") and bubble.html.endswith("</b>")
    together = "".join(read_html(bubble.html).text for bubble in made).replace("\n", "")
    assert together == "a & b " * 2000


def test_cards_are_numbered_where_there_are_several_and_so_are_their_buttons():
    one = Card("a", "opportunity", "Choir", "", choices=(Choice("More about it", "/a"),))
    two = Card("b", "opportunity", "Band", "", choices=(Choice("More about it", "/b"),))
    assert [label for label, _ in shown(Reply("", cards=(one, two)))[2]] == ["1. More about it", "2. More about it"]
    assert "1. Choir" in text_of(Reply("", cards=(one, two)))
    assert [label for label, _ in shown(Reply("", cards=(one,)))[2]] == ["More about it"]


def test_an_outcome_and_its_conditions_are_said_in_contents_words():
    conditions = (Condition("Free school meals", "met"), Condition("In year 7", "not told"))
    card = Card("a", "bursary", "Fund", "Pays half.", outcome="need to know", conditions=conditions)
    text = text_of(Reply("", cards=(card,)))
    assert say("widget.outcome_need_to_know") in text
    assert f"Free school meals: {say('widget.state_met')}" in text
    assert f"In year 7: {say('widget.state_not_told')}" in text


def test_the_day_of_the_last_check_is_always_there():
    notice = "not checked yet - please confirm with the provider"
    assert notice in text_of(Reply("", cards=(Card("a", "opportunity", "Choir", "", notice=notice),)))


@pytest.mark.parametrize(
    ("contact", "line"),
    [
        (Contact("0800 1111", "tel:08001111"), "0800 1111"),
        (Contact("Call Childline", "tel:08001111"), "Call Childline: 08001111"),
        (Contact("Text SHOUT to 85258", "sms:85258?body=SHOUT"), "Text SHOUT to 85258"),
        (Contact("Send a text", "sms:85258"), "Send a text: 85258"),
        (Contact("Email us", "mailto:help@example.org"), "Email us: help@example.org"),
        (Contact("help@example.org", "mailto:help@example.org"), "help@example.org"),
    ],
)
def test_a_number_or_an_address_can_be_read_because_telegram_has_no_link_for_it(contact, line):
    assert line in text_of(Reply("", cards=(Card("a", "helpline", "Help", "", contacts=(contact,)),))).splitlines()


def test_a_web_contact_is_a_link():
    card = Card("a", "helpline", "Help", "", contacts=(Contact("Chat online", "https://example.org/?a=1&b=2"),))
    (bubble,) = shown(Reply("", cards=(card,)))[0]
    assert read_html(bubble.html).links == ("https://example.org/?a=1&b=2",)


def test_progress_counts_the_open_question_and_is_silent_at_the_end():
    assert say("widget.progress", n=3, of=7) in text_of(Reply("How?", progress=Progress(2, 7)))
    assert text_of(Reply("Thank you.", progress=Progress(7, 7))) == "Thank you."


def test_options_too_long_for_a_phones_button_are_written_out():
    long = "Folk, or music from around the world or from my family’s culture"
    text = text_of(Reply("Which?", (Choice("Rock", "/r"), Choice(long, "/f"))))
    assert f"• {long}" in text and "• Rock" in text
    assert "•" not in text_of(Reply("Which?", (Choice("Rock", "/r"), Choice("Pop", "/p"))))


def test_a_reply_without_anything_is_no_message():
    assert shown(Reply(" \n "))[0] == []
