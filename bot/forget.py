"""Removing what is kept about a person, from every store, and saying what that was."""

import asyncio
from typing import Protocol

import structlog

from bot.message import Answer
from bot.payload import PayloadError, read_payload
from bot.rasa import Rasa
from heard.bootstrap import Heard
from heard.errors import StoreError
from heard.messages import Reply

log = structlog.get_logger()


class Forgettable(Protocol):
    """A memory that can let one sender go."""

    def forget(self, sender: str) -> None:
        """Lets the sender go."""


class Forget:
    """Wipes one sender: Rasa's tracker, the door's context, a consultation's unsent answers."""

    def __init__(self, heard: Heard, rasa: Rasa, contexts: Forgettable) -> None:
        self._heard = heard
        self._rasa = rasa
        self._contexts = contexts

    async def __call__(self, sender: str, language: str = "en") -> Answer:
        """Answers when everything within reach is gone. Sent answers carry no sender, so they stay."""
        say = self._heard.wording.say
        self._contexts.forget(sender)
        await self._rasa.forget(sender)
        removed = [say("forget.this_chat", language)]
        key = "forget.done"
        try:
            if await asyncio.to_thread(self._heard.consultations.forget, sender):
                removed.append(say("forget.unfinished_answers", language))
        except StoreError as error:
            log.error("unfinished answers could not be removed", reason=str(error))
            key = "forget.not_all"
        text = say(key, language, what=", ".join(removed))
        return Answer((Reply(text, self._heard.talk.menu(language)),), language)


def is_forget(payload: str) -> bool:
    """Whether this is the confirmed wish to be forgotten."""
    try:
        read = read_payload(payload)
    except PayloadError:
        return False
    return read.intent == "delete_my_data" and read.values.get("answer") == "yes"
