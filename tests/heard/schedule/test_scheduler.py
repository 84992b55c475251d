"""Due jobs are done once; what fails is tried again; what hangs is cut off."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from heard.errors import StoreError
from heard.schedule import Scheduler
from heard.store import Store

NOW = datetime(2026, 11, 21, 16, 30, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


class Clock:
    def __init__(self) -> None:
        self.now = NOW

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def jobs(database_url, clock):
    store = Store.open(database_url, clock=clock)
    yield store.jobs
    store.close()


def a_scheduler(jobs, clock, again=None, **options):
    did = []

    async def do(job):
        did.append(job.name)
        return again(job) if again else None

    return Scheduler(jobs, {"tests": do}, clock, **options), did


def run_all(scheduler):
    async def all_of_it():
        while await scheduler.run_one():
            pass

    asyncio.run(all_of_it())


def test_what_is_due_is_done_in_its_order_and_once(jobs, clock):
    scheduler, did = a_scheduler(jobs, clock)
    for name, minutes in (("second", -1), ("first", -2), ("later", 1)):
        jobs.put(name, "tests", NOW + minutes * MINUTE)
    run_all(scheduler)
    assert did == ["first", "second"]
    clock.now += MINUTE
    run_all(scheduler)
    assert did == ["first", "second", "later"]
    assert jobs.names() == ()


def test_a_job_that_comes_again_is_due_when_its_handler_says(jobs, clock):
    scheduler, did = a_scheduler(jobs, clock, lambda job: clock.now + 15 * MINUTE)
    assert jobs.ensure("purge", "tests", NOW) and not jobs.ensure("purge", "tests", NOW - MINUTE)
    for _ in range(3):
        run_all(scheduler)
        clock.now += 15 * MINUTE
    assert did == ["purge"] * 3
    assert jobs.next_due(["tests"]) == NOW + 45 * MINUTE


def test_a_kind_without_a_handler_is_left_alone(jobs, clock):
    scheduler, did = a_scheduler(jobs, clock)
    jobs.put("theirs", "another hub's", NOW)
    run_all(scheduler)
    assert did == [] and jobs.names() == ("theirs",)


def test_a_claimed_job_is_nobody_elses_until_its_claim_runs_out(jobs, clock):
    jobs.put("one", "tests", NOW)
    job = jobs.claim(["tests"], 5 * MINUTE)
    assert job is not None and (job.name, job.tries, job.until) == ("one", 0, NOW + 5 * MINUTE)
    assert jobs.claim(["tests"], 5 * MINUTE) is None
    clock.now += 5 * MINUTE
    again = jobs.claim(["tests"], 5 * MINUTE)
    assert again is not None and again.tries == 1
    assert not jobs.finish(job, None), "the first claim has run out"
    assert jobs.finish(again, None) and jobs.names() == ()


def test_a_job_that_was_put_off_while_it_was_done_keeps_the_new_moment(jobs, clock):
    jobs.put("one", "tests", NOW)
    job = jobs.claim(["tests"], 5 * MINUTE)
    jobs.put("one", "tests", NOW + 60 * MINUTE)
    assert not jobs.finish(job, None)
    assert jobs.next_due(["tests"]) == NOW + 60 * MINUTE


def test_a_job_that_was_taken_out_while_it_was_done_does_not_come_back(jobs, clock):
    jobs.put("one", "tests", NOW)
    job = jobs.claim(["tests"], 5 * MINUTE)
    jobs.drop("one")
    assert not jobs.finish(job, NOW + MINUTE)
    assert jobs.names() == ()


def test_what_fails_is_tried_again_after_longer_and_longer_and_holds_nothing_up(jobs, clock):
    async def fails(job):
        raise RuntimeError("somebody's words")

    did = []

    async def works(job):
        did.append(job.name)

    scheduler = Scheduler(jobs, {"bad": fails, "good": works}, clock)
    jobs.put("bad", "bad", NOW - MINUTE)
    jobs.put("good", "good", NOW)
    run_all(scheduler)
    assert did == ["good"]
    waits = []
    for _ in range(9):
        due = jobs.next_due(["bad"])
        waits.append((due - clock.now) // MINUTE)
        clock.now = due
        run_all(scheduler)
    assert waits == [1, 2, 4, 8, 16, 32, 60, 60, 60]


def test_a_handler_that_hangs_is_cut_off_before_its_claim_ends(jobs, clock):
    async def hangs(job):
        await asyncio.sleep(3600)

    scheduler = Scheduler(jobs, {"tests": hangs}, clock, claim_lasts=timedelta(seconds=0.2))
    jobs.put("one", "tests", NOW)
    asyncio.run(scheduler.run_one())
    assert jobs.next_due(["tests"]) == NOW + MINUTE


def test_the_scheduler_outlives_a_database_that_is_away():
    class EnoughError(Exception):
        pass

    class Away:
        tries = 0

        def claim(self, kinds, lasts):
            self.tries += 1
            raise StoreError("The database cannot be used.") if self.tries < 5 else EnoughError

    with pytest.raises(EnoughError):
        asyncio.run(Scheduler(Away(), {}).run(look_every=0.001))


@settings(deadline=None, max_examples=40)
@given(st.lists(st.tuples(st.sampled_from(["put", "claim", "finish", "again", "drop", "wait"]), st.integers(0, 3))))
def test_no_two_ever_hold_one_job(tmp_path_factory, moves):
    """Whatever happens in whichever order, a job has at most one holder whose word counts."""
    clock = Clock()
    store = Store.open(f"sqlite:///{tmp_path_factory.mktemp('jobs') / 'heard.db'}", clock=clock)
    held = []
    for move, number in moves:
        name = f"job {number}"
        if move == "put":
            store.jobs.put(name, "tests", clock.now)
            held = [job for job in held if job.name != name]
        elif move == "drop":
            store.jobs.drop(name)
            held = [job for job in held if job.name != name]
        elif move == "claim":
            job = store.jobs.claim(["tests"], 5 * MINUTE)
            if job is not None:
                assert all(other.name != job.name or other.until <= clock.now for other in held)
                held = [other for other in held if other.name != job.name] + [job]
        elif move == "wait":
            clock.now += number * 2 * MINUTE
        elif held:
            job = held.pop(number % len(held))
            assert store.jobs.finish(job, clock.now + MINUTE if move == "again" else None)
    store.close()
