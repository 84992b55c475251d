"""The small language of content/safety/disclosure.yml: one phrase is one row of words.

`{group}`, `a|b`, `two_words`, `word?`, `word~` (any ending), `a & b` (both, in any order), `...` (up to five other
words), `..` (up to two), `*` (one), `$` (the end). A phrase becomes a regular expression over words that are separated
by single spaces, and the sets of words without which it cannot match.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from heard.errors import ContentError

_GAP = r"(?:[a-z0-9]+ ){0,5}?"
_SHORT_GAP = r"(?:[a-z0-9]+ ){0,2}?"
_ANY = r"[a-z0-9]+ "
_PART = re.compile(r"\{[^}]*\}|[^|]+")


@dataclass(frozen=True, slots=True)
class Phrase:
    """One phrase, ready to be looked for."""

    pattern: re.Pattern[str]
    needs: tuple[frozenset[str], ...]
    """One word of each set has to be there; the rarest set first."""

    def find(self, row: str, words: frozenset[str]) -> re.Match[str] | None:
        """The first place in a row (" word word "), or None."""
        if any(need.isdisjoint(words) for need in self.needs):
            return None
        return self.pattern.search(row)


class Phrasebook:
    """Many phrases, found through the words that they need."""

    def __init__(self, phrases: Iterable[Phrase]) -> None:
        self._by_word: dict[str, list[int]] = {}
        self._always: list[int] = []
        self._phrases = tuple(phrases)
        for number, phrase in enumerate(self._phrases):
            if phrase.needs:
                for word in phrase.needs[0]:
                    self._by_word.setdefault(word, []).append(number)
            else:
                self._always.append(number)

    @property
    def words(self) -> frozenset[str]:
        """Every whole word that the phrases ask for."""
        return frozenset(word for phrase in self._phrases for need in phrase.needs for word in need)

    def find(self, row: str, words: frozenset[str]) -> list[tuple[int, re.Match[str]]]:
        """Which phrases stand in a row, by their number, and where."""
        numbers = {number for word in words for number in self._by_word.get(word, ())}
        found = []
        for number in sorted(numbers.union(self._always)):
            match = self._phrases[number].find(row, words)
            if match is not None:
                found.append((number, match))
        return found


class Grammar:
    """Turns written phrases into `Phrase`s."""

    def __init__(self, groups: Mapping[str, Sequence[str]], file: str) -> None:
        self._groups = groups
        self._file = file

    def phrase(self, written: str) -> Phrase:
        """Raises ContentError for a group that there is not."""
        if " & " in written:
            return self._together(written.split(" & "))
        expression, needs = "", []
        for element in written.lower().split():
            part, need = self._element(element)
            expression += part
            if need:
                needs.append(need)
        needs.sort(key=lambda words: (bool(words & _EVERYDAY), len(words)))
        return Phrase(re.compile(f"(?<= ){expression}"), tuple(needs))

    def _together(self, elements: Sequence[str]) -> Phrase:
        """`a & b`: both in one row, in any order, each of one element."""
        if any(" " in element.strip() for element in elements):
            raise ContentError(
                self._file, f"each side of & is one element (join words with _): {' & '.join(elements)!r}"
            )
        parts = [self._element(element.lower().strip()) for element in elements]
        ahead = "".join(f"(?=.*? {part})" for part, _ in parts)
        needs = sorted((need for _, need in parts if need), key=lambda words: (bool(words & _EVERYDAY), len(words)))
        return Phrase(re.compile(f"^{ahead}.*"), tuple(needs))

    def _element(self, element: str) -> tuple[str, frozenset[str]]:
        if element == "...":
            return _GAP, frozenset()
        if element == "$":
            return "$", frozenset()
        if element == "..":
            return _SHORT_GAP, frozenset()
        if element == "*":
            return _ANY, frozenset()
        if element == "?":
            return "", frozenset()
        parts = _PART.findall(element)
        optional = "?" in parts or any(part.endswith("?") for part in parts)
        ways: list[str] = []
        needed: set[str] = set()
        known = not optional
        for part in (part.rstrip("?") for part in parts):
            for way in self._ways(part):
                ending = way.endswith("~")
                ways.append(re.escape(way.rstrip("~")).replace(r"\ ", " ") + (r"[a-z0-9]* " if ending else " "))
                known = known and not ending
                needed.add(max(way.split(), key=len) if way else "")
        body = "(?:" + "|".join(sorted(set(ways), key=len, reverse=True)) + ")" + ("?" if optional else "")
        return body, frozenset(needed) if known else frozenset()

    def _ways(self, part: str) -> list[str]:
        if not part:
            return []
        if not part.startswith("{"):
            return [part.replace("_", " ")]
        name = part.strip("{}")
        if name not in self._groups:
            raise ContentError(self._file, f"there is no group {name!r} for the phrase part {part!r}")
        return [str(way) for way in self._groups[name]]


_EVERYDAY = frozenset(
    (
        "i me my you your he she it we us they them him her his their the a an and or to of in on at is am are was be "
        "been not do did have has had for with from up out if so that this all no when because"
    ).split(" ")
)
