"""A sheet as a CSV file, as spreadsheet programs write and read them."""

import csv
import io
from collections.abc import Iterable, Sequence

from heard.sheets.sheet import LARGEST_FILE, MOST_ROWS, Cell, Sheet, SheetError, sheet_of

_MARK = "﻿"
"""By this Excel knows that a file is UTF-8."""


def write_csv(header: Sequence[str], rows: Iterable[Sequence[Cell]]) -> bytes:
    """The bytes of a file: UTF-8 with a mark, commas, quotes where they are needed."""
    out = io.StringIO()
    out.write(_MARK)
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue().encode()


def read_csv(data: bytes, name: str) -> Sheet:
    """The sheet in a file; commas, semicolons or tabs between the cells.

    Raises SheetError where it is too large, is no text or has no header.
    """
    if len(data) > LARGEST_FILE:
        raise SheetError(f"{name}: the file is larger than {LARGEST_FILE // 1_000_000} MB; split it")
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise SheetError(f'{name}: save the file as "CSV UTF-8" (byte {error.start} is not UTF-8)') from None
    if "\0" in text:
        raise SheetError(f"{name}: this is no CSV file")
    lines: list[tuple[int, Sequence[Cell]]] = []
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=_delimiter(text), strict=True)
    try:
        for cells in reader:
            lines.append((len(lines) + 1, cells))
            if len(lines) > MOST_ROWS + 1:
                raise SheetError(f"{name}: there are more than {MOST_ROWS} rows; split the file")
    except csv.Error as error:
        raise SheetError(f"{name}, line {reader.line_num}: this is not CSV ({error}); a quote may be missing") from None
    return sheet_of(name, lines)


def _delimiter(text: str) -> str:
    header = text.lstrip().partition("\n")[0]
    return max(",;\t", key=header.count)
