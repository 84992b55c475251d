"""User names on social media, in games and in chats."""

import re
from collections.abc import Iterable, Iterator

from heard.redaction.lexicon import Lexicon
from heard.redaction.recognisers.recogniser import Recogniser
from heard.redaction.said import Said
from heard.redaction.spans import Span
from heard.redaction.tokens import fold

_MENTION = re.compile(r"(?<![\w@.])@\w[\w.-]{1,38}(?<![.-])")
_DISCORD = re.compile(r"(?<!\w)[\w.]{2,32}#\d{4}(?!\w)")
_UNDERSCORED = re.compile(
    r"(?<![\w@.\[])(?=\w*[^\W\d_])[^\W_][\w.]{0,30}_[\w.]{0,30}(?<!\.)(?!\w)|(?<![\w@.\[])_+[^\W\d_][\w.]{2,30}"
)
_MIXED = re.compile(r"(?<![\w@.])(?:[^\W\d_]{3,24}[._]?\d{2,6}[^\W\d_]{0,6}|xx?[^\W_]{4,24}xx?)(?!\w)", re.I)
_BEFORE_SITE = (
    r"(?<![\w.])(?P<name>@?[^\W_][\w.-]{2,31})\s{1,3}(?:is\s{1,3}(?:my|mine)\s{1,3})?(?:on|for|is\s{1,3}my|\(|=)\s{0,3}"
    r"(?:my\s{1,3})?(?P<site>SITES)(?!\w)"
)
_AFTER_SITE = (
    r"(?<!\w)(?P<cue>(?:my|mine|his|her|their|our|add|follow|dm|msg|message|pm|find|hmu|hit|me|us|im|i'm|i am|at|on"
    r"|the)\s{1,3}"
    r"(?:me\s{1,3}|us\s{1,3}|her\s{1,3}|him\s{1,3}|them\s{1,3})?(?:on\s{1,3}|up\s{1,3}on\s{1,3}|my\s{1,3}|our\s{1,3})?)?"
    r"(?P<site>SITES|username|user\s?name|user|gamer\s?tag|screen\s?name|handle|@)"
    r"(?P<mid>(?:\s{0,3}(?:account|acct|acc|name|username|user|handle|id|tag|profile|page|channel|is|it's|its|'s|s|at|as|under"
    r"|called|:|=|-|@)){0,5}+)\s{0,3}@?(?P<name>\w[\w.\-]{1,31})(?!\w)"
)
_NAMING = frozenset({"is", "its", "it's", "'s", "s", "as", "under", "called"})
_ASKING = (*"my our his her add follow dm msg message pm find hmu hit me im i'm".split(" "), "i am")


class Handles(Recogniser):
    """ "@zainab.beats", "bob#1234", "my insta is jakey_09", "kidkestrel on bandlab"."""

    type = "HANDLE"

    def __init__(self, lexicon: Lexicon) -> None:
        super().__init__()
        self._lexicon = lexicon
        self._platforms = lexicon.rules["platforms"]
        by_length = sorted(self._platforms, key=len, reverse=True)
        sites = "|".join(re.escape(p).replace(r"\ ", r"\s?") for p in by_length)
        self._after = re.compile(_AFTER_SITE.replace("SITES", sites), re.I)
        self._before = re.compile(_BEFORE_SITE.replace("SITES", sites), re.I)
        self._any_site = re.compile(rf"(?<!\w)(?:{sites}|username|user|gamer\s?tag|channel|handle)(?!\w)", re.I)

    def find(self, said: Said) -> Iterable[Span]:
        text = said.text
        if "@" in text:
            yield from self.spans(_MENTION.finditer(text))
        if "#" in text:
            yield from self.spans(_DISCORD.finditer(text))
        if "_" in text:
            yield from self.spans(m for m in _UNDERSCORED.finditer(text) if self._underscored(m.group()))
        if self._any_site.search(text):
            yield from self._after_site(text)
            yield from self.spans((m for m in self._before.finditer(text) if self._signed(m["name"])), "name")
            yield from self.spans(m for m in _MIXED.finditer(text) if self._made_up(m.group()))

    def _after_site(self, text: str) -> Iterator[Span]:
        position = 0
        while match := self._after.search(text, position):
            position = max(match.start("name"), position + 1)
            if self._is_handle(match):
                name = match["name"].rstrip(".-")
                yield Span(match.start("name"), match.start("name") + len(name), "HANDLE")
                position = match.end()

    def _is_handle(self, match: re.Match[str]) -> bool:
        name, mid, cue = fold(match["name"].rstrip(".-")), fold(match["mid"]), fold(match["cue"] or "")
        if len(name) < 3 or name in self._platforms or name.isdigit() or self._is_a_word(name):
            return False
        signed = self._signed(name)
        named = bool(_NAMING & set(re.findall(r"'?\w+(?:'s)?", mid))) or any(mark in mid for mark in ":=@-")
        if fold(match["site"]) in ("user", "handle", "username", "gamertag", "screen name", "screenname", "@"):
            return named or signed or not name.isalpha()
        asked = cue.startswith(_ASKING)
        return signed or (named and (asked or not mid.strip().startswith("is"))) or (asked and len(name) > 6)

    def _is_a_word(self, name: str) -> bool:
        word = name.removesuffix("'s")
        known = word in self._lexicon.common or word in self._lexicon.singles or word in self._lexicon.places
        return name.isalpha() and known

    def _signed(self, name: str) -> bool:
        """Written like a user name: with a digit, a dot, an underscore, or a capital inside."""
        bare = name.strip("@.-")
        if self._is_a_word(fold(bare)) or bare.isdigit():
            return False
        inside = any(c.isupper() for c in bare[1:]) and not bare.isupper() and bare.isalpha()
        return name.startswith("@") or inside or any(c.isdigit() or c in "_." for c in bare)

    def _made_up(self, name: str) -> bool:
        return not all(part in self._lexicon.common for part in _parts(name))

    def _underscored(self, name: str) -> bool:
        """Not the name of a field ("financial_hardship"): with a digit, a name or an underscore at an end."""
        if not self._made_up(name):
            return False
        named = any(self._lexicon.certainty(part) == "clear" for part in _parts(name))
        return named or name.strip("_") != name or any(map(str.isdigit, name))


def _parts(name: str) -> list[str]:
    return fold(re.sub(r"[\d._]+", " ", name)).split()
