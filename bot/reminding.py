"""Keeping a reminder that somebody has agreed to, and stopping one: the door's part, which alone knows the chat."""

import asyncio
from dataclasses import replace

import structlog

from bot.message import Answer, Message
from bot.payload import PayloadError, read_payload
from bot.rasa import Said
from heard.bootstrap import Heard
from heard.errors import StoreError
from heard.messages import Reply
from heard.reminders.keeping import MOST
from heard.reminders.news import known
from heard.reminders.subject import NewEntries, read_subject

log = structlog.get_logger()

_ALL = "all"


class Reminding:
    """Keeps and stops. Neither waits for Rasa."""

    def __init__(self, heard: Heard) -> None:
        self._heard = heard

    async def keep(self, said: Said, message: Message, language: str) -> Said:
        """What Rasa's side said; with a reminder in it, the reminder is kept first and what came of it is said."""
        if said.remind is None:
            return said
        return replace(said, replies=(await asyncio.to_thread(self._keep, said, message, language),), remind=None)

    async def stop(self, id_: str, sender: str, language: str) -> Answer:
        """Stops one reminder of the sender, or all of them ("all"), and says so."""
        try:
            gone = await asyncio.to_thread(self._heard.reminders.stop, sender, None if id_ == _ALL else id_)
        except StoreError as error:
            log.error("a reminder could not be stopped", reason=str(error))
            return self._line("not_kept", language)
        return self._line(f"stopped.{('all' if id_ == _ALL else 'one') if gone else 'none'}", language)

    def _keep(self, said: Said, message: Message, language: str) -> Reply:
        subject = read_subject(said.remind or {})
        if subject is None or message.address is None:
            return self._say("not_kept", language)
        if isinstance(subject, NewEntries):
            subject = replace(subject, known=known(subject.wish, self._heard.live.now.opportunities))
        day = None if isinstance(subject, NewEntries) else subject.day
        keeping = self._heard.reminders
        try:
            kept = keeping.keep(message.sender, message.address, language, subject, keeping.last_day(day))
        except StoreError as error:
            log.error("a reminder could not be kept", reason=str(error))
            return self._say("not_kept", language)
        return self._heard.reminding.kept(kept) if kept is not None else self._say("too_many", language, most=MOST)

    def _line(self, key: str, language: str) -> Answer:
        return Answer((self._say(key, language),), language)

    def _say(self, key: str, language: str, **values: int) -> Reply:
        return Reply(self._heard.wording.say(f"reminders.{key}", language, **values))


def stopped_by(payload: str) -> str | None:
    """The id of the reminder that this button stops, or "all"; None for any other button."""
    try:
        read = read_payload(payload)
    except PayloadError:
        return None
    if read.intent != "remind_me" or read.values.get("option") != "stop":
        return None
    return read.values.get("id") or _ALL
