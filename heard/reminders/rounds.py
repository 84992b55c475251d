"""Looks at a reminder when its hour comes, and sends what is due: once, whatever happens.

A message is marked as sent before it goes to Telegram. The mark is taken back only where Telegram has certainly not
taken the message (it said "later", or was never reached). So a process that is killed in between, or an answer that
is lost on its way back, can cost a message and never makes two: to be written to twice by a machine is worse than to
look a day up (docs/decisions/0012-reminders-at-most-once.md).
"""

import asyncio
from collections.abc import Callable
from datetime import datetime, timedelta

import structlog

from heard.reminders.days import may_write, next_look, next_morning
from heard.reminders.due import Due, Over, Waiting
from heard.reminders.keeping import Reminder, Reminders
from heard.reminders.posting import Post, Posted
from heard.store.jobs import Job
from heard.store.store import utc_now

log = structlog.get_logger()


_SOONEST = timedelta(minutes=1)


class Rounds:
    """The handler of the reminders' jobs."""

    def __init__(
        self,
        reminders: Reminders,
        due: Callable[[Reminder, datetime], Waiting | Over | Due],
        post: Post,
        clock: Callable[[], datetime] = utc_now,
    ) -> None:
        self._reminders = reminders
        self._due = due
        self._post = post
        self._clock = clock

    async def look(self, job: Job) -> datetime | None:
        """Looks at the job's reminder; says when to look again, None where it is gone."""
        id_ = job.name.partition(" ")[2]
        now = self._clock()
        reminder = await asyncio.to_thread(self._reminders.get, id_)
        if reminder is None or reminder.until <= now:
            await asyncio.to_thread(self._reminders.done, id_)
            return None
        if not may_write(now):  # it was due while nothing ran
            return next_morning(now)
        found = await asyncio.to_thread(self._due, reminder, now)
        match found:
            case Over():
                await asyncio.to_thread(self._reminders.done, id_)
                return None
            case Waiting(last_day):
                if last_day is not None and last_day > reminder.last_day:
                    await asyncio.to_thread(self._reminders.extend, reminder, last_day)
                return next_look(now)
            case Due():
                return await self._send(reminder, found, now)

    async def _send(self, reminder: Reminder, due: Due, now: datetime) -> datetime | None:
        posted = Posted("sent")
        if await asyncio.to_thread(self._reminders.begin_sending, reminder, due.what):
            posted = await self._post(reminder.address, due.reply, reminder.language)
            log.info("reminder", how=posted.how, about=due.about)
        if posted.how == "gone":
            await asyncio.to_thread(self._reminders.forget, reminder.sender)
            return None
        if posted.how == "not now":
            await asyncio.to_thread(self._reminders.not_sent, reminder, due.what)
            return next_morning(now + max(timedelta(seconds=posted.again_in), _SOONEST))
        if due.last:
            await asyncio.to_thread(self._reminders.done, reminder.id)
            return None
        return next_look(now)
