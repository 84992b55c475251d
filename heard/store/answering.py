"""One person's answers while they give them: each move is one transaction, on disk before it is acknowledged."""

import secrets
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, cast

from sqlalchemy import ColumnElement, Connection, RowMapping, and_, delete, insert, or_, select, update

from heard.consultations.progress import Effect, Progress
from heard.consultations.record import Record, RecordState
from heard.errors import StoreError
from heard.store.database import Database, insert_new
from heard.store.receipts import keep_receipt
from heard.store.responses import answers_of, is_open, save_answers
from heard.store.tables import AnswerRow, ParticipationRow, ResponseRow

_RACES = 20
"""How often a person's first message may lose against another one of theirs before we give up."""

Decide = Callable[[Record | None], Record | None]
"""From what is there to what should be; the same value (or None) where nothing changes. Called again after a race."""


class AnsweringStore:
    """Participations, responses and answers of those who are answering. A person is a keyed hash here."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def find(self, hub: str, people: Mapping[str, str]) -> Mapping[str, Record]:
        """The records of one person: `people` has, for each consultation's id, the hash that they have there."""
        if not people:
            return {}
        query = select(ParticipationRow.__table__).where(or_(*(_is(hub, c, p) for c, p in people.items())))

        def work(connection: Connection) -> Mapping[str, Record]:
            rows = connection.execute(query).mappings().all()
            return {row["consultation"]: _record(connection, row) for row in rows}

        return self._database.read(work)

    def change(
        self, hub: str, consultation: str, person: str, day: date, decide: Decide, receipt: str | None = None
    ) -> Record | None:
        """Lets `decide` change a record, alone: others with the same person wait. Gives back what holds then.

        A record that becomes finished is cut from its answers in the same transaction, and `receipt`, the hash of a
        code, leads to them from then on. None where the consultation is not open (any more) or `decide` made no
        record.
        """

        def work(connection: Connection) -> Record | None:
            if not is_open(connection, hub, consultation):
                return None
            for _ in range(_RACES):
                query = select(ParticipationRow.__table__).where(_is(hub, consultation, person)).with_for_update()
                row = connection.execute(query).mappings().first()
                before = _record(connection, row) if row is not None else None
                after = decide(before)
                if after is None or after == before:
                    return before
                if row is not None or _join(connection, hub, consultation, person, after):
                    response = row["response"] if row is not None else None
                    _save(connection, (hub, consultation, person), response, before, after, day, receipt)
                    return after
            raise StoreError("The database did not let an answer through. Nothing was kept; try again.")

        return self._database.write(work)

    def reopen(self, hub: str, consultation: str, person: str, response: str, record: Record) -> bool:
        """Lets somebody change answers that they have sent; false where they are in the middle of others.

        Until they send them again, their participation leads to the answers.
        """

        def work(connection: Connection) -> bool:
            if not is_open(connection, hub, consultation):
                return False
            query = select(ParticipationRow.state).where(_is(hub, consultation, person)).with_for_update()
            there = connection.execute(query).first()
            if there is None:
                _join(connection, hub, consultation, person, record)
            elif there.state != "finished":
                return False
            columns = _columns(record) | {"response": response}
            columns.pop("others")
            connection.execute(update(ParticipationRow).where(_is(hub, consultation, person)).values(columns))
            return True

        return self._database.write(work)

    def forget(self, hub: str, people: Mapping[str, str]) -> bool:
        """Removes the unfinished answers of one person; says whether there were any.

        A finished response cannot be found any more: nothing leads to it.
        """

        def work(connection: Connection) -> bool:
            found = False
            for consultation, person in people.items():
                unfinished = and_(_is(hub, consultation, person), ParticipationRow.state != "finished")
                query = select(ParticipationRow.response).where(unfinished).with_for_update()
                row = connection.execute(query).first()
                if row is None:
                    continue
                found = True
                connection.execute(delete(ParticipationRow).where(unfinished))
                connection.execute(delete(AnswerRow).where(AnswerRow.response == row.response))
                connection.execute(delete(ResponseRow).where(ResponseRow.id == row.response))
            return found

        found = self._database.write(work) if people else False
        if found:
            self._database.forget_deleted()
        return found


def _is(hub: str, consultation: str, person: str) -> ColumnElement[bool]:
    return and_(
        ParticipationRow.hub == hub, ParticipationRow.consultation == consultation, ParticipationRow.person == person
    )


def _record(connection: Connection, row: RowMapping) -> Record:
    response = row["response"]
    sent = response is not None and connection.scalar(select(ResponseRow.finished).where(ResponseRow.id == response))
    return Record(
        progress=Progress(answers_of(connection, response) if response else {}, row["at"], row["agreed"]),
        state=cast(RecordState, row["state"]),
        last_key=row["last_key"],
        last_effect=cast(Effect, row["last_effect"]),
        touched=row["touched"],
        others=row["others"],
        sent=bool(sent),
    )


def _join(connection: Connection, hub: str, consultation: str, person: str, record: Record) -> bool:
    """Makes the participation; false where another message of the same person was first."""
    mine = {"hub": hub, "consultation": consultation, "person": person}
    return insert_new(connection, ParticipationRow, **mine, **_columns(record))


def _save(
    connection: Connection,
    mine: tuple[str, str, str],
    response: str | None,
    before: Record | None,
    after: Record,
    day: date,
    receipt: str | None,
) -> None:
    had = before.progress.answers if before is not None else {}
    finished = after.state == "finished"
    if response is None and dict(had) != dict(after.progress.answers):
        response = secrets.token_hex(16)
        new = {"id": response, "hub": mine[0], "consultation": mine[1], "day": day, "finished": finished}
        connection.execute(insert(ResponseRow).values(new))
    elif finished:
        connection.execute(update(ResponseRow).where(ResponseRow.id == response).values(finished=True))
    if response is not None:
        save_answers(connection, response, had, after.progress.answers)
    if finished and response is not None and receipt is not None:
        keep_receipt(connection, mine[0], mine[1], receipt, response)
    columns = _columns(after) | {"response": None if finished else response}
    connection.execute(update(ParticipationRow).where(_is(*mine)).values(columns))


def _columns(record: Record) -> dict[str, Any]:
    """A finished record keeps that there was one, and its last message for a repeat; no day, no place."""
    finished = record.state == "finished"
    return {
        "state": record.state,
        "at": None if finished else record.progress.at,
        "last_key": record.last_key,
        "last_effect": record.last_effect,
        "touched": None if finished else record.touched,
        "agreed": record.progress.agreed,
        "others": record.others,
    }
