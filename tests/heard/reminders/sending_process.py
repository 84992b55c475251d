"""A process that sends reminders as fast as it can and writes down to whom, to be killed in the middle of it."""

import asyncio
import os
import time
from datetime import UTC, datetime, timedelta
from multiprocessing.connection import Connection
from pathlib import Path

from heard.messages import Reply
from heard.reminders.posting import Posted
from heard.schedule import Scheduler
from heard.store.reminders import job_kind
from tests.heard.reminders.office import HUB, NOON, Office, a_bursary

CLOSES = NOON.date() + timedelta(days=3)


class BusyOffice(Office):
    """An office where it was noon at `began` (seconds since 1970), and whose clock goes on."""

    def __init__(self, url: str, began: float) -> None:
        self._began = datetime.fromtimestamp(began, UTC)
        super().__init__(url, a_bursary(closes=CLOSES))

    @property
    def now(self) -> datetime:  # type: ignore[override]
        return NOON + (datetime.now(UTC) - self._began)

    @now.setter
    def now(self, _: datetime) -> None:
        """It is as late as it is."""


def send_for_ever(url: str, diary: Path, began: float, ready: Connection) -> None:
    """Sends what is due: one line with the address for each message that left."""
    office = BusyOffice(url, began)

    async def post(address: str, reply: Reply, language: str) -> Posted:
        await asyncio.sleep(0.003)
        _write(diary, address)
        await asyncio.sleep(0.003)
        return Posted("sent")

    office.rounds._post = post
    handlers = {job_kind(HUB): office.rounds.look}
    scheduler = Scheduler(office.store.jobs, handlers, lambda: office.now, claim_lasts=timedelta(seconds=2))
    ready.send(os.getpid())
    asyncio.run(scheduler.run(look_every=0.05))


def _write(diary: Path, line: str) -> None:
    """One write to the end of the file: whole, whoever else writes (POSIX, O_APPEND)."""
    handle = os.open(diary, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    os.write(handle, f"{time.monotonic()} {line}\n".encode())
    os.close(handle)
