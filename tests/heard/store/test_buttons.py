"""Payloads of buttons: kept once, found again, let go when nobody is offered them any more."""

from datetime import UTC, datetime, timedelta

from heard.store import Store

LONG = '/inform{"place": "' + "a" * 80 + '"}'


def test_a_payload_is_found_by_its_name_and_no_other_is(store):
    store.buttons.keep("one", LONG)
    store.buttons.keep("one", LONG)
    assert store.buttons.get("one") == LONG
    assert store.buttons.get("two") is None


def test_a_payload_outlives_a_restart(store, database_url):
    store.buttons.keep("one", LONG)
    other = Store.open(database_url)
    assert other.buttons.get("one") == LONG
    other.close()


def test_what_is_offered_again_stays_and_the_rest_goes(database_url):
    now = [datetime(2026, 11, 21, 10, tzinfo=UTC)]
    store = Store.open(database_url, clock=lambda: now[0])
    store.buttons.keep("old", LONG)
    store.buttons.keep("still", LONG)
    now[0] += timedelta(days=60)
    store.buttons.keep("still", LONG)
    now[0] += timedelta(days=31)
    assert store.expiry.purge("long buttons", now[0]) == 1
    assert store.buttons.get("old") is None
    assert store.buttons.get("still") == LONG
    store.close()
