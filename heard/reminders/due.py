"""Whether it is time to tell somebody, and what to say then."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from heard.cards import opportunity_card
from heard.consultations.service import Consultations
from heard.directory.search import Directory
from heard.messages import Reply
from heard.reminders.about import About, Abouts
from heard.reminders.days import coming, is_due, today, ways
from heard.reminders.keeping import Reminder, Reminders
from heard.reminders.news import fitting, mark
from heard.reminders.saying import Saying
from heard.reminders.subject import KeyDay, NewEntries
from heard.wording import Wording


@dataclass(frozen=True, slots=True)
class Waiting:
    """Not yet. `last_day` is the day that it is about, where one is known."""

    last_day: date | None = None


@dataclass(frozen=True, slots=True)
class Over:
    """Never: it is of no use any more."""


@dataclass(frozen=True, slots=True)
class Due:
    """Now. `what` names this message among all of the reminder; after the `last` one the reminder goes."""

    reply: Reply
    what: str
    about: str
    last: bool


class Dues:
    """Decides for each reminder."""

    def __init__(
        self,
        abouts: Abouts,
        directory: Callable[[], Directory],
        consultations: Consultations,
        reminders: Reminders,
        wording: Wording,
    ) -> None:
        self._abouts = abouts
        self._directory = directory
        self._consultations = consultations
        self._reminders = reminders
        self._wording = wording

    def of(self, reminder: Reminder, now: datetime) -> Waiting | Over | Due:
        """What to do about a reminder now."""
        saying = Saying(self._wording, reminder.language)
        if isinstance(reminder.subject, NewEntries):
            return self._new(reminder, reminder.subject, saying)
        return self._day(reminder, reminder.subject, today(now), saying)

    def _day(self, reminder: Reminder, subject: KeyDay, now: date, saying: Saying) -> Waiting | Over | Due:
        about = self._abouts.of(subject.of, subject.id, reminder.language)
        if about is None or self._has_answered(reminder, subject):
            return Over()
        day = coming(about.dates, subject.what, now)
        if day is None:
            return Waiting()
        if subject.day is not None and not is_due(day, subject.before, now):
            return Waiting(day)
        return Due(self._of_day(about, subject, day, now, saying), f"{subject.name}:{day}", "a day", last=True)

    def _of_day(self, about: About, subject: KeyDay, day: date, now: date, saying: Saying) -> Reply:
        days = (day - now).days
        key = (
            "known"
            if subject.day is None
            else "day.today"
            if days == 0
            else "day.tomorrow"
            if days == 1
            else "day.week"
        )
        values = {"name": about.name, "happens": saying.happens(subject), "day": saying.day(day), "days": days}
        text = f"{saying(f'due.{key}', **values)}\n{saying('due.last')}"
        choices = [saying.ask_again(about, subject, before) for before in ways(subject.what, day, now)]
        return Reply(text, tuple(choices) if key == "known" else (), (about.card,) if about.card else ())

    def _new(self, reminder: Reminder, subject: NewEntries, saying: Saying) -> Waiting | Due:
        directory = self._directory()
        matches = {match.opportunity.id: match for match in fitting(subject.wish, directory)}
        fresh = [id_ for id_ in matches if mark(id_) not in subject.known]
        unsent = self._reminders.unsent(reminder, fresh)
        if not unsent:
            return Waiting()
        lines = (
            saying("due.new", what=saying.wish(subject.wish, directory)),
            saying("due.go_on", until=saying.day(reminder.last_day)),
        )
        card = opportunity_card(matches[unsent[0]], self._wording, reminder.language)
        reply = Reply("\n".join(lines), (saying.stop(reminder.id),), (card,))
        return Due(reply, unsent[0], "something new", last=False)

    def _has_answered(self, reminder: Reminder, subject: KeyDay) -> bool:
        """Whether somebody has finished the consultation that they wanted to be reminded of."""
        invitations = self._consultations.open_for(reminder.sender) if subject.of == "consultation" else ()
        return any(i.consultation.id == subject.id and i.state == "finished" for i in invitations)
