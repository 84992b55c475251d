"""What is written into a spreadsheet and read again is the same, and no spreadsheet program finds a formula in it."""

import csv
import io
import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from heard.imports import Checker
from heard.imports.from_sheet import proposal_from_sheets
from heard.sheets import read_csv, read_xlsx, write_csv, write_xlsx
from heard.sheets.sheet import SheetError, armed, disarmed
from heard.sheets.writing import rows_of
from tests.builders import a_district
from tests.entries import BY_COLLECTION, PLACES, lists_of, texts

CHECKER = Checker([a_district("anywhere", "hertfordshire", **dict.fromkeys(PLACES, (51.0, 0.0, "AL10")))])
QUIET = settings(
    deadline=None, max_examples=25, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)


def read_back(sheets):
    proposal = proposal_from_sheets(sheets, (), CHECKER)
    return proposal.mistakes, [proposed.entry for proposed in proposal.entries]


@pytest.mark.parametrize("collection", BY_COLLECTION)
@QUIET
@given(data=st.data())
def test_entries_come_back_from_csv_as_they_were(collection, data):
    entries = data.draw(lists_of(collection))
    assert read_back([read_csv(write_csv(*rows_of(collection, entries)), collection)]) == ((), entries)


@pytest.mark.parametrize("collection", BY_COLLECTION)
@QUIET
@given(data=st.data())
def test_entries_come_back_from_a_workbook_as_they_were(collection, data):
    entries = data.draw(lists_of(collection))
    book = write_xlsx({collection: rows_of(collection, entries)})
    assert read_back(read_xlsx(book, "book.xlsx")) == ((), entries)


@given(st.text())
def test_disarming_can_be_undone(text):
    assert armed(disarmed(text)) == text
    assert not re.match(r"[=+\-@\t\r]", disarmed(text).lstrip()) or disarmed(text) == text.lstrip()[:0]


@QUIET
@given(st.lists(texts | st.sampled_from(["=cmd|' /C calc'!A0", "@SUM(A1)", " =1", "\t=1", "-2+3", "＝1"]), min_size=1))
def test_no_cell_is_a_formula(some):
    rows = [[disarmed(text)] for text in some]
    book = load_workbook(io.BytesIO(write_xlsx({"opportunities": (["name"], rows)})))
    cells = [row[0] for row in book["opportunities"].iter_rows(min_row=2)]
    assert all(cell.data_type in ("s", "n", "inlineStr") for cell in cells)
    read = csv.reader(io.StringIO(write_csv(["name"], rows).decode("utf-8-sig"), newline=""))
    for row in list(read)[1:]:
        assert not re.match(r"\s*[=+\-@＝＋－＠]", row[0] if row else "")


@QUIET
@given(st.data())
def test_a_damaged_workbook_is_refused_or_read_and_nothing_else(data):
    book = bytearray(write_xlsx({"opportunities": (["id", "name"], [["a", "b"], ["c", "d"]])}))
    for _ in range(data.draw(st.integers(1, 8))):
        book[data.draw(st.integers(0, len(book) - 1))] = data.draw(st.integers(0, 255))
    try:
        read_xlsx(bytes(book[: data.draw(st.sampled_from([len(book), len(book) // 2]))]), "book.xlsx")
    except SheetError as error:
        assert "\n" not in str(error)


@QUIET
@given(st.binary(max_size=300) | st.text(max_size=200).map(str.encode))
def test_any_bytes_are_a_csv_file_or_refused(data):
    try:
        read_csv(data, "opportunities")
    except SheetError as error:
        assert str(error)
