"""Entries, turns and disclosures."""

import dataclasses
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from heard.content.load import hub_names, load_content
from heard.store import Store

CONTENT = Path(__file__).parents[3] / "content"


@pytest.mark.parametrize("hub", hub_names(CONTENT))
def test_the_hubs_entries_come_back_as_they_went_in(store, hub):
    content = load_content(CONTENT, hub)
    assert store.entries.replace_from_content(content)
    emptied = dataclasses.replace(content, opportunities=(), bursaries=(), pathways=(), helplines=())
    assert store.entries.read(emptied) == content


def test_the_same_content_is_not_written_twice_and_a_change_is(store):
    content = load_content(CONTENT, "hertfordshire")
    assert store.entries.replace_from_content(content)
    assert not store.entries.replace_from_content(content)
    fewer = dataclasses.replace(content, opportunities=content.opportunities[1:])
    assert store.entries.replace_from_content(fewer)
    assert store.entries.read(content) == fewer


def test_hubs_do_not_touch_each_others_entries(store):
    here, there = load_content(CONTENT, "hertfordshire"), load_content(CONTENT, "dorset")
    store.entries.replace_from_content(here)
    store.entries.replace_from_content(there)
    store.entries.replace_from_content(dataclasses.replace(there, opportunities=()))
    assert store.entries.read(here) == here


def test_a_turn_is_remembered_and_the_first_reply_holds(store):
    assert store.turns.get("m1") is None
    assert store.turns.put("m1", "hello") == "hello"
    assert store.turns.put("m1", "something else") == "hello"
    assert store.turns.get("m1") == "hello"


def test_of_many_at_once_one_may_answer(store):
    with ThreadPoolExecutor(10) as threads:
        assert sorted(threads.map(lambda _: store.turns.claim("m1"), range(10))) == [False] * 9 + [True]
    store.turns.put("m1", "hello")
    assert not store.turns.claim("m1")


def test_a_claim_can_be_given_back_and_runs_out(database_url):
    now = [datetime(2026, 11, 21, 10, tzinfo=UTC)]
    store = Store.open(database_url, clock=lambda: now[0])
    assert store.turns.claim("m1") and not store.turns.claim("m1")
    store.turns.release("m1")
    assert store.turns.claim("m1")
    now[0] += timedelta(minutes=1)
    assert store.turns.claim("m1") and not store.turns.claim("m1")
    store.close()


def test_old_turns_are_forgotten(database_url):
    now = [datetime(2026, 11, 20, 10, tzinfo=UTC)]
    store = Store.open(database_url, clock=lambda: now[0])
    store.turns.put("old", "hello")
    now[0] += timedelta(days=1, seconds=1)
    store.turns.put("new", "hello")
    assert store.expiry.count("answered messages", now[0]) == 1
    assert store.expiry.purge("answered messages", now[0]) == 1
    assert (store.turns.get("old"), store.turns.get("new")) == (None, "hello")
    store.close()


def test_the_turns_of_one_person_can_be_forgotten(store):
    for key, owner in (("m1", "me"), ("m2", "me"), ("m3", "you"), ("m4", None)):
        store.turns.put(key, "hello", owner)
    assert store.turns.forget("me") == 2
    assert store.turns.forget("me") == 0
    assert [store.turns.get(key) for key in ("m1", "m2", "m3", "m4")] == [None, None, "hello", "hello"]


def test_disclosures_are_counted_by_kind_and_week_even_many_at_once(store):
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda _: store.disclosures.count("bullying", date(2026, 11, 21)), range(8)))
    store.disclosures.count("bullying", date(2027, 1, 1))
    store.disclosures.count("hunger", date(2026, 11, 16))
    assert [(c.kind, c.week, c.count) for c in store.disclosures.table()] == [
        ("bullying", "2026-W47", 8),
        ("hunger", "2026-W47", 1),
        ("bullying", "2026-W53", 1),
    ]
