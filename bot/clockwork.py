"""What this process does by the clock."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Callable
from datetime import datetime, timedelta

import structlog

from heard.bootstrap import Heard
from heard.reminders.posting import Post
from heard.reminders.rounds import Rounds
from heard.schedule import Handler, Scheduler
from heard.store.jobs import Job
from heard.store.reminders import job_kind
from heard.store.store import utc_now

log = structlog.get_logger()

PURGE_EVERY = timedelta(minutes=15)
"""How long something may outlive its time at most."""
_LET_GO_EVERY = 60.0
"""Seconds."""


@contextlib.asynccontextmanager
async def clockwork(heard: Heard, let_go: Callable[[], None], post: Post | None = None) -> AsyncIterator[None]:
    """Inside it, what is due is done, by this process or by another one with the same database.

    `let_go` lets go of what this process alone has in its memory: that is no job, as each process has its own.
    `post` sends reminders; without it (no Telegram) they wait.
    """
    hub = heard.settings.hub
    purge = f"purge of {hub}"
    await asyncio.to_thread(heard.store.jobs.ensure, purge, purge, utc_now())
    handlers = {purge: _purge(heard)}
    if post is not None:
        handlers[job_kind(hub)] = Rounds(heard.reminders, heard.dues.of, post).look
    tasks = (
        asyncio.create_task(Scheduler(heard.store.jobs, handlers).run()),
        asyncio.create_task(_let_go(let_go)),
    )
    try:
        yield
    finally:
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)


def _purge(heard: Heard) -> Handler:
    async def purge(_: Job) -> datetime:
        gone = await asyncio.to_thread(heard.purging.purge)
        if any(gone.values()):
            log.info("purged", gone={what: number for what, number in gone.items() if number})
        return utc_now() + PURGE_EVERY

    return purge


async def _let_go(let_go: Callable[[], None]) -> None:
    while True:
        await asyncio.sleep(_LET_GO_EVERY)
        let_go()
