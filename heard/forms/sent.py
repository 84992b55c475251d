"""A form as a browser sends it: its fields by the names that content files have for them ("stages[0].title")."""

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from heard.forms.fields import Field
from heard.forms.texts import ANY_OF, GIVEN, GONE, MOST_ROWS, Tree

Sent = Mapping[str, Sequence[str]]
"""Every value of each name."""

_ROW = re.compile(r"(.*)\[(\d{1,3})\]")


def tree_sent(fields: Sequence[Field], sent: Sent, prefix: str = "") -> Tree:
    """The tree that a browser sent. What has another name than our fields is left aside."""
    return {field.name: _value(field, sent, prefix + field.name) for field in fields}


def _value(field: Field, sent: Sent, name: str) -> Any:
    match field.kind:
        case "flag":
            return bool(sent.get(name))
        case "words":
            return list(dict.fromkeys(sent.get(name, ())))
        case "group":
            return tree_sent(field.fields, sent, f"{name}.") | _marked(sent, f"{name}.{GIVEN}", GIVEN)
        case "rows":
            return [_row(field, sent, row) for row in _rows(sent, name)]
        case "conditions":
            return [_condition(field, sent, row) for row in _rows(sent, name)]
    # Browsers end the lines of a text in their own way (HTML, 4.10.22.4).
    return next(iter(sent.get(name, ())), "").replace("\r\n", "\n")


def _row(field: Field, sent: Sent, name: str) -> Tree:
    return tree_sent(field.fields, sent, f"{name}.") | _marked(sent, f"{name}.{GONE}", GONE)


def _condition(field: Field, sent: Sent, name: str) -> Tree:
    some = [_row(field, sent, row) for row in _rows(sent, f"{name}.{ANY_OF}")]
    return {ANY_OF: some} | _marked(sent, f"{name}.{GIVEN}", GIVEN) | _marked(sent, f"{name}.{GONE}", GONE)


def _marked(sent: Sent, name: str, mark: str) -> Tree:
    return {mark: True} if sent.get(name) else {}


def _rows(sent: Sent, name: str) -> Iterator[str]:
    """The names of the rows under a name, in their order."""
    start = f"{name}["
    digits = {key[len(start) :].partition("]")[0] for key in sent if key.startswith(start)}
    numbers = sorted(int(digit) for digit in digits if digit.isdecimal() and len(digit) <= 3)
    yield from (f"{name}[{number}]" for number in numbers[:MOST_ROWS])


def with_row(fields: Sequence[Field], tree: Tree, way: str) -> Tree:
    """The tree with one more empty row at `way` ("stages", "eligibility[1].any_of"); else as it is."""
    rows = _at(tree, way)
    if isinstance(rows, list) and len(rows) < MOST_ROWS and all(isinstance(row, dict) for row in rows):
        conditions = any(field.name == way and field.kind == "conditions" for field in fields)
        rows.append({ANY_OF: [{}]} if conditions else {})
    return tree


def moved_up(tree: Tree, way: str) -> Tree:
    """The tree with the row at `way` ("stages[2]") before the one above it; else as it is."""
    match = _ROW.fullmatch(way)
    rows = _at(tree, match[1]) if match else None
    number = int(match[2]) if match else 0
    if isinstance(rows, list) and 0 < number < len(rows):
        rows[number - 1], rows[number] = rows[number], rows[number - 1]
    return tree


def _at(tree: Any, way: str) -> Any:
    for name, number in re.findall(r"([a-z_]+)(?:\[(\d{1,3})\])?", way):
        tree = tree.get(name) if isinstance(tree, dict) else None
        if number:
            tree = tree[int(number)] if isinstance(tree, list) and int(number) < len(tree) else None
    return tree
