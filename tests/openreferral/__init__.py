"""The public schemas that the feed is held to, and what is held to them."""

import json
from functools import cache
from pathlib import Path
from typing import Any

from jsonschema import Draft202012Validator, FormatChecker

_SCHEMAS = Path(__file__).parent / "schema"
_NUMBERS = ("total_items", "total_pages", "page_number", "size")
_FLAGS = ("first_page", "last_page", "empty")
_PAGE = {
    "type": "object",
    "required": [*_NUMBERS, *_FLAGS, "contents"],
    "properties": {name: {"type": "integer", "minimum": 0} for name in _NUMBERS}
    | {name: {"type": "boolean"} for name in _FLAGS}
    | {"contents": {"type": "array"}},
}


@cache
def _validator(name: str) -> Draft202012Validator:
    schema = json.loads((_SCHEMAS / f"{name}.json").read_text()) if name != "page" else _PAGE
    return Draft202012Validator(schema, format_checker=FormatChecker())


def check(answer: Any, *names: str) -> None:
    """Fails where an answer is not valid by one of these schemas, formats (uuid, uri, date-time) included."""
    for name in names:
        faults = [
            f"{name}: {'/'.join(map(str, e.absolute_path))}: {e.message}" for e in _validator(name).iter_errors(answer)
        ]
        assert faults == [], faults[:5]
    assert not _empty(answer), f"empty optional fields are left out: {_empty(answer)}"


def check_page(answer: Any, *names: str) -> None:
    """Fails where a page is none, or one of its contents is not valid."""
    _validator("page").validate(answer)
    assert answer["size"] == len(answer["contents"]) and answer["empty"] is (answer["contents"] == [])
    for one in answer["contents"]:
        check(one, *names)


def _empty(value: Any, where: str = "") -> list[str]:
    """Where there is a null, an empty list or an empty object."""
    if value is None or value == [] or value == {} or value == "":
        return [where]
    parts = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [found for name, part in parts for found in _empty(part, f"{where}/{name}")]
