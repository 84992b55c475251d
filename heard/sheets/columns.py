"""Which columns a collection's sheet has: made from the schema, so that a new field has its column at once."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from types import NoneType, UnionType
from typing import Annotated, Any, Final, Literal, Union, get_args, get_origin

from pydantic.fields import FieldInfo

from heard.content.schema import Ages, HelplineContact, Strict
from heard.sheets import cells
from heard.sheets.cells import Reads, Writes
from heard.sheets.sheet import Cell, CellError

RETIRED = "retired"
"""The column that says of an entry that it is shown to nobody any more."""

USUAL: Final = object()
"""What an empty cell stands for where the field has a usual value."""


@dataclass(frozen=True, slots=True)
class Column:
    """One column. A field that has several (ages_min, ages_max) names its `part` in each."""

    name: str
    field: str
    part: str | None
    reads: Reads
    writes: Writes
    nullable: bool
    listed: bool
    needed: bool
    """Whether there can be no entry without this column."""

    def cell(self, entry: Strict) -> Cell:
        """What the entry has here. Raises CellError where it does not fit into a cell."""
        value = getattr(entry, self.field)
        if self.part is not None:
            if isinstance(value, Ages) and value == Ages():
                return cells.ANY
            value = None if value is None else getattr(value, self.part)
        return self.writes(value)

    def value(self, cell: Cell) -> Any:
        """The plain value in a cell, or `USUAL`. Raises CellError, with the column's name, where it is none."""
        try:
            if not cells.blank(cell):
                return self.reads(cell)
            if self.nullable or self.part is not None:
                return None
            if self.needed and not self.listed:
                raise CellError("this must not be empty")
            return [] if self.listed else USUAL
        except CellError as error:
            raise CellError(f"{self.name}: {error}") from None


@lru_cache
def columns_of(model: type[Strict]) -> Mapping[str, Column]:
    """The columns of a model's sheet by name, in the order of the schema."""
    columns = (column for name, field in model.model_fields.items() for column in _columns(name, field))
    return {column.name: column for column in columns}


def value_of(columns: Sequence[Column], row: Mapping[str, Cell]) -> Any:
    """The plain value of one field from its column or columns, or `USUAL`. Raises CellError."""
    values = {column.part: column.value(row.get(column.name)) for column in columns}
    if None in values:
        return values[None]
    nothing = all(cells.blank(row.get(column.name)) for column in columns)
    return None if nothing and columns[0].nullable else values


def _columns(name: str, field: FieldInfo) -> tuple[Column, ...]:
    kinds = _kinds(field.annotation)
    nullable = NoneType in kinds
    listed = any(get_origin(kind) is tuple for kind in kinds)
    needed = field.is_required() and not nullable
    if Ages in kinds:
        return tuple(
            Column(f"{name}_{part}", name, part, cells.whole, lambda value: value, nullable, False, needed)
            for part in Ages.model_fields
        )
    if kinds == {HelplineContact}:
        return tuple(
            Column(f"{name}_{part}", name, part, cells.text, cells.from_text, False, False, needed)
            for part in HelplineContact.model_fields
        )
    reads, writes = _forms(kinds)
    return (Column(name, name, None, reads, writes, nullable, listed, needed),)


def _forms(kinds: set[Any]) -> tuple[Reads, Writes]:
    kinds = kinds - {NoneType}
    if kinds == {bool}:
        return cells.flag, cells.from_flag
    if kinds == {date}:
        return cells.day, cells.from_day
    if kinds == {str}:
        return cells.text, cells.from_text
    if kinds == {tuple[str, ...]}:
        return cells.words, cells.from_words
    return cells.block, cells.from_block


def _kinds(annotation: Any) -> set[Any]:
    """The plain types behind an annotation; a list of words counts as one."""
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Annotated:
        return _kinds(arguments[0])
    if origin in (Union, UnionType):
        return {kind for part in arguments for kind in _kinds(part)}
    if origin is Literal:
        return {str}
    if origin is tuple and _kinds(arguments[0]) == {str}:
        return {tuple[str, ...]}
    return {annotation}
