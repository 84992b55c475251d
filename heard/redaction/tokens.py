"""Words with their offsets, as the rules for names and schools read them."""

import re
import unicodedata
from typing import NamedTuple

PLACEHOLDER = re.compile(r"\[(?:name|phone|email|postcode|address|school|username|date of birth|number|link|removed)\]")
_LETTER = r"(?:[^\W_][\u0300-\u036f]*)"
_WORD = re.compile(PLACEHOLDER.pattern + rf"|{_LETTER}+(?:['’`-]{_LETTER}+)*")
_UNDECOMPOSED = str.maketrans({"ł": "l", "ø": "o", "đ": "d", "ı": "i", "ß": "ss", "æ": "ae", "’": "'", "`": "'"})


class Token(NamedTuple):
    """One word. `low` is in lower case without accents, `base` the same without a possessive "'s".

    `before` is what stands between this word and the one before it.
    """

    start: int
    end: int
    text: str
    low: str
    base: str
    before: str
    cap: bool
    placeholder: bool

    @property
    def adjacent(self) -> bool:
        """Only a space (or nothing) stands before it."""
        return self.before in (" ", "", "  ")

    @property
    def opens(self) -> bool:
        """It starts a sentence."""
        return any(mark in self.before for mark in ".!?\n")

    @property
    def base_end(self) -> int:
        """The end without the possessive."""
        return self.start + len(self.base) if self.base != self.low and len(self.low) == len(self.text) else self.end


def fold(text: str) -> str:
    """Lower case, no accents, straight apostrophes: how words are compared."""
    low = text.lower()
    if low.isascii():
        return low
    plain = unicodedata.normalize("NFKD", low.translate(_UNDECOMPOSED))
    return "".join(c for c in plain if not unicodedata.combining(c))


def tokens_of(text: str) -> list[Token]:
    """The words of a text, in order. Placeholders are one word each, and nobody's name."""
    tokens = []
    last = 0
    for match in _WORD.finditer(text):
        word = match.group()
        placeholder = word[0] == "["
        low = fold(word)
        base = low[:-2] if low.endswith("'s") and len(low) > 3 else low
        cap = word[0].isupper()
        tokens.append(Token(match.start(), match.end(), word, low, base, text[last : match.start()], cap, placeholder))
        last = match.end()
    return tokens


def phrase_of(text: str) -> tuple[str, ...]:
    """A phrase in the form in which `Phrases` finds it."""
    return tuple(token.base for token in tokens_of(text))


class Phrases:
    """Many phrases at once: which of them stand in a row of words."""

    def __init__(self, phrases: frozenset[tuple[str, ...]]) -> None:
        self._by_first: dict[str, list[tuple[str, ...]]] = {}
        for phrase in sorted(phrases, key=len, reverse=True):
            if phrase:
                self._by_first.setdefault(phrase[0], []).append(phrase)

    def find(self, tokens: list[Token]) -> list[tuple[int, int]]:
        """Index ranges (first, one after the last) of the longest matches, none overlapping."""
        found = []
        bases = [token.base for token in tokens]
        i = 0
        while i < len(bases):
            for phrase in self._by_first.get(bases[i], ()):
                if tuple(bases[i : i + len(phrase)]) == phrase:
                    found.append((i, i + len(phrase)))
                    i += len(phrase)
                    break
            else:
                i += 1
        return found
