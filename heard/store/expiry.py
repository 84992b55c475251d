"""What is past its time, counted and deleted by one and the same condition."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Final

from sqlalchemy import ColumnElement, and_, delete, func, or_, select

from heard.retention import lifetimes
from heard.store.database import Database
from heard.store.marks import ANSWERS, REMINDER, SENT
from heard.store.tables import (
    Base,
    ButtonRow,
    EntryChangeRow,
    LinkRow,
    MarkRow,
    ReminderRow,
    SignInAttemptRow,
    StaffSessionRow,
    TurnRow,
)

Condition = Callable[[datetime], ColumnElement[bool]]

_OVER: Final[Mapping[str, tuple[type[Base], Condition]]] = {
    "answered messages": (TurnRow, lambda now: TurnRow.created_at < now - lifetimes.ANSWERED),
    "long buttons": (ButtonRow, lambda now: ButtonRow.offered_at < now - lifetimes.BUTTONS),
    "history of entries": (EntryChangeRow, lambda now: EntryChangeRow.at < now - lifetimes.HISTORY),
    "looks at web addresses of entries": (LinkRow, lambda now: LinkRow.looked_at < now - lifetimes.LINKS),
    "reminders": (ReminderRow, lambda now: ReminderRow.until <= now),
    "marks of messages sent and of things removed": (
        MarkRow,
        lambda now: or_(
            and_(MarkRow.kind == SENT, MarkRow.at < now - lifetimes.SENT),
            and_(MarkRow.kind.in_([REMINDER, ANSWERS]), MarkRow.at < now - lifetimes.REMOVALS),
        ),
    ),
    "staff sessions": (
        StaffSessionRow,
        lambda now: or_(
            StaffSessionRow.started_at < now - lifetimes.STAFF_SESSION,
            StaffSessionRow.seen_at < now - lifetimes.STAFF_IDLE,
            and_(StaffSessionRow.code_to_come, StaffSessionRow.started_at < now - lifetimes.STAFF_CODE),
        ),
    ),
    "wrong sign-ins": (SignInAttemptRow, lambda now: SignInAttemptRow.last_at < now - lifetimes.SIGN_IN_TRIES),
}


class ExpiryStore:
    """Rows by the names of heard/retention/lifetimes.py."""

    names = tuple(_OVER)

    def __init__(self, database: Database) -> None:
        self._database = database

    def count(self, name: str, now: datetime) -> int:
        """How many are past their time."""
        table, over = _OVER[name]
        query = select(func.count()).select_from(table).where(over(now))
        return self._database.read(lambda connection: connection.scalar(query)) or 0

    def purge(self, name: str, now: datetime) -> int:
        """Deletes those; says how many."""
        table, over = _OVER[name]
        return self._database.write(lambda connection: connection.execute(delete(table).where(over(now))).rowcount)

    def overwrite(self) -> None:
        """Leaves nothing of what was deleted in SQLite's write-ahead log."""
        self._database.forget_deleted()
