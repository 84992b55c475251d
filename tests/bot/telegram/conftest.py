"""A Bot API server, and the door in front of it."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import pytest

from tests.bot.telegram.bot_api import BotApi
from tests.bot.telegram.running_door import Parrot, RunningDoor
from tests.bot.telegram.young_person import YoungPerson

OpenDoor = Callable[..., RunningDoor]


@pytest.fixture
def bot_api() -> Iterator[BotApi]:
    """A Bot API server on loopback. Fails the test where the bot sent anything that Telegram would refuse."""
    with BotApi() as api:
        yield api
    assert api.refused == []


@pytest.fixture
def aoife(bot_api: BotApi) -> YoungPerson:
    """A young person on Telegram."""
    return bot_api.young_person("Aoife")


@pytest.fixture
def parrot() -> Parrot:
    """A turn that answers with what was said."""
    return Parrot()


@pytest.fixture
def open_door(bot_api: BotApi, tmp_path: Path, parrot: Parrot) -> Iterator[OpenDoor]:
    """Opens the door; again after `kill`, with the same database."""
    with ExitStack() as stack:

        def start(**options: Any) -> RunningDoor:
            door = RunningDoor(bot_api, tmp_path, options.pop("turn", parrot), **options)
            return stack.enter_context(door)

        yield start
