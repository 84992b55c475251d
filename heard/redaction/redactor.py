"""`redact()`: a text without personal details, and where they were."""

import re
from collections.abc import Callable, Iterable
from functools import cache, cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from heard.redaction.outcodes import outcode_of
from heard.redaction.redacted import Redacted
from heard.redaction.spans import PLACEHOLDERS, Redaction, Span, SpanType
from heard.redaction.tokens import PLACEHOLDER

if TYPE_CHECKING:
    from heard.redaction.engine import Engine

CONTENT = Path(__file__).resolve().parents[2] / "content"
_PASSES = 6
_EVERYTHING = "[removed]"
_SHORTEST_ALIKE = 2
_JOINS: dict[SpanType, tuple[str, ...]] = {"PERSON": (" ",), "ADDRESS": (" ", ", ", ",", "\n", ",\n")}


class _Piece(NamedTuple):
    """A stretch of the new text and the stretch of the original that it stands for."""

    start: int
    end: int
    original_start: int
    original_end: int
    replaced: bool


class Redactor:
    """Takes personal details out of texts. Build one, use it for every message.

    What it works with is read and built at the first text: a process that redacts nothing pays nothing for it, one
    that does takes an empty text at its start. Nothing in here logs or keeps a text.
    """

    def __init__(self, build: "Callable[[], Engine]") -> None:
        self._build = build

    @classmethod
    def load(cls, content: Path = CONTENT, places: Iterable[str] = (), listed: Iterable[str] = ()) -> "Redactor":
        """A redactor with the lists of content/safety/, the places and the directory's names in content/.

        Args:
            content: the content folder.
            places: more place names that stay in the text.
            listed: more names of providers and opportunities that stay in the text.
        """
        return cls(lambda: _engine(content, tuple(places), tuple(listed)))

    def redact(self, text: str) -> Redaction:
        """The text with every detail replaced by what it was ("[name]", "[phone]", an outcode).

        What is taken out once is taken out wherever it stands again, and redacting the result changes nothing.
        """
        spans = self._find(text)
        for _ in range(_PASSES):
            new, pieces = _render(text, spans)
            more = [*_again(text, new, spans), *self._find(new)]
            if not more:
                return Redaction(Redacted(new), tuple(spans))
            spans = _joined(text, _merged([*spans, *(_back(span, pieces) for span in more)]))
        return Redaction(Redacted(_EVERYTHING), (Span(0, len(text), spans[0].type),))

    @cached_property
    def _engine(self) -> "Engine":
        return self._build()

    def _find(self, text: str) -> list[Span]:
        return _joined(text, self._engine.find(text))


def _engine(content: Path, places: tuple[str, ...], listed: tuple[str, ...]) -> "Engine":
    # Presidio and spaCy take seconds and 100 MB to import, which only who redacts should pay.
    from heard.redaction.engine import Engine
    from heard.redaction.lexicon import Lexicon
    from heard.redaction.recognisers import recognisers

    return Engine(recognisers(Lexicon.load(content, places, listed)))


@cache
def default_redactor() -> Redactor:
    """The redactor over this installation's content, built at the first call."""
    return Redactor.load()


def redact(text: str) -> Redaction:
    """`Redactor.redact` over this installation's content."""
    return default_redactor().redact(text)


def _joined(text: str, spans: list[Span]) -> list[Span]:
    """Two names with a space between them are one person's; the parts of an address are one address."""
    joined: list[Span] = []
    for span in spans:
        before = joined[-1] if joined else None
        if before and before.type == span.type and text[before.end : span.start] in _JOINS.get(span.type, ()):
            joined[-1] = Span(before.start, span.end, span.type)
        else:
            joined.append(span)
    return joined


def _render(text: str, spans: list[Span]) -> tuple[str, list[_Piece]]:
    parts: list[str] = []
    pieces: list[_Piece] = []
    position = length = 0
    for span in [*spans, Span(len(text), len(text), "PERSON")]:
        for start, end, replaced in ((position, span.start, False), (span.start, span.end, True)):
            part = _instead(text, span) if replaced and start < end else text[start:end]
            pieces.append(_Piece(length, length + len(part), start, end, replaced))
            parts.append(part)
            length += len(part)
        position = span.end
    return "".join(parts), pieces


def _instead(text: str, span: Span) -> str:
    if span.type == "POSTCODE":
        outcode = outcode_of(text[span.start : span.end])
        if outcode is not None:
            return outcode
    return PLACEHOLDERS[span.type]


def _again(text: str, new: str, spans: list[Span]) -> list[Span]:
    """Where a detail that was taken out still stands elsewhere in the new text."""
    kinds = {text[s.start : s.end].strip(): s.type for s in spans}
    alike = sorted(
        (detail for detail in kinds if len(detail) >= _SHORTEST_ALIKE and detail in new), key=len, reverse=True
    )
    if not alike:
        return []
    pattern = re.compile(r"(?<![^\W_])(?:" + "|".join(map(re.escape, alike)) + r")(?![^\W_])")
    placeholders = [(m.start(), m.end()) for m in PLACEHOLDER.finditer(new)]
    found = (Span(m.start(), m.end(), kinds[m.group()]) for m in pattern.finditer(new))
    return [s for s in found if not any(start < s.end and s.start < end for start, end in placeholders)]


def _back(span: Span, pieces: list[_Piece]) -> Span:
    """A span of the new text as one of the original."""
    touched = [p for p in pieces if p.start < span.end and span.start < p.end]
    first, last = touched[0], touched[-1]
    start = first.original_start if first.replaced else first.original_start + span.start - first.start
    end = last.original_end if last.replaced else last.original_start + span.end - last.start
    return Span(start, end, span.type)


def _merged(spans: list[Span]) -> list[Span]:
    """In order, overlapping ones made one; the longer one names the type."""
    merged: list[Span] = []
    for span in sorted(spans, key=lambda s: (s.start, -s.end)):
        if merged and span.start < merged[-1].end:
            before = merged[-1]
            longer = before if before.end - before.start >= span.end - span.start else span
            merged[-1] = Span(before.start, max(before.end, span.end), longer.type)
        else:
            merged.append(span)
    return merged
