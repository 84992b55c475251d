"""Wrong tries: after five in a row an account, or an address, has to wait."""

import hashlib
from collections.abc import Callable
from datetime import datetime

from heard.retention.lifetimes import SIGN_IN_TRIES
from heard.store.staff import Attempts, StaffStore

TRIES = 5


class Lockout:
    """Counts tries at names and from addresses. A name that nobody has is counted like any other."""

    def __init__(self, store: StaffStore, clock: Callable[[], datetime]) -> None:
        self._store = store
        self._clock = clock

    def try_once(self, name: str, address: str) -> datetime | None:
        """Counts a try, before anybody knows whether it is right; a moment means: locked until then."""
        now = self._clock()
        attempts = self._store.attempt((_account(name), _address(address)), lambda before: _next(before, now))
        locked = [a.locked_until for a in attempts if a.locked_until is not None and a.tries > TRIES]
        return max(locked, default=None)

    def succeeded(self, name: str, address: str) -> None:
        """Takes the try back, and the account's wrong ones before it.

        The address keeps its wrong ones: whoever knows one password has no more tries at others for it.
        """
        self._store.clear_attempts(_account(name))
        self._store.attempt((_address(address),), lambda before: _taken_back(before, self._clock()))

    def unlock(self, name: str) -> None:
        """Lets an account be tried again at once."""
        self._store.clear_attempts(_account(name))


def _next(before: Attempts | None, now: datetime) -> Attempts:
    if before is not None and before.locked_until is not None and now < before.locked_until:
        # Trying on does not make the wait longer, or anybody could lock staff out for good.
        return Attempts(max(before.tries, TRIES) + 1, before.last_at, before.locked_until)
    over = before is None or before.locked_until is not None or now - before.last_at >= SIGN_IN_TRIES
    tries = 1 if over or before is None else before.tries + 1
    return Attempts(tries, now, now + SIGN_IN_TRIES if tries >= TRIES else None)


def _taken_back(before: Attempts | None, now: datetime) -> Attempts:
    tries = before.tries - 1 if before is not None else 0
    locked = before.locked_until if before is not None and tries >= TRIES else None
    return Attempts(max(tries, 0), before.last_at if before is not None else now, locked)


def _account(name: str) -> str:
    return "account:" + hashlib.sha256(name.casefold().encode()).hexdigest()


def _address(address: str) -> str:
    return "address:" + hashlib.sha256(address.encode()).hexdigest()
