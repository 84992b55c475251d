"""What was answered, all together: counts of equal answers, with nothing that tells one person from another."""

import json
from dataclasses import dataclass
from typing import Any, cast

from sqlalchemy import Connection, func, select

from heard.consultations.progress import AnswerState
from heard.store.database import Database
from heard.store.tables import AnswerRow, ResponseRow


@dataclass(frozen=True, slots=True)
class Tally:
    """How many people gave this very answer to a question."""

    question: str
    state: AnswerState
    value: dict[str, Any]
    count: int


@dataclass(frozen=True, slots=True)
class Answers:
    """A consultation's answers. True counts: only heard/summaries reads them."""

    people: int
    """How many have answered at least one question."""
    tallies: tuple[Tally, ...]


class AnswerStore:
    """Answers by consultation, in no order that says who came when."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def of(self, hub: str, consultation: str) -> Answers:
        """Everything that was answered to one consultation so far."""
        mine = (ResponseRow.hub == hub, ResponseRow.consultation == consultation)
        joined = select(AnswerRow.question, AnswerRow.state, AnswerRow.value, func.count())
        joined = joined.join(ResponseRow, ResponseRow.id == AnswerRow.response).where(*mine)
        tallies = joined.group_by(AnswerRow.question, AnswerRow.state, AnswerRow.value)
        people = (
            select(func.count(func.distinct(AnswerRow.response)))
            .join(ResponseRow, ResponseRow.id == AnswerRow.response)
            .where(*mine, AnswerRow.state == "answered")
        )

        def work(connection: Connection) -> Answers:
            rows = sorted(tuple(row) for row in connection.execute(tallies))
            found = tuple(Tally(q, cast(AnswerState, state), json.loads(value), n) for q, state, value, n in rows)
            return Answers(connection.scalar(people) or 0, found)

        return self._database.read(work)
