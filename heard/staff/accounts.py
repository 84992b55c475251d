"""Staff accounts: made by hand, signed in with a password."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from argon2 import PasswordHasher, Type
from argon2.exceptions import InvalidHashError, VerificationError

from heard.errors import HeardError
from heard.staff.lockout import Lockout
from heard.staff.passwords import LONGEST, PasswordError, check_password, normal, one_time_password
from heard.staff.roles import ROLES, Role, StaffMember
from heard.staff.sessions import SignedIn, StaffSession, StaffSessions, member_of
from heard.store import Store
from heard.store.staff import StoredAccount
from heard.store.store import utc_now

_LONGEST_NAME = 80


def argon2id() -> PasswordHasher:
    """The second choice of RFC 9106 (section 4), for a machine that does not have 2 GiB for each sign-in."""
    return PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=4, hash_len=32, salt_len=16, type=Type.ID)


@dataclass(frozen=True, slots=True, repr=False)
class NewAccount:
    """An account that was made. The password is shown once and kept nowhere; None where it was given."""

    member: StaffMember
    one_time_password: str | None


@dataclass(frozen=True, slots=True)
class Refused:
    """No session: a wrong name, password or code, or too many tries (then `locked_until` says how long)."""

    locked_until: datetime | None = None


class StaffAccounts:
    """Accounts. The password is kept as an argon2id hash, the session's token as SHA-256."""

    def __init__(
        self, store: Store, clock: Callable[[], datetime] = utc_now, hasher: PasswordHasher | None = None
    ) -> None:
        self._store = store.staff
        self._hasher = hasher or argon2id()
        self._lockout = Lockout(self._store, clock)
        self._nobody: str | None = None
        self.sessions = StaffSessions(self._store, clock)

    def any(self) -> bool:
        """Whether there is an account at all."""
        return self._store.any()

    def names(self) -> tuple[str, ...]:
        """The names of all accounts."""
        return self._store.names()

    def members(self) -> tuple[StaffMember, ...]:
        """All accounts, by name."""
        return tuple(member_of(account) for account in self._store.all())

    def account(self, name: str) -> StoredAccount:
        """The account of this name. Raises HeardError where there is none."""
        account = self._store.by_name(name)
        if account is None:
            raise HeardError(f"There is no account named {name!r}; the names are: {', '.join(self.names()) or 'none'}.")
        return account

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
        _check_role(role)
        if password is not None:
            check_password(name, password)
        made = one_time_password() if password is None else None
        must_change = one_time or made is not None
        account = StoredAccount(secrets.token_hex(16), name, role, self._hash(made or password or ""), must_change)
        if not self._store.add(account):
            raise HeardError(f"There is an account named {name!r} already; choose another name or reset its password.")
        return NewAccount(member_of(account), made)

    def reset_password(self, name: str) -> str:
        """Gives an account a one-time password and ends its sessions. Raises HeardError for an unknown name."""
        account = self.account(name)
        made = one_time_password()
        self._store.set_password(account.id, self._hash(made), must_change=True)
        self._lockout.unlock(account.name)
        return made

    def set_role(self, name: str, role: Role) -> None:
        """Gives an account another role and ends its sessions.

        Raises HeardError for an unknown name or role, and for the last admin: nobody could give the role back.
        """
        account = self.account(name)
        _check_role(role)
        if role != "admin":
            self._not_the_last_admin(account)
        self._store.set_role(account.id, role)

    def remove(self, name: str) -> None:
        """Removes an account and ends its sessions. Raises HeardError for an unknown name and for the last admin."""
        account = self.account(name)
        self._not_the_last_admin(account)
        self._store.remove(account.id)
        self._lockout.unlock(account.name)

    def sign_in(self, name: str, password: str, address: str) -> SignedIn | Refused:
        """A session for the right name and password; with a second factor, one that waits for its code.

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
        return self.sessions.begin(account, code_to_come=account.second_factor)

    def session(self, token: str | None) -> StaffSession | None:
        """Whose session this is; None where there is none, or it is over."""
        return self.sessions.get(token)

    def change_password(self, token: str, current: str, new: str, address: str) -> SignedIn | Refused:
        """Changes the password of the session's account: every session of it ends, and a fresh one begins.

        Refused where the session is over or `current` is wrong (which counts as a wrong try). Raises
        PasswordError where the new one will not do.
        """
        session = self.session(token)
        if session is None or session.member.code_to_come:
            return Refused()
        account = self.sessions.account(token)
        locked_until = self._lockout.try_once(account.name, address)
        if locked_until is not None or not self._verify(account.password_hash, current[: LONGEST + 1]):
            return Refused(locked_until)
        self._lockout.succeeded(account.name, address)
        check_password(account.name, new)
        if normal(new) == normal(current):
            raise PasswordError("same")
        self._store.set_password(account.id, self._hash(new), must_change=False)
        return self.sessions.begin(replace(account, must_change=False), code_to_come=False)

    def sign_out(self, token: str | None) -> None:
        """Ends a session; nothing happens where there is none."""
        self.sessions.end(token)

    def _not_the_last_admin(self, account: StoredAccount) -> None:
        if account.role == "admin" and sum(each.role == "admin" for each in self._store.all()) == 1:
            raise HeardError(f"{account.name!r} is the last admin; make another account an admin first.")

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


def _check_role(role: str) -> None:
    if role not in ROLES:
        raise HeardError(f"There is no role {role!r}; the roles are {', '.join(ROLES)}.")
