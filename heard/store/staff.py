"""Staff accounts, their sign-ins, and wrong tries."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, delete, func, insert, select, update

from heard.store.database import Database, insert_new
from heard.store.tables import RecoveryCodeRow, SignInAttemptRow, StaffRow, StaffSessionRow


@dataclass(frozen=True, slots=True, repr=False)
class StoredAccount:
    """A member of staff with the hash of their password."""

    id: str
    name: str
    role: str
    password_hash: str
    must_change: bool
    second_factor: bool = False


@dataclass(frozen=True, slots=True, repr=False)
class StoredSession:
    """A sign-in and whose it is."""

    account: StoredAccount
    started_at: datetime
    seen_at: datetime
    code_to_come: bool


@dataclass(frozen=True, slots=True)
class Attempts:
    """Wrong tries in a row at one subject (an account name or an address, hashed)."""

    tries: int
    last_at: datetime
    locked_until: datetime | None


_ACCOUNT = (
    StaffRow.id,
    StaffRow.name,
    StaffRow.role,
    StaffRow.password_hash,
    StaffRow.must_change,
    StaffRow.totp.is_not(None),
)


class StaffStore:
    """Accounts by name (without regard to case), sessions by the hash of their token."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, account: StoredAccount) -> bool:
        """Adds an account; false where the name is taken."""
        values = {
            "id": account.id,
            "name": account.name,
            "folded": account.name.casefold(),
            "role": account.role,
            "password_hash": account.password_hash,
            "must_change": account.must_change,
        }
        return self._database.write(lambda connection: insert_new(connection, StaffRow, **values))

    def by_name(self, name: str) -> StoredAccount | None:
        """The account of this name, or None."""
        query = select(*_ACCOUNT).where(StaffRow.folded == name.casefold())
        row = self._database.read(lambda connection: connection.execute(query).first())
        return StoredAccount(*row) if row is not None else None

    def names(self) -> tuple[str, ...]:
        """The names of all accounts."""
        query = select(StaffRow.name).order_by(StaffRow.folded)
        return tuple(self._database.read(lambda connection: connection.scalars(query).all()))

    def all(self) -> tuple[StoredAccount, ...]:
        """All accounts, by name."""
        query = select(*_ACCOUNT).order_by(StaffRow.folded)
        return tuple(StoredAccount(*row) for row in self._database.read(lambda c: c.execute(query).all()))

    def any(self) -> bool:
        """Whether there is an account at all."""
        query = select(func.count()).select_from(StaffRow)
        return bool(self._database.read(lambda connection: connection.scalar(query)))

    def set_password(self, staff: str, password_hash: str, *, must_change: bool) -> None:
        """Sets a password and ends every session of the account."""

        def work(connection: Connection) -> None:
            values = {"password_hash": password_hash, "must_change": must_change}
            connection.execute(update(StaffRow).where(StaffRow.id == staff).values(values))
            connection.execute(delete(StaffSessionRow).where(StaffSessionRow.staff == staff))

        self._database.write(work)

    def set_role(self, staff: str, role: str) -> None:
        """Sets a role and ends every session of the account: none goes on with the rights that it had."""

        def work(connection: Connection) -> None:
            connection.execute(update(StaffRow).where(StaffRow.id == staff).values(role=role))
            connection.execute(delete(StaffSessionRow).where(StaffSessionRow.staff == staff))

        self._database.write(work)

    def remove(self, staff: str) -> None:
        """Removes an account with its sessions and codes."""

        def work(connection: Connection) -> None:
            for row in (StaffSessionRow, RecoveryCodeRow):
                connection.execute(delete(row).where(row.staff == staff))
            connection.execute(delete(StaffRow).where(StaffRow.id == staff))

        self._database.write(work)

    def rehash(self, staff: str, password_hash: str) -> None:
        """Keeps the same password under a newer hash."""
        change = update(StaffRow).where(StaffRow.id == staff).values(password_hash=password_hash)
        self._database.write(lambda connection: connection.execute(change))

    def begin_session(self, token_hash: str, staff: str, now: datetime, *, code_to_come: bool) -> None:
        """Opens a session."""
        values = {"token_hash": token_hash, "staff": staff, "code_to_come": code_to_come}
        new = insert(StaffSessionRow).values(**values, started_at=now, seen_at=now)
        self._database.write(lambda connection: connection.execute(new))

    def session(self, token_hash: str) -> StoredSession | None:
        """The session of this token, or None. How old it may be is for the caller to say."""
        query = (
            select(*_ACCOUNT, StaffSessionRow.started_at, StaffSessionRow.seen_at, StaffSessionRow.code_to_come)
            .join(StaffRow, StaffRow.id == StaffSessionRow.staff)
            .where(StaffSessionRow.token_hash == token_hash)
        )
        row = self._database.read(lambda connection: connection.execute(query).first())
        return StoredSession(StoredAccount(*row[:-3]), *row[-3:]) if row is not None else None

    def see(self, token_hash: str, now: datetime) -> None:
        """Notes that a session was used."""
        change = update(StaffSessionRow).where(StaffSessionRow.token_hash == token_hash).values(seen_at=now)
        self._database.write(lambda connection: connection.execute(change))

    def end_session(self, token_hash: str) -> None:
        """Closes a session."""
        drop = delete(StaffSessionRow).where(StaffSessionRow.token_hash == token_hash)
        self._database.write(lambda connection: connection.execute(drop))

    def attempt(self, subjects: tuple[str, ...], change: Callable[[Attempts | None], Attempts]) -> tuple[Attempts, ...]:
        """Counts a try at each subject before it is known to be wrong, so that many at once count as many."""

        def work(connection: Connection) -> tuple[Attempts, ...]:
            return tuple(_attempt(connection, subject, change) for subject in sorted(subjects))

        return self._database.write(work)

    def clear_attempts(self, subject: str) -> None:
        """Forgets the wrong tries at a subject."""
        drop = delete(SignInAttemptRow).where(SignInAttemptRow.subject == subject)
        self._database.write(lambda connection: connection.execute(drop))


def _attempt(connection: Connection, subject: str, change: Callable[[Attempts | None], Attempts]) -> Attempts:
    first = change(None)
    if insert_new(connection, SignInAttemptRow, subject=subject, **_columns(first)):
        return first
    columns = (SignInAttemptRow.tries, SignInAttemptRow.last_at, SignInAttemptRow.locked_until)
    mine = SignInAttemptRow.subject == subject
    row = connection.execute(select(*columns).where(mine).with_for_update()).one()
    after = change(Attempts(*row))
    connection.execute(update(SignInAttemptRow).where(mine).values(_columns(after)))
    return after


def _columns(attempts: Attempts) -> dict[str, object]:
    return {"tries": attempts.tries, "last_at": attempts.last_at, "locked_until": attempts.locked_until}
