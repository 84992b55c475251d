"""The hub's consultations, and the key of each."""

import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any, Literal, cast

from sqlalchemy import Connection, RowMapping, delete, func, select, update

from heard.content.schema import Consultation
from heard.store.database import Database, insert_new
from heard.store.tables import ConsultationDraftRow, ConsultationRow, ParticipationRow, ReceiptRow

ConsultationState = Literal["open", "closed", "archived"]
"""A draft is none yet: heard/store/drafts.py keeps it."""


@dataclass(frozen=True, slots=True, repr=False)
class StoredConsultation:
    """A consultation as it stands. `key` hashes those who answer; None once it is closed."""

    consultation: Consultation
    state: ConsultationState
    origin: Literal["content", "staff"]
    key: str | None


class ConsultationStore:
    """Consultations by hub and id."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put_from_content(self, hub: str, consultations: Iterable[Consultation]) -> tuple[str, ...]:
        """Puts in what is new or reworded; gives back the ids of those whose change had to be left out.

        Once people have begun to answer, questions and options stay what they were (only their wording may
        change): an answer must mean what it meant when it was given. What staff edited, staff own.
        """

        def work(connection: Connection) -> tuple[str, ...]:
            return tuple(c.id for c in consultations if not _put(connection, hub, c))

        return self._database.write(work)

    def all(self, hub: str) -> tuple[StoredConsultation, ...]:
        """Every consultation of the hub, the one that opened last first."""
        query = select(ConsultationRow.__table__).where(ConsultationRow.hub == hub)
        query = query.order_by(ConsultationRow.opens.desc(), ConsultationRow.id)
        rows = self._database.read(lambda connection: connection.execute(query).mappings().all())
        return tuple(_stored(row) for row in rows)

    def get(self, hub: str, id_: str) -> StoredConsultation | None:
        """One consultation, or None."""
        query = select(ConsultationRow.__table__).where(ConsultationRow.hub == hub, ConsultationRow.id == id_)
        row = self._database.read(lambda connection: connection.execute(query).mappings().first())
        return _stored(row) if row is not None else None

    def close(self, hub: str, id_: str) -> bool:
        """Closes a consultation for good; false where it was not open.

        Its key is destroyed and so is every hash made with it: from then on nothing says who took part, and no receipt
        code leads to answers. What was answered stays.
        """

        def work(connection: Connection) -> bool:
            mine = (ConsultationRow.hub == hub, ConsultationRow.id == id_, ConsultationRow.state == "open")
            closed = connection.execute(update(ConsultationRow).where(*mine).values(state="closed", key=None))
            if closed.rowcount:
                them = (ParticipationRow.hub == hub, ParticipationRow.consultation == id_)
                connection.execute(delete(ParticipationRow).where(*them))
                codes = (ReceiptRow.hub == hub, ReceiptRow.consultation == id_)
                connection.execute(update(ReceiptRow).where(*codes).values(response=None))
            return bool(closed.rowcount)

        closed = self._database.write(work)
        if closed:
            self._database.forget_deleted()
        return closed

    def count_people(self, hub: str, ids: Sequence[str]) -> int:
        """How many hashes of people there are in these consultations."""
        them = (ParticipationRow.hub == hub, ParticipationRow.consultation.in_(ids))
        query = select(func.count()).select_from(ParticipationRow).where(*them)
        return self._database.read(lambda connection: connection.scalar(query)) or 0

    def open(self, hub: str, consultation: Consultation) -> bool:
        """Opens what staff have written, and ends its draft; false where this id was open before."""

        def work(connection: Connection) -> bool:
            fresh = _values(hub, consultation) | {"origin": "staff", "state": "open", "key": secrets.token_hex(32)}
            if not insert_new(connection, ConsultationRow, **fresh):
                return False
            draft = (ConsultationDraftRow.hub == hub, ConsultationDraftRow.id == consultation.id)
            connection.execute(delete(ConsultationDraftRow).where(*draft))
            return True

        return self._database.write(work)

    def reword(self, hub: str, consultation: Consultation) -> bool:
        """Changes an open consultation in what cannot distort answers: its words and its dates, not what is asked.

        False where it is not open, or its questions would be others. From then on it is staff's, not the file's.
        """

        def work(connection: Connection) -> bool:
            mine = (ConsultationRow.hub == hub, ConsultationRow.id == consultation.id, ConsultationRow.state == "open")
            row = connection.execute(select(ConsultationRow.body).where(*mine).with_for_update()).first()
            if row is None or _shape(_consultation(row.body)) != _shape(consultation):
                return False
            values = _values(hub, consultation) | {"origin": "staff"}
            connection.execute(update(ConsultationRow).where(*mine).values(**values))
            return True

        return self._database.write(work)

    def archive(self, hub: str, id_: str, *, archived: bool = True) -> bool:
        """Puts a closed consultation out of the way, or back; false where there is nothing to do."""
        before, after = ("closed", "archived") if archived else ("archived", "closed")
        mine = (ConsultationRow.hub == hub, ConsultationRow.id == id_, ConsultationRow.state == before)
        change = update(ConsultationRow).where(*mine).values(state=after)
        return bool(self._database.write(lambda connection: connection.execute(change).rowcount))


def _put(connection: Connection, hub: str, consultation: Consultation) -> bool:
    values = _values(hub, consultation)
    fresh = values | {"origin": "content", "state": "open", "key": secrets.token_hex(32)}
    if insert_new(connection, ConsultationRow, **fresh):
        return True
    mine = (ConsultationRow.hub == hub, ConsultationRow.id == consultation.id)
    query = select(ConsultationRow.__table__).where(*mine).with_for_update()
    row = connection.execute(query).mappings().one()
    if row["body"] == values["body"]:
        return True
    if row["origin"] != "content" or row["state"] != "open":
        return False
    if _shape(_consultation(row["body"])) != _shape(consultation) and _begun(connection, hub, consultation.id):
        return False
    connection.execute(update(ConsultationRow).where(*mine).values(**values))
    return True


def _values(hub: str, consultation: Consultation) -> dict[str, Any]:
    return {
        "hub": hub,
        "id": consultation.id,
        "body": consultation.model_dump_json(),
        "opens": consultation.opens,
        "closes": consultation.closes,
    }


def _begun(connection: Connection, hub: str, id_: str) -> bool:
    them = (ParticipationRow.hub == hub, ParticipationRow.consultation == id_)
    return connection.execute(select(ParticipationRow.person).where(*them).limit(1)).first() is not None


def _shape(consultation: Consultation) -> tuple[Any, ...]:
    """What an answer's meaning hangs on: everything but words, dates and order of the strategy's parts."""
    return tuple(
        (
            q.id,
            q.kind,
            tuple((option.id, option.alone) for option in q.options),
            tuple(statement.id for statement in q.statements),
            q.most,
            q.only_if,
            q.about,
        )
        for q in consultation.questions
    )


def _stored(row: RowMapping) -> StoredConsultation:
    return StoredConsultation(
        consultation=_consultation(row["body"]),
        state=cast(ConsultationState, row["state"]),
        origin=cast(Literal["content", "staff"], row["origin"]),
        key=row["key"],
    )


@lru_cache(maxsize=64)
def _consultation(body: str) -> Consultation:
    """Read on every message, and seldom changed."""
    return Consultation.model_validate_json(body)
