"""What is exported says what the directory says, and leaves alone what did not change."""

import dataclasses
import shutil

import pytest

from heard.content.load import hub_names, load_content
from heard.errors import ContentError
from heard.exports import content_files, csv_files, put_in_place, workbook
from heard.imports import Checker, make_plan
from heard.imports.from_sheet import proposal_from_sheets
from heard.sheets import read_csv, read_xlsx
from heard.store import Store
from tests.builders import CONTENT, an_opportunity

HUB = "hertfordshire"


@pytest.fixture
def root(tmp_path):
    copy = tmp_path / "content"
    shutil.copytree(CONTENT, copy)
    return copy


@pytest.fixture
def store(tmp_path):
    opened = Store.open(f"sqlite:///{tmp_path / 'heard.db'}")
    yield opened
    opened.close()


def filled(store, root, hub=HUB):
    content = load_content(root, hub)
    store.entries.replace_from_content(content)
    return content


def exported(store, root, hub=HUB):
    written = content_files(root, hub, store)
    put_in_place(root, written.texts)
    return written


def same(one, other):
    """Whether two contents have the same entries, in whatever order."""
    names = ("opportunities", "bursaries", "pathways", "helplines")
    return all(
        sorted(getattr(one, name), key=lambda e: e.id) == sorted(getattr(other, name), key=lambda e: e.id)
        for name in names
    )


@pytest.mark.parametrize("hub", hub_names(CONTENT))
def test_without_changes_no_file_is_written(store, root, hub):
    filled(store, root, hub)
    assert content_files(root, hub, store).texts == {}


def test_what_staff_did_is_in_the_files_and_the_rest_is_there_to_the_letter(store, root):
    content = filled(store, root)
    own, changed = content.opportunities[0], content.opportunities[1].model_copy(update={"cost": "free"})
    path = root / HUB / "opportunities.yml"
    commented = path.read_text().replace(f"  - id: {changed.id}\n", f"  # Ask Bea.\n  - id: {changed.id}\n")
    path.write_text(commented)
    store.entries.change(HUB, changed, who="Ann")
    store.entries.add(HUB, an_opportunity(id="new-drums", place="Hatfield"), who="Ann")
    store.entries.retire(HUB, own.id, who="Ann")
    exported(store, root)
    after = path.read_text()
    assert after.startswith(commented[: commented.index("\nopportunities:")])
    assert f"  # Ask Bea.\n  - id: {changed.id}\n" in after
    assert own.id not in {o.id for o in load_content(root, HUB).opportunities}
    assert after.rstrip().splitlines()[-1].startswith("    ") and "  - id: new-drums\n" in after
    kept = commented[commented.index(f"  - id: {content.opportunities[2].id}\n") :].split("\n\n")[0]
    assert kept in after
    assert same(load_content(root, HUB), store.entries.read(content))


def test_after_the_export_the_entries_are_the_files_again(store, root):
    content = filled(store, root)
    store.entries.change(HUB, content.bursaries[0].model_copy(update={"name": "Another name"}), who="Ann")
    store.entries.add(HUB, an_opportunity(id="new-drums", place="Hatfield"), who="import", origin="import:x")
    exported(store, root)
    store.entries.replace_from_content(load_content(root, HUB))
    assert {(s.origin, s.edited) for s in store.entries.all(HUB)} == {("content", False)}
    assert content_files(root, HUB, store).texts == {}


def test_a_shared_entry_is_changed_in_its_own_file_and_never_removed(store, root):
    content = filled(store, root)
    shared = next(o for o in content.opportunities if o.area == "national")
    other = next(o for o in content.opportunities if o.area == "national" and o != shared)
    store.entries.change(HUB, shared.model_copy(update={"name": "Changed here"}), who="Ann")
    store.entries.retire(HUB, other.id, who="Ann")
    written = exported(store, root)
    assert set(written.texts) == {root / "national" / "opportunities.yml"} and written.shared == (other.id,)
    ids = {o.id: o.name for o in load_content(root, "dorset").opportunities}
    assert ids[shared.id] == "Changed here" and other.id in ids


def test_a_shared_pathway_keeps_what_it_names_of_other_hubs(store, root):
    content = filled(store, root)
    dorset = load_content(root, "dorset").pathways
    mine = {p.id: p for p in content.pathways}
    shared = next(p for p in dorset if p.id in mine and p != mine[p.id])
    store.entries.change(HUB, mine[shared.id].model_copy(update={"name": "Renamed"}), who="Ann")
    exported(store, root)
    after = {p.id: p for p in load_content(root, "dorset").pathways}
    assert after[shared.id] == shared.model_copy(update={"name": "Renamed"})


def test_a_retired_entry_is_taken_out_of_the_pathways_that_name_it(store, root):
    content = filled(store, root)
    own = {o.id for o in content.opportunities if o.area == HUB}
    named = next(id_ for p in content.pathways for s in p.stages for id_ in s.examples if id_ in own)
    store.entries.retire(HUB, named, who="Ann")
    exported(store, root)
    assert named not in "".join(path.read_text() for path in root.glob("*/*.yml"))
    assert same(load_content(root, HUB), store.entries.read(content))


def test_files_that_would_be_a_mistake_are_not_written(store, root):
    filled(store, root)
    store.entries.add(HUB, an_opportunity(id="somewhere", place="Atlantis"), who="Ann")
    before = {path: path.read_bytes() for path in root.rglob("*.yml")}
    with pytest.raises(ContentError, match=r"nothing is written.*'Atlantis' is not in places\.yml"):
        exported(store, root)
    assert {path: path.read_bytes() for path in root.rglob("*.yml")} == before


@pytest.mark.parametrize("hub", hub_names(CONTENT))
def test_csv_and_workbook_hold_the_whole_directory(store, root, hub):
    content = filled(store, root, hub)
    stored = store.entries.all(hub)
    csvs = [read_csv(data, name.removesuffix(".csv")) for name, data in csv_files(hub, store).items()]
    for sheets in (csvs, read_xlsx(workbook(hub, store), "x")):
        proposal = proposal_from_sheets(sheets, (), Checker(content.districts), whole=True)
        assert {p.entry.id: p.entry for p in proposal.entries} == {s.entry.id: s.entry for s in stored}
        plan = make_plan(dataclasses.replace(proposal), stored, "import:x", by_hand=True)
        assert plan.empty and plan.unchanged == len(stored)
