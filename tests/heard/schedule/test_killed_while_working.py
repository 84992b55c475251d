"""Every job is done, and by one process at a time, whichever processes are killed."""

import multiprocessing
import os
import random
import signal
import time
from collections import defaultdict
from datetime import UTC, datetime

from heard.store import Store
from tests.heard.schedule.working_process import KIND, work_for_ever

JOBS = 400
KILLS = 12
WORKERS = 3


def test_each_job_is_done_and_a_killed_process_leaves_its_own_to_the_others(database_url, tmp_path):
    store, diary = Store.open(database_url), tmp_path / "diary"
    for number in range(JOBS):
        store.jobs.put(f"job {number}", KIND, datetime(2026, 11, 21, tzinfo=UTC))
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.heard.schedule.working_process"])
    chance = random.Random(2026)
    workers, killed = [], set()

    def another() -> None:
        here, there = context.Pipe(duplex=False)
        process = context.Process(target=work_for_ever, args=(database_url, diary, there))
        process.start()
        there.close()
        here.recv()
        workers.append(process)

    for _ in range(WORKERS):
        another()
    for _ in range(KILLS):
        time.sleep(chance.uniform(0.02, 0.15))
        victim = workers.pop(chance.randrange(len(workers)))
        os.kill(victim.pid, signal.SIGKILL)
        victim.join()
        killed.add(victim.pid)
        another()
    until = time.monotonic() + 120
    while store.jobs.names() and time.monotonic() < until:
        time.sleep(0.05)
    for worker in workers:
        os.kill(worker.pid, signal.SIGKILL)
        worker.join()
    assert store.jobs.names() == ()
    store.close()
    begun, done = _read(diary)
    assert set(done) == {f"job {number}" for number in range(JOBS)}
    for name, beginnings in begun.items():
        # Begun again only after somebody was killed with it, or at least before they could say that they had finished.
        assert all(process in killed for _, process in beginnings[:-1]), name
        assert len(done[name]) == 1 or all(process in killed for _, process in done[name][:-1]), name


def _read(diary):
    begun, done = defaultdict(list), defaultdict(list)
    for line in diary.read_text().splitlines():
        at, process, what, name = line.split(" ", 3)
        (begun if what == "begun" else done)[name].append((float(at), int(process)))
    return begun, done
