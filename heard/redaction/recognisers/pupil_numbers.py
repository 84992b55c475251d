"""Unique pupil numbers (UPN): a letter, eleven digits and a digit or a letter (Department for Education, UPN guide)."""

import re
from collections.abc import Iterable

from heard.redaction.recognisers.recogniser import Recogniser
from heard.redaction.said import Said
from heard.redaction.spans import Span

_UPN = re.compile(r"(?<!\w)[A-HJ-NP-RT-Z](?:[\s-]?\d){11}[\s-]?[\dA-HJ-NP-RT-Z](?!\w)", re.I)


class PupilNumbers(Recogniser):
    """In one piece or in groups."""

    type = "ID_NUMBER"

    def find(self, said: Said) -> Iterable[Span]:
        return self.spans(_UPN.finditer(said.text)) if said.has_digits else ()
