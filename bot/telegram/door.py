"""Telegram updates in, rendered replies out; by polling, or by webhook where PUBLIC_URL is set.

An update counts as taken only when its answer has been sent: polling moves its offset, and the webhook
answers 200, after that. What comes again, also after a restart, is known by its update_id.
"""

import asyncio
import contextlib
import hmac
from types import TracebackType
from typing import Self
from weakref import WeakValueDictionary

import structlog
from fastapi import APIRouter
from telegram.error import BadRequest, Conflict, InvalidToken, TelegramError

from bot.message import Pseudonyms
from bot.telegram.api import TelegramApi
from bot.telegram.commands import MENU
from bot.telegram.incoming import Incoming
from bot.telegram.polling import poll
from bot.telegram.taken import Taken
from bot.telegram.talking import Talking
from bot.telegram.webhook import PATH, webhook_router
from bot.turn import Turn
from heard.bootstrap import Heard
from heard.messages import Reply
from heard.reminders.posting import Posted
from heard.settings import Settings

log = structlog.get_logger()

_GOODBYE = 4.0
"""Seconds that answers under way get when the program ends."""
_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 60.0


class TelegramDoor:
    """An async context manager: inside it, updates are taken."""

    def __init__(self, settings: Settings, heard: Heard, turn: Turn, pseudonyms: Pseudonyms) -> None:
        self._public_url = settings.public_url
        self._wording = heard.wording
        self._api = TelegramApi(settings.telegram_token or "", settings.telegram_api_base)
        self._taken = Taken(heard.store, pseudonyms, self._api.number)
        self._talking = Talking(heard, turn, pseudonyms, self._api, self._taken)
        self._secret = pseudonyms.of("telegram webhook secret")
        self._under_way: dict[int, asyncio.Task[None]] = {}
        self._one_at_a_time: WeakValueDictionary[int, asyncio.Lock] = WeakValueDictionary()
        self._running: asyncio.Task[None] | None = None
        self.state = "starting"

    async def __aenter__(self) -> Self:
        self._running = asyncio.create_task(self._run())
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._running is not None:
            self._running.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._running
        if self._under_way:  # what is not sent by then comes again at the next start
            _, unsent = await asyncio.wait(self._under_way.values(), timeout=_GOODBYE)
            for task in unsent:
                task.cancel()
        with contextlib.suppress(TelegramError, RuntimeError):
            await self._api.close()

    def router(self) -> APIRouter:
        """The webhook's route."""
        return webhook_router(self.take, self.knows)

    def knows(self, secret: str) -> bool:
        """Whether this is the secret that we gave to Telegram, compared in constant time."""
        return hmac.compare_digest(secret.encode(), self._secret.encode())

    async def take(self, incoming: Incoming) -> None:
        """Answers one update, once: at the same time, after a repeat, after a restart. Returns when it is done."""
        task = self._under_way.get(incoming.update_id)
        if task is None:
            task = asyncio.create_task(self._once(incoming))
            self._under_way[incoming.update_id] = task
            task.add_done_callback(lambda _: self._under_way.pop(incoming.update_id, None))
        # A webhook call that is hung up must not take the answer with it.
        await asyncio.shield(task)

    async def post(self, address: str, reply: Reply, language: str) -> Posted:
        """Writes to somebody who has not just written: a reminder. Tries once, and says what came of it."""
        return await self._talking.post(int(address), reply, language)

    async def _run(self) -> None:
        """Connects (again and again while Telegram is out of reach), then takes updates."""
        pause = _FIRST_PAUSE
        while True:
            try:
                await self._connect()
                pause = _FIRST_PAUSE
                if self._public_url:
                    return
                await poll(self._api, self.take)
            except InvalidToken:
                self.state = "wrong token"
                log.error("TELEGRAM_BOT_TOKEN: Telegram does not know this token; Telegram stays off, the web goes on")
                return
            except Exception as error:  # whatever it is, it must not silence Telegram until the next start
                self.state = "out of reach"
                log.warning(_what_now(error), reason=type(error).__name__, seconds=pause)
                await asyncio.sleep(pause)
                pause = min(pause * 2, _LONGEST_PAUSE)

    async def _connect(self) -> None:
        await self._api.connect([(name, self._wording.say(f"telegram.command_{name}")) for name in MENU])
        if self._public_url:
            await self._api.be_called(self._public_url + PATH, self._secret)
        else:
            await self._api.not_be_called()
        self.state = "ready"
        log.info("Telegram is connected", by="webhook" if self._public_url else "polling")

    async def _once(self, incoming: Incoming) -> None:
        # At once, whatever comes before it in this chat: so that no spinner stays on the button.
        spinner = asyncio.create_task(self._api.stop_spinner(incoming.press)) if incoming.press else None
        async with self._lock(incoming.chat_id):  # first come, first served: answers stay in order
            if not await self._taken.has(incoming.update_id):
                try:
                    await self._talking.answer(incoming)
                except Exception as error:  # a fault of ours; the same update again would only meet it again
                    log.error("an update could not be answered", kind=type(error).__name__)
                await self._taken.add(incoming.update_id)
        if spinner is not None:
            await spinner

    def _lock(self, chat_id: int) -> asyncio.Lock:
        lock = self._one_at_a_time.get(chat_id)
        if lock is None:
            lock = self._one_at_a_time[chat_id] = asyncio.Lock()
        return lock


def _what_now(error: Exception) -> str:
    if isinstance(error, Conflict):
        return "another program asks Telegram for this bot's updates: stop it; trying again"
    if isinstance(error, BadRequest):
        return f"Telegram refuses what we ask ({error.message}); check PUBLIC_URL; trying again"
    return "Telegram is out of reach; trying again"
