"""What was done and must stay done: messages that were sent, and removals that a backup must not undo."""

from collections.abc import Callable, Sequence
from datetime import datetime
from itertools import batched
from typing import Final

from sqlalchemy import Connection, delete, select

from heard.store.database import Database, insert_new
from heard.store.tables import MarkRow

SENT: Final = "sent"
REMINDER: Final = "reminder"
ANSWERS: Final = "answers"
CONSULTATION: Final = "consultation"
_MANY = 500
"""Asked for at once."""


class MarkStore:
    """Marks by name. A mark is a keyed hash: it says nothing to whoever reads the database."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    def put(self, kind: str, mark: str) -> bool:
        """Puts a mark; false where it is there already. Of many at once, one gets true."""
        return self._database.write(lambda connection: put_mark(connection, kind, mark, self._clock()))

    def take_back(self, mark: str) -> None:
        """Takes a mark away, for what turned out not to have happened."""
        drop = delete(MarkRow).where(MarkRow.mark == mark)
        self._database.write(lambda connection: connection.execute(drop))

    def among(self, marks: Sequence[str]) -> frozenset[str]:
        """Those of these marks that are there."""

        def work(connection: Connection) -> frozenset[str]:
            found = (connection.scalars(select(MarkRow.mark).where(MarkRow.mark.in_(m))) for m in batched(marks, _MANY))
            return frozenset(mark for some in found for mark in some)

        return self._database.read(work)


def put_mark(connection: Connection, kind: str, mark: str, now: datetime) -> bool:
    """As `MarkStore.put`, as part of a transaction."""
    return insert_new(connection, MarkRow, mark=mark, kind=kind, at=now)
