"""The second factor: who has the phone gets in, and a code that was seen over a shoulder is worth nothing."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from urllib.parse import parse_qs, unquote, urlsplit

import pyotp
import pytest
from argon2 import PasswordHasher
from sqlalchemy import text

from heard.errors import HeardError
from heard.staff import Refused, SecondFactor, SignedIn, StaffAccounts
from heard.store.database import Database

GOOD = "violet kettle under snow"
SECRET = "a secret of the tests that is long enough, 0123456789"
HERE, THERE = "address-1", "address-2"


class Clock:
    def __init__(self) -> None:
        self.now = datetime(2026, 11, 21, 9, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now

    def wait(self, **time_: int) -> None:
        self.now += timedelta(**time_)


class Office:
    """Ada, with a second factor and a phone that shows its codes."""

    def __init__(self, store) -> None:
        self.clock = Clock()
        self.accounts = StaffAccounts(store, self.clock, PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
        self.accounts.create_account("Ada", password=GOOD, one_time=False)
        self.factor = SecondFactor(store, self.accounts, SECRET, self.clock)
        first = self.sign_in()
        self.secret = self.factor.offer(first.token, "Hub").secret
        self.enrolled = self.factor.enrol(first.token, self.code())
        self.first = first

    def code(self, steps: int = 0) -> str:
        return pyotp.TOTP(self.secret).at(self.clock.now, counter_offset=steps)

    def sign_in(self) -> SignedIn:
        result = self.accounts.sign_in("Ada", GOOD, HERE)
        assert isinstance(result, SignedIn)
        return result

    def check(self, token: str, code: str, address: str = HERE) -> SignedIn | Refused:
        return self.factor.check(token, code, address)


@pytest.fixture
def office(store) -> Office:
    return Office(store)


def test_what_the_picture_holds_is_what_an_app_needs(store):
    accounts = StaffAccounts(store, hasher=PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    accounts.create_account("Ada Lovelace", password=GOOD, one_time=False)
    token = accounts.sign_in("Ada Lovelace", GOOD, HERE).token
    offer = SecondFactor(store, accounts, SECRET).offer(token, "A Hub & Co")
    address = urlsplit(offer.address)
    assert (address.scheme, address.netloc) == ("otpauth", "totp")
    assert unquote(address.path) == "/A Hub & Co:Ada Lovelace"
    assert parse_qs(address.query) == {"secret": [offer.secret], "issuer": ["A Hub & Co"]}
    assert len(offer.secret) == 32  # 160 bits, as RFC 4226 recommends


def test_setting_it_up_ends_every_session_and_begins_a_strong_one(office):
    assert office.accounts.session(office.first.token) is None
    member = office.accounts.session(office.enrolled.signed_in.token).member
    assert member.has_second_factor and not member.code_to_come
    assert member.may("read_answers") and member.may("manage_staff")


def test_without_a_second_factor_only_what_gives_nobody_away_is_allowed(store):
    accounts = StaffAccounts(store, hasher=PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    accounts.create_account("Ada", password=GOOD, one_time=False)
    member = accounts.sign_in("Ada", GOOD, HERE).member
    assert member.may("read_summaries") and member.holds("read_answers") and not member.may("read_answers")
    assert not member.may("manage_staff") and not member.may("read_audit")


def test_the_password_alone_opens_nothing(office):
    half = office.sign_in()
    member = office.accounts.session(half.token).member
    assert member.code_to_come and not member.may("read_summaries")
    assert office.accounts.change_password(half.token, GOOD, "seven loud green frogs", HERE) == Refused()


def test_the_code_after_the_password_begins_a_fresh_session(office):
    office.clock.wait(seconds=30)
    half = office.sign_in()
    whole = office.check(half.token, office.code())
    assert isinstance(whole, SignedIn) and whole.token != half.token
    assert office.accounts.session(half.token) is None
    assert office.accounts.session(whole.token).member.may("read_answers")


@pytest.mark.parametrize("steps", [-1, 1])
def test_a_clock_that_is_half_a_minute_off_will_do(office, steps):
    office.clock.wait(minutes=5)
    assert isinstance(office.check(office.sign_in().token, office.code(steps)), SignedIn)


@pytest.mark.parametrize("steps", [-2, 2, 10])
def test_a_code_of_another_time_is_wrong(office, steps):
    office.clock.wait(minutes=9)
    assert office.check(office.sign_in().token, office.code(steps)) == Refused()


@pytest.mark.parametrize("code", ["", " ", "abcdef", "12345", "1234567", "０" * 6, "é", "\0", "0" * 5000])
def test_what_is_no_code_is_wrong(office, code):
    office.clock.wait(minutes=5)
    assert office.check(office.sign_in().token, code) == Refused()


def test_a_code_may_be_typed_in_groups(office):
    office.clock.wait(minutes=5)
    code = office.code()
    assert isinstance(office.check(office.sign_in().token, f" {code[:3]} {code[3:]} "), SignedIn)


def test_a_code_works_once_and_none_before_it_does(office):
    office.clock.wait(minutes=5)
    before, code = office.code(-1), office.code()
    assert isinstance(office.check(office.sign_in().token, code), SignedIn)
    assert office.check(office.sign_in().token, code) == Refused()
    assert office.check(office.sign_in().token, before) == Refused()
    office.clock.wait(seconds=30)
    assert isinstance(office.check(office.sign_in().token, office.code()), SignedIn)


def test_the_code_that_set_it_up_is_used_up_too(office):
    assert office.check(office.sign_in().token, office.code()) == Refused()


def test_a_code_that_is_sent_twice_at_once_opens_once(office):
    office.clock.wait(minutes=5)
    tokens = [office.sign_in().token for _ in range(4)]
    code = office.code()
    with ThreadPoolExecutor(4) as threads:
        results = list(threads.map(lambda token: office.check(token, code), tokens))
    assert sum(isinstance(result, SignedIn) for result in results) == 1


def test_a_recovery_code_opens_once_however_it_is_typed(office):
    codes = office.enrolled.recovery_codes
    assert len(set(codes)) == 10
    assert isinstance(office.check(office.sign_in().token, codes[0].upper().replace("-", " ")), SignedIn)
    assert office.check(office.sign_in().token, codes[0]) == Refused()
    assert office.factor.recovery_codes_left("Ada") == 9


def test_five_wrong_codes_lock_also_the_right_one_and_recovery_codes(office):
    office.clock.wait(minutes=5)
    token = office.sign_in().token
    for _ in range(5):
        assert office.check(token, "000000") == Refused()
    locked = office.check(token, office.code(), THERE)
    assert locked == Refused(office.clock.now + timedelta(minutes=15))
    assert office.check(token, office.enrolled.recovery_codes[0], THERE).locked_until is not None
    office.clock.wait(minutes=15)
    assert isinstance(office.check(office.sign_in().token, office.code()), SignedIn)


def test_a_right_password_does_not_forgive_wrong_codes(office):
    office.clock.wait(minutes=5)
    for _ in range(5):
        office.check(office.sign_in().token, "000000", THERE)
    assert office.check(office.sign_in().token, office.code(), "address-3").locked_until is not None


def test_a_sign_in_waits_ten_minutes_for_its_code(office):
    half = office.sign_in()
    office.clock.wait(minutes=9)
    assert office.accounts.session(half.token) is not None
    office.clock.wait(minutes=1)
    assert office.accounts.session(half.token) is None
    with pytest.raises(HeardError):
        office.check(half.token, office.code())


def test_what_a_session_was_offered_is_no_other_sessions(store):
    accounts = StaffAccounts(store, hasher=PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))
    factor = SecondFactor(store, accounts, SECRET)
    tokens = []
    for name in ("Bea", "Cem"):
        accounts.create_account(name, password=GOOD, one_time=False)
        tokens.append(accounts.sign_in(name, GOOD, HERE).token)
    bea, cem = (factor.offer(token, "Hub").secret for token in tokens)
    assert bea != cem and factor.offer(tokens[0], "Hub").secret == bea
    assert factor.enrol(tokens[0], pyotp.TOTP(cem).now()) is None
    assert accounts.session(tokens[0]) is not None


def test_who_has_one_cannot_set_up_a_second_over_it(office):
    with pytest.raises(HeardError, match="reset it first"):
        office.factor.enrol(office.enrolled.signed_in.token, office.code())


def test_a_reset_takes_it_away_and_ends_every_session(office):
    token = office.enrolled.signed_in.token
    office.factor.reset("ada")
    assert office.accounts.session(token) is None
    member = office.sign_in().member
    assert not member.has_second_factor and not member.code_to_come
    assert office.factor.recovery_codes_left("Ada") == 0
    with pytest.raises(HeardError, match="no account named 'Bob'"):
        office.factor.reset("Bob")


def test_a_reset_password_leaves_the_second_factor(office):
    one_time = office.accounts.reset_password("Ada")
    half = office.accounts.sign_in("Ada", one_time, HERE)
    assert half.member.code_to_come


def test_with_another_secret_no_code_is_right_and_nothing_breaks(office, store):
    office.clock.wait(minutes=5)
    other = SecondFactor(store, office.accounts, "another secret that is long enough 0123456789", office.clock)
    assert other.check(office.sign_in().token, office.code(), HERE) == Refused()
    assert other.check(office.sign_in().token, office.enrolled.recovery_codes[0], HERE) == Refused()


def test_the_database_holds_neither_the_secret_nor_a_recovery_code(office, database_url):
    database = Database(database_url)
    for table in ("staff", "staff_recovery_codes", "staff_sessions"):
        rows = database.read(lambda c, table=table: repr(c.execute(text(f"SELECT * FROM {table}")).all()))
        assert rows != "[]"
        assert not [
            s for s in (office.secret, *office.enrolled.recovery_codes) if s in rows or s.replace("-", "") in rows
        ]
    database.close()


def test_another_role_ends_the_sessions_that_had_the_old_one(office):
    token = office.enrolled.signed_in.token
    office.accounts.create_account("Bea", password=GOOD, one_time=False)
    office.accounts.set_role("Ada", "viewer")
    assert office.accounts.session(token) is None
    office.clock.wait(minutes=5)
    again = office.check(office.sign_in().token, office.code())
    assert again.member.role == "viewer" and not again.member.may("manage_staff")


def test_the_last_admin_stays_one(office):
    for attempt in (lambda: office.accounts.set_role("Ada", "viewer"), lambda: office.accounts.remove("Ada")):
        with pytest.raises(HeardError, match="the last admin"):
            attempt()
    office.accounts.create_account("Bea", password=GOOD, one_time=False)
    office.accounts.remove("Ada")
    assert office.accounts.names() == ("Bea",)
    assert office.accounts.session(office.enrolled.signed_in.token) is None
    assert office.accounts.sign_in("Ada", GOOD, HERE) == Refused()
