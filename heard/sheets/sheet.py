"""A sheet as plain values, and how its texts are kept from being taken for formulas."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from heard.errors import HeardError

Cell = str | int | float | bool | date | None
"""What a cell can hold. In a CSV file everything is a text."""

LARGEST_FILE = 10_000_000
"""Bytes of the largest file that is read."""
MOST_ROWS = 20_000
LONGEST_CELL = 32_767
"""Characters in one cell: Excel's own limit."""

_FORMULA = re.compile(r"[\s']*[=+\-@＝＋－＠|%]")
"""What a spreadsheet program may take for a formula (OWASP, CSV injection), also after spaces and apostrophes."""


class SheetError(HeardError):
    """A file that is no sheet of ours as a whole; the message says what to do."""


class CellError(ValueError):
    """A cell that holds something else than its column needs."""


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a sheet: its number as the program shows it, and its cells by the name of their column."""

    number: int
    cells: dict[str, Cell]


@dataclass(frozen=True, slots=True)
class Sheet:
    """A collection's entries as a sheet."""

    name: str
    header: tuple[str, ...]
    rows: tuple[Row, ...]


def disarmed(text: str) -> str:
    """The text as it goes into a cell: what looks like a formula gets an apostrophe in front."""
    return f"'{text}" if _FORMULA.match(text) else text


def armed(text: str) -> str:
    """The text as it was before `disarmed`."""
    return text[1:] if text.startswith("'") and _FORMULA.match(text[1:]) else text


def sheet_of(name: str, lines: Sequence[tuple[int, Sequence[Cell]]]) -> Sheet:
    """A sheet from numbered lines of cells, the first of them the header. Empty lines and columns are left out.

    Raises SheetError where there is no header, or one with two columns of one name.
    """
    lines = [(number, cells) for number, cells in lines if any(not _empty(cell) for cell in cells)]
    if not lines:
        raise SheetError(f"{name}: the file is empty; its first line names the columns")
    header = [str(cell).strip() if cell is not None else "" for cell in lines[0][1]]
    twice = sorted({column for column in header if column and header.count(column) > 1})
    if twice:
        raise SheetError(f"{name}: the column {', '.join(twice)} is there twice; keep one of them")
    rows = tuple(_row(number, header, cells, name) for number, cells in lines[1:])
    return Sheet(name, tuple(column for column in header if column), rows)


def _row(number: int, header: Sequence[str], cells: Sequence[Cell], name: str) -> Row:
    over = [cell for cell in cells[len(header) :] if not _empty(cell)]
    nameless = [c for column, c in zip(header, cells, strict=False) if not column and not _empty(c)]
    if over or nameless:
        raise SheetError(f"{name}, row {number}: there is a cell without a column; look for a comma or a cell too many")
    padded = [*cells, *[None] * (len(header) - len(cells))]
    return Row(number, {column: cell for column, cell in zip(header, padded, strict=False) if column})


def _empty(cell: Cell) -> bool:
    return cell is None or (isinstance(cell, str) and not cell.strip())
