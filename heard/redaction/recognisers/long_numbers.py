"""Long numbers that nothing announces: no age, price, year or grade has eight digits."""

import re
from collections.abc import Iterable

from heard.redaction.recognisers.recogniser import Recogniser
from heard.redaction.said import Said
from heard.redaction.spans import Span

_LONG = re.compile(r"(?<![\w.,£$€+-])\d{8,19}(?![\w,]|\.\d)")
_SOCIAL_SECURITY = re.compile(r"(?<![\w-])\d{3}-\d{2}-\d{4}(?![\w-])")


class LongNumbers(Recogniser):
    """Eight or more digits in a row, and the form of an American social security number."""

    type = "ID_NUMBER"

    def find(self, said: Said) -> Iterable[Span]:
        if said.has_digits:
            yield from self.spans(_SOCIAL_SECURITY.finditer(said.text))
            yield from self.spans(_LONG.finditer(said.text))
