"""What has outlived its use goes while the door is open, and what is in memory too."""

import asyncio
from pathlib import Path

import pytest

import bot.clockwork
from bot.clockwork import clockwork
from heard.bootstrap import build
from heard.settings import Settings
from heard.store import Store
from heard.store.store import utc_now
from tests.system import ROOT
from tests.waiting import until

SECRET = "a secret of the tests that is long enough, 0123456789"


def test_what_is_over_goes_soon_after_the_start_and_the_next_round_is_on_disk(tmp_path: Path) -> None:
    environ = {"HEARD_VAR": str(tmp_path), "HEARD_SECRET": SECRET, "HUB": "dorset"}
    heard = build(Settings.from_env(environ, ROOT))
    long_ago = Store.open(heard.settings.database_url, clock=lambda: utc_now() - bot.clockwork.PURGE_EVERY * 200)
    long_ago.turns.put("old", "sealed")
    heard.store.turns.put("new", "sealed")

    async def wait_until_it_is_gone() -> None:
        async with clockwork(heard, lambda: None):
            await until(lambda: heard.store.turns.get("old") is None)
            await until(lambda: heard.store.jobs.next_due(["purge of dorset"]) is not None)

    asyncio.run(wait_until_it_is_gone())
    due = heard.store.jobs.next_due(["purge of dorset"])
    assert due is not None and due > utc_now() + bot.clockwork.PURGE_EVERY / 2
    assert heard.store.turns.get("new") == "sealed"
    long_ago.close()
    heard.store.close()


def test_each_process_lets_go_of_its_own_memory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bot.clockwork, "_LET_GO_EVERY", 0.01)
    heard = build(Settings.from_env({"HEARD_VAR": str(tmp_path), "HEARD_SECRET": SECRET}, ROOT))

    async def until_called_twice() -> None:
        called = asyncio.Semaphore(0)
        async with clockwork(heard, called.release):
            await called.acquire()
            await called.acquire()

    asyncio.run(asyncio.wait_for(until_called_twice(), 60))
    heard.store.close()
