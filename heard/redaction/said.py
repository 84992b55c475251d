"""One text on its way through the recognisers."""

from collections.abc import Iterable
from typing import Any, cast

from presidio_analyzer.nlp_engine import NlpArtifacts

from heard.redaction.plain import plain
from heard.redaction.spans import Span
from heard.redaction.tokens import PLACEHOLDER, Token, tokens_of


class Said(NlpArtifacts):
    """A text, its words, and what of it the recognisers have taken so far.

    Presidio hands this to each recogniser in turn. A word that one has taken reads as a placeholder for the next, so
    that no rule joins over it, and what is taken first stays taken: the order of the recognisers is their precedence.
    """

    def __init__(self, text: str) -> None:
        super().__init__(cast(Any, ()), cast(Any, ()), [], [], None, "en", [])
        self.text = plain(text)
        self.low = self.text.lower()
        self.has_digits = any(map(str.isdigit, self.text))
        self._taken = [m.span() for m in PLACEHOLDER.finditer(text)] if "[" in text else []
        self._all = tokens_of(self.text)
        self._words: list[Token] | None = None

    @property
    def words(self) -> list[Token]:
        """The words; those inside what was taken already read as placeholders."""
        if self._words is None:
            self._words = _gaps(self._all, self._taken) if self._taken else self._all
        return self._words

    def take(self, spans: Iterable[Span]) -> list[Span]:
        """Takes the spans that are still free, and says which they are."""
        free = []
        for span in spans:
            if span.start < span.end and not any(span.start < end and start < span.end for start, end in self._taken):
                self._taken.append((span.start, span.end))
                free.append(span)
        if free:
            self._words = None
        return free


def _gaps(tokens: list[Token], taken: list[tuple[int, int]]) -> list[Token]:
    ranges = sorted(taken)
    marked, k = [], 0
    for token in tokens:
        while k < len(ranges) and ranges[k][1] <= token.start:
            k += 1
        inside = k < len(ranges) and ranges[k][0] < token.end
        marked.append(token._replace(placeholder=True, low="[]", base="[]", cap=False) if inside else token)
    return marked
