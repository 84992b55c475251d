"""Staff accounts: made by hand, signed in with a password, known again by a session."""

import hashlib
import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from heard.errors import HeardError
from heard.staff.lockout import Lockout
from heard.staff.passwords import LONGEST, PasswordError, check_password, normal, one_time_password
from heard.staff.roles import ROLES, Role, StaffMember
from heard.store import Store
from heard.store.staff import StoredAccount
from heard.store.store import utc_now

SESSION_LASTS = timedelta(hours=8)
IDLE_LASTS = timedelta(minutes=30)
_SEEN_EVERY = timedelta(minutes=1)
"""Writing down every click would be one write for every page."""
_LONGEST_NAME = 80


@dataclass(frozen=True, slots=True, repr=False)
class NewAccount:
    """An account that was made. The password is shown once and kept nowhere; None where it was given."""

    member: StaffMember
    one_time_password: str | None


@dataclass(frozen=True, slots=True, repr=False)
class SignedIn:
    """A session. `token` goes into the cookie (HttpOnly, Secure, SameSite=Strict), `csrf` into every form."""

    member: StaffMember
    token: str
    csrf: str


@dataclass(frozen=True, slots=True)
class Refused:
    """No session: a wrong name or password, or too many tries (then `locked_until` says how long)."""

    locked_until: datetime | None = None


@dataclass(frozen=True, slots=True, repr=False)
class StaffSession:
    """A session that holds."""

    member: StaffMember
    csrf: str

    def csrf_holds(self, given: str | None) -> bool:
        """Whether a form came from our own page; compared in constant time."""
        return hmac.compare_digest(self.csrf.encode(), (given or "").encode())


class StaffAccounts:
    """Accounts and sessions. The password is kept as an argon2id hash, the session's token as SHA-256."""

    def __init__(
        self, store: Store, clock: Callable[[], datetime] = utc_now, hasher: PasswordHasher | None = None
    ) -> None:
        self._store = store.staff
        self._clock = clock
        self._hasher = hasher or PasswordHasher()
        self._lockout = Lockout(self._store, clock)
        self._nobody: str | None = None

    def any(self) -> bool:
        """Whether there is an account at all."""
        return self._store.any()

    def names(self) -> tuple[str, ...]:
        """The names of all accounts."""
        return self._store.names()

    def create_account(
        self, name: str, role: Role = "admin", *, password: str | None = None, one_time: bool = True
    ) -> NewAccount:
        """Makes an account, with a one-time password where none is given.

        A one-time password must be changed at the first sign-in. Raises HeardError where the name is empty,
        too long or taken or the role unknown, PasswordError where a given password will not do.
        """
        name = " ".join(name.split())
        if not 1 <= len(name) <= _LONGEST_NAME or not name.isprintable():
            raise HeardError(f"Give a name of 1 to {_LONGEST_NAME} characters.")
        if role not in ROLES:
            raise HeardError(f"There is no role {role!r}; the roles are {', '.join(ROLES)}.")
        if password is not None:
            check_password(name, password)
        made = one_time_password() if password is None else None
        must_change = one_time or made is not None
        account = StoredAccount(secrets.token_hex(16), name, role, self._hash(made or password or ""), must_change)
        if not self._store.add(account):
            raise HeardError(f"There is an account named {name!r} already; choose another name or reset its password.")
        return NewAccount(_member(account), made)

    def reset_password(self, name: str) -> str:
        """Gives an account a one-time password and ends its sessions. Raises HeardError for an unknown name."""
        account = self._store.by_name(name)
        if account is None:
            raise HeardError(f"There is no account named {name!r}; the names are: {', '.join(self.names()) or 'none'}.")
        made = one_time_password()
        self._store.set_password(account.id, self._hash(made), must_change=True)
        self._lockout.unlock(account.name)
        return made

    def sign_in(self, name: str, password: str, address: str) -> SignedIn | Refused:
        """A session for the right name and password.

        `address` is a keyed hash of where the try comes from. An unknown name takes as long and is answered
        the same as a wrong password; five wrong tries lock the name and the address for 15 minutes.
        """
        name, password = " ".join(name.split()), password[: LONGEST + 1]
        locked_until = self._lockout.try_once(name, address)
        if locked_until is not None:
            return Refused(locked_until)
        account, nobodys_hash = self._store.by_name(name), self._nobodys_hash()
        right = self._verify(account.password_hash if account is not None else nobodys_hash, password)
        if account is None or not right:
            return Refused()
        self._lockout.succeeded(name, address)
        if self._hasher.check_needs_rehash(account.password_hash):
            self._store.rehash(account.id, self._hash(password))
        return self._begin(account)

    def session(self, token: str | None) -> StaffSession | None:
        """Whose session this is; None where there is none, or it is over (8 hours, or 30 minutes unused)."""
        if not token:
            return None
        now, token_hash = self._clock(), _hash_of(token)
        stored = self._store.session(token_hash)
        if stored is None:
            return None
        if now - stored.started_at >= SESSION_LASTS or now - stored.seen_at >= IDLE_LASTS:
            self._store.end_session(token_hash)
            return None
        if now - stored.seen_at >= _SEEN_EVERY:
            self._store.see(token_hash, now)
        return StaffSession(_member(stored.account), _csrf(token))

    def change_password(self, token: str, current: str, new: str, address: str) -> SignedIn | Refused:
        """Changes the password of the session's account: every session of it ends, and a fresh one begins.

        Refused where the session is over or `current` is wrong (which counts as a wrong try). Raises
        PasswordError where the new one will not do.
        """
        if self.session(token) is None:
            return Refused()
        stored = self._store.session(_hash_of(token))
        if stored is None:
            return Refused()
        account = stored.account
        locked_until = self._lockout.try_once(account.name, address)
        if locked_until is not None or not self._verify(account.password_hash, current[: LONGEST + 1]):
            return Refused(locked_until)
        self._lockout.succeeded(account.name, address)
        check_password(account.name, new)
        if normal(new) == normal(current):
            raise PasswordError("same")
        self._store.set_password(account.id, self._hash(new), must_change=False)
        return self._begin(StoredAccount(account.id, account.name, account.role, "", must_change=False))

    def sign_out(self, token: str | None) -> None:
        """Ends a session; nothing happens where there is none."""
        if token:
            self._store.end_session(_hash_of(token))

    def purge(self) -> int:
        """Removes sessions that are over and tries that no longer count; says how many."""
        now = self._clock()
        return self._store.end_sessions_before(now - SESSION_LASTS, now - IDLE_LASTS) + self._lockout.purge()

    def _begin(self, account: StoredAccount) -> SignedIn:
        token = secrets.token_urlsafe(32)
        self._store.begin_session(_hash_of(token), account.id, self._clock())
        return SignedIn(_member(account), token, _csrf(token))

    def _hash(self, password: str) -> str:
        return self._hasher.hash(normal(password))

    def _verify(self, password_hash: str, password: str) -> bool:
        try:
            return self._hasher.verify(password_hash, normal(password))
        except (VerificationError, InvalidHashError):
            return False

    def _nobodys_hash(self) -> str:
        """What an unknown name is checked against, so that it takes its time too."""
        if self._nobody is None:
            self._nobody = self._hash(secrets.token_hex(16))
        return self._nobody


def _member(account: StoredAccount) -> StaffMember:
    return StaffMember(account.name, cast(Role, account.role), account.must_change)


def _hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _csrf(token: str) -> str:
    """A token of the session's own that the database need not hold: it follows from the cookie, not the other way."""
    return hmac.new(token.encode(), b"csrf", hashlib.sha256).hexdigest()
