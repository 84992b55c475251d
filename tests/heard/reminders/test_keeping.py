"""Reminders lie sealed in the database, are their owner's alone, and go when they should."""

import sqlite3
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heard.content.dates import WhatHappens
from heard.reminders import Reminders
from heard.reminders.keeping import MOST
from heard.reminders.subject import KeyDay, NewEntries, read_subject, watched
from tests.builders import a_wish, wishes
from tests.heard.reminders.office import CHAT, HUB, SECRET, Office, a_bursary

MAY = date(2027, 5, 1)
DAY = KeyDay("entry", "strings-fund", "closes", "week", MAY)
NEW = NewEntries(a_wish(instruments=("drums",), place="Hatfield"), frozenset({"0123456789"}))


@pytest.fixture
def office(database_url):
    office = Office(database_url, a_bursary(closes=MAY))
    yield office
    office.close()


def test_a_reminder_comes_back_as_it_was_said(office):
    for subject in (DAY, NEW):
        kept = office.keep(subject)
        assert office.reminders.get(kept.id) == kept
        assert (kept.subject, kept.address, kept.sender, kept.language) == (subject, CHAT, "sam", "en")
    assert len(office.reminders.of("sam")) == 2 and office.reminders.of("alex") == ()


def test_a_day_is_kept_until_it_is_over_and_a_wish_for_half_a_year(office):
    assert office.keep(DAY).last_day == MAY
    assert office.keep(NEW).last_day == date(2026, 11, 21) + timedelta(days=183)
    assert office.keep(KeyDay("entry", "strings-fund", "opens", "same")).last_day == date(2027, 5, 23)


def test_asking_twice_for_the_same_is_one_reminder_and_the_last_word_counts(office):
    first = office.keep(DAY)
    second = office.keep(KeyDay("entry", "strings-fund", "closes", "day", MAY))
    assert first.id == second.id
    (kept,) = office.reminders.of("sam")
    assert kept.subject.before == "day"
    assert office.store.jobs.names() == (f"reminder {first.id}",)


def test_nobody_has_more_than_a_few(office):
    for number in range(MOST):
        office.keep(KeyDay("entry", f"entry-{number}", "closes", "day", MAY))
    assert office.reminders.keep("sam", CHAT, "en", DAY, MAY) is None
    again = KeyDay("entry", "entry-0", "closes", "week", MAY)
    assert office.reminders.keep("sam", CHAT, "en", again, MAY) is not None, "in place of another"
    assert office.reminders.keep("alex", "99", "en", DAY, MAY) is not None


def test_only_its_owner_stops_a_reminder(office):
    mine, other = office.keep(DAY), office.keep(NEW)
    assert office.reminders.stop("alex", mine.id) == 0
    assert office.reminders.stop("sam", mine.id) == 1
    assert office.reminders.stop("sam", mine.id) == 0
    assert office.reminders.of("sam") == (other,)
    assert office.store.jobs.names() == (f"reminder {other.id}",)


def test_forgetting_takes_all_of_ones_own(office):
    office.keep(DAY), office.keep(NEW)
    theirs = office.keep(DAY, sender="alex", address="99")
    assert office.reminders.forget("sam") == 2
    assert office.reminders.forget("sam") == 0
    assert office.reminders.of("alex") == (theirs,)
    assert office.store.jobs.names() == (f"reminder {theirs.id}",)


def test_nothing_in_the_files_says_who_wants_to_hear_of_what(tmp_path):
    office = Office(f"sqlite:///{tmp_path / 'heard.db'}", a_bursary(closes=MAY))
    stopped = office.keep(KeyDay("entry", "stopped-fund", "closes", "week", MAY))
    office.keep(DAY), office.keep(NEW)
    office.reminders.stop("sam", stopped.id)
    raw = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    with sqlite3.connect(tmp_path / "heard.db") as database:
        for table in ("reminders", "marks"):
            with pytest.raises(sqlite3.OperationalError, match="no such column: rowid"):
                database.execute(f"SELECT rowid FROM {table}")
    office.close()
    for telling in (CHAT, "strings-fund", "stopped-fund", "drums", "Hatfield", '"sam"'):
        assert telling.encode() not in raw, telling


def test_with_another_secret_a_reminder_is_nobodys(office):
    kept = office.keep(DAY)
    others = Reminders(office.store, f"{SECRET}!", HUB)
    assert others.get(kept.id) is None and others.of("sam") == ()


def test_a_sealed_reminder_in_another_ones_place_is_none(office):
    mine, other = office.keep(DAY), office.keep(NEW)
    rows = {row.id: row for row in office.store.reminders.of(HUB, office.reminders._person("sam"))}
    office.store.reminders.put(HUB, _swapped(rows[mine.id], rows[other.id].sealed), office.now, MOST)
    assert office.reminders.get(mine.id) is None


def _swapped(row, sealed):
    return type(row)(row.id, row.person, sealed, row.until)


days = st.builds(
    KeyDay,
    st.sampled_from(["entry", "consultation"]),
    st.from_regex(r"[a-z][a-z0-9-]{0,30}", fullmatch=True),
    st.sampled_from(WhatHappens.__args__),
    st.sampled_from(["week", "day", "same"]),
    st.none() | st.dates(),
)
news = st.builds(NewEntries, wishes, st.frozensets(st.text("0123456789abcdef", min_size=10, max_size=10), max_size=5))


@given(days | news)
def test_a_subject_is_read_as_it_was_written(subject):
    assert read_subject(subject.as_dict()) == subject


@given(st.dictionaries(st.sampled_from(["of", "id", "what", "before", "wish"]), st.text(max_size=8), max_size=5))
def test_what_is_no_subject_is_none(plain):
    if plain.get("of") not in ("entry", "consultation"):
        assert read_subject(plain) is None


@given(wishes)
def test_what_was_told_about_a_person_is_not_kept(wish):
    kept = watched(wish)
    assert (kept.access_needs, kept.circumstances, kept.asked) == ((), (), ())
    assert watched(kept) == kept
