"""A process that does jobs as fast as it can and writes down what it did, to be killed in the middle of it."""

import asyncio
import os
import time
from datetime import timedelta
from multiprocessing.connection import Connection
from pathlib import Path

from heard.schedule import Scheduler
from heard.store import Store
from heard.store.jobs import Job

KIND = "tests"
CLAIM = timedelta(seconds=2)
"""Whole seconds, as moments are kept; short, so that what a killed process had is soon another's."""


def work_for_ever(url: str, diary: Path, began: Connection) -> None:
    """Does every job of its kind: a line "begun" and, some milliseconds later, a line "done"."""
    store = Store.open(url)

    async def do(job: Job) -> None:
        _write(diary, f"begun {job.name}")
        await asyncio.sleep(0.004)
        _write(diary, f"done {job.name}")

    began.send(os.getpid())
    asyncio.run(Scheduler(store.jobs, {KIND: do}, claim_lasts=CLAIM).run(look_every=0.05))


def _write(diary: Path, line: str) -> None:
    """One write to the end of the file: whole, whoever else writes (POSIX, O_APPEND)."""
    handle = os.open(diary, os.O_WRONLY | os.O_APPEND | os.O_CREAT)
    os.write(handle, f"{time.monotonic()} {os.getpid()} {line}\n".encode())
    os.close(handle)
