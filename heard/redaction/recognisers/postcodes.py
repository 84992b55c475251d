"""Full postcodes. An outcode by itself is no detail, and it is what stays of a full one."""

import re
from collections.abc import Iterable

from heard.redaction.outcodes import APART, POSTCODE, SPACED, begins_with_area
from heard.redaction.recognisers.recogniser import Recogniser
from heard.redaction.said import Said
from heard.redaction.spans import Span

_SHORT_WORDS = frozenset("me so la ha e s m l n b g w st co de se no pa".split(" "))
"""Postcode areas that are words: "me 5 2nd hand" is no postcode."""


class Postcodes(Recogniser):
    """ "SG13 8DE" in any spacing, also letter by letter."""

    type = "POSTCODE"

    def find(self, said: Said) -> Iterable[Span]:
        if not said.has_digits:
            return
        yield from self.spans(m for m in POSTCODE.finditer(said.text) if _is_postcode(m))
        yield from self.spans(m for m in SPACED.finditer(said.text) if begins_with_area(m[1]))
        yield from self.spans(m for m in APART.finditer(said.text) if m.group().upper() == m.group())


def _is_postcode(match: re.Match[str]) -> bool:
    first, second = match[1], match[2].strip(" .-,")
    if second[0] in "oO":
        return match.group() == match.group().upper() or not re.search(r"\s", first)
    if not re.search(r"\s", first):
        return True
    return first == first.upper() or first.split()[0].lower() not in _SHORT_WORDS
