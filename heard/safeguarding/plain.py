"""What somebody wrote, as plain rows of words: the form in which phrases are compared."""

import re
import unicodedata
from collections.abc import Mapping

_PLACEHOLDERS = re.compile(r"\[(?:name|username)\]", re.IGNORECASE)
_QUOTED = re.compile(r"\"([^\"\n]{2,60})\"|“([^”\n]{2,60})”|(?<!\w)'([^'\n]{2,60})'(?!\w)|‘([^’\n]{2,60})’")
_STRETCHED = re.compile(r"([a-z])\1{2,}")
_ENDS = re.compile(r"[.!?;\n]+(?=\s|$)|\n+|[…。！？]")
_WORD = re.compile(r"[a-z0-9]+|💀|😂")
_APOSTROPHES = str.maketrans("", "", "'’‘`´")
_DOTTED = re.compile(r"\b(?:[a-z]\.){2,}(?:[a-z]\b)?")
_LONGEST_ROW = 60
_OVERLAP = 15


class Plainer:
    """Makes rows of plain words, with the same word for each spelling of a thing ("wanna", "want to")."""

    def __init__(self, same: Mapping[str, str], song_words: frozenset[str], known: frozenset[str]) -> None:
        """Takes the spellings, the words about songs, and the words that anybody will look for ("feeeel" is feel)."""
        self._same = same
        self._song_words = song_words
        self._known = known | frozenset(same)

    def rows(self, text: str) -> list[list[str]]:
        """The sentences as lists of words, without titles of songs in quotes. A very long sentence is several rows."""
        low = unicodedata.normalize("NFKC", text).lower()
        low = _PLACEHOLDERS.sub("someone", low)
        if any(mark in low for mark in "\"“'‘"):
            low = self._without_titles(low)
        low = _DOTTED.sub(lambda m: m.group().replace(".", ""), low.translate(_APOSTROPHES))
        if not low.isascii():
            low = "".join(c for c in unicodedata.normalize("NFKD", low) if not unicodedata.combining(c))
        rows: list[list[str]] = []
        for sentence in _ENDS.split(low):
            written = (self._shortened(word) for word in _WORD.findall(sentence))
            words = [w for word in written for w in self._same.get(word, word).split()]
            if len(words) <= _LONGEST_ROW:
                rows.append(words)
            else:
                rows += [words[k : k + _LONGEST_ROW] for k in range(0, len(words), _LONGEST_ROW - _OVERLAP)]
        return [row for row in rows if row]

    def _shortened(self, word: str) -> str:
        """ "dieeeee" as die, "feeeel" as feel."""
        once = _STRETCHED.sub(r"\1", word)
        twice = _STRETCHED.sub(r"\1\1", word)
        return twice if twice in self._known and once not in self._known else once

    def _without_titles(self, low: str) -> str:
        """Drops what stands in quotes beside a word about music: a title, not something that the writer says."""

        def title(match: re.Match[str]) -> str:
            around = low[max(0, match.start() - 40) : match.start()] + " " + low[match.end() : match.end() + 25]
            words = set(_WORD.findall(around))
            return " _ " if words & self._song_words else match.group()

        return _QUOTED.sub(title, low)
