"""Telegram updates in, rendered replies out; by polling, or by webhook where PUBLIC_URL is set.

An update counts as taken only when its answer has been sent: polling moves its offset, and the webhook
answers 200, after that. What comes again is known by its update_id.
"""

import asyncio
import contextlib
import hmac
import time
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from types import TracebackType
from typing import Self

import structlog
from fastapi import APIRouter, Request
from fastapi.responses import Response
from telegram import Bot, BotCommand, LinkPreviewOptions, Update
from telegram.constants import ChatType, ParseMode
from telegram.error import BadRequest, Forbidden, InvalidToken, NetworkError, RetryAfter, TelegramError
from telegram.request import HTTPXRequest

from bot.message import Answer, Message, Pseudonyms
from bot.payload import PayloadError, read_payload
from bot.problems import ProblemError
from bot.telegram.buttons import Buttons
from bot.telegram.render import Bubble, bubbles
from bot.turn import Turn
from heard.bootstrap import Heard
from heard.messages import Reply
from heard.settings import Settings

log = structlog.get_logger()

PATH = "/telegram/webhook"
_SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  (the header's name)
_KINDS = ["message", "callback_query", "my_chat_member"]
_LONG_POLL = 25
"""Seconds that Telegram holds a request for updates open."""
_LONGEST_TEXT = 2000
_DOUBLE_TAP = 3.0
"""Seconds within which the same button of the same message counts once."""
_TRIES = 4
_COMMANDS = {
    "start": "/greet",
    "help": "/help",
    "language": "/change_language",
    "privacy": "/ask_privacy",
}


class TelegramDoor:
    """An async context manager: inside it, updates are taken."""

    def __init__(self, settings: Settings, heard: Heard, turn: Turn, pseudonyms: Pseudonyms) -> None:
        self._settings = settings
        self._heard = heard
        self._turn = turn
        self._pseudonyms = pseudonyms
        self._buttons = Buttons(heard.store)
        self._secret = pseudonyms.of("telegram webhook secret")
        self._bot = Bot(
            settings.telegram_token or "",
            base_url=f"{settings.telegram_api_base}/bot",
            request=HTTPXRequest(connection_pool_size=32, pool_timeout=10),
            get_updates_request=HTTPXRequest(connection_pool_size=1, read_timeout=_LONG_POLL + 5),
        )
        self._under_way: dict[int, asyncio.Future[None]] = {}
        self._taps: OrderedDict[tuple[int, int, str], float] = OrderedDict()
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
        with contextlib.suppress(TelegramError):
            await self._bot.shutdown()

    def router(self) -> APIRouter:
        """The webhook's route."""
        router = APIRouter(include_in_schema=False)

        @router.post(PATH)
        async def webhook(request: Request) -> Response:
            if not hmac.compare_digest(request.headers.get(_SECRET_HEADER, ""), self._secret):
                raise ProblemError(403, "the secret token is missing or wrong")
            try:
                update = Update.de_json(await request.json(), self._bot)
            except (ValueError, TypeError, KeyError, AttributeError):
                raise ProblemError(422, "this is no Telegram update") from None
            await self.take(update)
            return Response(status_code=200)

        return router

    async def take(self, update: Update) -> None:
        """Answers one update, once: at the same time, after a repeat, after a restart."""
        under_way = self._under_way.get(update.update_id)
        if under_way is None:
            under_way = asyncio.ensure_future(self._once(update))
            self._under_way[update.update_id] = under_way
            under_way.add_done_callback(lambda _: self._under_way.pop(update.update_id, None))
        await asyncio.shield(under_way)

    async def _run(self) -> None:
        """Connects (again and again while Telegram is out of reach), then takes updates."""
        pause = 1.0
        while True:
            try:
                await self._connect()
                if self._settings.public_url:
                    return
                await self._poll()
            except InvalidToken:
                self.state = "wrong token"
                log.error("TELEGRAM_BOT_TOKEN: Telegram does not know this token; Telegram stays off, the web goes on")
                return
            except TelegramError as error:
                self.state = "out of reach"
                log.warning("Telegram is out of reach; trying again", reason=type(error).__name__, seconds=pause)
                await asyncio.sleep(pause)
                pause = min(pause * 2, 60.0)

    async def _connect(self) -> None:
        await self._bot.initialize()
        say = self._heard.wording.say
        await self._bot.set_my_commands(
            [BotCommand(name, say(f"telegram.command_{name}")) for name in (*_COMMANDS, "forget")]
        )
        if self._settings.public_url:
            await self._bot.set_webhook(
                self._settings.public_url + PATH, allowed_updates=_KINDS, secret_token=self._secret
            )
        else:
            await self._bot.delete_webhook()
        self.state = "ready"
        log.info("Telegram is connected", by="webhook" if self._settings.public_url else "polling")

    async def _poll(self) -> None:
        offset: int | None = None
        while True:
            updates = await self._bot.get_updates(offset, timeout=_LONG_POLL, allowed_updates=_KINDS)
            done = await asyncio.gather(*(self.take(update) for update in updates), return_exceptions=True)
            for update, result in zip(updates, done, strict=True):
                if isinstance(result, NetworkError) and not isinstance(result, BadRequest):
                    raise result  # its answer could not be sent: Telegram hands it out again
                if isinstance(result, BaseException):
                    log.error("an update could not be answered", kind=type(result).__name__)
                offset = update.update_id + 1

    async def _once(self, update: Update) -> None:
        sent = self._pseudonyms.of("telegram sent", str(update.update_id))
        if await asyncio.to_thread(self._heard.store.turns.get, sent) is not None:
            return
        await self._answer(update)
        await asyncio.to_thread(self._heard.store.turns.put, sent, "")

    async def _answer(self, update: Update) -> None:
        chat = update.effective_chat
        if chat is None:
            return
        if chat.type != ChatType.PRIVATE:
            await self._leave(update)
            return
        if update.callback_query is not None:
            await self._pressed(update)
        elif update.message is not None:
            await self._written(update)

    async def _written(self, update: Update) -> None:
        message = update.message
        assert message is not None  # the caller has looked; this is for the type checker
        text = message.text
        if text is None:
            await self._send(message.chat_id, (self._line("door.not_text"),))
        elif len(text) > _LONGEST_TEXT:
            await self._send(message.chat_id, (self._line("door.too_long"),))
        elif text.startswith("/"):
            await self._command(update, text)
        else:
            await self._turned(message.chat_id, self._message(update, text=text))

    async def _command(self, update: Update, text: str) -> None:
        chat_id = update.effective_chat.id if update.effective_chat else 0
        name, _, rest = text[1:].partition(" ")
        name = name.partition("@")[0].lower()
        if name == "forget":
            answer = await self._turn.forget(self._sender(chat_id))
            await self._send(chat_id, answer.replies)
            return
        payload = _COMMANDS.get(name, "/help")
        if name == "language" and rest.strip().isalpha() and len(rest.strip()) <= 3:
            payload = f'/change_language{{"language": "{rest.strip().lower()}"}}'
        await self._turned(chat_id, self._message(update, payload=payload))

    async def _pressed(self, update: Update) -> None:
        query = update.callback_query
        assert query is not None  # the caller has looked; this is for the type checker
        # Answered first, whatever comes: so that no spinner stays on the button.
        with contextlib.suppress(BadRequest):
            await self._tried(query.answer)
        if query.message is None or query.data is None or self._is_double_tap(query.message.chat.id, update):
            return
        chat_id = query.message.chat.id
        payload = await asyncio.to_thread(self._buttons.payload, query.data)
        try:
            if payload is None:
                raise PayloadError("an unknown button")
            read_payload(payload)
        except PayloadError:
            await self._send(chat_id, (self._line("door.old_button", menu=True),))
            return
        await self._turned(chat_id, self._message(update, payload=payload))

    def _is_double_tap(self, chat_id: int, update: Update) -> bool:
        query = update.callback_query
        if query is None or query.message is None:
            return False
        tap, now = (chat_id, query.message.message_id, query.data or ""), time.monotonic()
        before = self._taps.get(tap)
        self._taps[tap] = now
        self._taps.move_to_end(tap)
        while len(self._taps) > 1000 or now - next(iter(self._taps.values())) > _DOUBLE_TAP:
            self._taps.popitem(last=False)
        return before is not None and now - before < _DOUBLE_TAP

    async def _turned(self, chat_id: int, message: Message) -> None:
        answer: Answer = await self._turn.take(message)
        await self._send(chat_id, answer.replies)

    async def _leave(self, update: Update) -> None:
        """Groups are no place for this: says so once and goes. Nothing said there is read."""
        chat = update.effective_chat
        if chat is None or chat.type == ChatType.CHANNEL or update.callback_query is not None:
            return
        with contextlib.suppress(Forbidden, BadRequest):
            await self._send(chat.id, (self._line("door.only_private"),))
            await self._bot.leave_chat(chat.id)

    def _message(self, update: Update, text: str | None = None, payload: str | None = None) -> Message:
        chat_id = update.effective_chat.id if update.effective_chat else 0
        sender = self._sender(chat_id)
        key = self._pseudonyms.of("message", sender, str(update.update_id))
        return Message("telegram", sender, key, text, payload, "en")

    def _sender(self, chat_id: int) -> str:
        return self._pseudonyms.of("telegram", str(chat_id))

    def _line(self, key: str, *, menu: bool = False) -> Reply:
        return Reply(self._heard.wording.say(key), self._heard.talk.menu() if menu else ())

    async def _send(self, chat_id: int, replies: tuple[Reply, ...]) -> None:
        rendered = [b for reply in replies for b in await asyncio.to_thread(bubbles, reply, self._buttons.data)]
        for bubble in rendered:
            try:
                await self._tried(lambda bubble=bubble: self._send_bubble(chat_id, bubble))
            except Forbidden:
                return  # the person has blocked the bot or deleted the chat

    async def _send_bubble(self, chat_id: int, bubble: Bubble) -> None:
        await self._bot.send_message(
            chat_id,
            bubble.html,
            parse_mode=ParseMode.HTML,
            reply_markup=bubble.keyboard,
            link_preview_options=LinkPreviewOptions(is_disabled=True),
        )

    async def _tried(self, call: Callable[[], Awaitable[object]]) -> None:
        """Calls Telegram; waits as long as it asks for, and tries again after a network fault."""
        for left in reversed(range(_TRIES)):
            try:
                await call()
                return
            except BadRequest:
                raise  # a NetworkError by descent, but no trying again will mend it
            except RetryAfter as error:
                if not left:
                    raise
                asked = error.retry_after
                await asyncio.sleep(asked if isinstance(asked, int | float) else asked.total_seconds())
            except NetworkError:
                if not left:
                    raise
                await asyncio.sleep(0.2 * 2 ** (_TRIES - left))
