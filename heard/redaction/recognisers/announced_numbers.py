"""Numbers that a word announces: "passport", "candidate number", "ref"."""

import re
from collections.abc import Iterable

from heard.redaction.recognisers.recogniser import Recogniser
from heard.redaction.said import Said
from heard.redaction.spans import Span

_WORDS = (
    r"nhs|upn|uln|uci|nino|national insurance|n\.?i\.?|passport|driving licen[cs]e|licen[cs]e|unique pupil|ehcp"
    r"|visa|brp|dbs|crn|membership|biometric|unique learner|hospital|patient|library card|blue badge|oyster|iban|swift"
)
_LOOSE = (
    r"candidate|student|pupil|learner|case|reference|ref|customer|account|acct|acc|a/c|card|id|order|claim|policy|abrsm"
    r"|trinity"
)
"""Words of every day: they announce a number together with "number", "id" or "ref", or with a colon."""
_NUMBER_WORD = r"(?:number|numbers|num|no\.?|code|id|ref|reference)"
_LINK = r"(?:\s{0,3}(?:is|was|it's|its|'s|:|=|#|-|and|are)){0,3}+\s{0,3}"
_VALUE = (
    r"(?=[A-Z0-9/\- ]{0,20}\d)((?:[A-Z]{0,8}\d|\d[A-Z]?|[A-Z]{1,5}[-/](?=[\dA-Z/-]*\d))"
    r"(?:[\s/-]?[A-Z]{0,3}\d){2,18}[A-Z]{0,3})(?!\w)"
)
_FIRM = re.compile(rf"\b(?:{_WORDS})\b(?:\s{{0,3}}{_NUMBER_WORD}){{0,2}}{_LINK}{_VALUE}", re.I)
_WITH_NUMBER = re.compile(rf"\b(?:{_LOOSE})\b(?:\s{{0,3}}{_NUMBER_WORD}){{1,2}}{_LINK}{_VALUE}", re.I)
_WITH_COLON = re.compile(rf"\b(?:{_LOOSE})\b\s?(?:[:=#]|is|-)\s{{0,3}}{_VALUE}", re.I)
_BARE_ID = re.compile(rf"\b(?:id|ref|reference|account|acct|acc|a/c|card)\b\s{{0,3}}{_VALUE}", re.I)


class AnnouncedNumbers(Recogniser):
    """A number after the word that says what it is."""

    type = "ID_NUMBER"

    def find(self, said: Said) -> Iterable[Span]:
        if not said.has_digits:
            return
        text = said.text
        for pattern in (_FIRM, _WITH_NUMBER, _WITH_COLON):
            yield from self.spans((m for m in pattern.finditer(text) if _digits(m[1]) >= 4), 1)
        yield from self.spans((m for m in _BARE_ID.finditer(text) if _digits(m[1]) >= 5), 1)


def _digits(text: str) -> int:
    return sum(c.isdigit() for c in text)
