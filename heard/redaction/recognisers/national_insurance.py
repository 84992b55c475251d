"""National Insurance numbers."""

import re
from collections.abc import Iterable

from heard.redaction.recognisers.recogniser import Recogniser
from heard.redaction.said import Said
from heard.redaction.spans import Span

_NUMBER = re.compile(r"(?<!\w)(?:[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z]|QQ)(?:[\s-]?\d{2}){3}[\s-]?[A-DFM](?!\w)", re.I)
"""HMRC's prefixes; QQ is never given out but stands in every example, and people copy examples."""
_SPACED = re.compile(r"(?<!\w)[A-Z]\s[A-Z](?:\s\d){6}\s[A-DFM](?!\w)", re.I)


class NationalInsurance(Recogniser):
    """ "QQ 12 34 56 C" in any spacing."""

    type = "ID_NUMBER"

    def find(self, said: Said) -> Iterable[Span]:
        if said.has_digits:
            yield from self.spans(_NUMBER.finditer(said.text))
            yield from self.spans(_SPACED.finditer(said.text))
