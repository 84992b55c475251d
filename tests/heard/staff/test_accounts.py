"""Staff get in with their own password, and nobody else does."""

import statistics
import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from argon2 import PasswordHasher
from sqlalchemy import text

from heard.errors import HeardError
from heard.staff import PasswordError, Refused, SignedIn, StaffAccounts
from heard.store.database import Database

QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
GOOD = "violet kettle under snow"
HERE, THERE = "address-1", "address-2"


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2026, 11, 21, 9, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def wait(self, **time_: int) -> None:
        self.now += timedelta(**time_)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def accounts(store, clock) -> StaffAccounts:
    made = StaffAccounts(store, clock, QUICK)
    made.create_account("Ada", password=GOOD, one_time=False)
    return made


def signed_in(accounts: StaffAccounts, password: str = GOOD, name: str = "Ada") -> SignedIn:
    result = accounts.sign_in(name, password, HERE)
    assert isinstance(result, SignedIn)
    return result


def test_the_right_name_and_password_open_a_session(accounts):
    session = signed_in(accounts)
    assert (session.member.name, session.member.role) == ("Ada", "admin")
    again = accounts.session(session.token)
    assert again.member == session.member
    assert again.csrf_holds(session.csrf) and not again.csrf_holds("other") and not again.csrf_holds(None)
    assert accounts.session(session.token + "x") is accounts.session("") is accounts.session(None) is None


def test_the_name_is_known_without_regard_to_case(accounts):
    assert signed_in(accounts, name=" ADA ").member.name == "Ada"


def test_a_wrong_password_and_an_unknown_name_are_refused_alike(accounts):
    assert accounts.sign_in("Ada", "wrong", HERE) == accounts.sign_in("Nobody", GOOD, THERE) == Refused()


def test_an_unknown_name_takes_as_long_as_a_wrong_password(store, clock):
    accounts = StaffAccounts(store, clock, PasswordHasher(time_cost=4, memory_cost=16384, parallelism=1))
    accounts.create_account("Ada", password=GOOD, one_time=False)

    def seconds(name: str, number: int) -> float:
        begin = time.process_time()
        accounts.sign_in(name, "wrong", f"address-{number}")
        clock.wait(hours=1)
        return time.process_time() - begin

    seconds("nobody", 0)
    known = statistics.median(seconds("Ada", n) for n in range(7))
    unknown = statistics.median(seconds("nobody", n) for n in range(7))
    assert 0.5 < known / unknown < 2


def test_five_wrong_tries_lock_the_account_for_a_quarter_of_an_hour(accounts, clock):
    for n in range(5):
        assert accounts.sign_in("Ada", "wrong", f"address-{n}") == Refused()
    locked = accounts.sign_in("Ada", GOOD, "address-9")
    assert locked == Refused(clock.now + timedelta(minutes=15))
    clock.wait(minutes=14)
    assert isinstance(accounts.sign_in("ada", GOOD, "address-9"), Refused)
    clock.wait(minutes=1)
    signed_in(accounts)


def test_a_name_that_nobody_has_is_locked_just_the_same(accounts, clock):
    for n in range(5):
        accounts.sign_in("Nobody", "wrong", f"address-{n}")
    assert accounts.sign_in("Nobody", GOOD, "address-9") == Refused(clock.now + timedelta(minutes=15))


def test_five_wrong_tries_from_one_address_lock_the_address(accounts, clock):
    for n in range(5):
        accounts.sign_in(f"name {n}", "wrong", HERE)
    assert accounts.sign_in("Ada", GOOD, HERE).locked_until is not None
    assert isinstance(accounts.sign_in("Ada", GOOD, THERE), SignedIn)


def test_right_passwords_never_lock(accounts):
    for _ in range(12):
        signed_in(accounts)


def test_a_right_password_forgives_the_account_and_not_the_address(accounts):
    for _ in range(4):
        accounts.sign_in("Ada", "wrong", HERE)
    signed_in(accounts)
    assert accounts.sign_in("someone else", "wrong", HERE) == Refused()
    assert accounts.sign_in("someone else", "wrong", HERE).locked_until is not None


def test_many_tries_at_once_count_as_many(accounts):
    with ThreadPoolExecutor(12) as threads:
        results = list(threads.map(lambda n: accounts.sign_in("Ada", "wrong", f"address-{n}"), range(12)))
    assert sum(result.locked_until is None for result in results) == 5


def test_a_session_ends_after_a_quarter_of_an_hour_unused_or_eight_hours(accounts, clock):
    idle = signed_in(accounts).token
    clock.wait(minutes=15)
    assert accounts.session(idle) is None
    busy = signed_in(accounts).token
    for _ in range(39):
        clock.wait(minutes=12)
        assert accounts.session(busy) is not None
    clock.wait(minutes=12)
    assert accounts.session(busy) is None


def test_signing_out_ends_the_session_and_only_it(accounts):
    one, other = signed_in(accounts).token, signed_in(accounts).token
    accounts.sign_out(one)
    accounts.sign_out(None)
    assert accounts.session(one) is None and accounts.session(other) is not None


def test_a_one_time_password_must_be_changed_before_anything_else(accounts):
    new = accounts.create_account("Grace", "viewer")
    assert new.one_time_password and len(new.one_time_password) == 19
    session = signed_in(accounts, new.one_time_password, "Grace")
    assert session.member.must_change_password and not session.member.may("read_summaries")
    changed = accounts.change_password(session.token, new.one_time_password, "seven loud green frogs", HERE)
    assert changed.member.may("read_summaries") and not changed.member.may("manage_staff")
    assert accounts.session(session.token) is None, "the old session ends with the old password"
    assert accounts.session(changed.token).member == changed.member
    assert isinstance(accounts.sign_in("Grace", new.one_time_password, HERE), Refused)
    signed_in(accounts, "seven loud green frogs", "Grace")


@pytest.mark.parametrize(
    ("password", "reason"),
    [
        ("too short", "short"),
        ("x" * 201, "long"),
        ("my name is ada lovelace", "name"),
        ("Password-1234", "common"),
        ("aaaaaaaaaaaaaaaa", "common"),
        (GOOD, "same"),
    ],
)
def test_a_new_password_that_will_not_do_is_refused_with_the_reason(accounts, password, reason):
    session = signed_in(accounts)
    with pytest.raises(PasswordError) as refused:
        accounts.change_password(session.token, GOOD, password, HERE)
    assert refused.value.reason == reason
    assert accounts.session(session.token) is not None
    signed_in(accounts)


def test_changing_the_password_needs_the_old_one_and_a_session(accounts):
    session = signed_in(accounts)
    assert accounts.change_password(session.token, "wrong", "seven loud green frogs", HERE) == Refused()
    assert accounts.change_password("no token", GOOD, "seven loud green frogs", HERE) == Refused()
    signed_in(accounts)


def test_a_reset_gives_a_one_time_password_and_ends_sessions_and_lock(accounts):
    session = signed_in(accounts)
    for n in range(6):
        accounts.sign_in("Ada", "wrong", f"address-{n}")
    made = accounts.reset_password("ada")
    assert accounts.session(session.token) is None
    assert accounts.sign_in("Ada", made, "address-9").member.must_change_password
    with pytest.raises(HeardError, match="no account named 'Bob'"):
        accounts.reset_password("Bob")


@pytest.mark.parametrize(("name", "role"), [("ada", "admin"), ("", "admin"), ("x" * 81, "admin"), ("Bob", "queen")])
def test_an_account_that_cannot_be_is_refused(accounts, name, role):
    with pytest.raises(HeardError):
        accounts.create_account(name, role)
    assert accounts.names() == ("Ada",)


def test_the_database_holds_no_password_and_no_token(accounts, database_url):
    session = signed_in(accounts)
    database = Database(database_url)
    for table in ("staff", "staff_sessions", "sign_in_attempts"):
        rows = database.read(lambda c, table=table: repr(c.execute(text(f"SELECT * FROM {table}")).all()))
        assert not [secret for secret in (GOOD, session.token, session.csrf, HERE) if secret in rows]
    assert "argon2id" in database.read(lambda c: c.execute(text("SELECT password_hash FROM staff")).scalar())
    database.close()


def test_passwords_are_hashed_as_rfc_9106_asks(store, database_url):
    StaffAccounts(store).create_account("Grace", password=GOOD, one_time=False)
    database = Database(database_url)
    kept = database.read(lambda c: c.execute(text("SELECT password_hash FROM staff")).scalar())
    database.close()
    assert kept.startswith("$argon2id$v=19$m=65536,t=3,p=4$")


def test_what_is_over_is_purged(accounts, store, clock):
    signed_in(accounts)
    accounts.sign_in("Nobody", "wrong", THERE)
    names = ("staff sessions", "wrong sign-ins")
    assert [store.expiry.purge(name, clock()) for name in names] == [0, 0]
    clock.wait(hours=1)
    assert [store.expiry.purge(name, clock()) >= least for name, least in zip(names, (1, 2), strict=True)] == [True] * 2
