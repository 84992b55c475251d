"""The Bot API server of these tests refuses what Telegram refuses: python-telegram-bot is the judge."""

import asyncio

import pytest
from telegram import Bot, InlineKeyboardButton, InlineKeyboardMarkup
from telegram.error import BadRequest, Conflict, Forbidden, InvalidToken, NetworkError, RetryAfter

from tests.bot.telegram.bot_api import BotApi


@pytest.fixture
def api():
    with BotApi() as api:
        yield api


@pytest.fixture
def person(api):
    person = api.young_person()
    person.says("hello")
    return person


def ask(api, call, token=None):
    async def go():
        async with Bot(token or api.token, base_url=f"{api.base}/bot") as bot:
            return await call(bot)

    return asyncio.run(go())


def test_a_wrong_token_is_not_known(api):
    with pytest.raises(InvalidToken):
        ask(api, lambda bot: bot.get_me(), token="1:wrong")


def test_updates_are_handed_out_until_a_later_offset_confirms_them(api, person):
    (first,) = ask(api, lambda bot: bot.get_updates())
    assert first.message.text == "hello"
    assert len(ask(api, lambda bot: bot.get_updates())) == 1
    assert ask(api, lambda bot: bot.get_updates(offset=first.update_id + 1)) == ()
    assert not api.is_pending(first.update_id)


def test_only_the_latest_of_two_pollers_gets_updates(api):
    async def two(bot):
        first = asyncio.create_task(bot.get_updates(timeout=5))
        await asyncio.sleep(0.3)
        async with Bot(api.token, base_url=f"{api.base}/bot") as other:
            return await asyncio.gather(first, other.get_updates(timeout=1), return_exceptions=True)

    first, second = ask(api, two)
    assert isinstance(first, Conflict) and second == ()


def test_nobody_polls_while_there_is_a_webhook(api):
    ask(api, lambda bot: bot.set_webhook("http://127.0.0.1:9/nobody", secret_token="s3cret"))
    with pytest.raises(Conflict):
        ask(api, lambda bot: bot.get_updates())
    ask(api, lambda bot: bot.delete_webhook())
    assert ask(api, lambda bot: bot.get_updates()) == ()


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "empty"),
        (" \n\u200b", "empty"),
        ("<b></b>", "empty"),
        ("x" * 4097, "too long"),
        ("😀" * 2049, "too long"),
        ("<b>open", "can't find end tag"),
        ("<b><i>x</b></i>", "unmatched end tag"),
        ("x</b>", "unexpected end tag"),
        ("<p>x</p>", "unsupported start tag"),
        ("1 < 2", "unclosed start tag"),
    ],
)
def test_a_message_that_telegram_refuses_is_refused(api, person, text, words):
    with pytest.raises(BadRequest, match=f"(?i){words}"):
        ask(api, lambda bot: bot.send_message(person.id, text, parse_mode="HTML"))
    assert person.messages == []


def test_a_message_is_shown_as_a_person_sees_it(api, person):
    html = '<b>Choir &amp; band</b> <a href="https://example.org/?a=1&amp;b=2">Website</a> AT&T'
    ask(api, lambda bot: bot.send_message(person.id, html, parse_mode="HTML"))
    assert person.last.text == "Choir & band Website AT&T"
    assert person.last.links == ("https://example.org/?a=1&b=2",)


@pytest.mark.parametrize("data", ["x" * 65, "é" * 33])
def test_a_button_carries_at_most_64_bytes(api, person, data):
    markup = InlineKeyboardMarkup([[InlineKeyboardButton("More", callback_data=data)]])
    with pytest.raises(BadRequest, match=r"(?i)button_data_invalid"):
        ask(api, lambda bot: bot.send_message(person.id, "x", reply_markup=markup))


def test_a_press_waits_until_it_is_answered_and_the_buttons_can_be_taken_away(api, person):
    markup = InlineKeyboardMarkup([[InlineKeyboardButton("More", callback_data="/more")]])
    sent = ask(api, lambda bot: bot.send_message(person.id, "x", reply_markup=markup))
    person.presses("More")
    assert api.spinners() == 1
    (update,) = ask(api, lambda bot: bot.get_updates(offset=700_000_002))
    ask(api, lambda bot: bot.answer_callback_query(update.callback_query.id))
    assert api.spinners() == 0
    ask(api, lambda bot: bot.edit_message_reply_markup(person.id, sent.message_id))
    assert person.last.labels == []
    with pytest.raises(BadRequest, match="too old"):
        ask(api, lambda bot: bot.answer_callback_query("1"))


def test_chats_that_are_closed_to_the_bot(api, person):
    person.block()
    with pytest.raises(Forbidden, match="blocked"):
        ask(api, lambda bot: bot.send_message(person.id, "x"))
    with pytest.raises(BadRequest, match=r"(?i)chat not found"):
        ask(api, lambda bot: bot.send_message(12345, "x"))
    group = api.group()
    ask(api, lambda bot: bot.leave_chat(group.id))
    with pytest.raises(Forbidden, match="not a member"):
        ask(api, lambda bot: bot.send_message(group.id, "x"))


def test_faults_on_demand(api, person):
    api.fail("sendMessage", status=429, retry_after=7)
    with pytest.raises(RetryAfter):
        ask(api, lambda bot: bot.send_message(person.id, "x"))
    api.fail("sendMessage", status=500)
    with pytest.raises(NetworkError):
        ask(api, lambda bot: bot.send_message(person.id, "x"))
    api.drop("sendMessage")
    with pytest.raises(NetworkError):
        ask(api, lambda bot: bot.send_message(person.id, "x"))
    assert person.messages == []
    api.drop("sendMessage", afterwards=True)
    with pytest.raises(NetworkError):
        ask(api, lambda bot: bot.send_message(person.id, "x"))
    assert [message.text for message in person.messages] == ["x"]
