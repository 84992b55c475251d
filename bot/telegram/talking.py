"""What is answered to each kind of update, and how it gets into the chat."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Any

import structlog

from bot.limits import ONE_CHAT, Limiter, Rate
from bot.message import Answer, Message, Pseudonyms
from bot.payload import PayloadError, read_payload
from bot.telegram.api import TelegramApi
from bot.telegram.buttons import Buttons
from bot.telegram.commands import FORGET, read_command
from bot.telegram.incoming import Incoming
from bot.telegram.recently import Recently
from bot.telegram.render import Bubble, bubbles
from bot.telegram.taken import Taken
from bot.turn import Turn
from heard.bootstrap import Heard
from heard.messages import Reply
from heard.reminders.posting import Posted

log = structlog.get_logger()

_LONGEST_TEXT = 4096
"""Telegram's own limit; a cry for help may be long, so nothing shorter is turned away unread."""
_DOUBLE_TAP = 1.0
"""Seconds after its answer within which the same button again, and nothing in between, counts as the same tap."""
_ALBUM = 60.0
_PAUSES = (0.5, 1.0, 2.0)
"""Seconds before a message is tried again whose answer ended in a fault of ours."""
_ONE_WARNING = Rate(burst=1, per_second=1 / 30)


class Talking:
    """Takes an update to the answer in its chat."""

    def __init__(self, heard: Heard, turn: Turn, pseudonyms: Pseudonyms, api: TelegramApi, taken: Taken) -> None:
        self._heard = heard
        self._turn = turn
        self._pseudonyms = pseudonyms
        self._api = api
        self._taken = taken
        self._buttons = Buttons(heard.store)
        self._taps = Recently(_DOUBLE_TAP)
        self._albums = Recently(_ALBUM)
        self._limit, self._warnings = Limiter(ONE_CHAT), Limiter(_ONE_WARNING)

    async def answer(self, incoming: Incoming) -> None:
        """Returns when the answer is in the chat, or cannot be."""
        if incoming.kind in {"group", "channel"}:
            await self._go(incoming)
        elif incoming.kind == "blocked":
            await self._turn.blocked(self._sender(incoming))
        elif incoming.kind == "nothing" or (incoming.kind == "press" and incoming.data is None):
            return
        elif self._limit.wait(self._sender(incoming)):
            if not self._warnings.wait(self._sender(incoming)):
                await self._send(incoming, self._line(incoming, "widget.too_fast"))
        elif incoming.kind == "press" and self._taps.get(self._sender(incoming)) == _button(incoming):
            return  # a finger that tapped twice
        else:
            await self._answer_person(incoming)
            self._taps.add(self._sender(incoming), _button(incoming))

    async def post(self, chat_id: int, reply: Reply, language: str) -> Posted:
        """Sends a reply that nobody waits for, each of its messages once at most."""
        first, *others = await self._rendered(reply, language)
        posted = await self._api.post(chat_id, first)
        for bubble in others if posted.how == "sent" else ():
            await self._api.post(chat_id, bubble)
        return posted

    async def _answer_person(self, incoming: Incoming) -> None:
        if incoming.kind == "press":
            await self._send(incoming, await self._sure(incoming, lambda: self._pressed(incoming, incoming.data or "")))
        elif incoming.kind == "attachment":
            await self._attached(incoming)
        else:
            await self._written(incoming, incoming.text or "")

    async def _written(self, incoming: Incoming, text: str) -> None:
        if len(text) > _LONGEST_TEXT:
            await self._send(incoming, self._line(incoming, "door.too_long"))
            return
        payload = read_command(text)
        if payload == FORGET:
            await self._send(incoming, await self._sure(incoming, lambda: self._forget(incoming)))
        elif payload is not None:
            await self._turned(incoming, payload=payload)
        elif text.strip():
            await self._turned(incoming, text=text)
        else:
            await self._send(incoming, self._line(incoming, "door.empty", menu=True))

    async def _attached(self, incoming: Incoming) -> None:
        """Pictures and voices are not looked at; words under a picture are words."""
        album = (self._sender(incoming), incoming.album or incoming.update_id)
        if album not in self._albums:
            await self._send(incoming, self._line(incoming, "door.not_text"), part="kind line")
            self._albums.add(album)
        if incoming.text is not None and incoming.text.strip():
            await self._written(incoming, incoming.text)

    async def _pressed(self, incoming: Incoming, data: str) -> Answer:
        payload = await asyncio.to_thread(self._buttons.payload, data)
        try:
            read_payload(payload or "")
        except PayloadError:
            return self._line(incoming, "door.old_button", menu=True)
        return await self._turn.take(self._message(incoming, payload=payload))

    async def _turned(self, incoming: Incoming, text: str | None = None, payload: str | None = None) -> None:
        message = self._message(incoming, text, payload)
        await self._send(incoming, await self._sure(incoming, lambda: self._turn.take(message)))

    async def _forget(self, incoming: Incoming) -> Answer:
        return await self._turn.forget(self._sender(incoming), self._language(incoming))

    async def _sure(self, incoming: Incoming, answer: Callable[[], Awaitable[Answer]]) -> Answer:
        """The answer; where a fault of ours is in the way, again after a moment, and at last a line that says so.

        A message that had an effect has none the second time: its key is the same.
        """
        for pause in (*_PAUSES, None):
            try:
                return await answer()
            except Exception as error:  # nobody may be left without any answer
                log.error("a message could not be answered", kind=type(error).__name__, again_in=pause)
            if pause is not None:
                await asyncio.sleep(pause)
        return self._line(incoming, "telegram.failed")

    async def _go(self, incoming: Incoming) -> None:
        """Groups are no place for this: says so and goes. Nothing said there is read."""
        if incoming.kind == "group":
            await self._send(incoming, self._line(incoming, "door.only_private"))
        await self._api.leave(incoming.chat_id)

    async def _send(self, incoming: Incoming, answer: Answer, part: str = "") -> None:
        """Sends what has not been sent yet of an answer. A chat that cannot be written to gets nothing more."""
        rendered = [bubble for reply in answer.replies for bubble in await self._rendered(reply, answer.language)]
        for number, bubble in enumerate(rendered):
            name = f"{part} {number}"
            if await self._taken.has(incoming.update_id, name):
                continue
            if not await self._api.send(incoming.chat_id, bubble):
                return
            if number < len(rendered) - 1 or part:  # the last one is followed by the whole update's mark
                await self._taken.add(incoming.update_id, name)

    async def _rendered(self, reply: Reply, language: str) -> Sequence[Bubble]:
        def say(key: str, /, **values: Any) -> str:
            return self._heard.wording.say(key, language, **values)

        home = self._heard.settings.public_url
        return await asyncio.to_thread(bubbles, reply, self._buttons.data, say, home)

    def _message(self, incoming: Incoming, text: str | None = None, payload: str | None = None) -> Message:
        sender = self._sender(incoming)
        key = self._pseudonyms.of("message", sender, self._api.number, str(incoming.update_id))
        return Message("telegram", sender, key, text, payload, self._language(incoming), str(incoming.chat_id))

    def _sender(self, incoming: Incoming) -> str:
        return self._pseudonyms.of("telegram", str(incoming.chat_id))

    def _language(self, incoming: Incoming) -> str:
        there = self._heard.wording.languages
        return incoming.language if incoming.language in there else there[0]

    def _line(self, incoming: Incoming, key: str, *, menu: bool = False) -> Answer:
        language = self._language(incoming)
        choices = self._heard.talk.menu(language) if menu else ()
        return Answer((Reply(self._heard.wording.say(key, language), choices),), language)


def _button(incoming: Incoming) -> tuple[int, str] | None:
    """The button that was pressed; None for words."""
    return (incoming.button_of, incoming.data) if incoming.data is not None else None
