"""An entry's days and weekly times as an iCalendar file (RFC 5545)."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

from icalendar import Alarm, Calendar, Event

from heard.content.dates import KeyDate, Session, time_of
from heard.content.schema import Bursary, Opportunity
from heard.entries.entries import AnyEntry
from heard.entries.facts import has_dates
from heard.wording import DEFAULT_LANGUAGE, Wording

_ENGLAND = ZoneInfo("Europe/London")
_DAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_WARNING = timedelta(days=7)
"""Time enough to fill in a form and to ask a school for a letter."""
_SCHOOL_YEAR_ENDS = (7, 31)
"""Month and day. A weekly time is not promised beyond: groups move in September."""


def calendar_of(
    entry: AnyEntry, address: str, today: date, wording: Wording, language: str = DEFAULT_LANGUAGE
) -> bytes | None:
    """The file, or None for an entry without days or times.

    Days that are over stay out, so that nobody is told of a closing date long gone; with nothing left there is no
    file. `address` is the entry's page, as others can open it. The same entry gives the same events every day, so a
    calendar that takes the file twice has each of them once.
    """
    if not isinstance(entry, Opportunity | Bursary) or not has_dates(entry):
        return None
    events = list(_events(entry, today, wording, language))
    if not events:
        return None
    calendar = Calendar()
    calendar.add("prodid", "-//Heard//heard//EN")
    calendar.add("version", "2.0")
    for event in events:
        event.add("url", address)
        event.add("description", wording.say("pages.calendar.check", language, address=address))
        event.add("dtstamp", datetime.combine(today, datetime.min.time(), UTC))
        calendar.add_component(event)
    calendar.add_missing_timezones()
    return bytes(calendar.to_ical())


def _events(entry: Opportunity | Bursary, today: date, wording: Wording, language: str) -> Iterator[Event]:
    for key_date in entry.dates:
        if (key_date.until or key_date.day) >= today:
            yield _of_day(entry, key_date, wording, language)
    if isinstance(entry, Opportunity):
        for session in entry.sessions:
            yield _of_week(entry, session, today)


def _of_day(entry: Opportunity | Bursary, key_date: KeyDate, wording: Wording, language: str) -> Event:
    event = Event()
    event.add("uid", f"{entry.id}-{key_date.what}-{key_date.day.isoformat()}@heard")
    title = wording.say(f"pages.calendar.{key_date.what}", language, name=entry.name)
    event.add("summary", title)
    last = key_date.until or key_date.day
    if key_date.starts:
        event.add("dtstart", datetime.combine(key_date.day, time_of(key_date.starts), _ENGLAND))
        event.add("dtend", datetime.combine(last, time_of(key_date.ends or key_date.starts), _ENGLAND))
    else:
        event.add("dtstart", key_date.day)
        event.add("dtend", last + timedelta(days=1))
    if isinstance(entry, Opportunity) and entry.place:
        event.add("location", entry.place)
    if key_date.what == "closes":
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", title)
        alarm.add("trigger", -_WARNING)
        event.add_component(alarm)
    return event


def _of_week(entry: Opportunity, session: Session, today: date) -> Event:
    event = Event()
    event.add("uid", f"{entry.id}-{session.day}-{session.starts.replace(':', '')}@heard")
    event.add("summary", entry.name)
    first = today + timedelta(days=(_DAYS.index(session.day) - today.weekday()) % 7)
    event.add("dtstart", datetime.combine(first, time_of(session.starts), _ENGLAND))
    if session.ends:
        event.add("dtend", datetime.combine(first, time_of(session.ends), _ENGLAND))
    until = datetime.combine(_end_of_school_year(first), datetime.max.time(), _ENGLAND).astimezone(UTC)
    event.add("rrule", {"freq": "weekly", "until": until.replace(microsecond=0)})
    if entry.place:
        event.add("location", entry.place)
    return event


def _end_of_school_year(day: date) -> date:
    end = date(day.year, *_SCHOOL_YEAR_ENDS)
    return end if day <= end else date(day.year + 1, *_SCHOOL_YEAR_ENDS)
