"""Nobody is written to twice, and hardly anybody not at all, whichever processes are killed."""

import multiprocessing
import os
import random
import signal
import time
from collections import Counter

from heard.reminders.subject import KeyDay
from heard.store.reminders import job_kind, job_name
from tests.heard.reminders.office import HUB, NOON
from tests.heard.reminders.sending_process import CLOSES, BusyOffice, send_for_ever

REMINDERS = 150
KILLS = 10
WORKERS = 3


def test_each_reminder_is_sent_at_most_once_and_a_kill_costs_at_most_one(database_url, tmp_path):
    diary, began = tmp_path / "diary", time.time()
    diary.touch()
    office = BusyOffice(database_url, began)
    subject = KeyDay("entry", "strings-fund", "closes", "week", CLOSES)
    for number in range(REMINDERS):
        kept = office.keep(subject, sender=f"sender {number}", address=str(number))
        office.store.jobs.put(job_name(kept.id), job_kind(HUB), NOON)
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.heard.reminders.sending_process"])
    chance = random.Random(2026)
    workers = []

    def another() -> None:
        here, there = context.Pipe(duplex=False)
        process = context.Process(target=send_for_ever, args=(database_url, diary, began, there))
        process.start()
        there.close()
        here.recv()
        workers.append(process)

    for _ in range(WORKERS):
        another()
    for _ in range(KILLS):
        time.sleep(chance.uniform(0.02, 0.12))
        victim = workers.pop(chance.randrange(len(workers)))
        os.kill(victim.pid, signal.SIGKILL)
        victim.join()
        another()
    until = time.monotonic() + 120
    while office.store.jobs.names() and time.monotonic() < until:
        time.sleep(0.05)
    for worker in workers:
        os.kill(worker.pid, signal.SIGKILL)
        worker.join()
    assert office.store.jobs.names() == ()
    assert all(office.reminders.of(f"sender {number}") == () for number in range(REMINDERS))
    office.close()
    sent = Counter(line.split()[1] for line in diary.read_text().splitlines())
    assert set(sent.values()) == {1}
    assert REMINDERS - KILLS <= len(sent) <= REMINDERS
