"""What a form for an entry asks: made from the schema, so that a new field is in the form at once."""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from types import NoneType, UnionType
from typing import Annotated, Any, Final, Literal, Union, get_args, get_origin, get_type_hints

from heard.content import vocabulary
from heard.content.dates import Clock
from heard.content.schema import (
    AccessNeed,
    Activity,
    Criterion,
    CriterionField,
    Date,
    EligibilityCondition,
    Genre,
    HelplineKind,
    Instrument,
    People,
    Strict,
    WebAddress,
)

Kind = Literal[
    "line", "text", "address", "number", "day", "clock", "flag", "choice", "words", "lines", "value", "group", "rows",
    "conditions",
]  # fmt: skip
"""words: several of a list; lines: one to a line; value: what a bursary's criterion asks for; group: fields of one
thing; rows: several of those; conditions: rows of which each may have alternatives."""

_KNOWN: Final[Mapping[Any, tuple[str, ...]]] = {
    Instrument: vocabulary.ENTRY_INSTRUMENTS,
    Genre: vocabulary.ENTRY_GENRES,
    Activity: vocabulary.ACTIVITIES,
    AccessNeed: vocabulary.ACCESS_NEEDS,
    People: vocabulary.PEOPLE,
    HelplineKind: vocabulary.HELPLINE_KINDS,
    CriterionField: vocabulary.CRITERIA,
}
_PLAIN: Final[Mapping[Any, Kind]] = {WebAddress: "address", Date: "day", Clock: "clock"}
_LONG: Final = frozenset(
    """
    summary what_it_pays what_happens for_whom when_to_use how_to_apply evidence_needed accessibility check_note
    cost_note amount_note deadline_note when
    """.split()
)
"""Texts that usually have more than one line."""


@dataclass(frozen=True, slots=True)
class Field:
    """One field, with the fields inside it."""

    name: str
    kind: Kind
    nullable: bool = False
    """Whether nothing is an answer."""
    default: Any = None
    options: tuple[str, ...] = ()
    fields: tuple["Field", ...] = ()

    @property
    def needed(self) -> bool:
        """Whether it must not be left empty."""
        return not self.nullable and self.kind not in ("flag", "words", "lines", "rows", "conditions", "group")


@lru_cache
def fields_of(model: type[Strict]) -> tuple[Field, ...]:
    """The fields of a model, in the order of the schema."""
    hints = get_type_hints(model, include_extras=True)
    return tuple(
        _field(name, hints[name], None if info.is_required() else info.get_default())
        for name, info in model.model_fields.items()
    )


def _field(name: str, hint: Any, default: Any) -> Field:
    nullable = False
    while True:
        if hint in _KNOWN:
            return Field(name, "choice", nullable, default, _KNOWN[hint])
        if hint in _PLAIN:
            return Field(name, _PLAIN[hint], nullable, default)
        origin, arguments = get_origin(hint), get_args(hint)
        if origin is Annotated:
            hint = arguments[0]
        elif origin in (Union, UnionType):
            kinds = [kind for kind in arguments if kind is not NoneType]
            nullable = nullable or len(kinds) < len(arguments)
            if len(kinds) > 1:
                return Field(name, "value", nullable, default)
            hint = kinds[0]
        elif origin is Literal:
            return Field(name, "choice", nullable, default, arguments)
        elif origin is tuple:
            return _several(name, arguments[0])
        else:
            return _single(name, hint, nullable, default)


def _several(name: str, each: Any) -> Field:
    if each == EligibilityCondition:
        return Field(name, "conditions", fields=fields_of(Criterion))
    one = _field(name, each, None)
    if one.kind == "choice":
        return Field(name, "words", options=one.options)
    return Field(name, "rows", fields=one.fields) if one.kind == "group" else Field(name, "lines")


def _single(name: str, hint: Any, nullable: bool, default: Any) -> Field:
    if issubclass(hint, Strict):
        return Field(name, "group", nullable, fields=fields_of(hint))
    if issubclass(hint, bool):
        return Field(name, "flag", default=bool(default))
    if issubclass(hint, int | Decimal):
        return Field(name, "number", nullable)
    return Field(name, "text" if name in _LONG else "line", nullable)
