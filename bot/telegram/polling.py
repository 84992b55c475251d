"""Asks Telegram for updates, again and again, and confirms those that are done."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import structlog

from bot.telegram.api import LONG_POLL, TelegramApi
from bot.telegram.incoming import Incoming, UpdateError, read_update

log = structlog.get_logger()

_SLOW = 0.5
"""Seconds after which new updates are fetched although some of the last ones are still being answered."""


async def poll(api: TelegramApi, take: Callable[[Incoming], Awaitable[None]]) -> None:
    """Takes updates as they come, until it is cancelled or Telegram cannot be reached (TelegramError).

    One chat that has to wait (Telegram's flood control) does not hold up the others: the offset stays at the
    oldest update that is not done, and `take` knows what lies behind it when that comes again.
    """
    offset: int | None = None
    newest = -1
    taking: dict[int, asyncio.Task[None]] = {}
    while True:
        updates = await api.updates(offset, 0 if taking else LONG_POLL)
        if not updates and not taking:
            offset, newest = None, -1  # all is confirmed; after a quiet week Telegram may count from anywhere
            continue
        for plain in updates:
            try:
                incoming = read_update(plain)
            except UpdateError as error:
                log.error("an update has a form that we do not know", reason=str(error))
                newest = max(newest, _id_of(plain))
                await asyncio.sleep(_SLOW)
                continue
            newest = max(newest, incoming.update_id)
            if incoming.update_id not in taking:
                taking[incoming.update_id] = asyncio.create_task(_done(take, incoming))
        if taking:
            await asyncio.wait(taking.values(), timeout=_SLOW)
        taking = {update_id: task for update_id, task in taking.items() if not task.done()}
        offset = min(taking, default=newest + 1)


async def _done(take: Callable[[Incoming], Awaitable[None]], incoming: Incoming) -> None:
    await take(incoming)


def _id_of(plain: Any) -> int:
    """The number of an update that cannot be read otherwise, so that it is not handed out for ever."""
    update_id = plain.get("update_id") if isinstance(plain, dict) else None
    return update_id if isinstance(update_id, int) else -1
