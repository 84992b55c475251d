"""The hub's directory in the database: put there from content, read back for everything that searches."""

import dataclasses
import hashlib
import json
from datetime import date
from decimal import Decimal
from typing import Any

from sqlalchemy import Connection, delete, insert, select

from heard.content.load import Content
from heard.content.schema import Bursary, Helpline, Opportunity, Pathway, Strict
from heard.store.database import Database, insert_into
from heard.store.tables import EntryRow, EntrySetRow

_COLLECTIONS: dict[str, type[Strict]] = {
    "opportunities": Opportunity,
    "bursaries": Bursary,
    "pathways": Pathway,
    "helplines": Helpline,
}


class EntryStore:
    """Opportunities, bursaries, pathways and helplines, one set for each hub."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def replace_from_content(self, content: Content) -> bool:
        """Writes the hub's entries when they differ from what is there; says whether they did.

        All at once: nobody ever reads half of the old and half of the new.
        """
        hub = content.hub.id
        rows = [
            _row(hub, collection, position, entry)
            for collection in _COLLECTIONS
            for position, entry in enumerate(getattr(content, collection))
        ]
        digest = _digest("\n".join(f"{row['collection']} {row['digest']}" for row in rows))

        def work(connection: Connection) -> bool:
            here = connection.scalar(select(EntrySetRow.digest).where(EntrySetRow.hub == hub))
            if here == digest:
                return False
            connection.execute(delete(EntryRow).where(EntryRow.hub == hub))
            if rows:
                connection.execute(insert(EntryRow), rows)
            put = insert_into(connection, EntrySetRow).values(hub=hub, digest=digest)
            connection.execute(put.on_conflict_do_update(index_elements=["hub"], set_={"digest": digest}))
            return True

        return self._database.write(work)

    def read(self, content: Content) -> Content:
        """The same content with the entries that the database has for its hub, in their order."""
        query = select(EntryRow.collection, EntryRow.body).where(EntryRow.hub == content.hub.id)
        rows = self._database.read(lambda connection: connection.execute(query.order_by(EntryRow.position)).all())
        found: dict[str, list[Strict]] = {collection: [] for collection in _COLLECTIONS}
        for collection, body in rows:
            found[collection].append(_COLLECTIONS[collection].model_validate(_plain(body)))
        entries: dict[str, Any] = {collection: tuple(entries) for collection, entries in found.items()}
        return dataclasses.replace(content, **entries)


def _row(hub: str, collection: str, position: int, entry: Any) -> dict[str, Any]:
    body = json.dumps(entry.model_dump(), default=_json, ensure_ascii=False)
    return {
        "hub": hub,
        "collection": collection,
        "id": entry.id,
        "position": position,
        "body": body,
        "digest": _digest(body),
        "checked": entry.checked,
    }


def _json(value: Any) -> Any:
    """Sums stay numbers: as text, a criterion's 12.50 would come back as a word."""
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"an entry holds a {type(value).__name__}, which has no form in the database")


def _plain(body: str) -> Any:
    return json.loads(body, parse_float=Decimal)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
