"""The answers of one response, read and written inside a transaction."""

import json
from collections.abc import Mapping
from typing import cast

from sqlalchemy import Connection, delete, or_, select

from heard.consultations.progress import Answer, AnswerState
from heard.store.database import insert_into
from heard.store.tables import AnswerRow, ConsultationRow


def is_open(connection: Connection, hub: str, consultation: str) -> bool:
    """Holds the consultation open until the transaction ends: closing waits, so no hash outlives its key."""
    query = select(ConsultationRow.state).where(ConsultationRow.hub == hub, ConsultationRow.id == consultation)
    return connection.scalar(query.with_for_update(read=True)) == "open"


def answers_of(connection: Connection, response: str) -> dict[str, Answer]:
    """The answers of one response, by question."""
    query = select(AnswerRow.question, AnswerRow.state, AnswerRow.value).where(AnswerRow.response == response)
    return {
        question: Answer(question, cast(AnswerState, state), json.loads(value))
        for question, state, value in connection.execute(query)
    }


def save_answers(
    connection: Connection, response: str, before: Mapping[str, Answer], after: Mapping[str, Answer]
) -> None:
    """Makes the answers of a response what they are `after`. Words that are new wait for a moderator."""
    for answer in after.values():
        if before.get(answer.question) == answer:
            continue
        waits = answer.state == "answered" and "text" in answer.value
        values = {
            "state": answer.state,
            "value": json.dumps(dict(answer.value), ensure_ascii=False, sort_keys=True),
            "moderation": "waiting" if waits else None,
        }
        put = insert_into(connection, AnswerRow).values(response=response, question=answer.question, **values)
        connection.execute(put.on_conflict_do_update(index_elements=["response", "question"], set_=values))
    gone = [AnswerRow.question == question for question in before.keys() - after.keys()]
    if gone:
        connection.execute(delete(AnswerRow).where(AnswerRow.response == response, or_(*gone)))
