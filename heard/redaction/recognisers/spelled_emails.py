"""E-mail addresses written as they are spoken: "jess dot smith at gmail dot com"."""

import re
from collections.abc import Iterable, Iterator

from heard.redaction.lexicon import Lexicon
from heard.redaction.recognisers.recogniser import Recogniser
from heard.redaction.said import Said
from heard.redaction.spans import Span
from heard.redaction.tokens import fold

_TLD = (
    r"(?:com|co\.?uk|co|uk|org|net|ac|sch|gov|edu|io|me|info|eu|ie|de|fr|es|it|pl|ro|in|ng|app|online|tv|link|live"
    r"|example|test|invalid)"
)
_PROVIDER = (
    r"(?:g\s?mail|google\s?mail|hot\s?mail|outlook|yahoo|ymail|i\s?cloud|live|aol|btinternet|bt\s?connect|sky|proton\s?mail"
    r"|proton|msn|mail|gmx|talktalk|virgin\s?media|ntlworld|tiscali|wp|onet|rediffmail|me|mac)"
)
_DOT = r"(?:\s{0,3}(?:\.|\(dot\)|\[dot\]|\{dot\})\s{0,3}|\s{1,3}(?:dot|full\s?stop|point)\s{1,3})"
_AT = r"(?:\s{0,3}(?:@|\(at\)|\[at\]|\{at\}|\(@\))\s{0,3}|\s{1,3}at\s{1,3}(?:sign\s{1,3})?)"
_JOIN = (
    r"(?:\s{1,3}(?:dot|underscore|under\s?score|dash|hyphen|point|full\s?stop|plus)\s{1,3}|_"
    r"|\s?[(\[](?:dot|underscore|dash)[)\]]\s?)"
)
_LETTERS = r"[^\W_](?:\s[^\W_]){2,24}"
_LOCAL = rf"(?:{_LETTERS}|[^\W_][\w.+-]{{0,40}})(?:{_JOIN}[\w.+-]{{1,40}}){{0,5}}"
_DOMAIN = (
    rf"(?:{_PROVIDER}(?:{_DOT}{_TLD}\b(?:{_DOT}{_TLD}\b)?)?"
    rf"|[\w-]{{1,40}}(?:{_DOT}[\w-]{{1,40}}){{0,2}}?(?:{_DOT}{_TLD}\b){{1,2}})"
)
_SPELLED = re.compile(rf"(?<![\w.+-]){_LOCAL}{_AT}{_DOMAIN}(?!\w)", re.I)
_AFTER_WORD = re.compile(
    r"\be-?mail(?:\s{1,3}(?:address|me|us|her|him|is|it|it's|its|on|to)){0,3}+\s{0,3}(?:is|:|-|=)?\s{0,3}"
    rf"((?:[\w.+-]{{1,40}}\s{{1,3}}){{0,4}}?[\w.+-]{{1,40}}{_AT}[\w-]{{1,40}}(?:{_DOT}{_TLD}\b){{1,2}})",
    re.I,
)
_ANY_AT = re.compile(r"@|\bat\b|[(\[{]at", re.I)


class SpelledEmails(Recogniser):
    """Also "jess (at) example (dot) org", and several words before the "at" where "email" announces them."""

    type = "EMAIL"

    def __init__(self, lexicon: Lexicon) -> None:
        super().__init__()
        self._lexicon = lexicon

    def find(self, said: Said) -> Iterable[Span]:
        if not _ANY_AT.search(said.text):
            return
        if "mail" in said.low:
            yield from self.spans(_AFTER_WORD.finditer(said.text), 1)
        yield from self.spans(self._spelled(said.text))

    def _spelled(self, text: str) -> Iterator[re.Match[str]]:
        for match in _SPELLED.finditer(text):
            local = fold(re.split(_AT, match.group(), maxsplit=1, flags=re.I)[0])
            # "look at live" is no address; "drums at gmail dot com" is one.
            has_dot = re.search(rf"{_DOT}{_TLD}\b", match.group(), re.I) is not None
            if has_dot or "@" in match.group() or local not in self._lexicon.common:
                yield match
