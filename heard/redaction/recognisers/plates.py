"""Car plates."""

import re
from collections.abc import Iterable

from heard.redaction.lexicon import Lexicon
from heard.redaction.recognisers.recogniser import Recogniser
from heard.redaction.said import Said
from heard.redaction.spans import Span
from heard.redaction.tokens import fold

_NEW = re.compile(r"(?<!\w)[A-HJ-PR-Y]{2}[0-9]{2}\s?[A-HJ-PR-Z]{3}(?!\w)", re.I)
"""Since 2001: AB12 CDE."""
_OLD = re.compile(r"(?<!\w)(?:[A-HJ-NPR-Y]\d{3}\s?[A-HJ-PR-Y]{3}|[A-HJ-PR-Y]{3}\s?\d{3}[A-HJ-NPR-Y])(?!\w)")
"""1963 to 2001: P123 ABC and ABC 123D; only in capitals, where nothing announces them."""
_AFTER_WORD = re.compile(
    r"\b(?:reg(?:istration)?|number\s?plate|plates?|car|van|minibus|motorbike|licen[cs]e plate)"
    r"(?:\s{0,3}(?:number|num|no\.?|plate|reg|is|was|it's|its|'s|:|=|-)){0,4}+\s{0,3}"
    r"([A-Z]{1,3}\s?\d{1,4}\s?[A-Z]{0,3}|\d{1,4}\s?[A-Z]{1,3})(?!\w)",
    re.I,
)
_NOT_PLATES = ("yr", "ks", "no", "is", "in", "at", "am", "up", "to")


class Plates(Recogniser):
    """Today's form in any writing, older ones in capitals, any after "reg"."""

    type = "ID_NUMBER"

    def __init__(self, lexicon: Lexicon) -> None:
        super().__init__()
        self._lexicon = lexicon

    def find(self, said: Said) -> Iterable[Span]:
        if not said.has_digits:
            return
        yield from self.spans(m for m in _NEW.finditer(said.text) if self._is_plate(m.group()))
        yield from self.spans(_OLD.finditer(said.text))
        yield from self.spans((m for m in _AFTER_WORD.finditer(said.text) if self._looks_like_one(m[1])), 1)

    def _is_plate(self, found: str) -> bool:
        head, tail = found[:2].lower(), found[-3:].lower()
        if head in _NOT_PLATES and (" " in found or tail in self._lexicon.common):
            return False
        return found.upper() == found or " " not in found or tail not in self._lexicon.common

    def _looks_like_one(self, found: str) -> bool:
        if not any(c.isalpha() for c in found) or len(found.replace(" ", "")) < 5:
            return False
        letters = (part.strip() for part in re.split(r"\d+", fold(found)))
        return all(part == "" or part not in self._lexicon.common for part in letters)
