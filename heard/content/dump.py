"""Entries as the text of a content file: what `load` reads, written so that people can read it too."""

import textwrap
from collections.abc import Iterable
from decimal import Decimal
from typing import Any

import yaml

from heard.content.schema import Entry, Strict, Words

_LAST = tuple(Entry.model_fields)[2:]
"""What an entry says about itself comes after what it says to people."""
_ALWAYS = ("url", "source", "seen", "checked", "places", "times", "access_needs", "activities", "needs", "kinds")
"""Written even where they are empty: these are the gaps for staff to fill."""


class _Dumper(yaml.SafeDumper):
    """Lists are set in under their name, short lists of words stay on one line."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> Any:
        return super().increase_indent(flow, False)


def _decimal(dumper: Any, value: Decimal) -> Any:
    if value == value.to_integral():
        return dumper.represent_int(int(value))
    return dumper.represent_scalar("tag:yaml.org,2002:float", format(value, "f"))


def _sequence(dumper: Any, value: Iterable[Any]) -> Any:
    items = list(value)
    short = all(isinstance(item, str | int) for item in items) and sum(len(str(item)) + 2 for item in items) < 90
    return dumper.represent_sequence("tag:yaml.org,2002:seq", items, flow_style=short)


def _mapping(dumper: Any, value: dict[str, Any]) -> Any:
    return dumper.represent_mapping("tag:yaml.org,2002:map", value, flow_style=value.keys() == {"min", "max"})


_Dumper.add_representer(dict, _mapping)
_Dumper.add_representer(Decimal, _decimal)
_Dumper.add_representer(tuple, _sequence)
_Dumper.add_representer(list, _sequence)


def dump_entries(key: str, entries: Iterable[Strict], comment: str) -> str:
    """The text of a file that is one list under `key`; `comment` says what the file is."""
    return f"{_comment(comment)}\n{dump_list(key, entries)}"


def dump_list(key: str, entries: Iterable[Strict]) -> str:
    """One list under its name, a blank line between the entries."""
    texts = [dump_block(entry) for entry in entries]
    return f"{key}:\n" + "\n\n".join(texts) + "\n" if texts else f"{key}: []\n"


def dump_block(entry: Strict) -> str:
    """One entry of a list, without the line's end."""
    return textwrap.indent(_text([_plain(entry)]), "  ").rstrip()


def dump_entry(entry: Strict, comment: str) -> str:
    """The text of a file that is one entry (hub.yml, a consultation)."""
    return f"{_comment(comment)}\n{_text(_plain(entry))}"


def as_yaml(value: Any) -> str:
    """A value inside an entry, as the file has it under its name."""
    return _text(_plain(value))


def _comment(text: str) -> str:
    return textwrap.fill(text, 110, initial_indent="# ", subsequent_indent="# ") + "\n"


def _text(plain: Any) -> str:
    text: str = yaml.dump(plain, Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=110)
    return text


def _plain(value: Any) -> Any:
    if isinstance(value, Strict):
        fields = type(value).model_fields
        names = [n for n in fields if n not in _LAST] + [n for n in _LAST if n in fields]
        return {n: _plain(getattr(value, n)) for n in names if _written(value, n)}
    if isinstance(value, Words):
        return value.plain()
    if isinstance(value, tuple):
        return tuple(_plain(item) for item in value)
    return value


def _written(entry: Strict, name: str) -> bool:
    field, value = type(entry).model_fields[name], getattr(entry, name)
    return value not in (None, ()) or field.is_required() or name in _ALWAYS
