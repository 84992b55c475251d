"""Telephone numbers in figures, in every grouping that people use."""

import re
from collections.abc import Iterable

from heard.redaction.recognisers.recogniser import Recogniser
from heard.redaction.said import Said
from heard.redaction.spans import Span

_GAP = r"[\s.,\-()/_*·•|]{0,3}"
_BRITISH = re.compile(
    r"(?<![\w.])(?:\(?(?:\+|00)\s?44\)?[\s.\-]{0,3}(?:\(0\)[\s.\-]{0,3})?|\(?[0oO]\)?(?=[\s.,\-()/_*]{0,3}[12357890oO]))"
    rf"(?:{_GAP}[\doO]){{9,10}}(?!\w)"
)
_MOBILE_WITHOUT_ZERO = re.compile(r"(?<![\d.\-£$€])7\d{3}[\s.\-]?\d{3}[\s.\-]?\d{3}(?![\d,.]\d|\d)")
_ABROAD = re.compile(r"(?<!\d)(?:\+|00)\s?[1-9](?:[\s.\-()]{0,2}\d){7,13}(?!\d)")
_IN_THREES = re.compile(
    r"(?<![\w.£$€-])(?:1[\s.-])?(?:\(\d{3}\)\s?|\d{3}[.\-\s])\d{3}[.\-\s]\d{4}(?:\s?(?:x|ext\.?)\s?\d{1,5})?(?![\w-])"
)
_AFTER_WORD = re.compile(
    r"\b(?:phone|mobile|mob|tel|telephone|landline|number|numbers|num|no|call|ring|text|txt|whatsapp|cell|bell|fone|fax|dial|ext"
    r"|extension)\b"
    r"(?:\s{0,3}(?:number|num|no|me|us|her|him|them|mum|dad|nan|is|are|on|at|its|it's|it|s|'s|:|-|=|\.)){0,5}+\s{0,3}"
    r"((?:\+?\d)(?:[\s.\-()/]{0,2}\d){5,13})(?!\w)",
    re.I,
)


class Phones(Recogniser):
    """The letter O for a zero is common ("O77OO 9OO123"); short numbers need a word like "ring" before them."""

    type = "PHONE"

    def find(self, said: Said) -> Iterable[Span]:
        if not said.has_digits:
            return
        text = said.text
        yield from self.spans(m for m in _BRITISH.finditer(text) if _has_digits(m.group()))
        yield from self.spans(_ABROAD.finditer(text))
        yield from self.spans(_MOBILE_WITHOUT_ZERO.finditer(text))
        yield from self.spans(_AFTER_WORD.finditer(text), 1)
        yield from self.spans(_IN_THREES.finditer(text))


def _has_digits(number: str) -> bool:
    """A word of Os is no number."""
    return sum(c.isdigit() for c in number) >= (5 if any(c in "oO" for c in number) else 8)
