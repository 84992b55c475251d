"""A mistake in an entry as a sentence that says what to do."""

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import Any

from pydantic import ValidationError
from pydantic_core import ErrorDetails

_ADVICE = {
    "missing": "is missing; add it (null where it is not known)",
    "extra_forbidden": "is not a name that we know; check the spelling, or remove it",
    "string_type": "expected a text; put it in quotes",
    "bool_type": "expected true or false",
    "bool_parsing": "expected true or false",
    "int_type": "expected a whole number",
    "int_parsing": "expected a whole number",
    "int_from_float": "expected a whole number",
    "float_type": "expected a number",
    "float_parsing": "expected a number",
    "tuple_type": "expected a list",
    "model_type": "expected names with values",
    "model_attributes_type": "expected names with values",
    "date_type": "expected a day like 2026-11-30",
    "date_parsing": "there is no such day; write one like 2026-11-30",
    "date_from_datetime_parsing": "there is no such day; write one like 2026-11-30",
    "date_from_datetime_inexact": "expected a day without a time, like 2026-11-30",
}
_VALUE_TYPES = {"bool", "int", "decimal", "str", "tuple[str, ...]", "tuple[str,...]"}
_TAGS = {"criterion", "any_of"}


def sentences(error: ValidationError, entry: Any = None) -> tuple[str, ...]:
    """Each mistake once, as "ages: min (12) is more than max (8)". `entry` is what was validated."""
    return tuple(dict.fromkeys(_sentence(detail, entry) for detail in error.errors(include_url=False)))


def _sentence(detail: ErrorDetails, entry: Any) -> str:
    loc = _as_written(detail["loc"], entry)
    if (branch := _value_branch(loc)) is not None:
        return f"{_path(loc[:branch])}: expected true or false, a number, a text or a list of texts"
    where = _path(loc)
    return f"{where}: {_advice(detail)}" if where else _advice(detail)


def _advice(detail: ErrorDetails) -> str:
    kind, context = detail["type"], detail.get("ctx", {})
    if kind in _ADVICE:
        return _ADVICE[kind]
    if kind == "value_error":
        return str(context["error"])
    if kind == "literal_error":
        return f"{detail['input']!r} is not one of {context['expected']}"
    if kind == "string_pattern_mismatch":
        if "a-z0-9-" in context["pattern"]:
            return f"{detail['input']!r} is not an id; use small letters, digits and hyphens"
        return f"{detail['input']!r} has not the form that it needs ({context['pattern']})"
    # A limit behind another check is one of any length to pydantic, a text's too.
    text = isinstance(detail["input"], str)
    if kind == "string_too_short" or (kind == "too_short" and text):
        return "expected a text; it is empty"
    if kind == "string_too_long" or (kind == "too_long" and text):
        return f"the text is too long (at most {context['max_length']} characters)"
    if kind == "too_short":
        return f"needs {context['min_length']} or more"
    return detail["msg"][:1].lower() + detail["msg"][1:]


def _as_written(loc: Sequence[int | str], entry: Any) -> list[int | str]:
    """The way to the mistake without pydantic's own marks for the branches of a union."""
    way: list[int | str] = []
    here = entry
    for part in loc:
        if part in _TAGS and not (isinstance(here, dict) and part in here):
            continue
        way.append(part)
        try:
            here = here[part]
        except (KeyError, IndexError, TypeError):
            here = None
    return way


def _value_branch(loc: Sequence[int | str]) -> int | None:
    """Where pydantic begins to name the types that a criterion's value could have."""
    return next((n + 1 for n, (a, b) in enumerate(pairwise(loc)) if a == "value" and b in _VALUE_TYPES), None)


def _path(loc: Iterable[int | str]) -> str:
    text = ""
    for part in loc:
        text += f"[{part}]" if isinstance(part, int) else f".{part}" if text else str(part)
    return text
