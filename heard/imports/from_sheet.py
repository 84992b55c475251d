"""A spreadsheet as a proposal. Columns that are not there leave an entry's fields as they are."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from difflib import get_close_matches
from typing import Any

from heard.imports.check import Checker
from heard.imports.proposal import Mistake, Proposal, Proposed
from heard.sheets import Column, Sheet, SheetError, columns_of
from heard.sheets.cells import blank, flag
from heard.sheets.columns import RETIRED, USUAL, value_of
from heard.sheets.sheet import CellError, Row
from heard.store.entry_rows import COLLECTIONS, StoredEntry


def proposal_from_sheets(
    sheets: Iterable[Sheet], stored: Iterable[StoredEntry], checker: Checker, *, whole: bool = False
) -> Proposal:
    """What the sheets say, each named after its collection.

    With `whole` they are the complete lists: what they do not have is to be retired. Raises SheetError where a
    sheet as a whole is wrong (its name, its columns).
    """
    here = {s.entry.id: s for s in stored}
    entries: list[Proposed] = []
    retire: list[str] = []
    mistakes: list[Mistake] = []
    names = set()
    for sheet in sheets:
        reading = _Reading(sheet, _known_columns(sheet), here, checker)
        reading.read()
        entries += reading.entries
        retire += reading.retire
        mistakes += reading.mistakes
        names.add(sheet.name)
    return Proposal(tuple(entries), tuple(retire), frozenset(names) if whole else frozenset(), tuple(mistakes))


def _known_columns(sheet: Sheet) -> Mapping[str, Column]:
    if sheet.name not in COLLECTIONS:
        raise SheetError(f"{sheet.name}: there is no such list; a sheet is called {', '.join(COLLECTIONS)}")
    columns = columns_of(COLLECTIONS[sheet.name])
    unknown = [name for name in sheet.header if name not in columns and name != RETIRED]
    wrong = [f"{name}{_meant(name, columns)}" for name in unknown]
    if wrong:
        raise SheetError(f"{sheet.name}: these columns are not known: {', '.join(wrong)}. Rename or remove them.")
    if "id" not in sheet.header:
        raise SheetError(f"{sheet.name}: the column id is missing; by it entries are known")
    here = {columns[name].field for name in sheet.header if name in columns}
    lacking = [c.name for c in columns.values() if c.part and c.field in here and c.name not in sheet.header]
    if lacking:
        raise SheetError(f"{sheet.name}: {', '.join(lacking)} belong beside the others of that name; add them")
    return columns


@dataclass(slots=True)
class _Reading:
    sheet: Sheet
    columns: Mapping[str, Column]
    here: Mapping[str, StoredEntry]
    checker: Checker
    entries: list[Proposed] = field(default_factory=list)
    retire: list[str] = field(default_factory=list)
    mistakes: list[Mistake] = field(default_factory=list)

    def read(self) -> None:
        for row in self.sheet.rows:
            where = f"{self.sheet.name}, row {row.number}"
            id_ = None if blank(row.cells.get("id")) else str(row.cells["id"]).strip()
            advice: list[str] = []
            stored = self.here.get(id_ or "")
            known = stored is not None and stored.collection == self.sheet.name
            plain: dict[str, Any] = stored.entry.model_dump() if stored is not None and known else {}
            lacking = [] if known else self._lacking()
            wrong = dict(self._fill(plain, row))
            retired = self._retired(row, advice)
            entry, found = self.checker.entry(self.sheet.name, plain) if not lacking else (None, ())
            # What a cell's mistake leads to further on is not said again.
            further = [] if advice else [text for text in found if re.split(r"[.:\[]", text)[0] not in wrong]
            advice += [*lacking, *wrong.values(), *further]
            self.mistakes += [Mistake(where, id_, text) for text in advice]
            if entry is not None and not advice and retired:
                self.retire.append(entry.id)
            elif entry is not None and not advice:
                self.entries.append(Proposed(where, entry, stored.digest if stored and known else None))

    def _lacking(self) -> list[str]:
        """The columns without which there can be no new entry."""
        names = [c.name for c in self.columns.values() if c.needed and c.name not in self.sheet.header]
        return [f"this is a new entry, and it needs the columns {', '.join(names)}"] if names else []

    def _fill(self, plain: dict[str, Any], row: Row) -> Iterator[tuple[str, str]]:
        """Puts the row's cells into the plain values; gives the fields that they are wrong for, and why."""
        for name, each in COLLECTIONS[self.sheet.name].model_fields.items():
            columns = [c for c in self.columns.values() if c.field == name and c.name in self.sheet.header]
            try:
                value = value_of(columns, row.cells) if columns else plain.get(name, USUAL)
            except CellError as error:
                yield name, str(error)
                continue
            if value is not USUAL:
                plain[name] = value
            elif each.is_required():
                plain[name] = None
            else:
                plain.pop(name, None)

    def _retired(self, row: Row, advice: list[str]) -> bool:
        cell = row.cells.get(RETIRED)
        try:
            return not blank(cell) and flag(cell)
        except CellError as error:
            advice.append(f"{RETIRED}: {error}")
            return False


def _meant(name: str, names: Iterable[str]) -> str:
    near = get_close_matches(name.lower(), list(names), n=1)
    return f" (did you mean {near[0]}?)" if near else ""
