"""What stands behind the second factor of staff: sealed secrets, the last time step used, recovery codes as hashes."""

from collections.abc import Iterable

from sqlalchemy import Connection, delete, func, insert, select, update

from heard.store.database import Database
from heard.store.tables import RecoveryCodeRow, StaffRow, StaffSessionRow


class SecondFactorStore:
    """By the account's id."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def sealed(self, staff: str) -> str | None:
        """The account's sealed secret, or None."""
        query = select(StaffRow.totp).where(StaffRow.id == staff)
        return self._database.read(lambda connection: connection.scalar(query))

    def set(self, staff: str, sealed: str, step: int, code_hashes: Iterable[str]) -> None:
        """Keeps a secret whose code of `step` was given, and its recovery codes; ends every session of the account."""

        def work(connection: Connection) -> None:
            _forget(connection, staff)
            connection.execute(update(StaffRow).where(StaffRow.id == staff).values(totp=sealed, totp_step=step))
            connection.execute(insert(RecoveryCodeRow), [{"staff": staff, "code_hash": each} for each in code_hashes])

        self._database.write(work)

    def clear(self, staff: str) -> None:
        """Forgets the secret and its recovery codes; ends every session of the account."""
        self._database.write(lambda connection: _forget(connection, staff))

    def use_step(self, staff: str, step: int) -> bool:
        """Whether the code of this time step may still be used: each once, and none older than the last."""
        change = update(StaffRow).where(StaffRow.id == staff, StaffRow.totp_step < step).values(totp_step=step)
        return self._database.write(lambda connection: connection.execute(change).rowcount == 1)

    def use_recovery(self, staff: str, code_hash: str) -> bool:
        """Uses a recovery code up; false where there is no such code (any more)."""
        mine = (RecoveryCodeRow.staff == staff) & (RecoveryCodeRow.code_hash == code_hash)
        return self._database.write(
            lambda connection: connection.execute(delete(RecoveryCodeRow).where(mine)).rowcount == 1
        )

    def recovery_left(self, staff: str) -> int:
        """How many recovery codes are left."""
        query = select(func.count()).select_from(RecoveryCodeRow).where(RecoveryCodeRow.staff == staff)
        return self._database.read(lambda connection: connection.scalar(query)) or 0


def _forget(connection: Connection, staff: str) -> None:
    connection.execute(update(StaffRow).where(StaffRow.id == staff).values(totp=None, totp_step=0))
    connection.execute(delete(RecoveryCodeRow).where(RecoveryCodeRow.staff == staff))
    connection.execute(delete(StaffSessionRow).where(StaffSessionRow.staff == staff))
