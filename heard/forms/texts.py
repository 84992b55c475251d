"""The values of an entry as a form holds them, and back: for every entry, what comes back is what went in.

A form's values are a tree of texts by field: a text for most, a list of texts for words, true or false for a flag, a
tree for a group, a list of trees for rows. Texts stay as they were typed until they are checked.
"""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any, Final

from heard.content.schema import AnyOf, Strict
from heard.forms.fields import Field
from heard.sheets import CellError, cells

Tree = dict[str, Any]

GIVEN: Final = "given"
"""In a group that may be missing: there is one, although nothing in it is filled in ("all ages")."""
GONE: Final = "gone"
"""In a row: it is to be taken out."""
ANY_OF: Final = "any_of"
"""In a condition: its alternatives, of which one is enough."""
MOST_ROWS: Final = 60

_WHOLE = re.compile(r"-?\d{1,15}")
_BROKEN = re.compile(r"-?\d{1,15}\.\d{1,9}")
_FLAGS = {"yes": True, "no": False}


def tree_of(fields: Sequence[Field], entry: Strict | None) -> Tree:
    """The texts of an entry; of None, those of an empty form with the usual values."""
    return {field.name: _text(field, getattr(entry, field.name) if entry else field.default) for field in fields}


def plain_of(fields: Sequence[Field], tree: Mapping[str, Any]) -> dict[str, Any]:
    """The plain values that the texts stand for, to be validated. Empty rows are not there."""
    return {field.name: _plain(field, tree.get(field.name)) for field in fields}


def tidied(fields: Sequence[Field], tree: Mapping[str, Any]) -> Tree:
    """The tree without the rows that are empty or to be taken out, as `plain_of` counts them."""
    tidy = dict(tree)
    for field in fields:
        value = tree.get(field.name)
        if field.kind == "group" and isinstance(value, Mapping):
            given = {GIVEN: True} if value.get(GIVEN) else {}
            tidy[field.name] = tidied(field.fields, value) | given
        elif field.kind in ("rows", "conditions"):
            tidy[field.name] = _kept_rows(field, value)
    return tidy


def _kept_rows(field: Field, rows: Any) -> list[Tree]:
    kept = []
    for row in rows or []:
        if row.get(GONE):
            continue
        if field.kind == "conditions":
            some = [{k: v for k, v in one.items() if k != GONE} for one in row[ANY_OF] if not one.get(GONE)]
            some = [one for one in some if not _is_blank(field.fields, one)]
            if some:
                kept.append({ANY_OF: some, GIVEN: bool(row.get(GIVEN))})
        elif not _is_blank(field.fields, row):
            kept.append(tidied(field.fields, {k: v for k, v in row.items() if k != GONE}))
    return kept


def _is_blank(fields: Sequence[Field], tree: Mapping[str, Any]) -> bool:
    for field in fields:
        value = tree.get(field.name)
        if field.kind == "group":
            if value and (value.get(GIVEN) or not _is_blank(field.fields, value)):
                return False
        elif isinstance(value, str):
            if value.strip():
                return False
        elif value and field.kind != "flag":
            return False
    return True


def _text(field: Field, value: Any) -> Any:
    match field.kind:
        case "flag":
            return bool(value)
        case "words":
            return list(value or ())
        case "lines":
            return lines_text(value or ())
        case "group":
            empty = value is not None and value == type(value).model_construct(
                **dict.fromkeys(type(value).model_fields)
            )
            return tree_of(field.fields, value) | ({GIVEN: True} if empty and field.nullable else {})
        case "rows":
            return [tree_of(field.fields, row) for row in value or ()]
        case "conditions":
            return [_condition_tree(field, condition) for condition in value or ()]
        case "value":
            return "" if value is None else value_text(value)
    return value.isoformat() if isinstance(value, date) else "" if value is None else str(value)


def _condition_tree(field: Field, condition: Any) -> Tree:
    several = condition.any_of if isinstance(condition, AnyOf) else (condition,)
    return {ANY_OF: [tree_of(field.fields, c) for c in several], GIVEN: isinstance(condition, AnyOf)}


def _plain(field: Field, value: Any) -> Any:
    match field.kind:
        case "flag":
            return bool(value)
        case "words":
            return list(value or ())
        case "lines":
            return lines_of(value or "")
        case "group":
            tree = value or {}
            if field.nullable and not tree.get(GIVEN) and _is_blank(field.fields, tree):
                return None
            return plain_of(field.fields, tree)
        case "rows":
            return [plain_of(field.fields, row) for row in _kept_rows(field, value)]
        case "conditions":
            return [_condition_plain(field, condition) for condition in _kept_rows(field, value)]
        case "value":
            return value_of(value or "")
        case "day":
            return _day(value or "")
    text = (value or "").strip()
    return text or (None if field.nullable or field.kind == "number" else "")


def _day(text: str) -> Any:
    try:
        return cells.day(text)
    except CellError:
        return f"no day: {text}"  # pydantic would take digits for seconds since 1970


def _condition_plain(field: Field, condition: Tree) -> dict[str, Any]:
    several = [plain_of(field.fields, one) for one in condition[ANY_OF]]
    return several[0] if len(several) == 1 and not condition[GIVEN] else {ANY_OF: several}


def lines_text(items: Sequence[str]) -> str:
    """One to a line; as a list in brackets where that would not come back the same."""
    joined = "\n".join(items)
    return joined if lines_of(joined) == list(items) else json.dumps(list(items), ensure_ascii=False)


def lines_of(text: str) -> list[str]:
    """The inverse of `lines_text`."""
    if (listed := _list(text)) is not None:
        return listed
    return [line.strip() for line in text.splitlines() if line.strip()]


def value_text(value: bool | int | Decimal | str | Sequence[str]) -> str:
    """Yes or no, a number, a word, or several words with ; between them."""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, str):
        return value if value_of(value) == value else json.dumps(value, ensure_ascii=False)
    if isinstance(value, int | Decimal):
        return format(value, "f") if isinstance(value, Decimal) else str(value)
    joined = "; ".join(value)
    return joined if value_of(joined) == list(value) else json.dumps(list(value), ensure_ascii=False)


def value_of(text: str) -> bool | int | Decimal | str | list[str]:
    """The inverse of `value_text`: quotes keep a word that looks like something else."""
    text = text.strip()
    if text.lower() in _FLAGS:
        return _FLAGS[text.lower()]
    if _WHOLE.fullmatch(text):
        return int(text)
    if _BROKEN.fullmatch(text):
        return Decimal(text)
    if text.startswith('"') and (word := _json(text)) is not None and isinstance(word, str):
        return word
    if (listed := _list(text)) is not None:
        return listed
    return [word.strip() for word in text.split(";") if word.strip()] if ";" in text else text


def _list(text: str) -> list[str] | None:
    listed = _json(text) if text.lstrip().startswith("[") else None
    return listed if isinstance(listed, list) and all(isinstance(item, str) for item in listed) else None


def _json(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None
