"""The calendar file of an entry: what iCalendar asks for, and no day that is over."""

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar

from heard.content.schema import Bursary, KeyDate, Session
from heard.entries.calendar import calendar_of
from heard.wording import Wording
from tests.builders import CONTENT, TODAY, an_opportunity

WORDING = Wording.load(CONTENT / "wording")
PAGE = "https://hub.example/entry/some-entry"
LONDON = ZoneInfo("Europe/London")


def a_bursary(**values: Any) -> Bursary:
    usual: dict[str, Any] = {
        "id": "some-fund",
        "name": "Some fund",
        "funder": "Some people",
        "area": "national",
        "what_it_pays": "Lessons.",
        "amount_note": None,
        "ages": None,
        "eligibility": (),
        "how_to_apply": None,
        "evidence_needed": None,
        "deadline_note": None,
        "confidence": "page",
    }
    return Bursary(**(usual | values))


def events(entry: Any, today: date = TODAY) -> list[Any]:
    file = calendar_of(entry, PAGE, today, WORDING)
    return list(Calendar.from_ical(file).walk("VEVENT")) if file else []


def test_a_closing_date_is_a_whole_day_with_a_warning_a_week_before() -> None:
    fund = a_bursary(dates=(KeyDate(what="closes", day=date(2027, 1, 15)),))
    (event,) = events(fund)
    assert (event["summary"], event["url"]) == ("Last day: Some fund", PAGE)
    assert (event.decoded("dtstart"), event.decoded("dtend")) == (date(2027, 1, 15), date(2027, 1, 16))
    (alarm,) = event.walk("VALARM")
    assert alarm.decoded("trigger") == timedelta(days=-7)
    assert PAGE in event["description"] and "check the date" in event["description"]


def test_an_event_has_its_hours_in_england() -> None:
    concert = an_opportunity(dates=(KeyDate(what="event", day=date(2027, 7, 1), starts="18:30", ends="20:00"),))
    (event,) = events(concert)
    assert event.decoded("dtstart") == datetime(2027, 7, 1, 18, 30, tzinfo=LONDON)
    assert event.decoded("dtend") == datetime(2027, 7, 1, 20, 0, tzinfo=LONDON)
    assert event["location"] == "Hatfield"
    file = calendar_of(concert, PAGE, TODAY, WORDING)
    assert file is not None and b"BEGIN:VTIMEZONE" in file


def test_a_weekly_time_begins_with_the_next_one_and_ends_with_the_school_year() -> None:
    band = an_opportunity(sessions=(Session(day="thursday", starts="18:30", ends="19:15"),))
    (event,) = events(band)  # TODAY is Tuesday 3 November 2026
    assert event.decoded("dtstart") == datetime(2026, 11, 5, 18, 30, tzinfo=LONDON)
    rule = event["rrule"]
    assert (rule["freq"], rule["until"][0].date()) == (["WEEKLY"], date(2027, 7, 31))


def test_what_is_over_stays_out() -> None:
    past, running = date(2026, 1, 1), date(2026, 11, 1)
    entry = an_opportunity(
        dates=(KeyDate(what="event", day=past), KeyDate(what="event", day=running, until=date(2026, 11, 20)))
    )
    assert [e.decoded("dtstart") for e in events(entry)] == [running]
    assert calendar_of(entry, PAGE, date(2027, 1, 1), WORDING) is None


def test_an_entry_without_dates_has_no_file() -> None:
    assert calendar_of(an_opportunity(), PAGE, TODAY, WORDING) is None
    assert calendar_of(a_bursary(), PAGE, TODAY, WORDING) is None


@pytest.mark.parametrize("name", ["Drums; and, more\\", "a\nBEGIN:VEVENT\nSUMMARY:x", "🥁" * 60, "é" * 90])
def test_a_name_is_never_read_as_more_than_a_name(name: str) -> None:
    entry = an_opportunity(name=name, dates=(KeyDate(what="event", day=date(2027, 1, 1)),))
    (event,) = events(entry)
    assert event["summary"].split() == name.split()
    file = calendar_of(entry, PAGE, TODAY, WORDING)
    assert file is not None and all(len(line) <= 75 for line in file.split(b"\r\n"))


clocks = st.times().map(lambda t: t.strftime("%H:%M"))
key_dates = st.builds(
    lambda what, day, more, starts: KeyDate(what=what, day=day, until=day + timedelta(days=more), starts=starts),
    st.sampled_from(["opens", "closes", "decided", "audition", "event"]),
    st.dates(date(2026, 1, 1), date(2028, 1, 1)),
    st.integers(0, 10),
    st.none() | clocks,
)
weeks = st.builds(Session, day=st.sampled_from(["monday", "wednesday", "sunday"]), starts=clocks)


@given(st.lists(key_dates, max_size=4), st.lists(weeks, max_size=3), st.dates(date(2026, 1, 1), date(2028, 1, 1)))
def test_every_file_is_read_back_and_names_no_day_that_is_over(
    dates: list[KeyDate], sessions: list[Session], today: date
) -> None:
    entry = an_opportunity(dates=tuple(dates), sessions=tuple(sessions))
    found = events(entry, today)
    assert len(found) == len(sessions) + sum((d.until or d.day) >= today for d in dates)
    for event in found:
        end = event.decoded("dtend", event.decoded("dtstart"))
        assert (end.date() if isinstance(end, datetime) else end) >= today
        assert event["uid"] and event["dtstamp"]
