"""E-mail addresses as they are typed into a computer."""

import re
from collections.abc import Iterable

from heard.redaction.recognisers.recogniser import Recogniser
from heard.redaction.said import Said
from heard.redaction.spans import Span

_EMAIL = re.compile(r"(?<![\w.+%-])[\w.+%'-]{1,64}@[\w-]{1,63}(?:\s?\.[\w-]{1,63}|\.\s[a-z]{2,3}(?!\w)){1,5}", re.I)


class Emails(Recogniser):
    """ "jess.smith@example.com", also with a slip of the space bar before the last part."""

    type = "EMAIL"

    def find(self, said: Said) -> Iterable[Span]:
        return self.spans(_EMAIL.finditer(said.text)) if "@" in said.text else ()
