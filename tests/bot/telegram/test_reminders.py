"""Reminders on Telegram, from the button to the message: the real door, store and topics, while Rasa is down.

What is pressed is answered without Rasa; the clock is the tests' own where something has to be due.
"""

import asyncio
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any, cast

import pytest

from bot.rasa import Rasa, RasaDownError
from bot.turn import Turn
from heard.bootstrap import Heard, build
from heard.reminders.days import today
from heard.reminders.rounds import Rounds
from heard.settings import Settings
from heard.store.jobs import Job
from heard.store.reminders import job_kind
from heard.store.store import utc_now
from tests.bot.telegram.running_door import SECRET
from tests.heard.reminders.office import HUB, a_bursary
from tests.system import ROOT

CLOSES = today(utc_now()) + timedelta(days=20)
ASKS = '/remind_me{"id":"strings-fund"}'


class NoRasa:
    """Rasa is down."""

    async def ask(self, *_: Any) -> Any:
        raise RasaDownError("ClientConnectorError")

    async def forget(self, _: str) -> bool:
        return False


@pytest.fixture
def heard(tmp_path: Path):
    environ = {"HEARD_VAR": str(tmp_path), "HEARD_SECRET": SECRET, "HUB": HUB}
    built = build(Settings.from_env(environ, ROOT))
    built.store.entries.add(HUB, a_bursary(closes=CLOSES), who="tests")
    built.live.refresh()
    yield built
    built.store.close()


@pytest.fixture
def door(open_door, heard):
    return open_door(turn=Turn(heard, cast(Rasa, NoRasa())))


@pytest.fixture
def reminded(door, aoife, bot_api):
    """Somebody who wants to hear of it a week before."""
    aoife.say("/start")
    before = len(aoife.messages)
    bot_api.wait_until_done(aoife.presses_raw(ASKS))
    (offer,) = aoife.messages[before:]
    assert "keep the number of this chat" in offer.text
    (kept,) = aoife.press("Yes, a week before")
    assert kept.text.startswith("OK! I will write to you a week before.")
    return aoife


def look(heard: Heard, door: Any, days_before: int) -> datetime | None:
    """The reminder's hour on that many days before it closes, as the scheduler would do it."""
    (name,) = [name for name in heard.store.jobs.names() if name.startswith("reminder ")]
    now = datetime.combine(CLOSES - timedelta(days=days_before), time(16, 30), UTC)
    rounds = Rounds(heard.reminders, heard.dues.of, door.door.post, lambda: now)
    job = Job(name, job_kind(HUB), now, 0, now + timedelta(minutes=5), "tests")
    return asyncio.run_coroutine_threadsafe(rounds.look(job), door._loop).result(30)


def test_it_comes_a_week_before_and_nothing_of_it_is_left(reminded, heard, door):
    assert look(heard, door, 9) is not None
    before = len(reminded.messages)
    assert look(heard, door, 7) is None
    (message,) = reminded.messages[before:]
    assert "Benslow Strings Fund closes" in message.text and "in 7 days" in message.text
    assert not [name for name in heard.store.jobs.names() if name.startswith("reminder ")]


def test_one_tap_stops_it_and_so_does_a_second(reminded, heard):
    (stopped,) = reminded.press("Stop this reminder")
    assert stopped.text.startswith("Stopped. I deleted it")
    assert not [name for name in heard.store.jobs.names() if name.startswith("reminder ")]
    reminded.say("hello")
    (again,) = reminded.press("Stop this reminder")
    assert "no reminder left" in again.text


def test_the_list_has_a_button_for_each_and_a_command(reminded):
    (listed,) = reminded.say("/reminders")
    assert "Benslow Strings Fund: a week before it closes" in listed.text
    assert listed.labels == ["Stop this reminder"]


def test_pressing_yes_ten_times_is_one_reminder(reminded, heard):
    reminded.press("Yes, the day before", copies=10)
    (listed,) = reminded.say("/reminders")
    assert "the day before it closes" in listed.text and listed.text.count("•") == 1


def test_forgetting_takes_the_reminders_along_and_says_so(reminded, heard):
    (gone,) = reminded.say("/forget")
    assert "your reminders" in gone.text and "answers that you have sent" in gone.text
    (listed,) = reminded.say("/reminders")
    assert "You have no reminders" in listed.text


def test_who_blocks_the_bot_is_forgotten_at_once_or_at_the_next_message(reminded, heard, door, bot_api):
    bot_api.wait_until_done(reminded.is_seen_to_block())
    assert not [name for name in heard.store.jobs.names() if name.startswith("reminder ")]
    bot_api.wait_until_done(reminded.is_seen_to_block(again=True))
    reminded.say("I am back")
    reminded.press("Yes, a week before")
    reminded.block()
    assert look(heard, door, 7) is None
    assert not [name for name in heard.store.jobs.names() if name.startswith("reminder ")]


def test_the_answer_to_a_message_can_be_lost_and_nobody_is_written_to_twice(reminded, heard, door, bot_api):
    before = len(reminded.messages)
    bot_api.drop("sendMessage", afterwards=True)
    assert look(heard, door, 7) is None
    assert len(reminded.messages) == before + 1
    assert not [name for name in heard.store.jobs.names() if name.startswith("reminder ")]


def test_when_telegram_asks_to_wait_it_comes_later(reminded, heard, door, bot_api):
    before = len(reminded.messages)
    bot_api.fail("sendMessage", status=429, retry_after=120)
    again = look(heard, door, 7)
    assert again is not None and len(reminded.messages) == before
    assert look(heard, door, 7) is None
    assert len(reminded.messages) == before + 1


def test_nobody_stops_or_sees_anothers_reminder(reminded, heard, bot_api):
    (name,) = [name for name in heard.store.jobs.names() if name.startswith("reminder ")]
    other = bot_api.young_person("Bilal")
    other.say("/start")
    before = len(other.messages)
    bot_api.wait_until_done(other.presses_raw('/remind_me{"option":"stop","id":"' + name.split()[1] + '"}'))
    assert "no reminder left" in other.messages[before].text
    assert "You have no reminders" in other.say("/reminders")[0].text
    assert "Benslow" in reminded.say("/reminders")[0].text


def test_the_chats_number_is_nowhere_on_disk(reminded, heard, tmp_path):
    for path in tmp_path.rglob("*"):
        if path.is_file():
            assert str(reminded.id).encode() not in path.read_bytes(), path
