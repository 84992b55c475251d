"""When reminders are looked at and may be sent: in England's time, also when the clocks change."""

from datetime import UTC, date, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from heard.content.dates import KeyDate
from heard.reminders.days import ENGLAND, LEAD, coming, is_due, may_write, next_look, next_morning, ways

moments = st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1)).map(lambda moment: moment.replace(tzinfo=UTC))
days = st.dates(date(2026, 1, 1), date(2028, 1, 1))


@given(moments)
def test_the_next_look_is_at_half_past_four_in_england_within_a_day(now):
    look = next_look(now)
    assert (look.astimezone(ENGLAND).hour, look.astimezone(ENGLAND).minute) == (16, 30)
    assert timedelta() < look - now <= timedelta(hours=25)
    assert may_write(look)


@given(moments)
def test_nobody_is_written_to_at_night(now):
    morning = next_morning(now)
    assert may_write(morning) and now <= morning <= now + timedelta(hours=13)
    assert (morning == now) is may_write(now)
    assert 8 <= morning.astimezone(ENGLAND).hour < 20


def test_summer_and_winter_have_the_same_hour():
    winter, summer = datetime(2026, 12, 1, 3, tzinfo=UTC), datetime(2026, 7, 1, 3, tzinfo=UTC)
    assert next_look(winter).hour == 16 and next_look(summer).hour == 15


@given(days, days, st.sampled_from(["closes", "opens", "audition", "event", "decided"]))
def test_every_way_that_is_offered_is_still_to_come(day, now, what):
    offered = ways(what, day, now)
    assert all(not is_due(day, before, now) for before in offered)
    assert all(day - timedelta(days=LEAD[before]) > now for before in offered)
    assert bool(offered) is (day > now + timedelta(days=0 if what in ("opens", "decided") else 1))


@given(days, st.sampled_from(list(LEAD)))
def test_what_is_due_stays_due(day, before):
    due = [is_due(day, before, day + timedelta(days=n)) for n in range(-10, 3)]
    assert due == sorted(due)
    assert due.index(True) == 10 - LEAD[before]


def test_the_next_of_several_days_counts_and_those_that_are_over_do_not():
    closes = [KeyDate(what="closes", day=date(2026, month, 1)) for month in (3, 9, 6)]
    assert coming(closes, "closes", date(2026, 4, 1)) == date(2026, 6, 1)
    assert coming(closes, "closes", date(2026, 6, 1)) == date(2026, 6, 1)
    assert coming(closes, "closes", date(2026, 9, 2)) is None
    assert coming(closes, "opens", date(2026, 1, 1)) is None
