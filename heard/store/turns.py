"""Messages that were taken, with their replies, so that a repeat does nothing twice."""

from collections.abc import Callable
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, select, update
from sqlalchemy.engine import CursorResult

from heard.store.database import Database, insert_into, insert_new
from heard.store.tables import TurnRow

_CLAIM_LASTS = timedelta(seconds=30)
"""A process that has not answered by then has died."""


class TurnStore:
    """Replies by message key. What the reply holds, and how it is sealed, is the door's business."""

    def __init__(self, database: Database, clock: Callable[[], datetime]) -> None:
        self._database = database
        self._clock = clock

    def get(self, key: str) -> str | None:
        """The reply that this message got, or None."""
        query = select(TurnRow.reply).where(TurnRow.key == key)
        return self._database.read(lambda connection: connection.scalar(query))

    def claim(self, key: str) -> bool:
        """Whether this message is the caller's to answer: true for one caller only, among any number of processes.

        Others wait for `get`. The claim of a process that died runs out after half a minute.
        """
        now = self._clock()

        def work(connection: Connection) -> bool:
            if insert_new(connection, TurnRow, key=key, reply=None, created_at=now):
                return True
            stale = (TurnRow.key == key, TurnRow.reply.is_(None), TurnRow.created_at < now - _CLAIM_LASTS)
            return bool(_count(connection.execute(update(TurnRow).where(*stale).values(created_at=now))))

        return self._database.write(work)

    def release(self, key: str) -> None:
        """Gives a claim back unanswered, so that the message can come again."""
        drop = delete(TurnRow).where(TurnRow.key == key, TurnRow.reply.is_(None))
        self._database.write(lambda connection: connection.execute(drop))

    def put(self, key: str, reply: str, owner: str | None = None) -> str:
        """Keeps a reply and gives back the one that holds: the first that was put for this message.

        `owner` is a keyed hash of whoever sent it, so that it goes when they want to be forgotten.
        """
        now = self._clock()

        def work(connection: Connection) -> str:
            values = {"reply": reply, "owner": owner, "created_at": now}
            put = insert_into(connection, TurnRow).values(key=key, **values)
            unanswered = TurnRow.reply.is_(None)
            connection.execute(put.on_conflict_do_update(index_elements=["key"], set_=values, where=unanswered))
            return connection.scalar(select(TurnRow.reply).where(TurnRow.key == key)) or reply

        return self._database.write(work)

    def forget(self, owner: str) -> int:
        """Forgets everything that was answered to one person; says how many messages."""
        drop = delete(TurnRow).where(TurnRow.owner == owner)
        gone = self._database.write(lambda connection: _count(connection.execute(drop)))
        if gone:
            self._database.forget_deleted()
        return gone


def _count(result: CursorResult[object]) -> int:
    return result.rowcount
