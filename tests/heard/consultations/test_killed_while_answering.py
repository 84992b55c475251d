"""An answer that was acknowledged is on disk, once, whenever the process is killed."""

import multiprocessing
import os
import random
import signal
import time

from heard.store import Store
from tests.heard.consultations.answering_process import CONSULTATION, HUB, STEPS, answer_for_ever

KILLS = 60


def test_every_acknowledged_answer_is_there_once_after_many_kills(database_url):
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.heard.consultations.answering_process"])
    chance = random.Random(2026)
    following, window = 0, 0.08
    for _ in range(KILLS):
        here, there = context.Pipe(duplex=False)
        process = context.Process(target=answer_for_ever, args=(database_url, following, there))
        process.start()
        there.close()
        assert here.recv() == following - 1, "the process has begun"
        time.sleep(chance.uniform(0, window))
        os.kill(process.pid, signal.SIGKILL)
        process.join()
        assert process.exitcode == -signal.SIGKILL, "a step led to another place than it should"
        # The message that was under way was not acknowledged: it comes again, as a door sends it again.
        before, following = following, _last(here, following - 1) + 1
        # On a slow machine the kills would all come before the first answer.
        window = min(1.0, window * 1.5) if following == before else max(0.08, window / 1.5)
    store = Store.open(database_url)
    answers = store.answers.of(HUB, CONSULTATION.id)
    said = {tally.value["text"]: tally.count for tally in answers.tallies if tally.question != "qa"}
    acknowledged = {f"said in {number}" for number in range(following) if number % STEPS in (2, 3)}
    assert acknowledged, "the kills left no time to answer anything"
    assert acknowledged <= said.keys() <= acknowledged | {f"said in {following}"}
    assert set(said.values()) == {1}
    # Whether the last, unacknowledged message got through is open: one person more or not.
    people = sum(number % STEPS == 1 for number in range(following))
    assert answers.people in (people, people + (following % STEPS == 1))
    store.close()


def _last(acknowledged, last: int) -> int:
    try:
        while acknowledged.poll():
            last = acknowledged.recv()
    except EOFError:
        pass
    return last
