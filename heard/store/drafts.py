"""Consultations that staff are still writing."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, delete, select, update

from heard.store.database import Database, insert_new
from heard.store.tables import ConsultationDraftRow, ConsultationRow

Body = Mapping[str, Any]
"""What there is of a consultation so far, in the form of its file."""


@dataclass(frozen=True, slots=True)
class Draft:
    """A consultation that is not open yet; `body` need not be whole."""

    id: str
    body: Body
    changed: date


class DraftStore:
    """Drafts by hub and id."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def all(self, hub: str) -> tuple[Draft, ...]:
        """Every draft of the hub, the one that was changed last first."""
        query = select(ConsultationDraftRow.id, ConsultationDraftRow.body, ConsultationDraftRow.changed)
        query = query.where(ConsultationDraftRow.hub == hub)
        query = query.order_by(ConsultationDraftRow.changed.desc(), ConsultationDraftRow.id)
        rows = self._database.read(lambda connection: connection.execute(query).all())
        return tuple(Draft(id_, json.loads(body), changed) for id_, body, changed in rows)

    def get(self, hub: str, id_: str) -> Draft | None:
        """One draft, or None."""
        query = select(ConsultationDraftRow.body, ConsultationDraftRow.changed).where(_is(hub, id_))
        row = self._database.read(lambda connection: connection.execute(query).first())
        return Draft(id_, json.loads(row.body), row.changed) if row is not None else None

    def add(self, hub: str, id_: str, body: Body, day: date) -> bool:
        """Begins a draft; false where a draft or a consultation has this id already."""

        def work(connection: Connection) -> bool:
            taken = select(ConsultationRow.id).where(ConsultationRow.hub == hub, ConsultationRow.id == id_)
            if connection.execute(taken).first() is not None:
                return False
            return insert_new(connection, ConsultationDraftRow, hub=hub, id=id_, body=_text(body), changed=day)

        return self._database.write(work)

    def change(self, hub: str, id_: str, day: date, decide: Callable[[Body], Body]) -> bool:
        """Lets `decide` change a draft, alone: two people who write at once do not undo each other's questions."""

        def work(connection: Connection) -> bool:
            row = connection.execute(select(ConsultationDraftRow.body).where(_is(hub, id_)).with_for_update()).first()
            if row is None:
                return False
            values = {"body": _text(decide(json.loads(row.body))), "changed": day}
            connection.execute(update(ConsultationDraftRow).where(_is(hub, id_)).values(values))
            return True

        return self._database.write(work)

    def remove(self, hub: str, id_: str) -> bool:
        """Deletes a draft; false where there is none."""
        drop = delete(ConsultationDraftRow).where(_is(hub, id_))
        return bool(self._database.write(lambda connection: connection.execute(drop).rowcount))


def _is(hub: str, id_: str) -> ColumnElement[bool]:
    return and_(ConsultationDraftRow.hub == hub, ConsultationDraftRow.id == id_)


def _text(body: Body) -> str:
    return json.dumps(body, ensure_ascii=False)
