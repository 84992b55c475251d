"""A spreadsheet is shown as what it would change, and refused row by row where it is wrong."""

import datetime as dt
import zipfile
from io import BytesIO

import pytest
from openpyxl import Workbook

from heard.content.load import load_content
from heard.imports import Checker, make_plan
from heard.imports.from_sheet import proposal_from_sheets
from heard.sheets import SheetError, read_csv, read_xlsx, write_csv, write_xlsx
from heard.sheets.writing import rows_of
from heard.store.entry_rows import COLLECTIONS
from tests.builders import CONTENT, a_district, an_opportunity

HUB = "hertfordshire"
CHECKER = Checker([a_district("welwyn-hatfield", "hertfordshire", Hatfield=(51.76, -0.23, "AL10"))])
CHOIR = an_opportunity(id="choir", cost="paid", ages=(7, 11))
BAND = an_opportunity(id="band")


@pytest.fixture
def filled(store):
    store.entries.add(HUB, CHOIR, who="Ann")
    store.entries.add(HUB, BAND, who="Ann")
    return store


def planned(store, data, *, name="opportunities", whole=False, read=read_csv):
    stored = store.entries.all(HUB, retired=True)
    sheets = read(data, name)
    sheets = sheets if isinstance(sheets, tuple) else (sheets,)
    proposal = proposal_from_sheets(sheets, stored, CHECKER, whole=whole)
    return make_plan(proposal, stored, "import:test.csv", by_hand=True)


def sheet(*entries, **cells):
    """A CSV of opportunities; `cells` go into every row."""
    header, rows = rows_of("opportunities", entries)
    rows = [[cells.get(name, cell) for name, cell in zip(header, row, strict=True)] for row in rows]
    return write_csv(header, rows)


def test_what_was_exported_changes_nothing(filled):
    plan = planned(filled, sheet(CHOIR, BAND), whole=True)
    assert plan.empty and plan.unchanged == 2 and plan.mistakes == ()


def test_the_preview_names_every_field_that_changes(filled):
    new = an_opportunity(id="new")
    changed = CHOIR.model_copy(update={"cost": "free", "summary": "Sing with us."})
    plan = planned(filled, sheet(changed, new), whole=True)
    assert [entry.id for entry in plan.added] == ["new"]
    assert [entry.id for entry in plan.retired] == ["band"]
    assert [(f.field, f.before, f.after) for f in plan.changed[0].fields] == [
        ("summary", "Something to join.", "Sing with us."),
        ("cost", "paid", "free"),
    ]


def test_carried_out_it_is_as_the_preview_said_and_twice_is_once(filled):
    data = sheet(CHOIR.model_copy(update={"cost": "free"}), an_opportunity(id="new"))
    filled.entries.apply(HUB, planned(filled, data, whole=True).edits(), who="import:test.csv")
    assert {s.entry.id for s in filled.entries.all(HUB)} == {"choir", "new"}
    assert filled.entries.get(HUB, "choir").entry.cost == "free"
    again = planned(filled, data, whole=True)
    assert again.empty and again.unchanged == 2


def test_without_whole_nothing_is_retired_but_what_a_row_says(filled):
    assert planned(filled, sheet(CHOIR)).retired == ()
    plan = planned(filled, sheet(BAND, retired="yes"))
    assert [entry.id for entry in plan.retired] == ["band"] and plan.changed == ()


def test_a_row_of_a_retired_entry_brings_it_back(filled):
    filled.entries.retire(HUB, "band", who="Ann")
    plan = planned(filled, sheet(BAND))
    assert plan.changed[0].back
    filled.entries.apply(HUB, plan.edits(), who="Ann")
    assert not filled.entries.get(HUB, "band").retired


def test_columns_that_are_not_there_leave_their_fields_alone(filled):
    filled.entries.apply(HUB, planned(filled, b"id,cost\nchoir,free\n").edits(), who="Ann")
    assert filled.entries.get(HUB, "choir").entry == CHOIR.model_copy(update={"cost": "free"})


def test_somebody_elses_change_meanwhile_stops_it(filled):
    plan = planned(filled, b"id,cost\nchoir,free\n")
    filled.entries.change(HUB, CHOIR.model_copy(update={"cost": "subsidised"}), who="Bea")
    with pytest.raises(Exception, match="somebody else has changed it"):
        filled.entries.apply(HUB, plan.edits(), who="Ann")
    assert filled.entries.get(HUB, "choir").entry.cost == "subsidised"


ROWS = [
    ("checked", "31/02/2026", "checked: there is no such day"),
    ("checked", "2026-02-31", "checked: there is no such day"),
    ("checked", "soon", "checked: expected a day like 2026-11-30"),
    ("ages_min", "seven", "ages_min: expected a whole number"),
    ("ages_min", "7.5", "ages_min: expected a whole number"),
    ("ages_min", "12", "ages: min (12) is more than max (11)"),
    ("ages_max", "200", "ages.max: "),
    ("url", "javascript:alert(1)", "url: an address that is a script is refused"),
    ("url", "music.example", "url: a web address starts with https://"),
    ("url", "https://", "url: a web address has a name after https://"),
    ("summary", "<script>alert(1)</script>", "summary: HTML is not shown"),
    ("name", "", "name: this must not be empty"),
    ("id", "", "id: this must not be empty"),
    ("cost", "cheap", "cost: 'cheap' is not one of"),
    ("instruments", "trumpt", "did you mean 'trumpet'?"),
    ("places", "Hatfeld", "places: 'Hatfeld' is not in places.yml; did you mean 'Hatfield'?"),
    ("online", "perhaps", "online: expected yes or no"),
    ("retired", "perhaps", "retired: expected yes or no"),
    ("id", "Choir 1", "is not an id; use small letters"),
    ("sessions", "- {day: monday, starts: 25:00}", "sessions[0].starts"),
    ("sessions", "{", "sessions: this cannot be read"),
    ("dates", "- &a {what: event, day: 2026-01-01}\n- *a", "dates: this cannot be read"),
    ("dates", "[" * 5000, "dates: this cannot be read"),
    ("provider", "a\x01b", "no text (U+0001)"),
    ("instruments", '["trumpet", 5]', "instruments: expected words with ; between them"),
]


@pytest.mark.parametrize(("column", "cell", "advice"), ROWS)
def test_a_mistake_names_its_row_and_what_to_do(filled, column, cell, advice):
    plan = planned(filled, sheet(CHOIR, **{column: cell}))
    assert len(plan.mistakes) == 1 and advice in str(plan.mistakes[0])
    assert plan.mistakes[0].where == "opportunities, row 2"


def test_each_wrong_row_is_named_and_the_right_ones_are_in_the_preview(filled):
    data = b"id,cost,checked\nchoir,free,2026-11-01\nband,cheap,2026-02-30\nnobody,free,\n"
    plan = planned(filled, data)
    assert [change.entry.id for change in plan.changed] == ["choir"]
    assert [(m.where, m.id) for m in plan.mistakes] == [
        ("opportunities, row 3", "band"),
        ("opportunities, row 3", "band"),
        ("opportunities, row 4", "nobody"),
    ]
    assert "needs the columns name, confidence, provider, kind" in plan.mistakes[2].advice


def test_two_rows_with_one_id_are_both_named(filled):
    plan = planned(filled, sheet(CHOIR, BAND, CHOIR))
    assert [str(m) for m in plan.mistakes] == ["opportunities, row 4 (choir): the id is taken by opportunities, row 2"]


def test_an_id_of_another_collection_is_refused(filled):
    bursary = load_content(CONTENT, HUB).bursaries[0].model_copy(update={"id": "choir"})
    plan = planned(filled, write_csv(*rows_of("bursaries", [bursary])), name="bursaries")
    assert "among the opportunities" in str(plan.mistakes[0]) and plan.empty


def test_to_retire_what_is_not_there_is_a_mistake(filled):
    plan = planned(filled, sheet(an_opportunity(id="nobody"), retired="yes"))
    assert "there is no such entry" in str(plan.mistakes[0])


def test_a_pathway_that_names_nobody_is_a_mistake(filled):
    pathway = load_content(CONTENT, HUB).pathways[0]
    plan = planned(filled, write_csv(*rows_of("pathways", [pathway])), name="pathways")
    assert "there is no such entry among the opportunities" in str(plan.mistakes[0]) and plan.empty


FILES = [
    (b"", "the file is empty"),
    (b"\n\n , ,\n", "the file is empty"),
    (b"name,cost\nA,free\n", "the column id is missing"),
    (b"id,price\nchoir,5\n", "these columns are not known: price"),
    (b"id,Cost\nchoir,free\n", r"Cost \(did you mean cost\?\)"),
    (b"id,cost,cost\nchoir,free,paid\n", "the column cost is there twice"),
    (b"id,cost\nchoir,free,paid\n", "row 2: there is a cell without a column"),
    (b"id,ages_min\nchoir,7\n", "ages_max belong beside the others"),
    (b'id,name\nchoir,"never closed\n', "this is not CSV"),
    ("id,name\nchoir,Chœur\n".encode("utf-16"), 'save the file as "CSV UTF-8"'),
    (b"id,name\nchoir,\x00\n", "this is no CSV file"),
    (b"PK\x03\x04\xff\xfe", "UTF-8"),
]


@pytest.mark.parametrize(("data", "advice"), FILES)
def test_a_file_that_is_wrong_as_a_whole_is_refused_in_one_sentence(filled, data, advice):
    with pytest.raises(SheetError, match=advice):
        planned(filled, data)


def test_semicolons_and_tabs_between_cells_are_read_too(filled):
    for data in (b"id;cost\nchoir;free\n", b"id\tcost\nchoir\tfree\n"):
        assert planned(filled, data).changed[0].fields[0].after == "free"


def test_a_workbook_has_a_sheet_for_each_collection_and_types_of_its_own(filled):
    header = ["id", "ages_min", "ages_max", "checked", "online"]
    book = write_xlsx({"opportunities": (header, [["choir", 8, 12.0, dt.date(2026, 11, 1), True]])})
    plan = planned(filled, book, read=read_xlsx)
    assert {f.field: f.after for f in plan.changed[0].fields} == {
        "ages": {"min": 8, "max": 12},
        "checked": dt.date(2026, 11, 1),
        "online": True,
    }


@pytest.mark.parametrize(
    ("cell", "advice"), [(5, "the program has made a number of it"), (dt.date(2026, 11, 7), "has made a day of it")]
)
def test_what_a_spreadsheet_program_made_of_a_text_is_noticed(filled, cell, advice):
    book = write_xlsx({"opportunities": (["id", "when"], [["choir", cell]])})
    assert advice in str(planned(filled, book, read=read_xlsx).mistakes[0])


def test_what_is_no_workbook_or_holds_formulas_is_refused(filled):
    book = Workbook()
    book.active.title = "opportunities"
    book.active.append(["id", "name"])
    book.active.append(["choir", "=1+1"])
    out = BytesIO()
    book.save(out)
    with pytest.raises(SheetError, match="cell B2: this is a formula"):
        planned(filled, out.getvalue(), read=read_xlsx)
    for data in (b"", b"not a workbook", out.getvalue()[:900], b"PK\x05\x06" + bytes(18)):
        with pytest.raises(SheetError, match="no XLSX workbook"):
            planned(filled, data, read=read_xlsx)
    with pytest.raises(SheetError, match="there is no such list"):
        planned(filled, write_xlsx({"Sheet1": (["id"], [["choir"]])}), read=read_xlsx)


def test_a_workbook_that_unpacks_to_more_than_fits_is_refused(filled):
    out = BytesIO()
    with (
        zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as packed,
        packed.open("xl/x.xml", "w", force_zip64=True) as part,
    ):
        for _ in range(205):
            part.write(bytes(1_000_000))
    with pytest.raises(SheetError, match="too large when it is unpacked"):
        planned(filled, out.getvalue(), read=read_xlsx)


def test_the_hubs_own_directory_goes_through_a_workbook_unchanged(store):
    content = load_content(CONTENT, HUB)
    store.entries.replace_from_content(content)
    tables = {name: rows_of(name, [s.entry for s in store.entries.all(HUB, name)]) for name in COLLECTIONS}
    stored = store.entries.all(HUB, retired=True)
    proposal = proposal_from_sheets(read_xlsx(write_xlsx(tables), "x"), stored, Checker(content.districts), whole=True)
    plan = make_plan(proposal, stored, "import:x", by_hand=True)
    assert plan.mistakes == () and plan.empty and plan.unchanged == len(stored)
