"""Texts whose personal details are marked, to measure redaction on: read from a file."""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from heard.errors import ContentError
from heard.redaction.spans import SPAN_TYPES, Span, type_of

_MARK = re.compile(r"\{(" + "|".join(SPAN_TYPES) + r"):([^{}]+)\}")


@dataclass(frozen=True, slots=True)
class Labelled:
    """A text and where its details stand."""

    text: str
    spans: tuple[Span, ...]


def read_labelled(path: Path) -> list[Labelled]:
    """The lines of a file, in either of two forms, which may be mixed.

    JSON: {"text", "spans": [{"start", "end", "type"}]}; a JSON line without "text" is a comment. Marked: "im
    {PERSON:josh}", where a written \\n is a new line; lines that begin with # are comments.

    Raises ContentError where a line can be read in neither.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise ContentError(path, f"these labelled texts cannot be read: {error}") from error
    return list(_read(path, lines))


def marked(line: str) -> Labelled:
    """A marked line as a text and its spans."""
    text, spans, last = "", [], 0
    for match in _MARK.finditer(line):
        text += line[last : match.start()]
        spans.append(Span(len(text), len(text) + len(match[2]), type_of(match[1])))
        text += match[2]
        last = match.end()
    return Labelled(text + line[last:], tuple(spans))


def _read(path: Path, lines: list[str]) -> Iterator[Labelled]:
    for number, line in enumerate(lines, start=1):
        if line.startswith("{") and not _MARK.match(line):
            try:
                plain = json.loads(line)
                if "text" in plain:
                    spans = (Span(s["start"], s["end"], type_of(s["type"])) for s in plain["spans"])
                    yield Labelled(plain["text"], tuple(sorted(spans, key=lambda s: s.start)))
            except (ValueError, KeyError, TypeError) as error:
                raise ContentError(path, f'line {number} needs "text" and "spans" of known types: {error}') from error
        elif line.strip() and not line.startswith("#"):
            yield marked(line.replace("\\n", "\n"))
