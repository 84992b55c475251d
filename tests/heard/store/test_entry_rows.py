"""The directory in the database: what content, staff and imports each may change, and what is kept of it."""

import dataclasses
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import text

from heard.content.load import Content, load_content
from heard.errors import EntryError
from heard.store import Store
from heard.store.database import Database
from heard.store.entry_edits import Add, Change, Retire
from tests.builders import CONTENT, a_hub, an_opportunity

HUB = "hertfordshire"


def a_content(*opportunities, **more) -> Content:
    """Content with these opportunities alone."""
    usual = dict.fromkeys(("bursaries", "pathways", "helplines", "consultations", "districts"), ())
    usual |= dict.fromkeys(("outcodes", "glossary", "school_years"), ())
    return Content(hub=a_hub(), opportunities=opportunities, **(usual | more))


CHOIR, BAND = an_opportunity(id="choir"), an_opportunity(id="band")


@pytest.fixture
def filled(store):
    store.entries.replace_from_content(a_content(CHOIR, BAND))
    return store


def names_here(store, content=None):
    return {o.id: o.name for o in store.entries.read(content or a_content()).opportunities}


def renamed(entry, name):
    return entry.model_copy(update={"name": name})


def test_what_staff_changed_survives_a_start_with_new_content(filled):
    filled.entries.change(HUB, renamed(CHOIR, "Our choir"), who="Ann")
    filled.entries.replace_from_content(a_content(renamed(CHOIR, "File choir"), renamed(BAND, "File band")))
    assert names_here(filled) == {"choir": "Our choir", "band": "File band"}


def test_what_was_added_and_imported_survives_and_comes_after_content(filled):
    filled.entries.add(HUB, an_opportunity(id="added", name="Added"), who="Ann")
    filled.entries.add(HUB, an_opportunity(id="fetched", name="Fetched"), who="import", origin="import:feed.example")
    filled.entries.replace_from_content(a_content(CHOIR, an_opportunity(id="new", name="New")))
    assert list(names_here(filled)) == ["choir", "new", "added", "fetched"]
    assert [s.origin for s in filled.entries.all(HUB)] == ["content", "content", "staff", "import:feed.example"]


def test_a_retired_entry_is_shown_nowhere_and_does_not_come_back_with_content(filled):
    filled.entries.retire(HUB, "choir", who="Ann")
    filled.entries.replace_from_content(a_content(renamed(CHOIR, "Again"), BAND))
    assert list(names_here(filled)) == ["band"]
    assert filled.entries.get(HUB, "choir").retired
    filled.entries.bring_back(HUB, "choir", who="Ann")
    assert list(names_here(filled)) == ["choir", "band"]


def test_content_drops_what_it_no_longer_has_and_nobody_changed(filled):
    filled.entries.change(HUB, renamed(CHOIR, "Our choir"), who="Ann")
    filled.entries.replace_from_content(a_content(an_opportunity(id="other", name="Other")))
    assert names_here(filled) == {"other": "Other", "choir": "Our choir"}


def test_an_edit_that_the_files_have_taken_over_is_the_files_again(filled):
    filled.entries.change(HUB, renamed(CHOIR, "Our choir"), who="Ann")
    filled.entries.add(HUB, an_opportunity(id="added", name="Added"), who="Ann")
    exported = a_content(renamed(CHOIR, "Our choir"), BAND, filled.entries.get(HUB, "added").entry)
    filled.entries.replace_from_content(exported)
    assert {(s.origin, s.edited) for s in filled.entries.all(HUB)} == {("content", False)}
    filled.entries.replace_from_content(a_content(renamed(CHOIR, "Later")))
    assert names_here(filled) == {"choir": "Later"}


def test_a_check_holds_as_long_as_the_file_says_the_same(filled):
    day = date(2026, 11, 3)
    filled.entries.mark_checked(HUB, "choir", day, who="Ann")
    filled.entries.replace_from_content(a_content(CHOIR, renamed(BAND, "File band")))
    assert filled.entries.get(HUB, "choir").entry.checked == day
    filled.entries.replace_from_content(a_content(renamed(CHOIR, "Another choir"), BAND))
    assert filled.entries.get(HUB, "choir").entry == renamed(CHOIR, "Another choir")


def test_the_same_change_twice_is_one_and_a_change_over_anothers_is_refused(filled):
    seen = filled.entries.get(HUB, "choir").digest
    filled.entries.change(HUB, renamed(CHOIR, "Mine"), who="Ann", seen=seen)
    filled.entries.change(HUB, renamed(CHOIR, "Mine"), who="Ann")
    with pytest.raises(EntryError, match="somebody else has changed it"):
        filled.entries.change(HUB, renamed(CHOIR, "Yours"), who="Bea", seen=seen)
    assert [(h.who, h.did) for h in filled.entries.history(HUB)] == [("Ann", "changed")]


def test_history_says_who_did_what_and_when(database_url):
    now = [datetime(2026, 11, 3, 10, tzinfo=UTC)]
    store = Store.open(database_url, clock=lambda: now[0])
    store.entries.add(HUB, CHOIR, who="Ann")
    now[0] += timedelta(minutes=1)
    store.entries.change(HUB, renamed(CHOIR, "Ours"), who="Bea")
    store.entries.mark_checked(HUB, "choir", date(2026, 11, 4), who="Bea")
    store.entries.retire(HUB, "choir", who="Cy")
    store.entries.add(HUB, BAND, who="Ann")
    last, checked, changed, added = store.entries.history(HUB, "choir")
    assert (last.did, last.who, last.before, last.after) == ("retired", "Cy", {}, {})
    assert (checked.before, checked.after) == ({"checked": None}, {"checked": "2026-11-04"})
    assert (changed.before, changed.after, changed.at) == ({"name": "Choir"}, {"name": "Ours"}, now[0])
    assert (added.did, added.after["id"]) == ("added", "choir")
    assert len(store.entries.history(HUB)) == 5 and len(store.entries.history(HUB, limit=2)) == 2
    store.close()


def test_several_edits_are_all_done_or_none(filled):
    before, version = names_here(filled), filled.entries.version(HUB)
    with pytest.raises(EntryError, match=r"^band: the id is taken"):
        filled.entries.apply(HUB, [Add(an_opportunity(id="new")), Retire("choir"), Add(BAND)], who="Ann")
    assert (names_here(filled), filled.entries.version(HUB)) == (before, version)
    assert filled.entries.history(HUB) == ()


def test_what_is_added_can_be_changed_in_the_same_breath(filled):
    new = an_opportunity(id="new")
    filled.entries.apply(HUB, [Add(new), Change(renamed(new, "Newer")), Retire("new"), Retire("choir")], who="Ann")
    assert filled.entries.get(HUB, "new").entry.name == "Newer" and filled.entries.get(HUB, "new").retired
    assert [h.did for h in filled.entries.history(HUB)] == ["retired", "retired", "changed", "added"]


def test_many_entries_are_put_in_at_once(filled):
    many = [an_opportunity(id=f"many-{n}") for n in range(1200)]
    filled.entries.apply(HUB, [Add(entry) for entry in many], who="Ann")
    changes = [Change(renamed(entry, "Changed")) for entry in many]
    filled.entries.apply(HUB, changes, who="Ann")
    assert sum(stored.entry.name == "Changed" for stored in filled.entries.all(HUB)) == 1200


@pytest.mark.parametrize(
    ("do", "advice"),
    [
        (lambda e: e.retire(HUB, "nothing", who="Ann"), "nothing: there is no such entry"),
        (lambda e: e.change(HUB, an_opportunity(id="nothing"), who="Ann"), "there is no such entry"),
        (lambda e: e.add(HUB, CHOIR, who="Ann"), "choir: the id is taken"),
        (lambda e: e.change(HUB, load_content(CONTENT, HUB).bursaries[0].model_copy(update={"id": "choir"}), who="A"),
         "among the opportunities"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_says_why(filled, do, advice):
    with pytest.raises(EntryError, match=advice):
        do(filled.entries)


def test_every_change_raises_the_version_and_nothing_else_does(filled):
    first = filled.entries.version(HUB)
    filled.entries.replace_from_content(a_content(CHOIR, BAND))
    filled.entries.read(a_content())
    assert filled.entries.version(HUB) == first
    filled.entries.retire(HUB, "choir", who="Ann")
    second = filled.entries.version(HUB)
    filled.entries.replace_from_content(a_content(BAND))
    assert first < second < filled.entries.version(HUB)
    assert filled.entries.version("dorset") == 0


def test_pathways_do_not_name_an_entry_that_was_retired(store):
    content = load_content(CONTENT, HUB)
    store.entries.replace_from_content(content)
    named = next(id_ for p in content.pathways for s in p.stages for id_ in s.examples)
    store.entries.retire(HUB, named, who="Ann")
    read = store.entries.read(content)
    assert named not in {id_ for p in read.pathways for s in p.stages for id_ in s.examples}
    assert len(read.pathways) == len(content.pathways)


def test_due_are_broken_links_then_the_never_checked_then_the_oldest(store):
    entries = [
        an_opportunity(id="fresh", checked=date(2026, 10, 1)),
        an_opportunity(id="old", checked=date(2026, 5, 1)),
        an_opportunity(id="never", checked=None),
        an_opportunity(id="older", checked=date(2026, 4, 1)),
        an_opportunity(id="broken", checked=date(2026, 11, 1), url="https://gone.example/"),
    ]
    store.entries.replace_from_content(a_content(*entries))
    due = store.entries.due_for_check(HUB, date(2026, 11, 3), broken={"https://gone.example/"})
    assert [d.stored.entry.id for d in due] == ["broken", "never", "older", "old"]
    assert [d.why for d in due] == [("broken link",), ("never checked",), ("long ago",), ("long ago",)]


def test_a_content_entry_whose_id_staff_gave_to_another_kind_is_left_out(filled):
    bursary = load_content(CONTENT, HUB).bursaries[0].model_copy(update={"id": "fund"})
    filled.entries.add(HUB, bursary, who="Ann")
    filled.entries.replace_from_content(a_content(CHOIR, an_opportunity(id="fund")))
    assert filled.entries.get(HUB, "fund").collection == "bursaries"
    assert list(names_here(filled)) == ["choir"]


def test_only_what_changed_is_read_again(filled):
    before = {o.id: o for o in filled.entries.read(a_content()).opportunities}
    filled.entries.change(HUB, renamed(CHOIR, "Ours"), who="Ann")
    after = {o.id: o for o in filled.entries.read(a_content()).opportunities}
    assert after["band"] is before["band"] and after["choir"].name == "Ours"


def test_entries_of_a_database_from_before_edits_belong_to_content(database_url):
    store = Store.open(database_url)
    store.entries.replace_from_content(a_content(CHOIR))
    store.close()
    database = Database(database_url)
    database.write(lambda c: c.execute(text("UPDATE entry_sets SET digest = ''")))
    database.close()
    store = Store.open(database_url)
    store.entries.replace_from_content(dataclasses.replace(a_content(renamed(CHOIR, "New"))))
    assert names_here(store) == {"choir": "New"}
    store.close()
