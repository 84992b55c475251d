"""How often harm was disclosed, by kind and week: never the words, never who."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from heard.store.database import Database, insert_into
from heard.store.tables import DisclosureRow


@dataclass(frozen=True, slots=True)
class DisclosureCount:
    """`week` is an ISO week, "2026-W47". The count is the true one: protect it before anybody reads it."""

    kind: str
    week: str
    count: int


class DisclosureStore:
    """Counts by kind and ISO week."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def count(self, kind: str, day: date) -> None:
        """Counts one disclosure of this kind in the week of `day`."""
        year, week, _ = day.isocalendar()
        values = {"kind": kind, "week": f"{year}-W{week:02}", "count": 1}
        self._database.write(
            lambda connection: connection.execute(
                insert_into(connection, DisclosureRow)
                .values(values)
                .on_conflict_do_update(index_elements=["kind", "week"], set_={"count": DisclosureRow.count + 1})
            )
        )

    def table(self) -> tuple[DisclosureCount, ...]:
        """All counts, by week and kind."""
        query = select(DisclosureRow.kind, DisclosureRow.week, DisclosureRow.count)
        query = query.order_by(DisclosureRow.week, DisclosureRow.kind)
        rows = self._database.read(lambda connection: connection.execute(query).all())
        return tuple(DisclosureCount(kind, week, count) for kind, week, count in rows)
