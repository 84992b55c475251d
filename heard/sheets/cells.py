"""One field of an entry as one cell, and back."""

import json
import re
from collections.abc import Callable
from datetime import date, datetime
from typing import Any

import yaml

from heard.content.dump import as_yaml
from heard.content.reading import parse_yaml
from heard.sheets.sheet import LONGEST_CELL, Cell, CellError, armed, disarmed

ANY = "any"
"""In a cell for an age: no limit."""

_YES, _NO = frozenset({"yes", "true", "1", "y"}), frozenset({"no", "false", "0", "n"})
_DAY = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})")
_BRITISH_DAY = re.compile(r"(\d{1,2})/(\d{1,2})/(\d{4})")


def blank(cell: Cell) -> bool:
    """Whether there is nothing in the cell."""
    return cell is None or (isinstance(cell, str) and not cell.strip())


def text(cell: Cell) -> str | None:
    """A text as it was written. A number or a day in its place was made by the spreadsheet program."""
    if blank(cell):
        return None
    if isinstance(cell, str):
        return armed(cell.strip())
    made = "a day" if isinstance(cell, date) else "true or false" if isinstance(cell, bool) else "a number"
    raise CellError(f"expected a text; the program has made {made} of it: format the column as text, and write it anew")


def flag(cell: Cell) -> bool:
    """Yes or no."""
    word = str(cell).strip().lower()
    if word in _YES | _NO:
        return word in _YES
    raise CellError("expected yes or no")


def day(cell: Cell) -> Any:
    """A day: 2026-11-30, 30/11/2026 or the program's own."""
    if blank(cell):
        return None
    if isinstance(cell, datetime):
        return cell.date()
    if isinstance(cell, date):
        return cell
    written = str(cell).strip()
    match = _DAY.fullmatch(written)
    british = _BRITISH_DAY.fullmatch(written)
    if not match and not british:
        raise CellError("expected a day like 2026-11-30")
    year, month, number = match.groups() if match else reversed(british.groups())  # type: ignore[union-attr]
    try:
        return date(int(year), int(month), int(number))
    except ValueError:
        raise CellError("there is no such day; write one like 2026-11-30") from None


def whole(cell: Cell) -> int | None:
    """A whole number, also as a text of digits; None for "any" and for nothing."""
    if blank(cell) or (isinstance(cell, str) and cell.strip().lower() == ANY):
        return None
    if isinstance(cell, int | float) and not isinstance(cell, bool) and float(cell).is_integer():
        return int(cell)
    if isinstance(cell, str) and re.fullmatch(r"[0-9]{1,9}", cell.strip()):
        return int(cell)
    raise CellError("expected a whole number")


def words(cell: Cell) -> list[str]:
    """Several words with ; between them, or a list in brackets."""
    written = text(cell)
    if written is None:
        return []
    if written.startswith("["):
        try:
            listed = json.loads(written)
        except ValueError:
            listed = None
        if not isinstance(listed, list) or not all(isinstance(word, str) for word in listed):
            raise CellError('expected words with ; between them, or a list like ["one", "two"]')
        return listed
    return [word.strip() for word in written.split(";") if word.strip()]


def block(cell: Cell) -> Any:
    """What content files write under a name, in the same words (YAML)."""
    written = text(cell)
    if written is None:
        return None
    try:
        return parse_yaml(written)
    except (yaml.YAMLError, ValueError):
        raise CellError("this cannot be read; write it as in the content files") from None


def from_text(value: Any) -> Cell:
    """A text as a cell."""
    return None if value is None else _fitting(disarmed(str(value)))


def from_flag(value: Any) -> Cell:
    """Yes or no."""
    return "yes" if value else "no"


def from_day(value: Any) -> Cell:
    """A day as a text: spreadsheet programs write days in the way of their country."""
    return None if value is None else value.isoformat()


def from_words(value: Any) -> Cell:
    """Several words in one cell."""
    plain = all(word == word.strip() and word and ";" not in word for word in value)
    joined = "; ".join(value)
    if plain and not joined.startswith("["):
        return from_text(joined) if value else None
    return from_text(json.dumps(list(value), ensure_ascii=False))


def from_block(value: Any) -> Cell:
    """A nested value as the content files have it."""
    return None if value is None or value == () else from_text(as_yaml(value).strip())


Reads = Callable[[Cell], Any]
Writes = Callable[[Any], Cell]


def _fitting(written: str) -> str:
    if len(written) > LONGEST_CELL:
        raise CellError(f"this is too long for a cell ({len(written)} characters); change it in the content files")
    return written
