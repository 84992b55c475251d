"""One person's answers while they give them: each move is one transaction, on disk before it is acknowledged."""

import json
import secrets
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, cast

from sqlalchemy import ColumnElement, Connection, RowMapping, and_, delete, insert, or_, select, update

from heard.consultations.progress import Answer, AnswerState, Effect, Progress
from heard.consultations.record import Record, RecordState
from heard.errors import StoreError
from heard.store.database import Database, insert_into, insert_new
from heard.store.tables import AnswerRow, ConsultationRow, ParticipationRow, ResponseRow

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

    def change(self, hub: str, consultation: str, person: str, day: date, decide: Decide) -> Record | None:
        """Lets `decide` change a record, alone: others with the same person wait. Gives back what holds then.

        A record that becomes finished is cut from its answers in the same transaction. None where the
        consultation is not open (any more) or `decide` made no record.
        """

        def work(connection: Connection) -> Record | None:
            if not _is_open(connection, hub, consultation):
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
                    _save(connection, (hub, consultation, person), response, before, after, day)
                    return after
            raise StoreError("The database did not let an answer through. Nothing was kept; try again.")

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


def _is_open(connection: Connection, hub: str, consultation: str) -> bool:
    """Holds the consultation open until the transaction ends: closing waits, so no hash outlives its key."""
    query = select(ConsultationRow.state).where(ConsultationRow.hub == hub, ConsultationRow.id == consultation)
    return connection.scalar(query.with_for_update(read=True)) == "published"


def _record(connection: Connection, row: RowMapping) -> Record:
    answers: dict[str, Answer] = {}
    if row["response"] is not None:
        query = select(AnswerRow.question, AnswerRow.state, AnswerRow.value).where(
            AnswerRow.response == row["response"]
        )
        for question, state, value in connection.execute(query):
            answers[question] = Answer(question, cast(AnswerState, state), json.loads(value))
    return Record(
        progress=Progress(answers, row["at"]),
        state=cast(RecordState, row["state"]),
        last_key=row["last_key"],
        last_effect=cast(Effect, row["last_effect"]),
        touched=row["touched"],
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
) -> None:
    had = before.progress.answers if before is not None else {}
    changed = [answer for id_, answer in after.progress.answers.items() if had.get(id_) != answer]
    finished = after.state == "finished"
    if changed and response is None:
        response = secrets.token_hex(16)
        new = {"id": response, "hub": mine[0], "consultation": mine[1], "day": day, "finished": finished}
        connection.execute(insert(ResponseRow).values(new))
    elif finished:
        connection.execute(update(ResponseRow).where(ResponseRow.id == response).values(finished=True))
    for answer in changed:
        values = {"state": answer.state, "value": json.dumps(dict(answer.value), ensure_ascii=False, sort_keys=True)}
        put = insert_into(connection, AnswerRow).values(response=response, question=answer.question, **values)
        connection.execute(put.on_conflict_do_update(index_elements=["response", "question"], set_=values))
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
    }
