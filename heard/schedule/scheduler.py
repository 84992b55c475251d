"""Does what is due, once, however many processes look and whichever of them dies."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import datetime, timedelta
from typing import Never

import structlog

from heard.errors import StoreError
from heard.store.jobs import Job, JobStore
from heard.store.store import utc_now

log = structlog.get_logger()

Handler = Callable[[Job], Awaitable[datetime | None]]
"""Does a job and says when it is due again; None where it is done for good."""

CLAIM_LASTS = timedelta(minutes=5)
"""After that long a job that was begun and not finished is another process's: whoever had it has died."""
_STOPS_BEFORE = timedelta(seconds=30)
"""A handler is cut off this long before its claim ends, so that no two ever work at one job."""
_LOOK_EVERY = 5.0
"""Seconds between two looks at the database: one indexed row each."""
_FIRST_WAIT, _LONGEST_WAIT = timedelta(minutes=1), timedelta(hours=1)
"""Before a job is tried again whose handler failed; doubled from one failure to the next."""


class Scheduler:
    """Runs the handler of each due job, by the job's kind. Kinds without a handler are left to other processes.

    A job runs at least once: the claim of a process that died runs out, and the next one does the job again. What
    must not happen twice, the handler has to mark before it does it (heard/reminders/rounds.py).
    """

    def __init__(
        self,
        jobs: JobStore,
        handlers: Mapping[str, Handler],
        clock: Callable[[], datetime] = utc_now,
        claim_lasts: timedelta = CLAIM_LASTS,
    ) -> None:
        self._jobs = jobs
        self._handlers = dict(handlers)
        self._clock = clock
        self._claim_lasts = claim_lasts
        self._patience = max(claim_lasts - _STOPS_BEFORE, claim_lasts / 2)

    async def run(self, look_every: float = _LOOK_EVERY) -> Never:
        """Does what is due, for ever."""
        while True:
            try:
                did_one = await self.run_one()
            except StoreError as error:
                log.error("the scheduler cannot reach the database; it tries again", reason=str(error))
                did_one = False
            if not did_one:
                await asyncio.sleep(look_every)

    async def run_one(self) -> bool:
        """Does the one job that is due for longest; False where none is. Raises StoreError."""
        job = await asyncio.to_thread(self._jobs.claim, tuple(self._handlers), self._claim_lasts)
        if job is None:
            return False
        failed = False
        try:
            async with asyncio.timeout(self._patience.total_seconds()):
                again_at = await self._handlers[job.kind](job)
        except Exception as error:  # whatever it is, the other jobs go on
            log.error("a job failed; it is tried again", job=job.kind, kind=type(error).__name__)
            failed, again_at = True, self._clock() + _wait(job.tries)
        if not await asyncio.to_thread(lambda: self._jobs.finish(job, again_at, failed=failed)):
            log.warning("a job took longer than it may, or was taken out", job=job.kind)
        return True


def _wait(tries: int) -> timedelta:
    doubled: int = 2 ** min(tries, 10)
    return min(_FIRST_WAIT * doubled, _LONGEST_WAIT)
