"""A collection's entries as the rows of a sheet."""

from collections.abc import Iterable, Sequence

from heard.sheets.columns import RETIRED, columns_of
from heard.sheets.sheet import Cell, CellError, SheetError
from heard.store.entry_rows import COLLECTIONS, AnyEntry


def rows_of(collection: str, entries: Iterable[AnyEntry]) -> tuple[Sequence[str], Sequence[Sequence[Cell]]]:
    """The header and a row for each entry. Raises SheetError where an entry has a text too long for a cell."""
    columns = columns_of(COLLECTIONS[collection])
    rows = []
    for entry in entries:
        row: list[Cell] = []
        for name, column in columns.items():
            try:
                row.append(column.cell(entry))
            except CellError as error:
                raise SheetError(f"{entry.id}, {name}: {error}") from None
        rows.append([*row, None])
    return (*columns, RETIRED), rows
