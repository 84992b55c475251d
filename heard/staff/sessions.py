"""Sign-ins of staff: a token in the browser, its hash in the database, an end that comes by itself."""

import hashlib
import hmac
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import cast

from heard.errors import HeardError
from heard.retention.lifetimes import STAFF_CODE, STAFF_IDLE, STAFF_SESSION
from heard.staff.roles import Role, StaffMember
from heard.store.staff import StaffStore, StoredAccount

_SEEN_EVERY = timedelta(minutes=1)
"""Writing down every click would be one write for every page."""


@dataclass(frozen=True, slots=True, repr=False)
class SignedIn:
    """A session. `token` goes into the cookie (HttpOnly, Secure, SameSite=Strict), `csrf` into every form."""

    member: StaffMember
    token: str
    csrf: str


@dataclass(frozen=True, slots=True, repr=False)
class StaffSession:
    """A session that holds."""

    member: StaffMember
    csrf: str

    def csrf_holds(self, given: str | None) -> bool:
        """Whether a form came from our own page; compared in constant time."""
        return hmac.compare_digest(self.csrf.encode(), (given or "").encode())


class StaffSessions:
    """Begins, knows and ends sessions. A new right, a new password and a new second factor each begin a new one."""

    def __init__(self, store: StaffStore, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock

    def begin(self, account: StoredAccount, *, code_to_come: bool) -> SignedIn:
        """A fresh session."""
        token = secrets.token_urlsafe(32)
        self._store.begin_session(_hash_of(token), account.id, self._clock(), code_to_come=code_to_come)
        return SignedIn(member_of(account, code_to_come=code_to_come), token, _csrf(token))

    def get(self, token: str | None) -> StaffSession | None:
        """Whose session this is; None where there is none, or it is over (8 hours, or 15 minutes unused)."""
        if not token:
            return None
        now, token_hash = self._clock(), _hash_of(token)
        stored = self._store.session(token_hash)
        if stored is None:
            return None
        lasts = STAFF_CODE if stored.code_to_come else STAFF_SESSION
        if now - stored.started_at >= lasts or now - stored.seen_at >= STAFF_IDLE:
            self._store.end_session(token_hash)
            return None
        if now - stored.seen_at >= _SEEN_EVERY:
            self._store.see(token_hash, now)
        return StaffSession(member_of(stored.account, code_to_come=stored.code_to_come), _csrf(token))

    def account(self, token: str) -> StoredAccount:
        """The account of a session that holds. Raises HeardError where it is over."""
        stored = self._store.session(_hash_of(token)) if self.get(token) is not None else None
        if stored is None:
            raise HeardError("This session is over.")
        return stored.account

    def end(self, token: str | None) -> None:
        """Ends a session; nothing happens where there is none."""
        if token:
            self._store.end_session(_hash_of(token))


def member_of(account: StoredAccount, *, code_to_come: bool = False) -> StaffMember:
    """The account as what its owner may do."""
    role = cast(Role, account.role)
    return StaffMember(account.name, role, account.must_change, account.second_factor, code_to_come)


def _hash_of(token: str) -> str:
    return hashlib.sha256(token.encode()).hexdigest()


def _csrf(token: str) -> str:
    """A token of the session's own that the database need not hold: it follows from the cookie, not the other way."""
    return hmac.new(token.encode(), b"csrf", hashlib.sha256).hexdigest()
