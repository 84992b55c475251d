"""What came of looking at addresses is kept, and broken ones make their entries due."""

from datetime import UTC, date, datetime, timedelta

from heard.links import Look
from heard.store import Store
from tests.builders import an_opportunity

PAGE = "https://gone.example/"


def test_the_latest_look_counts_and_since_when_it_is_so(database_url):
    now = [datetime(2026, 11, 1, tzinfo=UTC)]
    store = Store.open(database_url, clock=lambda: now[0])
    store.links.put([Look(PAGE, "ok", 200), Look("https://other.example/", "moved", 200, "it leads to x")])
    for day in (2, 3):
        now[0] = datetime(2026, 11, day, tzinfo=UTC)
        store.links.put([Look(PAGE, "broken", 404, "gone")])
    kept = {stored.look.url: stored for stored in store.links.all()}
    assert kept[PAGE].look == Look(PAGE, "broken", 404, "gone")
    assert (kept[PAGE].since.day, kept[PAGE].looked_at.day) == (2, 3)
    assert store.links.broken() == {PAGE}
    store.links.put([Look(PAGE, "ok", 200)])
    assert store.links.broken() == frozenset()
    store.close()


def test_what_is_unsure_for_long_counts_as_broken(database_url):
    now = [datetime(2026, 11, 1, tzinfo=UTC)]
    store = Store.open(database_url, clock=lambda: now[0])
    store.links.put([Look(PAGE, "unsure", 503)])
    assert store.links.broken() == frozenset()
    now[0] += timedelta(days=15)
    store.links.put([Look(PAGE, "unsure", None)])
    assert store.links.broken() == {PAGE}
    store.close()


def test_an_entry_with_a_broken_link_is_due_though_it_was_checked_today(store):
    today = date(2026, 11, 3)
    for name, url in (("fine", "https://music.example/"), ("gone", PAGE)):
        store.entries.add("hertfordshire", an_opportunity(id=name, url=url, checked=today), who="Ann")
    assert store.entries.due_for_check("hertfordshire", today) == ()
    store.links.put([Look(PAGE, "broken", 404), Look("https://music.example/", "ok", 200)])
    due = store.entries.due_for_check("hertfordshire", today)
    assert [(d.stored.entry.id, d.why) for d in due] == [("gone", ("broken link",))]
