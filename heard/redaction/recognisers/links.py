"""Links to somebody's page. Addresses of the BBC, the NHS and the like stay."""

import re
from collections.abc import Iterable

from heard.redaction.lexicon import Lexicon
from heard.redaction.recognisers.recogniser import Recogniser
from heard.redaction.said import Said
from heard.redaction.spans import Span

_REST = r"[^\s<>\"')\]]+"
_DOMAINS = (
    r"(?:com|co\.uk|org\.uk|me\.uk|org|net|io|me|tv|gg|ee|app|link|bio|uk|be|ly|page|site|fm|fan|ie|info|online|blog"
    r"|example|music|dev|co|xyz)"
)
_LINK = re.compile(rf"(?<![\w@.])(?:https?://{_REST}|www\.{_REST}|(?:[\w-]{{1,40}}\.){{1,3}}{_DOMAINS}/{_REST})", re.I)
_OWN_SITE = re.compile(
    r"\b(?:my|our|his|her|their)\s(?:[^\W\d_]{1,15}\s){0,2}(?:site|website|web\s?page|page|blog|channel|portfolio|link)"
    rf"(?:\s{{0,3}}(?:is|at|on|it's|its|:|-)){{0,3}}\s{{0,3}}((?:[\w-]{{1,40}}\.){{1,3}}{_DOMAINS})(?![\w/])",
    re.I,
)


class Links(Recogniser):
    """A web address with a path, and the bare name of "my site"."""

    type = "URL"

    def __init__(self, lexicon: Lexicon) -> None:
        super().__init__()
        self._lexicon = lexicon

    def find(self, said: Said) -> Iterable[Span]:
        if "." not in said.text:
            return
        for span in (*self.spans(_LINK.finditer(said.text)), *self.spans(_OWN_SITE.finditer(said.text), 1)):
            address = said.text[span.start : span.end]
            if not self._public(address):
                yield Span(span.start, span.start + len(address.rstrip(".,;:!?")), "URL")

    def _public(self, address: str) -> bool:
        host = re.sub(r"^https?://", "", address.lower()).split("/")[0].split("?")[0].rstrip(".,;:!")
        return f".{host}".endswith(self._lexicon.sites)
