"""A message that nobody waits for is tried once, and what came of it is said truly."""

import asyncio

import pytest

from bot.telegram.api import TelegramApi
from bot.telegram.render import Bubble
from heard.reminders.posting import Posted
from tests.system import free_ports

HELLO = Bubble("It closes tomorrow.")


def post(base, token, chat_id):
    async def once():
        api = TelegramApi(token, base)
        try:
            return await api.post(chat_id, HELLO)
        finally:
            await api.close()

    return asyncio.run(once())


@pytest.fixture
def sends(bot_api, aoife):
    aoife.chat.started = True
    return lambda: post(bot_api.base, bot_api.token, aoife.id)


def test_what_telegram_takes_is_sent(sends, aoife):
    assert sends() == Posted("sent")
    assert [message.text for message in aoife.messages] == ["It closes tomorrow."]


def test_when_telegram_asks_to_wait_it_has_not_been_sent(sends, bot_api, aoife):
    bot_api.fail("sendMessage", status=429, retry_after=7)
    assert sends() == Posted("not now", 7.0)
    assert bot_api.count("sendMessage") == 1 and aoife.messages == []


def test_a_lost_answer_counts_as_sent_and_is_not_tried_again(sends, bot_api, aoife):
    bot_api.drop("sendMessage", afterwards=True)
    assert sends() == Posted("sent")
    assert bot_api.count("sendMessage") == 1 and len(aoife.messages) == 1


@pytest.mark.parametrize("status", [500, 502])
def test_a_fault_of_telegrams_may_hide_a_message_and_is_not_tried_again(sends, bot_api, status):
    bot_api.fail("sendMessage", status=status)
    assert sends() == Posted("sent")
    assert bot_api.count("sendMessage") == 1


def test_who_has_blocked_the_bot_or_left_is_gone(sends, bot_api, aoife):
    aoife.block()
    assert sends() == Posted("gone")
    aoife.chat.blocked, aoife.chat.started = False, False
    assert sends() == Posted("gone")
    bot_api.refused.clear()  # "chat not found" is what was wanted


def test_where_nothing_answers_it_has_not_been_sent(bot_api, aoife):
    port = free_ports(1)[0]
    assert post(f"http://127.0.0.1:{port}", bot_api.token, aoife.id).how == "not now"
