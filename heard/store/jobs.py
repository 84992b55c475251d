"""What has to be done later, and who is doing it: each due job is claimed in one transaction."""

import secrets
from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, func, or_, select, update

from heard.store.database import Database, insert_into, insert_new
from heard.store.tables import JobRow


@dataclass(frozen=True, slots=True)
class Job:
    """A job that is the caller's to do until `until`: nobody else gets it before."""

    name: str
    kind: str
    due_at: datetime
    tries: int
    """How often it was begun before and not finished."""
    until: datetime
    claim: str


class JobStore:
    """Jobs by name. A process that dies with a job leaves it to the others when its claim runs out."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    def put(self, name: str, kind: str, due_at: datetime) -> None:
        """Sets when a job is due, whether it is there already or not, and whoever is doing it."""
        self._database.write(lambda connection: put_job(connection, name, kind, due_at))

    def ensure(self, name: str, kind: str, due_at: datetime) -> bool:
        """Puts a job in that is not there yet; says whether it was new."""
        new = {"name": name, "kind": kind, "due_at": due_at, "tries": 0}
        return self._database.write(lambda connection: insert_new(connection, JobRow, **new))

    def claim(self, kinds: Collection[str], lasts: timedelta) -> Job | None:
        """The job of these kinds that is due for longest and that nobody has, now the caller's; or None."""
        now, token = self._clock(), secrets.token_hex(16)
        free = or_(JobRow.claimed_until.is_(None), JobRow.claimed_until <= now)
        due = select(JobRow.__table__).where(JobRow.kind.in_(kinds), JobRow.due_at <= now, free)
        due = due.order_by(JobRow.due_at, JobRow.name).limit(1).with_for_update(skip_locked=True)

        def work(connection: Connection) -> Job | None:
            row = connection.execute(due).mappings().first()
            if row is None:
                return None
            mine = {"claim": token, "claimed_until": now + lasts, "tries": row["tries"] + 1}
            connection.execute(update(JobRow).where(JobRow.name == row["name"]).values(mine))
            return Job(row["name"], row["kind"], row["due_at"], row["tries"], now + lasts, token)

        return self._database.write(work)

    def finish(self, job: Job, again_at: datetime | None, *, failed: bool = False) -> bool:
        """Ends the caller's claim: the job is due again at that moment, or is gone.

        False, and nothing is changed, where the claim has run out and somebody else has the job, or it was dropped.
        """
        mine = (JobRow.name == job.name, JobRow.claim == job.claim)
        free = {"claim": None, "claimed_until": None}
        values = {**free, "due_at": again_at, **({} if failed else {"tries": 0})}
        change = delete(JobRow).where(*mine) if again_at is None else update(JobRow).where(*mine).values(values)
        return bool(self._database.write(lambda connection: connection.execute(change).rowcount))

    def drop(self, name: str) -> None:
        """Takes a job out, whoever is doing it."""
        self._database.write(lambda connection: drop_job(connection, name))

    def names(self) -> tuple[str, ...]:
        """The names of all jobs."""
        query = select(JobRow.name).order_by(JobRow.name)
        return tuple(self._database.read(lambda connection: connection.scalars(query).all()))

    def next_due(self, kinds: Collection[str]) -> datetime | None:
        """When the next job of these kinds that is nobody's is due; None where there is none."""
        query = select(func.min(JobRow.due_at)).where(JobRow.kind.in_(kinds), JobRow.claim.is_(None))
        return self._database.read(lambda connection: connection.scalar(query))


def put_job(connection: Connection, name: str, kind: str, due_at: datetime) -> None:
    """As `JobStore.put`, as part of a transaction.

    A claim on it is over: what its holder says at the end of when it is due again counts no more.
    """
    values = {"kind": kind, "due_at": due_at, "claim": None, "claimed_until": None, "tries": 0}
    put = insert_into(connection, JobRow).values(name=name, **values)
    connection.execute(put.on_conflict_do_update(index_elements=["name"], set_=values))


def drop_job(connection: Connection, name: str) -> None:
    """As `JobStore.drop`, as part of a transaction."""
    connection.execute(delete(JobRow).where(JobRow.name == name))
