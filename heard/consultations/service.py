"""Consultations with people in them: who has a question open, and what each message does to it."""

import hashlib
import hmac
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Literal

import structlog

from heard.consultations.machine import Questionnaire
from heard.consultations.progress import Effect, Given, Step
from heard.consultations.record import Record
from heard.content.schema import Consultation, Question
from heard.messages import Progress
from heard.store import Store
from heard.store.consultations import StoredConsultation

log = structlog.get_logger()

_OPEN_FOR = timedelta(days=1)
"""A question left lying longer than until the end of the next day counts as paused: who comes back after a
week wants an answer to what they say, and can ask for the questions again."""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where somebody stands in a consultation after a message, and what the message did."""

    consultation: Consultation
    question: Question | None
    """The question to ask now; None when all are done."""
    progress: Progress
    state: Literal["asking", "paused", "finished"]
    effect: Effect


@dataclass(frozen=True, slots=True)
class Invitation:
    """An open consultation, and what one person has done in it so far."""

    consultation: Consultation
    state: Literal["new", "asking", "paused", "finished"]
    progress: Progress


@dataclass(frozen=True, slots=True)
class ActiveQuestion:
    """The question that a person's next words may answer, by its ids."""

    consultation: str
    question: str
    kind: Literal["choice", "open"]
    """Whether something is picked or own words are wanted."""


Move = Callable[[Questionnaire, Record], Step]


class Consultations:
    """One hub's consultations.

    `sender` is the conversation's pseudonym; only a hash of it, made with the consultation's own key, is kept.
    `key` names the message: the same one again changes nothing and leads to the same place.
    """

    def __init__(self, store: Store, hub: str, today: Callable[[], date] = date.today) -> None:
        self._store = store
        self._hub = hub
        self._today = today

    def put(self, consultations: Iterable[Consultation]) -> None:
        """Puts content's consultations in at the start; what people are answering keeps its questions."""
        for left_out in self._store.consultations.put_from_content(self._hub, consultations):
            log.warning("consultation kept as it is in the database", consultation=left_out)

    def close_due(self) -> tuple[str, ...]:
        """Closes what is past its last day; gives back the ids. Run it once a day."""
        due = [s.consultation.id for s in self._store.consultations.all(self._hub) if self._is_due(s)]
        return tuple(id_ for id_ in due if self._store.consultations.close(self._hub, id_))

    def count_due(self) -> int:
        """How many hashes of people `close_due` would destroy."""
        due = [s.consultation.id for s in self._store.consultations.all(self._hub) if self._is_due(s)]
        return self._store.consultations.count_people(self._hub, due)

    def open_for(self, sender: str) -> tuple[Invitation, ...]:
        """The open consultations, those that the person has begun first."""
        stored = self._open()
        records = self._records(stored, sender)
        invitations = [self._invitation(s.consultation, records.get(s.consultation.id)) for s in stored]
        order = ("asking", "paused", "new", "finished")
        return tuple(sorted(invitations, key=lambda invitation: order.index(invitation.state)))

    def closing_for(self, sender: str) -> str | None:
        """The id of an open consultation that has a last day and that the person has not finished, or None."""
        left = (i for i in self.open_for(sender) if i.state != "finished" and i.consultation.closes is not None)
        return next((invitation.consultation.id for invitation in left), None)

    def find(self, id_: str) -> Consultation | None:
        """A consultation of this hub, open or not."""
        stored = self._store.consultations.get(self._hub, id_)
        return stored.consultation if stored is not None else None

    def open_one(self, id_: str) -> Consultation | None:
        """A consultation that can be answered now, or None."""
        stored = self._find_open(id_)
        return stored.consultation if stored is not None else None

    def current(self, sender: str) -> Standing | None:
        """Where the person stands in the consultation that they are answering; None where there is none open."""
        stored = self._open()
        for id_, record in self._records(stored, sender).items():
            if self._is_active(record):
                consultation = next(s.consultation for s in stored if s.consultation.id == id_)
                return _standing(Questionnaire(consultation), record, "unchanged")
        return None

    def active(self, sender: str) -> ActiveQuestion | None:
        """The question that is open for this person, or None."""
        standing = self.current(sender)
        if standing is None or standing.question is None:
            return None
        kind: Literal["choice", "open"] = "open" if standing.question.kind == "open" else "choice"
        return ActiveQuestion(standing.consultation.id, standing.question.id, kind)

    def start(self, sender: str, consultation: str, key: str) -> Standing | None:
        """Begins, or goes on after a pause; other consultations of the person pause. None: it is not open."""
        stored = self._find_open(consultation)
        if stored is None:
            return None
        self._pause_others(stored, sender)
        begin = Record(Questionnaire(stored.consultation).start(), "asking", last_effect="started")
        return self._move(stored, sender, key, self._resume, begin)

    def answer(
        self, sender: str, given: Given, key: str, *, question: str | None = None, consultation: str | None = None
    ) -> Standing | None:
        """Keeps an answer to the open question, or to the one that a button names (which may be an earlier one).

        On disk when this returns. None: the person is not in this consultation, or it is closed, or
        they are in the middle of another one.
        """
        return self._in(sender, consultation, key, lambda q, record: q.answer(record.progress, given, question))

    def skip(self, sender: str, key: str, question: str | None = None) -> Standing | None:
        """Leaves the open question (if it is the one named) without an answer. None: there is none open."""
        return self._in(sender, None, key, lambda q, record: q.skip(record.progress, question))

    def back(self, sender: str, key: str, question: str | None = None) -> Standing | None:
        """Opens the question before the open one. None: there is none open."""
        return self._in(sender, None, key, lambda q, record: q.back(record.progress, question))

    def stop(self, sender: str, key: str) -> Standing | None:
        """Pauses: what was answered is kept, and `start` goes on. None: there was nothing open."""
        return self._in(sender, None, key, _pause)

    def forget(self, sender: str) -> bool:
        """Removes the person's unfinished answers; says whether there were any."""
        stored = self._open()
        return self._store.answering.forget(self._hub, {s.consultation.id: _person(s, sender) for s in stored})

    def _in(self, sender: str, consultation: str | None, key: str, move: Move) -> Standing | None:
        stored = self._repeated_or_current(sender, key)
        if stored is None and consultation is not None:
            stored = self._find_open(consultation)
        if stored is None or consultation not in (None, stored.consultation.id):
            return None
        return self._move(stored, sender, key, move)

    def _pause_others(self, mine: StoredConsultation, sender: str) -> None:
        others = [s for s in self._open() if s.consultation.id != mine.consultation.id]
        for id_, record in self._records(others, sender).items():
            if record.state == "asking":
                self._move(next(s for s in others if s.consultation.id == id_), sender, "", _pause)

    def _resume(self, _: Questionnaire, record: Record) -> Step:
        return Step(record.progress, "unchanged" if self._is_active(record) else "resumed")

    def _repeated_or_current(self, sender: str, key: str) -> StoredConsultation | None:
        """The consultation that this very message changed before, or else the one that is open.

        The message that finished or paused a consultation may come again when nothing is open any more.
        """
        stored = self._open()
        records = self._records(stored, sender)
        for candidate in stored:
            record = records.get(candidate.consultation.id)
            if record is not None and key and record.last_key == _message(candidate, key):
                return candidate
        active = (s for s in stored if s.consultation.id in records and self._is_active(records[s.consultation.id]))
        return next(active, None)

    def _move(
        self, stored: StoredConsultation, sender: str, key: str, move: Move, begin: Record | None = None
    ) -> Standing | None:
        """One step of one person, whole or not at all. `begin` is the record of somebody who is new."""
        questionnaire = Questionnaire(stored.consultation)
        message = _message(stored, key) if key else None
        effects: list[Effect] = []

        def decide(record: Record | None) -> Record | None:
            effects.clear()
            if record is None:
                effects.append("started")
                return replace(begin, last_key=message, touched=self._today()) if begin is not None else None
            if message is not None and record.last_key == message:
                effects.append(record.last_effect)
                return record
            if record.state == "finished":
                effects.append("already_finished")
                return record
            step = move(questionnaire, record)
            effects.append(step.effect)
            return self._after(record, step, message)

        record = self._store.answering.change(
            self._hub, stored.consultation.id, _person(stored, sender), self._today(), decide
        )
        return _standing(questionnaire, record, effects[-1]) if record is not None else None

    def _after(self, record: Record, step: Step, message: str | None) -> Record:
        if step.effect == "stopped":
            state: Literal["asking", "paused", "finished"] = "paused"
        else:
            state = "finished" if step.effect == "finished" else "asking"
        same = (step.progress, state, self._today()) == (record.progress, record.state, record.touched)
        if same or (step.effect == "stopped" and record.state == "paused"):
            return record
        return Record(step.progress, state, message or record.last_key, step.effect, self._today())

    def _open(self) -> tuple[StoredConsultation, ...]:
        return tuple(s for s in self._store.consultations.all(self._hub) if self._is_open(s))

    def _find_open(self, id_: str) -> StoredConsultation | None:
        stored = self._store.consultations.get(self._hub, id_)
        return stored if stored is not None and self._is_open(stored) else None

    def _is_open(self, stored: StoredConsultation) -> bool:
        consultation, today = stored.consultation, self._today()
        on_time = consultation.opens <= today and not _is_over(consultation, today)
        return stored.state == "open" and stored.key is not None and on_time

    def _is_due(self, stored: StoredConsultation) -> bool:
        return stored.state == "open" and _is_over(stored.consultation, self._today())

    def _is_active(self, record: Record) -> bool:
        fresh = record.touched is not None and self._today() - record.touched <= _OPEN_FOR
        return record.state == "asking" and fresh

    def _records(self, stored: Iterable[StoredConsultation], sender: str) -> dict[str, Record]:
        people = {s.consultation.id: _person(s, sender) for s in stored}
        return dict(self._store.answering.find(self._hub, people))

    def _invitation(self, consultation: Consultation, record: Record | None) -> Invitation:
        if record is None:
            return Invitation(consultation, "new", Progress(0, len(consultation.questions)))
        standing = _standing(Questionnaire(consultation), record, "unchanged")
        state = "paused" if record.state == "asking" and not self._is_active(record) else record.state
        return Invitation(consultation, state, standing.progress)


def _is_over(consultation: Consultation, today: date) -> bool:
    return consultation.closes is not None and consultation.closes < today


def _pause(_: Questionnaire, record: Record) -> Step:
    return Step(record.progress, "stopped")


def _standing(questionnaire: Questionnaire, record: Record, effect: Effect) -> Standing:
    consultation = questionnaire.consultation
    of = len(consultation.questions)
    if record.state == "finished":
        return Standing(consultation, None, Progress(of, of), "finished", effect)
    question = questionnaire.next_question(record.progress)
    return Standing(consultation, question, Progress(questionnaire.done(record.progress), of), record.state, effect)


def _person(stored: StoredConsultation, sender: str) -> str:
    return _hash(stored, f"person:{sender}")


def _message(stored: StoredConsultation, key: str) -> str:
    return _hash(stored, f"message:{key}")


def _hash(stored: StoredConsultation, text: str) -> str:
    if stored.key is None:
        raise ValueError(f"the consultation {stored.consultation.id} is closed: its key is gone")
    return hmac.new(bytes.fromhex(stored.key), text.encode(), hashlib.sha256).hexdigest()
