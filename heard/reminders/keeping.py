"""Reminders, kept sealed: what the database holds says neither who wants to be told nor of what."""

import json
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from heard.reminders.days import ENGLAND, next_look, today
from heard.reminders.subject import Subject, as_bytes, read_subject
from heard.retention.lifetimes import WATCH
from heard.sealing import Seal
from heard.store import Store
from heard.store.marks import SENT
from heard.store.reminders import StoredReminder
from heard.store.store import utc_now

MOST = 10
"""For one person; somebody who wants more wants a newsletter."""
_ID = 24
"""Hex signs: 96 bits, so that the button that stops a reminder fits into Telegram's 64 bytes."""


@dataclass(frozen=True, slots=True)
class Reminder:
    """What somebody wants to be told, and where. `address` is the chat's number, `sender` its pseudonym."""

    id: str
    subject: Subject
    until: datetime
    language: str
    address: str = field(repr=False)
    sender: str = field(repr=False)

    @property
    def last_day(self) -> date:
        """The last day on which it is kept."""
        return (self.until - timedelta(seconds=1)).astimezone(ENGLAND).date()


class Reminders:
    """One hub's reminders."""

    def __init__(self, store: Store, secret: str, hub: str, clock: Callable[[], datetime] = utc_now) -> None:
        self._store = store
        self._seal = Seal(secret, "reminders")
        self._hub = hub
        self._clock = clock

    def last_day(self, day: date | None) -> date:
        """Until when a reminder of that day is kept; six months where no day is known."""
        return day if day is not None else today(self._clock()) + WATCH

    def keep(self, sender: str, address: str, language: str, subject: Subject, last_day: date) -> Reminder | None:
        """Keeps a reminder until that day is over, in place of an earlier one of the same person about the same.

        On disk when this returns. None where the person has as many as anybody may have.
        """
        now, person = self._clock(), self._person(sender)
        reminder = Reminder(self._id(person, subject), subject, end_of(last_day), language, address, sender)
        stored = StoredReminder(reminder.id, person, self._sealed(reminder), reminder.until)
        return reminder if self._store.reminders.put(self._hub, stored, next_look(now), MOST) else None

    def get(self, id_: str) -> Reminder | None:
        """A reminder; None where there is none (any more), or it was sealed with another secret."""
        stored = self._store.reminders.get(self._hub, id_)
        return self._opened(stored) if stored is not None else None

    def of(self, sender: str) -> tuple[Reminder, ...]:
        """The sender's reminders."""
        found = (self._opened(stored) for stored in self._store.reminders.of(self._hub, self._person(sender)))
        return tuple(reminder for reminder in found if reminder is not None)

    def extend(self, reminder: Reminder, last_day: date) -> None:
        """Keeps a reminder until another day, because the day that it is about has moved."""
        self._store.reminders.extend(self._hub, reminder.id, end_of(last_day))

    def stop(self, sender: str, id_: str | None = None) -> int:
        """Removes one reminder of the sender, or all of them; says how many."""
        return self._store.reminders.remove(self._hub, id_=id_, person=self._person(sender))

    def forget(self, sender: str) -> int:
        """Removes everything that is kept to tell this sender something; says how many reminders."""
        return self.stop(sender)

    def done(self, id_: str) -> None:
        """Removes a reminder that is of no use any more."""
        self._store.reminders.remove(self._hub, id_=id_)

    def begin_sending(self, reminder: Reminder, what: str) -> bool:
        """Marks a message as sent before it is; false where it was, or may have been, sent before."""
        return self._store.marks.put(SENT, self._mark(reminder, what))

    def unsent(self, reminder: Reminder, whats: Sequence[str]) -> tuple[str, ...]:
        """Those messages that certainly have not been sent."""
        sent = self._store.marks.among([self._mark(reminder, what) for what in whats])
        return tuple(what for what in whats if self._mark(reminder, what) not in sent)

    def not_sent(self, reminder: Reminder, what: str) -> None:
        """Takes the mark back: the message has certainly not arrived."""
        self._store.marks.take_back(self._mark(reminder, what))

    def _mark(self, reminder: Reminder, what: str) -> str:
        return self._seal.mark(reminder.id, what)

    def _person(self, sender: str) -> str:
        """Not the pseudonym itself: what one table says of a person leads to no other table."""
        return self._seal.mark("person", self._hub, sender)

    def _id(self, person: str, subject: Subject) -> str:
        return self._seal.mark("reminder", person, subject.name)[:_ID]

    def _sealed(self, reminder: Reminder) -> str:
        plain = {
            "address": reminder.address,
            "sender": reminder.sender,
            "language": reminder.language,
            "subject": reminder.subject.as_dict(),
        }
        return self._seal.close(as_bytes(plain), reminder.id)

    def _opened(self, stored: StoredReminder) -> Reminder | None:
        opened = self._seal.open(stored.sealed, stored.id)
        if opened is None:
            return None
        plain = json.loads(opened)
        subject = read_subject(plain["subject"])
        if subject is None:
            return None
        return Reminder(stored.id, subject, stored.until, plain["language"], plain["address"], plain["sender"])


def end_of(day: date) -> datetime:
    """The moment at which a day in England is over."""
    return datetime.combine(day + timedelta(days=1), time(), ENGLAND).astimezone(UTC)
