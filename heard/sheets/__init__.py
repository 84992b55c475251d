"""The directory as spreadsheets: one row for each entry, one column for each of its fields."""

from heard.sheets.columns import Column, columns_of
from heard.sheets.csv_files import read_csv, write_csv
from heard.sheets.sheet import CellError, Sheet, SheetError
from heard.sheets.xlsx_files import read_xlsx, write_xlsx

__all__ = [
    "CellError",
    "Column",
    "Sheet",
    "SheetError",
    "columns_of",
    "read_csv",
    "read_xlsx",
    "write_csv",
    "write_xlsx",
]
