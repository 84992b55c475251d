"""What we ask of Telegram's Bot API: every call in one place, tried again where trying again can help."""

import asyncio
import time
import warnings
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import httpx
import structlog
from telegram import Bot, BotCommand, LinkPreviewOptions
from telegram.constants import ParseMode
from telegram.error import BadRequest, ChatMigrated, Forbidden, InvalidToken, NetworkError, RetryAfter, TelegramError
from telegram.request import HTTPXRequest

from bot.telegram.incoming import KINDS
from bot.telegram.render import Bubble
from heard.reminders.posting import Posted

log = structlog.get_logger()

LONG_POLL = 25
"""Seconds that Telegram holds a request for updates open."""

_GIVE_UP = 60 * 60
"""Seconds after which a message that cannot be sent is let go, so that it does not block the others' for ever."""
_FIRST_PAUSE, _LONGEST_PAUSE = 0.4, 30.0
_NEVER_LEFT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)
"""What goes wrong before anything of a call is on its way."""

# python-telegram-bot warns of retry_after's future type each time that it makes the error itself, and of asking for
# updates in their raw form, which we do on purpose (see `updates`).
warnings.filterwarnings("ignore", message=".*retry_after.*", module="telegram")
warnings.filterwarnings("ignore", message=".*Please use 'Bot.getUpdates'.*")


class TelegramApi:
    """One bot at one Bot API server."""

    def __init__(self, token: str, base: str) -> None:
        # A message that Telegram has taken and whose answer we did not wait for would be sent twice.
        self._bot = Bot(
            token,
            base_url=f"{base}/bot",
            request=HTTPXRequest(connection_pool_size=64, pool_timeout=30, read_timeout=20),
            get_updates_request=HTTPXRequest(connection_pool_size=2, read_timeout=10),
        )
        self.number = token.partition(":")[0]
        """The bot's number: the part of its token that is no secret."""

    async def connect(self, commands: Sequence[tuple[str, str]]) -> None:
        """Makes sure of the token and sets the commands that Telegram shows. Raises TelegramError."""
        await self._bot.initialize()
        await self._bot.get_me()  # `initialize` asks only once, and a token can be taken back while we run
        try:
            await self._bot.set_my_commands([BotCommand(name, text) for name, text in commands])
        except (InvalidToken, BadRequest) as error:  # the token is good: this server has no such menu
            log.warning("the menu of commands could not be set", reason=_reason(error))

    async def be_called(self, address: str, secret: str) -> None:
        """Has Telegram post updates to this address, with the secret in a header."""
        await self._bot.set_webhook(address, allowed_updates=list(KINDS), secret_token=secret)

    async def not_be_called(self) -> None:
        """Has Telegram keep updates until we ask. Those that wait already stay."""
        await self._bot.delete_webhook()

    async def updates(self, offset: int | None, wait: int) -> list[Any]:
        """The updates from `offset` on, as JSON values; waits up to `wait` seconds for one.

        Raw, because Bot.get_updates logs whole updates, names and words, where it cannot read one of them.
        """
        wanted = {"offset": offset, "timeout": wait, "allowed_updates": list(KINDS)}
        given = {name: value for name, value in wanted.items() if value is not None}
        result: Any = await self._bot.do_api_request("getUpdates", api_kwargs=given, read_timeout=wait + 10)
        return result if isinstance(result, list) else []

    async def send(self, chat_id: int, bubble: Bubble) -> bool:
        """Sends one message. False where it cannot be: the bot is blocked, the chat is gone, an hour has passed."""
        try:
            await _tried(lambda: self._send(chat_id, bubble))
        except Forbidden:
            return False
        except TelegramError as error:
            log.error("a message could not be sent", reason=_reason(error))
            return False
        return True

    async def post(self, chat_id: int, bubble: Bubble) -> Posted:
        """Sends one message that nobody waits for, trying once.

        "not now" only where Telegram has certainly not taken it: it said so (429), or no connection came about. A line
        that is cut, a time-out or a 5xx may hide a message that has arrived.
        """
        try:
            await self._send(chat_id, bubble)
        except RetryAfter as error:
            return Posted("not now", _asked_for(error))
        except (Forbidden, ChatMigrated):
            return Posted("gone")
        except BadRequest as error:
            log.error("a reminder could not be sent", reason=_reason(error))
            return Posted("gone" if "chat not found" in error.message.lower() else "sent")
        except InvalidToken:
            return Posted("not now", _GIVE_UP)
        except TelegramError as error:
            log.warning("a reminder may not have arrived", reason=_reason(error))
            return Posted("not now", _LONGEST_PAUSE) if isinstance(error.__cause__, _NEVER_LEFT) else Posted("sent")
        return Posted("sent")

    async def _send(self, chat_id: int, bubble: Bubble) -> None:
        await self._bot.send_message(
            chat_id,
            bubble.html,
            parse_mode=ParseMode.HTML,
            reply_markup=bubble.keyboard,
            link_preview_options=LinkPreviewOptions(is_disabled=True),
        )

    async def stop_spinner(self, press: str) -> None:
        """Tells Telegram that the press has arrived. One that is too old, or answered already, needs nothing."""
        try:
            await _tried(lambda: self._bot.answer_callback_query(press), give_up=20)
        except TelegramError as error:
            log.info("a press could not be answered", reason=_reason(error))

    async def leave(self, chat_id: int) -> None:
        """Leaves a group or a channel, if we are still in it."""
        try:
            await _tried(lambda: self._bot.leave_chat(chat_id), give_up=60)
        except TelegramError as error:
            log.info("a chat could not be left", reason=_reason(error))

    async def close(self) -> None:
        """Lets the connections go."""
        await self._bot.shutdown()


async def _tried(call: Callable[[], Awaitable[object]], give_up: float = _GIVE_UP) -> None:
    """Calls Telegram; waits as long as it asks for, and tries again after a fault of the network or of theirs."""
    until = time.monotonic() + give_up
    pause = _FIRST_PAUSE
    while True:
        try:
            await call()
        except BadRequest:
            raise  # a NetworkError by descent, but no trying again will mend it
        except (RetryAfter, NetworkError) as error:
            wait = _asked_for(error) if isinstance(error, RetryAfter) else pause
            if time.monotonic() + wait > until:
                raise
            await asyncio.sleep(wait)
            pause = min(pause * 2, _LONGEST_PAUSE)
        else:
            return


def _asked_for(error: RetryAfter) -> float:
    asked = error.retry_after
    return float(asked) if isinstance(asked, int | float) else asked.total_seconds()


def _reason(error: TelegramError) -> str:
    """The kind of error, and Telegram's own words where they are about the form of a call.

    Others may quote an address, and the token is part of it.
    """
    return f"{type(error).__name__}: {error.message}" if isinstance(error, BadRequest) else type(error).__name__
