"""What stands in a feed's objects, which may be anything: texts, lists and objects where they are such."""

import re
from datetime import date
from html.parser import HTMLParser
from typing import Any

Json = dict[str, Any]

_BLOCKS = frozenset({"p", "br", "li", "div", "tr", "ul", "ol", "h1", "h2", "h3", "h4", "h5", "h6", "table"})
_NO_TEXT = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff]")


def text_of(holder: Any, name: str) -> str | None:
    """The plain text of a field: markup taken out, None where there is none."""
    value = holder.get(name) if isinstance(holder, dict) else None
    if isinstance(value, int | float) and not isinstance(value, bool):
        value = str(value)
    return plain(value) or None if isinstance(value, str) else None


def objects_of(holder: Any, name: str) -> list[Json]:
    """The objects in a field's list."""
    value = holder.get(name) if isinstance(holder, dict) else None
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def object_of(holder: Any, name: str) -> Json:
    """The object in a field; an empty one where there is none."""
    value = holder.get(name) if isinstance(holder, dict) else None
    return value if isinstance(value, dict) else {}


def number_of(holder: Any, name: str) -> float | None:
    """The number in a field, also where it stands there as a text."""
    value = holder.get(name) if isinstance(holder, dict) else None
    if isinstance(value, str) and re.fullmatch(r"\s*-?[0-9]{1,6}(\.[0-9]{1,9})?\s*", value):
        value = float(value)
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def day_of(holder: Any, name: str) -> date | None:
    """The day in a field, also where there is a time after it. Raises ValueError where it is none."""
    value = text_of(holder, name)
    return date.fromisoformat(value[:10]) if value else None


def plain(text: str) -> str:
    """A text without markup, lines kept, spaces tidied."""
    if "<" in text or "&" in text:
        reader = _Reader()
        reader.feed(text)
        reader.close()
        text = "".join(reader.parts).replace("<", " ")
    text = _NO_TEXT.sub(" ", text.replace("\r\n", "\n").replace("\r", "\n"))
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).strip()


class _Reader(HTMLParser):
    """Keeps the words, and a line's end for each block."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.parts: list[str] = []
        self._hidden = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._hidden += tag in ("script", "style")
        self.parts += ["\n"] if tag in _BLOCKS else []

    def handle_endtag(self, tag: str) -> None:
        self._hidden -= bool(self._hidden and tag in ("script", "style"))
        self.parts += ["\n"] if tag in _BLOCKS else []

    def handle_data(self, data: str) -> None:
        self.parts += [] if self._hidden else [data]
