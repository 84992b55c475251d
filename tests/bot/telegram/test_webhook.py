"""The webhook: for Telegram alone, answered once, and never broken by what others send."""

import time

import httpx
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.bot.telegram.test_incoming import PRESS, WORDS, json

HEADER = "X-Telegram-Bot-Api-Secret-Token"


@pytest.fixture
def door(open_door, bot_api):
    door = open_door(webhook=True)
    bot_api.wait_until_called("setWebhook")
    return door


def post(door, bot_api, **request):
    headers = {HEADER: bot_api.webhook["secret"], "Content-Type": "application/json"}
    return httpx.post(f"{door.url}/telegram/webhook", headers=headers, timeout=30, **request)


def test_a_young_person_is_answered_through_the_webhook(door, bot_api, aoife, parrot):
    assert [m.text for m in aoife.say("hello")] == ["You said hello"]
    assert [m.text for m in aoife.press("More")] == ["You said /show_more"]
    assert bot_api.count("getUpdates") == 0
    assert bot_api.spinners() == 0
    assert set(bot_api.webhook_answers) == {200}


def test_the_same_update_ten_times_at_once_has_one_effect_and_one_answer(door, bot_api, aoife, parrot):
    parrot.slow = 0.2
    assert [m.text for m in aoife.say("hello", copies=10)] == ["You said hello"]
    assert parrot.said == ["hello"]
    assert bot_api.webhook_answers == [200] * 10


def test_after_a_kill_telegram_calls_again_and_is_answered_once(door, open_door, bot_api, aoife, parrot):
    parrot.slow = 30
    update = aoife.says("hello")
    until = time.monotonic() + 10
    while not parrot.messages and time.monotonic() < until:
        time.sleep(0.05)
    door.kill()
    parrot.slow = 0
    open_door(webhook=True)
    bot_api.wait_until_done(update)
    assert [m.text for m in aoife.messages] == ["You said hello"]


@pytest.mark.parametrize("secret", [None, "", "wrong", "s\xe9cret", "x" * 5000])
def test_without_the_secret_nobody_gets_in(door, bot_api, parrot, secret):
    headers = {} if secret is None else {HEADER: secret.encode("latin-1")}
    answer = httpx.post(f"{door.url}/telegram/webhook", json=WORDS, headers=headers)
    assert answer.status_code == 403
    assert answer.headers["content-type"] == "application/problem+json"
    assert parrot.said == []


@pytest.mark.parametrize(
    "body", [b"", b"{", b"[]", b"null", b"\xff", b"5", b"[" * 100_000, b'{"update_id": 1e400}', b'{"update_id": "1"}']
)
def test_what_is_no_update_is_said_to_be_none(door, bot_api, body):
    assert post(door, bot_api, content=body).status_code == 422


def test_a_body_without_end_is_turned_away(door, bot_api):
    assert post(door, bot_api, content=b'"' + b"x" * 2_000_000).status_code == 413


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
def test_random_updates_are_never_a_fault(door, bot_api, data):
    update = {**data.draw(st.sampled_from([WORDS, PRESS])), **data.draw(st.dictionaries(KEYS, json, max_size=2))}
    answer = post(door, bot_api, json=update)
    assert answer.status_code in {200, 422}
    bot_api.refused.clear()  # the chats of random updates are not there


KEYS = st.sampled_from(["update_id", "message", "callback_query", "my_chat_member", "edited_message", "poll"])
