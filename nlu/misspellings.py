"""Words that are nearly a word of the vocabulary: "hatfeild", "clarinnet"."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from importlib import resources

from rapidfuzz import process
from rapidfuzz.distance import OSA, JaroWinkler

SHORTEST = 5
"""Shorter words are too near to others to be guessed; their common misspellings are listed in the vocabulary."""


class Speller:
    """Finds the word of the vocabulary that a misspelt word most likely means.

    The bar is high: the first letter must be right, one mistake is allowed in words of five to seven letters, two in
    longer ones, and an ordinary English word ("hello", "violent", "Bedford") is never taken for a misspelling.
    """

    def __init__(self, words: Iterable[str], ordinary: frozenset[str] | None = None) -> None:
        self._known = frozenset(words)
        self._ordinary = ordinary_words() if ordinary is None else ordinary
        self._by_letter: dict[str, list[str]] = {}
        for word in sorted(self._known):
            if len(word) >= SHORTEST and word.isalpha():
                self._by_letter.setdefault(word[0], []).append(word)
        self.correct = lru_cache(maxsize=4096)(self._correct)

    def _correct(self, word: str) -> str | None:
        """The intended word, or None when `word` (in small letters) is right as it is or too far from all."""
        if len(word) < SHORTEST or not word.isalpha() or word in self._known or word in self._ordinary:
            return None
        if word.endswith("s") and (word[:-1] in self._known or word[:-1] in self._ordinary):
            return None
        near = process.extract(
            word,
            self._by_letter.get(word[0], ()),
            scorer=OSA.distance,
            score_cutoff=2 if len(word) >= 8 else 1,
            limit=5,
        )
        allowed = [(distance, other) for other, distance, _ in near if distance <= (2 if len(other) >= 8 else 1)]
        if not allowed:
            return None
        likeness = JaroWinkler.similarity
        return min(allowed, key=lambda f: (f[0], abs(len(word) - len(f[1])), -likeness(word, f[1]), f[1]))[1]


def _mistakes(word: str) -> int:
    return 2 if len(word) >= 8 else 1


@lru_cache(maxsize=1)
def ordinary_words() -> frozenset[str]:
    """English words of five letters or more that are close enough to the vocabulary to be mistaken for it."""
    text = (resources.files("nlu") / "ordinary_words.txt").read_text(encoding="utf-8")
    return frozenset(line for line in text.splitlines() if line and not line.startswith("#"))
