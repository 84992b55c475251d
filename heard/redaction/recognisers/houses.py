"""House numbers, flats and houses with a name, where no street stands beside them."""

import re
from collections.abc import Iterable

from heard.redaction.lexicon import Lexicon
from heard.redaction.recognisers.recogniser import Recogniser
from heard.redaction.said import Said
from heard.redaction.spans import Span
from heard.redaction.tokens import tokens_of

_FLAT = re.compile(
    r"(?<!\b[a-g]\s)(?<![\w#♭])(?:flat|apartment|apt\.?|caravan|plot|pitch|unit|bungalow|maisonette)\s{1,3}"
    r"(?:no\.?\s{0,3}|number\s{0,3})?\d{1,4}[a-z]?(?![\w%])"
    r"(?!\s{0,3}(?:min|mile|hour|th\b|st\b|nd\b|rd\b|chord|year|day|week|am\b|pm\b|octave|string|fret|note|time|more|of\b))",
    re.I,
)
"""Not "B flat 3", nor "a flat 5 minutes away"."""
_HOUSE_NUMBER = re.compile(
    r"\b(?:(?:i|we|they|he|she)\s+(?:live|lives|stay|stays)|living|(?:my|our)\s+(?:house|home|address)|house|address|door)"
    r"(?:\s{1,3}(?:is|at|on)){0,3}\s{1,3}"
    r"((?:number\s{1,3}|no\.?\s{0,3})?\d{1,4}[a-z]?(?:\s{1,3}the\s{1,3}[^\W\d_]{3,20})?)(?!\w)"
    r"(?!\s{0,3}(?:min|mile|hour|year|of|people|kids|other|different|month|week|day|am\b|pm\b|%|pound|instruments?|metre|km|yard))",
    re.I,
)
_WORD = r"[A-Z][^\W\d_]+(?:['’]s)?"
_NAMED = re.compile(
    r"\b(?:[Ll]iv(?:e|es|ing) (?:at|in)|[Aa]ddress is|[Aa]ddress:|[Hh]ouse is(?: called)?|[Hh]ome is)\s+"
    rf"((?:[Tt]he\s+)?{_WORD}(?:\s+{_WORD}){{0,3}})(?!\w)"
)
_BUILDING = re.compile(
    rf"(?<![\w'])((?:The\s+)?(?:{_WORD}\s+){{1,3}}(?:Cottages?|House|Farm|Farmhouse|Lodge|Barn|Villa|Mansions?|Manor|Court|Bungalow"
    r"|Towers?|Heights|Bakery|Rectory|Vicarage|Mill|Forge|Stables))(?=,?\s+(?:(?:\d{1,4}[a-z]?\s+)?[A-Z][^\W\d_]+\s+(?:[A-Z][^\W\d_]+\s+)?"
    r"(?:Road|Rd|Street|St|Lane|Ln|Avenue|Ave|Close|Drive|Way|Hill|Green|Row|Crescent|Gardens|Terrace|Grove)\b|\d{1,4}[a-z]?\s))"
)
"""A building, where a street follows it."""


class Houses(Recogniser):
    """ "flat 3", "we live at number 42", "Rose Cottage" before its street."""

    type = "ADDRESS"

    def __init__(self, lexicon: Lexicon) -> None:
        super().__init__()
        self._lexicon = lexicon

    def find(self, said: Said) -> Iterable[Span]:
        text = said.text
        yield from self.spans((m for m in _NAMED.finditer(text) if self._is_house(m[1])), 1)
        yield from self.spans(_BUILDING.finditer(text), 1)
        if said.has_digits:
            yield from self.spans(_FLAT.finditer(text))
            yield from self.spans(_HOUSE_NUMBER.finditer(text), 1)

    def _is_house(self, name: str) -> bool:
        words = tokens_of(name)
        public = [k for first, last in self._lexicon.known.find(words) for k in range(first, last)]
        return not public and not all(self._lexicon.everyday(word.base) for word in words)
