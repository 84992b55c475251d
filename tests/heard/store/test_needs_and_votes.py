"""Counts of wishes that found nothing, and of votes about entries."""

import threading
from concurrent.futures import ThreadPoolExecutor

from heard.errors import StoreError
from heard.later import Later
from heard.store.needs import NeedCount
from heard.store.votes import Votes

DRUMS = {
    "month": "2026-11", "topic": "lesson", "instrument": "drums", "district": "dacorum", "ages": "8 to 11",
    "barrier": "cost",
}  # fmt: skip
HARP = DRUMS | {"instrument": "harp"}


def counted(store, hub="hertfordshire"):
    return {count.values[2]: count.count for count in store.needs.table(hub)}


def test_wishes_are_counted_by_their_values_and_hub(store):
    with ThreadPoolExecutor(8) as threads:
        list(threads.map(lambda _: store.needs.count("hertfordshire", DRUMS), range(20)))
    store.needs.count("dorset", DRUMS)
    assert store.needs.table("hertfordshire") == (NeedCount(tuple(DRUMS.values()), 20),)
    assert counted(store, "dorset") == {"drums": 1}


def test_a_count_moves_and_leaves_nothing_behind(store):
    for _ in range(2):
        store.needs.count("hertfordshire", DRUMS)
    store.needs.move("hertfordshire", DRUMS, HARP)
    assert counted(store) == {"drums": 1, "harp": 1}
    store.needs.move("hertfordshire", DRUMS, HARP)
    assert counted(store) == {"harp": 2}


def test_what_was_never_counted_is_not_moved(store):
    store.needs.move("hertfordshire", DRUMS, HARP)
    assert counted(store) == {}


def test_votes_add_up_over_the_months_and_doubts_last_until_somebody_has_looked(store):
    for month, right in (("2026-10", True), ("2026-11", True), ("2026-11", False), ("2026-11", False)):
        store.votes.count("hertfordshire", "choir", month, right=right)
    store.votes.count("hertfordshire", "band", "2026-11", right=True)
    store.votes.count("dorset", "band", "2026-11", right=False)
    assert store.votes.of("hertfordshire", "choir") == Votes(2, 2)
    assert store.votes.of("hertfordshire", "nobody") == Votes(0, 0)
    assert store.votes.doubted("hertfordshire") == {"choir"}
    store.votes.looked_at("hertfordshire", "choir")
    assert store.votes.doubted("hertfordshire") == frozenset()
    assert store.votes.of("hertfordshire", "choir") == Votes(2, 2)
    store.votes.count("hertfordshire", "choir", "2026-11", right=False)
    assert store.votes.doubted("hertfordshire") == {"choir"}


def test_what_may_wait_is_done_in_order_and_a_database_that_is_down_costs_only_the_count():
    later, done, gate = Later(), [], threading.Event()

    def fails() -> None:
        raise StoreError("no database")

    later(lambda: done.append(gate.wait(10)))
    later(fails)
    later(lambda: done.append("after"))
    assert done == []
    gate.set()
    later.flush()
    assert done == [True, "after"]


def test_no_more_wait_than_there_is_room_for():
    later, done, gate = Later(), [], threading.Event()
    later(lambda: gate.wait(10) or None)
    for number in range(3000):
        later(lambda number=number: done.append(number))
    gate.set()
    later.flush()
    assert done == list(range(999))
