"""Which updates are done: so that one that comes again, also after a restart, does nothing twice."""

import asyncio

import structlog

from bot.message import Pseudonyms
from bot.telegram.recently import Recently
from heard.errors import StoreError
from heard.store import Store

log = structlog.get_logger()

_REMEMBERED = 24 * 60 * 60
"""Seconds: Telegram hands an update out for a day."""


class Taken:
    """The updates of one bot that are answered, and the messages of an answer that are sent.

    The store holds keyed hashes. While it is out of reach, memory alone has to do: somebody who writes that
    they are in danger is answered even then.
    """

    def __init__(self, store: Store, pseudonyms: Pseudonyms, bot: str) -> None:
        self._turns = store.turns
        self._pseudonyms = pseudonyms
        self._bot = bot
        self._recent = Recently(_REMEMBERED)

    async def has(self, update_id: int, part: str = "") -> bool:
        """Whether this update (or a part of its answer) is done."""
        name = self._name(update_id, part)
        if name in self._recent:
            return True
        try:
            return await asyncio.to_thread(self._turns.get, name) is not None
        except StoreError as error:
            log.error("the database is out of reach", reason=str(error))
            return False

    async def add(self, update_id: int, part: str = "") -> None:
        """Remembers that it is done."""
        name = self._name(update_id, part)
        self._recent.add(name)
        try:
            await asyncio.to_thread(self._turns.put, name, "")
        except StoreError as error:
            log.error("the database is out of reach", reason=str(error))

    def _name(self, update_id: int, part: str) -> str:
        return self._pseudonyms.of("telegram update", self._bot, str(update_id), part)
