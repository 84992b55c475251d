"""What came of looking at the directory's web addresses."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, RowMapping, select

from heard.links.look import Look, State
from heard.store.database import Database, insert_into
from heard.store.entry_rows import digest
from heard.store.tables import LinkRow

UNSURE_LASTS = timedelta(days=14)
"""How long an address may be unsure before it counts as broken."""


@dataclass(frozen=True, slots=True)
class StoredLook:
    """The latest look at an address; `since` is when it came to be as it is."""

    look: Look
    looked_at: datetime
    since: datetime


class LinkStore:
    """The latest look at each address, whichever hub's entry names it."""

    def __init__(self, database: Database, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._database = database
        self._clock = clock

    def put(self, looks: Iterable[Look]) -> None:
        """Keeps what came of looking, all at once."""
        looks = tuple(looks)
        now = self._clock()

        def work(connection: Connection) -> None:
            for look in looks:
                _put(connection, look, now)

        if looks:
            self._database.write(work)

    def all(self) -> tuple[StoredLook, ...]:
        """Every address that was ever looked at."""
        query = select(LinkRow.__table__).order_by(LinkRow.url)
        rows = self._database.read(lambda connection: connection.execute(query).mappings().all())
        return tuple(_stored(row) for row in rows)

    def broken(self) -> frozenset[str]:
        """The addresses that do not work: broken ones, and those that have been unsure for long."""
        return self._database.read(lambda connection: broken_links(connection, self._clock()))


def broken_links(connection: Connection, now: datetime) -> frozenset[str]:
    """The same inside a transaction."""
    query = select(LinkRow.url, LinkRow.state, LinkRow.since).where(LinkRow.state.in_(("broken", "unsure")))
    rows = (row._tuple() for row in connection.execute(query))
    return frozenset(url for url, state, since in rows if state == "broken" or now - since > UNSURE_LASTS)


def _put(connection: Connection, look: Look, now: datetime) -> None:
    key = digest(look.url)
    query = select(LinkRow.state, LinkRow.since).where(LinkRow.key == key).with_for_update()
    before = connection.execute(query).first()
    values = {
        "url": look.url,
        "state": look.state,
        "status": look.status,
        "note": look.note,
        "looked_at": now,
        "since": before.since if before is not None and before.state == look.state else now,
    }
    put = insert_into(connection, LinkRow).values(key=key, **values)
    connection.execute(put.on_conflict_do_update(index_elements=["key"], set_=values))


def _stored(row: RowMapping) -> StoredLook:
    state: State = row["state"]
    return StoredLook(Look(row["url"], state, row["status"], row["note"]), row["looked_at"], row["since"])
