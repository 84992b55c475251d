"""`redact()`: a text without personal details, and where they were."""

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import NamedTuple

from heard.redaction.addresses import Addresses
from heard.redaction.lexicon import Lexicon
from heard.redaction.names import Names
from heard.redaction.redacted import Redacted
from heard.redaction.schools import Schools
from heard.redaction.spans import PLACEHOLDERS, Redaction, Span
from heard.redaction.structured import Structured, outcode_of
from heard.redaction.tokens import PLACEHOLDER, Token, tokens_of

CONTENT = Path(__file__).resolve().parents[2] / "content"
_PASSES = 6
_EVERYTHING = "[removed]"
_SHORTEST_ALIKE = 2


class _Piece(NamedTuple):
    """A stretch of the new text and the stretch of the original that it stands for."""

    start: int
    end: int
    original_start: int
    original_end: int
    replaced: bool


class Redactor:
    """Takes personal details out of texts. Build one, use it for every message: the word lists are read once.

    Nothing in here logs or keeps a text.
    """

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._structured = Structured(lexicon)
        self._addresses = Addresses(lexicon)
        self._schools = Schools(lexicon)
        self._names = Names(lexicon)

    @classmethod
    def load(cls, content: Path = CONTENT, places: Iterable[str] = (), listed: Iterable[str] = ()) -> "Redactor":
        """A redactor with the lists of content/safety/, the places and the directory's names in content/.

        Args:
            content: the content folder.
            places: more place names that stay in the text.
            listed: more names of providers and opportunities that stay in the text.
        """
        return cls(Lexicon.load(content, places, listed))

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
            spans = _merged([*spans, *(_back(span, pieces) for span in more)])
        return Redaction(Redacted(_EVERYTHING), (Span(0, len(text), spans[0].type),))

    def _find(self, text: str) -> list[Span]:
        """Details in one reading; earlier rules win where two overlap."""
        closed = [(m.start(), m.end()) for m in PLACEHOLDER.finditer(text)] if "[" in text else []
        found: list[Span] = []
        taken = list(closed)

        def add(spans: Iterable[Span]) -> None:
            for span in spans:
                if span.start < span.end and not any(span.start < end and start < span.end for start, end in taken):
                    taken.append((span.start, span.end))
                    found.append(span)

        add(self._structured.find(text))
        tokens = tokens_of(text)
        add(self._addresses.find(text, tokens))
        add(self._schools.find(_outside(tokens, taken)))
        add(self._names.find(_outside(tokens, taken)))
        return _one_name(text, sorted(found, key=lambda span: span.start))


@cache
def default_redactor() -> Redactor:
    """The redactor over this installation's content, built at the first call."""
    return Redactor.load()


def redact(text: str) -> Redaction:
    """`Redactor.redact` over this installation's content."""
    return default_redactor().redact(text)


def _outside(tokens: list[Token], taken: list[tuple[int, int]]) -> list[Token]:
    """The words; those inside what was found already read as placeholders, so that no rule joins over them."""
    if not taken:
        return tokens
    ranges = sorted(taken)
    marked, k = [], 0
    for token in tokens:
        while k < len(ranges) and ranges[k][1] <= token.start:
            k += 1
        inside = k < len(ranges) and ranges[k][0] < token.end
        marked.append(token._replace(placeholder=True, low="[]", base="[]", cap=False) if inside else token)
    return marked


def _one_name(text: str, spans: list[Span]) -> list[Span]:
    """Two names with a space between them are one person's."""
    joined: list[Span] = []
    for span in spans:
        before = joined[-1] if joined else None
        if before and before.type == span.type == "PERSON" and text[before.end : span.start] == " ":
            joined[-1] = Span(before.start, span.end, "PERSON")
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
