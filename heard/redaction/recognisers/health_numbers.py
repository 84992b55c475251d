"""NHS numbers: ten digits with a check digit."""

import re
from collections.abc import Iterable

from heard.redaction.recognisers.recogniser import Recogniser
from heard.redaction.said import Said
from heard.redaction.spans import Span

_TEN_DIGITS = re.compile(r"(?<![\w+])\d{3}[\s-]?\d{3}[\s-]?\d{4}(?!\w)")


class HealthNumbers(Recogniser):
    """One whose check digit is right needs no word beside it; a plain one is announced (`AnnouncedNumbers`)."""

    type = "ID_NUMBER"

    def find(self, said: Said) -> Iterable[Span]:
        if said.has_digits:
            yield from self.spans(m for m in _TEN_DIGITS.finditer(said.text) if is_nhs_number(m.group()))


def is_nhs_number(text: str) -> bool:
    """Whether the ten digits carry the NHS number's check digit (modulus 11)."""
    digits = [int(c) for c in text if c.isdigit()]
    if len(digits) != 10 or digits[0] == 0:
        return False
    check = 11 - sum(d * weight for d, weight in zip(digits, range(10, 1, -1), strict=False)) % 11
    return (0 if check == 11 else check) == digits[9]
