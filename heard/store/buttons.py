"""Choices too long for a Telegram button, each kept once under a short name."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import select

from heard.store.database import Database, insert_into
from heard.store.tables import ButtonRow


class ButtonStore:
    """Payloads by name. They are content's own choices: nothing says who was offered one."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    def keep(self, name: str, payload: str) -> None:
        """Keeps a payload; one that is there already counts as offered now."""
        now = self._clock()
        self._database.write(
            lambda connection: connection.execute(
                insert_into(connection, ButtonRow)
                .values(name=name, payload=payload, offered_at=now)
                .on_conflict_do_update(index_elements=["name"], set_={"offered_at": now})
            )
        )

    def get(self, name: str) -> str | None:
        """The payload, or None where no button has this name (any more)."""
        query = select(ButtonRow.payload).where(ButtonRow.name == name)
        return self._database.read(lambda connection: connection.scalar(query))
