"""The values of an entry in plain words, for those who read it or what was changed."""

from collections.abc import Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from heard.wording import DEFAULT_LANGUAGE, Wording


class Words:
    """Names of fields and values, from content/wording/."""

    def __init__(self, wording: Wording) -> None:
        self._wording = wording

    def label(self, field: str) -> str:
        """What a field is called."""
        return self._say(f"field.{field}")

    def hint(self, field: str) -> str:
        """What to write there; "" where the name says enough."""
        return self._say(f"hint.{field}") if self._wording.has(f"staff.directory.hint.{field}") else ""

    def option(self, value: str) -> str:
        """What a word of a list is called: its own wording, or the word itself."""
        key = f"option.{value.replace(' ', '_')}"
        name = self._say(key) if self._wording.has(f"staff.directory.{key}") else value.replace("_", " ")
        return name[:1].upper() + name[1:]

    def value(self, value: Any) -> str:
        """Any value of an entry, on one line: nothing, yes or no, a day, a text, several with commas between."""
        if value is None or value == "" or value == [] or value == () or value == {}:
            return self._say("nothing")
        if isinstance(value, bool):
            return self._say("yes_it_is" if value else "no_it_is_not")
        if isinstance(value, Mapping):
            parts = [self._part(str(name), each) for name, each in value.items() if each not in (None, (), [])]
            return ", ".join(parts) or self._say("nothing")
        if isinstance(value, list | tuple):
            between = "; " if any(isinstance(each, Mapping) for each in value) else ", "
            return between.join(self.value(each) for each in value)
        if isinstance(value, Decimal):
            return format(value, "f")
        return value.isoformat() if isinstance(value, date) else str(value)

    def _part(self, field: str, value: Any) -> str:
        known = self._wording.has(f"staff.directory.field.{field}")
        name = self.label(field).lower() if known else field.replace("_", " ")
        return f"{name}: {self.option(value) if field == 'field' else self.value(value)}"

    def _say(self, key: str, **values: object) -> str:
        return self._wording.say(f"staff.directory.{key}", DEFAULT_LANGUAGE, **values)
