"""The purge takes exactly what is past its time, and the dry run says exactly what that is."""

from datetime import UTC, date, datetime, timedelta

import pytest
from argon2 import PasswordHasher
from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import func, select

from heard.consultations.progress import Given
from heard.consultations.service import Consultations
from heard.redaction import Redacted
from heard.retention import lifetimes
from heard.retention.purging import Purging
from heard.staff import StaffAccounts
from heard.store import Store
from heard.store.tables import Base
from tests.builders import an_opportunity
from tests.heard.consultations.small import a_consultation

HUB = "hertfordshire"
START = datetime(2026, 11, 21, 10, tzinfo=UTC)
A_SECOND = timedelta(seconds=1)
QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
LASTS = {
    "answered messages": lifetimes.ANSWERED,
    "long buttons": lifetimes.BUTTONS,
    "history of entries": lifetimes.HISTORY,
    "staff sessions": min(lifetimes.STAFF_SESSION, lifetimes.STAFF_IDLE),
    "wrong sign-ins": lifetimes.SIGN_IN_TRIES,
}


class Clock:
    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> datetime:
        return self.now

    def today(self) -> date:
        return self.now.date()


@pytest.fixture
def clock():
    return Clock()


@pytest.fixture
def everything(database_url, clock):
    """A database in which there is one of each thing that can be past its time."""
    store = Store.open(database_url, clock=clock)
    yield filled(store, clock)
    store.close()


def filled(store, clock):
    consultations = Consultations(store, HUB, clock.today)
    consultations.put([a_consultation()])
    consultations.start("sam", "more-music", "m1")
    consultations.answer("sam", Given(text=Redacted("near")), "m2")
    store.turns.put("one", "sealed", "sam")
    store.buttons.keep("one", "/inform{...}")
    store.entries.add(HUB, an_opportunity(id="choir"), who="Ann")
    accounts = StaffAccounts(store, clock, QUICK)
    made = accounts.create_account("Ann")
    assert accounts.sign_in("Ann", "wrong", "an address")
    assert accounts.sign_in("Ann", made.one_time_password, "another address")
    return store, Purging(store, consultations, clock)


def rows(store):
    count = [select(func.count()).select_from(table) for table in Base.metadata.sorted_tables]
    names = [table.name for table in Base.metadata.sorted_tables]
    values = store._database.read(lambda connection: [connection.scalar(query) for query in count])
    return dict(zip(names, values, strict=True))


def test_nothing_goes_before_its_time(everything, clock):
    store, purging = everything
    before = rows(store)
    clock.now += min(LASTS.values()) - A_SECOND
    assert set(purging.count().values()) == {0}
    assert set(purging.purge().values()) == {0}
    assert rows(store) == before


@pytest.mark.parametrize("name", LASTS)
def test_each_goes_a_second_after_its_time(everything, clock, name):
    _, purging = everything
    clock.now += LASTS[name]
    assert purging.count()[name] == 0
    clock.now += A_SECOND
    would = purging.count()[name]
    assert would >= 1
    assert purging.purge()[name] == would
    assert purging.count()[name] == 0


def test_after_the_last_day_nobody_is_known_to_have_answered_and_the_answers_stay(everything, clock):
    store, purging = everything
    before = rows(store)
    clock.now = datetime(2026, 12, 25, tzinfo=UTC)
    assert purging.count()["who is answering a consultation, and who has answered"] == 1
    assert rows(store) == before, "a dry run changes nothing"
    purging.purge()
    after = rows(store)
    assert after["participations"] == 0 and after["answers"] == before["answers"]
    assert store.consultations.get(HUB, "more-music").key is None


def test_what_is_purged_is_not_left_in_the_write_ahead_log(tmp_path, clock):
    store = Store.open(f"sqlite:///{tmp_path / 'heard.db'}", clock=clock)
    store.turns.put("one", "a very telling sealed answer", "sam")
    clock.now += lifetimes.ANSWERED + A_SECOND
    Purging(store, Consultations(store, HUB, clock.today), clock).purge()
    assert not any(b"telling" in path.read_bytes() for path in tmp_path.iterdir())
    store.close()


@settings(deadline=None, max_examples=12)
@given(st.lists(st.integers(0, 60 * 24 * 800), min_size=1, max_size=4).map(sorted))
def test_the_dry_run_always_says_what_then_goes(tmp_path_factory, minutes):
    clock = Clock()
    store = Store.open(f"sqlite:///{tmp_path_factory.mktemp('purge') / 'heard.db'}", clock=clock)
    _, purging = filled(store, clock)
    for later in minutes:
        clock.now = START + timedelta(minutes=later)
        assert purging.count() == purging.purge()
        assert set(purging.count().values()) == {0}
    store.close()
