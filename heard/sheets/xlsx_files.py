"""Sheets as an XLSX workbook: a sheet for each collection."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils.exceptions import InvalidFileException

from heard.sheets.sheet import LARGEST_FILE, MOST_ROWS, Cell, Sheet, SheetError, sheet_of

_LARGEST_INSIDE = 200_000_000
"""Bytes of a workbook when it is unpacked: a small file can hold an endless one."""
_AS_TEXT = "@"
_BOLD = Font(bold=True)
_SEVERAL_LINES = Alignment(vertical="top", wrap_text=True)
_MOST_COLUMNS = 200

_DAMAGED = (
    *(InvalidFileException, zipfile.BadZipFile, zlib.error, struct.error, SyntaxError, EOFError, OSError),
    *(ValueError, TypeError, AttributeError, LookupError, ArithmeticError, RuntimeError),
)
"""openpyxl has no error of its own for what is wrong inside a file: whatever it stumbles over comes through."""

Table = tuple[Sequence[str], Iterable[Sequence[Cell]]]
"""A header and the rows."""


def write_xlsx(tables: Mapping[str, Table]) -> bytes:
    """The bytes of a workbook. Texts are marked as texts, so that no program makes days or formulas of them."""
    book = Workbook(write_only=True)
    for name, (header, rows) in tables.items():
        sheet: Any = book.create_sheet(name)
        sheet.freeze_panes = "B2"
        sheet.append([_cell(sheet, column, bold=True) for column in header])
        for row in rows:
            sheet.append([_cell(sheet, value) for value in row])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def _cell(sheet: Any, value: Cell, *, bold: bool = False) -> Any:
    cell: Any = WriteOnlyCell(sheet)
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"
        cell.number_format = _AS_TEXT
        if "\n" in value:
            cell.alignment = _SEVERAL_LINES
    if bold:
        cell.font = _BOLD
    return cell


def read_xlsx(data: bytes, name: str) -> tuple[Sheet, ...]:
    """The sheets of a workbook that are not empty. Raises SheetError where it is too large or no workbook."""
    _check_size(data, name)
    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=False, keep_links=False)
        sheets = [(sheet.title, _lines(sheet, f"{name}, sheet {sheet.title}")) for sheet in book.worksheets]
        book.close()
    except SheetError:
        raise
    except _DAMAGED as error:
        raise SheetError(f"{name}: this is no XLSX workbook, or it is damaged; save it again as .xlsx") from error
    return tuple(sheet_of(title, lines) for title, lines in sheets if lines)


def _check_size(data: bytes, name: str) -> None:
    if len(data) > LARGEST_FILE:
        raise SheetError(f"{name}: the file is larger than {LARGEST_FILE // 1_000_000} MB; split it")
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            inside = sum(part.file_size for part in packed.infolist())
    except zipfile.BadZipFile:
        raise SheetError(f"{name}: this is no XLSX workbook; save it as .xlsx") from None
    if inside > _LARGEST_INSIDE:
        raise SheetError(f"{name}: the workbook is too large when it is unpacked; split it")


def _lines(sheet: Any, name: str) -> list[tuple[int, Sequence[Cell]]]:
    lines: list[tuple[int, Sequence[Cell]]] = []
    for number, cells in enumerate(sheet.iter_rows(max_col=_MOST_COLUMNS), start=1):
        if len(lines) > MOST_ROWS + 1:
            raise SheetError(f"{name}: there are more than {MOST_ROWS} rows; split the file")
        for cell in cells:
            if cell.data_type == "f":
                raise SheetError(f"{name}, cell {cell.coordinate}: this is a formula; put its value there instead")
            if cell.data_type == "e":
                raise SheetError(f"{name}, cell {cell.coordinate}: this is an error ({cell.value}); put a value there")
        if any(cell.value is not None for cell in cells):
            lines.append((number, [cell.value for cell in cells]))
    return lines
