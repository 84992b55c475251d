"""Reminders go out when they are due, once, by day, and end: whatever Telegram and the clock do."""

import asyncio
from datetime import UTC, date, datetime, timedelta

import pytest

from heard.consultations.progress import Given
from heard.redaction import Redacted
from heard.reminders.days import ENGLAND
from heard.reminders.news import known
from heard.reminders.posting import Posted
from heard.reminders.subject import KeyDay, NewEntries
from tests.builders import a_wish
from tests.heard.reminders.office import CHAT, Office, a_bursary, drums_in_hatfield

DEC = date(2026, 12, 10)
WEEK_BEFORE = KeyDay("entry", "strings-fund", "closes", "week", DEC)
DRUMS = a_wish(instruments=("drums",), activities=("group",), place="Hatfield")


@pytest.fixture
def office(database_url):
    office = Office(database_url, a_bursary(closes=DEC))
    yield office
    office.close()


def wait(office, **time):
    asyncio.run(office.wait(**time))


def test_a_week_before_it_closes_one_message_goes_out_and_nothing_is_kept(office):
    office.keep(WEEK_BEFORE)
    wait(office, days=11)
    assert office.sent == []
    wait(office, days=2)
    ((address, reply),) = office.sent
    assert address == CHAT
    assert "Benslow Strings Fund closes on 10 December 2026. That is in 7 days." in reply.text
    assert "I have deleted the reminder" in reply.text
    assert [card.id for card in reply.cards] == ["strings-fund"]
    assert office.reminders.of("sam") == () and office.store.jobs.names() == ()
    wait(office, days=10)
    assert len(office.sent) == 1


def test_the_day_before_is_the_day_before_at_half_past_four(office):
    office.keep(KeyDay("entry", "strings-fund", "closes", "day", DEC))
    sent_at = None
    for _ in range(24 * 20):
        wait(office, hours=1)
        if office.sent and sent_at is None:
            sent_at = office.now.astimezone(ENGLAND)
    assert "closes tomorrow, 10 December 2026" in office.texts[0]
    assert sent_at.date() == DEC - timedelta(days=1) and 16 <= sent_at.hour <= 17


def test_what_was_missed_in_the_night_comes_in_the_morning_and_says_how_it_is_then(office):
    office.keep(KeyDay("entry", "strings-fund", "closes", "day", DEC))
    office.now = datetime(2026, 12, 9, 23, 30, tzinfo=UTC)
    asyncio.run(office.work())
    assert office.sent == []
    wait(office, hours=9)
    assert "closes today" in office.texts[0]


def test_what_was_missed_altogether_is_not_sent_late(office):
    office.keep(WEEK_BEFORE)
    office.now = datetime(2026, 12, 11, 12, tzinfo=UTC)
    asyncio.run(office.work())
    assert office.sent == [] and office.reminders.of("sam") == ()


def test_a_day_that_is_put_off_is_told_in_its_own_time(office):
    office.keep(WEEK_BEFORE)
    office.entries(a_bursary(closes=DEC + timedelta(days=60)))
    wait(office, days=30)
    assert office.sent == [] and office.reminders.of("sam")[0].last_day == DEC + timedelta(days=60)
    wait(office, days=60)
    assert len(office.sent) == 1 and "8 February 2027" in office.texts[0]


def test_a_day_that_is_brought_forward_is_told_at_once(office):
    office.keep(WEEK_BEFORE)
    office.entries(a_bursary(closes=date(2026, 11, 25)))
    wait(office, days=1)
    assert "25 November 2026" in office.texts[0]


def test_an_entry_that_is_gone_ends_its_reminder_without_a_word(office):
    office.keep(WEEK_BEFORE)
    office.entries()
    wait(office, days=1)
    assert office.sent == [] and office.reminders.of("sam") == ()


def test_a_day_that_nobody_knew_is_told_when_it_is_known_with_a_way_to_be_told_again(office):
    office.entries(a_bursary())
    office.keep(KeyDay("entry", "strings-fund", "closes", "week"))
    wait(office, days=30)
    assert office.sent == []
    office.entries(a_bursary(closes=date(2027, 5, 1)))
    wait(office, days=1)
    ((_, reply),) = office.sent
    assert "closes on 1 May 2027" in reply.text
    assert [choice.label for choice in reply.choices] == ["Yes, a week before", "Yes, the day before"]
    assert office.reminders.of("sam") == ()


def test_a_day_that_nobody_ever_knows_is_given_up_after_half_a_year(office):
    office.entries(a_bursary())
    office.keep(KeyDay("entry", "strings-fund", "closes", "week"))
    wait(office, days=185)
    assert office.sent == [] and office.reminders.of("sam") == ()


def test_the_end_of_a_consultation_is_told_unless_they_have_answered_it(office):
    closing = KeyDay("consultation", "more-music", "closes", "week", date(2026, 12, 24))
    office.keep(closing, sender="alex", address="99")
    office.keep(closing)
    office.consultations.start("sam", "more-music", "m0")
    for number, given in enumerate((Given("near"), Given(text=Redacted("more")), Given("free")), 1):
        office.consultations.answer("sam", given, f"m{number}")
    wait(office, days=28)
    ((address, reply),) = office.sent
    assert address == "99" and "our questions: More music closes on 24 December 2026" in reply.text
    assert office.reminders.of("sam") == ()


def test_something_new_is_told_once_and_never_two_in_a_day(office):
    old = drums_in_hatfield("old")
    office.entries(old)
    office.keep(NewEntries(DRUMS, known(DRUMS, office.live.opportunities)))
    wait(office, days=3)
    assert office.sent == []
    new = [drums_in_hatfield(f"new-{number}") for number in range(3)]
    office.entries(old, *new, a_bursary())
    days = []
    for _ in range(6):
        before = len(office.sent)
        wait(office, days=1)
        days.append(len(office.sent) - before)
    assert days == [1, 1, 1, 0, 0, 0]
    told = [reply.cards[0].id for _, reply in office.sent]
    assert sorted(told) == ["new-0", "new-1", "new-2"]
    assert all("drum groups near Hatfield" in text and "until 23 May 2027" in text for text in office.texts)
    assert [choice.label for choice in office.sent[0][1].choices] == ["Stop this reminder"]


def test_an_entry_that_changes_until_it_fits_is_news_and_one_that_was_told_is_not_again(office):
    wish = a_wish(instruments=("drums",), cost="free", place="Hatfield")
    office.entries(drums_in_hatfield("one", cost="paid"))
    office.keep(NewEntries(wish, known(wish, office.live.opportunities)))
    office.entries(drums_in_hatfield("one", cost="free"))
    wait(office, days=2)
    office.entries(drums_in_hatfield("one", cost="free", when="Mondays"))
    wait(office, days=2)
    assert len(office.sent) == 1


def test_a_wish_ends_after_half_a_year(office):
    office.keep(NewEntries(DRUMS))
    wait(office, days=185)
    assert office.reminders.of("sam") == () and office.store.jobs.names() == ()
    office.entries(drums_in_hatfield())
    wait(office, days=3)
    assert office.sent == []


def test_a_stopped_wish_is_silent(office):
    kept = office.keep(NewEntries(DRUMS))
    office.reminders.stop("sam", kept.id)
    office.entries(drums_in_hatfield())
    wait(office, days=3)
    assert office.sent == []


def test_who_blocks_the_bot_is_forgotten_with_all_their_reminders(office):
    office.keep(WEEK_BEFORE), office.keep(NewEntries(DRUMS))
    theirs = office.keep(WEEK_BEFORE, sender="alex", address="99")
    office.entries(a_bursary(closes=DEC), drums_in_hatfield())
    office.posted = Posted("gone")
    wait(office, days=1)
    assert office.reminders.of("sam") == () and office.reminders.of("alex") == (theirs,)


def test_what_certainly_did_not_arrive_is_sent_again_when_telegram_says(office):
    office.keep(WEEK_BEFORE)
    office.now = datetime(2026, 12, 3, 16, 31, tzinfo=UTC)
    office.posted = Posted("not now", 90.0)
    asyncio.run(office.work())
    assert office.sent == []
    office.posted = Posted("sent")
    office.now += timedelta(seconds=60)
    asyncio.run(office.work())
    assert office.sent == []
    office.now += timedelta(seconds=60)
    asyncio.run(office.work())
    assert len(office.sent) == 1


def test_with_telegram_away_for_days_it_comes_when_telegram_is_back(office):
    office.keep(WEEK_BEFORE)
    office.posted = Posted("not now", 30.0)
    wait(office, days=14)
    office.posted = Posted("sent")
    wait(office, days=1)
    assert len(office.sent) == 1 and "in 5 days" in office.texts[0]


def test_a_process_that_died_after_the_mark_costs_a_message_and_never_makes_two(office):
    kept = office.keep(WEEK_BEFORE)
    assert office.reminders.begin_sending(kept, f"{WEEK_BEFORE.name}:{DEC}"), "and here it died"
    wait(office, days=14)
    assert office.sent == [] and office.reminders.of("sam") == ()


def test_a_fault_of_ours_in_the_post_costs_a_message_and_never_makes_two(office):
    sent = []

    async def sends_and_fails(address, reply, language):
        sent.append(address)
        raise RuntimeError

    office.keep(WEEK_BEFORE)
    office.rounds._post = sends_and_fails
    wait(office, days=14)
    assert sent == [CHAT] and office.reminders.of("sam") == ()


def test_forgotten_while_it_is_being_sent_it_stays_forgotten(office):
    office.keep(NewEntries(DRUMS))
    office.entries(drums_in_hatfield("one"), drums_in_hatfield("two"))

    async def forgets(address, reply, language):
        office.sent.append((address, reply))
        office.reminders.forget("sam")
        return Posted("sent")

    office.rounds._post = forgets
    wait(office, days=5)
    assert len(office.sent) == 1
    assert office.reminders.of("sam") == () and office.store.jobs.names() == ()
