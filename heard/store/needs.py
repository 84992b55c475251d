"""How often something was looked for and not found, by what is known of the wish: no words, and nobody's."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection, delete, select, update

from heard.store.database import Database, insert_into
from heard.store.tables import NeedRow

KEY = ("month", "topic", "instrument", "district", "ages", "barrier")
"""What a wish is counted by, the month first."""


@dataclass(frozen=True, slots=True)
class NeedCount:
    """How many wishes of one kind there were. The true number: only heard/needs/report.py reads it."""

    values: tuple[str, ...]
    """In the order of `KEY`."""
    count: int


class NeedStore:
    """Counts by the values of `KEY`, for each hub."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def count(self, hub: str, need: Mapping[str, str]) -> None:
        """Counts one wish."""
        self._database.write(lambda connection: _add(connection, hub, need))

    def move(self, hub: str, before: Mapping[str, str], after: Mapping[str, str]) -> None:
        """Counts a wish that was counted as `before` as `after` instead."""

        def work(connection: Connection) -> None:
            one = [NeedRow.hub == hub, *(getattr(NeedRow, name) == before[name] for name in KEY)]
            less = update(NeedRow).where(*one, NeedRow.count > 0).values(count=NeedRow.count - 1)
            if connection.execute(less.returning(NeedRow.count)).first() is not None:
                connection.execute(delete(NeedRow).where(*one, NeedRow.count == 0))
                _add(connection, hub, after)

        self._database.write(work)

    def table(self, hub: str) -> tuple[NeedCount, ...]:
        """Everything that was counted, in the order of its values."""
        columns = [getattr(NeedRow, name) for name in KEY]
        query = select(*columns, NeedRow.count).where(NeedRow.hub == hub).order_by(*columns)
        rows = self._database.read(lambda connection: connection.execute(query).all())
        return tuple(NeedCount(tuple(row[:-1]), row[-1]) for row in rows)


def _add(connection: Connection, hub: str, need: Mapping[str, str]) -> None:
    values = {"hub": hub, **{name: need[name] for name in KEY}}
    put = insert_into(connection, NeedRow).values(**values, count=1)
    once_more = {"count": NeedRow.count + 1}
    connection.execute(put.on_conflict_do_update(index_elements=["hub", *KEY], set_=once_more))
