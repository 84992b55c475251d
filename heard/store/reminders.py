"""Reminders as they lie in the database: sealed. Each has its job, and both come and go in one transaction."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, delete, func, select, update

from heard.store.database import Database, insert_into
from heard.store.jobs import drop_job, put_job
from heard.store.marks import REMINDER, put_mark
from heard.store.tables import ReminderRow


@dataclass(frozen=True, slots=True)
class StoredReminder:
    """A reminder. What it is about and whose it is can be read only with the installation's secret."""

    id: str
    person: str
    sealed: str
    until: datetime


class ReminderStore:
    """Reminders by id and by person, for each hub."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    def put(self, hub: str, reminder: StoredReminder, look_at: datetime, most: int) -> bool:
        """Keeps a reminder, in place of the one with its id, and has it looked at then.

        False, and nothing is kept, where the person has `most` others.
        """
        others = select(func.count()).where(
            ReminderRow.hub == hub, ReminderRow.person == reminder.person, ReminderRow.id != reminder.id
        )
        values = {"hub": hub, "person": reminder.person, "sealed": reminder.sealed, "until": reminder.until}

        def work(connection: Connection) -> bool:
            if (connection.scalar(others) or 0) >= most:
                return False
            put = insert_into(connection, ReminderRow).values(id=reminder.id, **values)
            connection.execute(put.on_conflict_do_update(index_elements=["id"], set_=values))
            put_job(connection, job_name(reminder.id), job_kind(hub), look_at)
            return True

        return self._database.write(work)

    def get(self, hub: str, id_: str) -> StoredReminder | None:
        """One reminder, or None."""
        found = self._where(ReminderRow.hub == hub, ReminderRow.id == id_)
        return found[0] if found else None

    def of(self, hub: str, person: str) -> tuple[StoredReminder, ...]:
        """A person's reminders, those that end first first."""
        return self._where(ReminderRow.hub == hub, ReminderRow.person == person)

    def extend(self, hub: str, id_: str, until: datetime) -> None:
        """Keeps a reminder for longer, because its day has moved."""
        mine = (ReminderRow.hub == hub, ReminderRow.id == id_)
        change = update(ReminderRow).where(*mine).values(until=until)
        self._database.write(lambda connection: connection.execute(change))

    def remove(self, hub: str, *, id_: str | None = None, person: str | None = None) -> int:
        """Removes the reminder of this id, those of this person, or that one if it is theirs; says how many.

        A mark of each stays for as long as backups do, so that none of them brings it back.
        """
        them = [ReminderRow.hub == hub]
        them += [ReminderRow.id == id_] if id_ is not None else []
        them += [ReminderRow.person == person] if person is not None else []

        def work(connection: Connection) -> int:
            ids = connection.scalars(delete(ReminderRow).where(*them).returning(ReminderRow.id)).all()
            for each in ids:
                drop_job(connection, job_name(each))
                put_mark(connection, REMINDER, each, self._clock())
            return len(ids)

        gone = self._database.write(work)
        if gone:
            self._database.forget_deleted()
        return gone

    def _where(self, *conditions: ColumnElement[bool]) -> tuple[StoredReminder, ...]:
        columns = (ReminderRow.id, ReminderRow.person, ReminderRow.sealed, ReminderRow.until)
        query = select(*columns).where(*conditions).order_by(ReminderRow.until, ReminderRow.id)
        rows = self._database.read(lambda connection: connection.execute(query).all())
        return tuple(StoredReminder(*row) for row in rows)


def job_name(id_: str) -> str:
    """The job that looks at a reminder."""
    return f"reminder {id_}"


def job_kind(hub: str) -> str:
    """The kind of those jobs: each hub's own processes know its entries and its bot."""
    return f"reminders of {hub}"
