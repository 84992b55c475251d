"""What a receipt code leads to. The code itself is nowhere: only its salted hash."""

import secrets
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from sqlalchemy import ColumnElement, Connection, and_, delete, select, update

from heard.consultations.progress import Answer
from heard.store.database import Database, insert_new
from heard.store.responses import answers_of, is_open, save_answers
from heard.store.tables import AnswerRow, ParticipationRow, ReceiptRow, ReceiptSaltRow, ResponseRow


@dataclass(frozen=True, slots=True)
class StoredReceipt:
    """What a code stands for. `answers` is None once the consultation is closed, or they were withdrawn."""

    consultation: str
    response: str | None
    answers: Mapping[str, Answer] | None


class ReceiptStore:
    """Receipts by hub and hash."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def salt(self, hub: str) -> bytes:
        """What the hub's codes are hashed with; made at the first call."""
        query = select(ReceiptSaltRow.salt).where(ReceiptSaltRow.hub == hub)

        def work(connection: Connection) -> str:
            insert_new(connection, ReceiptSaltRow, hub=hub, salt=secrets.token_hex(32))
            return str(connection.scalar(query))

        known = self._database.read(lambda connection: connection.scalar(query))
        return bytes.fromhex(known or self._database.write(work))

    def find(self, hub: str, code_hash: str) -> StoredReceipt | None:
        """What a code stands for, or None."""

        def work(connection: Connection) -> StoredReceipt | None:
            query = select(ReceiptRow.consultation, ReceiptRow.response).where(_is(hub, code_hash))
            found = connection.execute(query).first()
            if found is None:
                return None
            answers = answers_of(connection, found.response) if found.response is not None else None
            return StoredReceipt(found.consultation, found.response, answers)

        return self._database.read(work)

    def change(self, hub: str, code_hash: str, decide: Callable[[Mapping[str, Answer]], Mapping[str, Answer]]) -> bool:
        """Lets `decide` change the answers that a code leads to; false where it leads to none (any more)."""

        def work(connection: Connection) -> bool:
            found = _open(connection, hub, code_hash)
            if found is not None:
                before = answers_of(connection, found)
                save_answers(connection, found, before, decide(before))
            return found is not None

        return self._database.write(work)

    def withdraw(self, hub: str, code_hash: str) -> bool:
        """Deletes the answers that a code leads to, for good; false where it leads to none (any more)."""

        def work(connection: Connection) -> bool:
            found = _open(connection, hub, code_hash)
            if found is not None:
                # Who has them open again to change them has nothing open then.
                connection.execute(delete(ParticipationRow).where(ParticipationRow.response == found))
                connection.execute(update(ReceiptRow).where(_is(hub, code_hash)).values(response=None))
                connection.execute(delete(AnswerRow).where(AnswerRow.response == found))
                connection.execute(delete(ResponseRow).where(ResponseRow.id == found))
            return found is not None

        gone = self._database.write(work)
        if gone:
            self._database.forget_deleted()
        return gone


def keep_receipt(connection: Connection, hub: str, consultation: str, code_hash: str, response: str) -> None:
    """Lets a code lead to a response. One that has a code already keeps that one."""
    known = select(ReceiptRow.code_hash).where(ReceiptRow.response == response)
    if connection.execute(known).first() is None:
        mine = {"hub": hub, "code_hash": code_hash, "consultation": consultation, "response": response}
        insert_new(connection, ReceiptRow, **mine)


def _is(hub: str, code_hash: str) -> ColumnElement[bool]:
    return and_(ReceiptRow.hub == hub, ReceiptRow.code_hash == code_hash)


def _open(connection: Connection, hub: str, code_hash: str) -> str | None:
    """The response that a code may still change, with its consultation held open."""
    found = connection.execute(
        select(ReceiptRow.consultation, ReceiptRow.response).where(_is(hub, code_hash)).with_for_update()
    ).first()
    if found is None or found.response is None or not is_open(connection, hub, found.consultation):
        return None
    return str(found.response)
