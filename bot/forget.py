"""Removing what is kept about a person, from every store, and saying what that was and what cannot be removed."""

import asyncio
from collections.abc import Callable
from typing import Protocol

import structlog

from bot.answered import Answered
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
    """Wipes one sender: Rasa's tracker, the door's context, sealed answers, unsent answers, reminders."""

    def __init__(self, heard: Heard, rasa: Rasa, contexts: Forgettable, answered: Answered) -> None:
        self._heard = heard
        self._rasa = rasa
        self._contexts = contexts
        self._answered = answered

    async def __call__(self, sender: str, language: str = "en") -> Answer:
        """Answers when everything within reach is gone. Sent answers carry no sender, so they stay."""
        say = self._heard.wording.say
        self._contexts.forget(sender)
        rasa_forgot = await self._rasa.forget(sender)
        removed = [say("forget.this_chat", language)]
        stores: tuple[tuple[str, Callable[[str], object]], ...] = (
            ("forget.unfinished_answers", self._heard.consultations.forget),
            ("forget.reminders", self._heard.reminders.forget),
            ("", self._answered.forget),
        )
        out_of_reach = False
        for what, forget in stores:
            try:
                found = await asyncio.to_thread(forget, sender)
            except StoreError as error:
                log.error("something could not be forgotten", reason=str(error))
                out_of_reach = True
                continue
            removed += [say(what, language)] if found and what else []
        lines = [say("forget.not_all" if out_of_reach else "forget.done", language, what=", ".join(removed))]
        lines += [] if rasa_forgot else [say("forget.within_an_hour", language)]
        lines.append(say("forget.stays", language))
        return Answer((Reply("\n".join(lines), self._heard.talk.menu(language)),), language)


def is_forget(payload: str) -> bool:
    """Whether this is the confirmed wish to be forgotten."""
    try:
        read = read_payload(payload)
    except PayloadError:
        return False
    return read.intent == "delete_my_data" and read.values.get("answer") == "yes"
