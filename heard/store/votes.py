""" "Was this right?": how often it was said of an entry, by month. Never who, and never when in the month."""

from dataclasses import dataclass

from sqlalchemy import func, select, update

from heard.store.database import Database, insert_into
from heard.store.tables import EntryVoteRow


@dataclass(frozen=True, slots=True)
class Votes:
    """How often an entry was said to be right and wrong. The true numbers: protect them before anybody reads them."""

    right: int = 0
    wrong: int = 0


class VoteStore:
    """Counts by entry and month, for each hub."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def count(self, hub: str, entry: str, month: str, *, right: bool) -> None:
        """Counts one vote. `month` is "2026-11"."""
        one = {"right": int(right), "wrong": int(not right), "open": int(not right)}
        more = {name: getattr(EntryVoteRow, name) + value for name, value in one.items()}

        self._database.write(
            lambda connection: connection.execute(
                insert_into(connection, EntryVoteRow)
                .values(hub=hub, entry=entry, month=month, **one)
                .on_conflict_do_update(index_elements=["hub", "entry", "month"], set_=more)
            )
        )

    def doubted(self, hub: str) -> frozenset[str]:
        """The ids of the entries that were said to be wrong since somebody last looked at them."""
        query = select(EntryVoteRow.entry).where(EntryVoteRow.hub == hub, EntryVoteRow.open > 0)
        return frozenset(self._database.read(lambda connection: connection.scalars(query).all()))

    def looked_at(self, hub: str, entry: str) -> None:
        """Somebody at the hub has looked at the entry: what was said before is dealt with."""
        mine = (EntryVoteRow.hub == hub, EntryVoteRow.entry == entry, EntryVoteRow.open > 0)
        self._database.write(lambda connection: connection.execute(update(EntryVoteRow).where(*mine).values(open=0)))

    def of(self, hub: str, entry: str) -> Votes:
        """All votes about one entry."""
        query = select(func.sum(EntryVoteRow.right), func.sum(EntryVoteRow.wrong))
        query = query.where(EntryVoteRow.hub == hub, EntryVoteRow.entry == entry)
        right, wrong = self._database.read(lambda connection: connection.execute(query).one())
        return Votes(int(right or 0), int(wrong or 0))
