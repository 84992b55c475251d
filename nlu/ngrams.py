"""Messages as weighted words and character n-grams: a light TF-IDF for one short message at a time."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
from scipy.sparse import csr_matrix

from nlu.mentions import plain

LONGEST = 600
"""Characters that are read: a long story's wish stands at its beginning or its end, so both halves are kept."""

_WORD = re.compile(r"[\w']+|[^\w\s]")


@dataclass(frozen=True)
class Ngrams:
    """A fixed set of features with their inverse document frequencies.

    Two views, each scaled to length one: words, pairs of words and the types of what is mentioned; and character
    1- to 4-grams inside word borders, which forgive misspellings.
    """

    index: dict[str, int]
    idf: np.ndarray

    @classmethod
    def fit(cls, messages: Iterable[tuple[str, Sequence[str]]]) -> Ngrams:
        """Learns the features of (text, mentioned types) pairs; the order of features is that of the alphabet."""
        seen: Counter[str] = Counter()
        count = 0
        for text, mentioned in messages:
            count += 1
            words, characters = _features(text, mentioned)
            seen.update(words.keys())
            seen.update(characters.keys())
        names = sorted(seen)
        idf = np.array([math.log((1 + count) / (1 + seen[name])) + 1 for name in names], dtype=np.float32)
        return cls({name: i for i, name in enumerate(names)}, idf)

    def row(self, text: str, mentioned: Sequence[str]) -> tuple[np.ndarray, np.ndarray]:
        """The message's known features: their indices and weights."""
        indices: list[int] = []
        weights: list[float] = []
        index, idf = self.index, self.idf
        for view in _features(text, mentioned):
            known = [(index[name], 1 + math.log(n)) for name, n in view.items() if name in index]
            if not known:
                continue
            ids = [i for i, _ in known]
            values = np.fromiter((w for _, w in known), dtype=np.float32, count=len(known)) * idf[ids]
            indices += ids
            weights += (values / np.sqrt(values @ values)).tolist()
        return np.array(indices, dtype=np.int32), np.array(weights, dtype=np.float32)

    def matrix(self, messages: Sequence[tuple[str, Sequence[str]]]) -> csr_matrix:
        """One row for each message, for training."""
        rows = [self.row(text, mentioned) for text, mentioned in messages]
        starts = np.cumsum([0, *(len(ids) for ids, _ in rows)])
        ids = np.concatenate([ids for ids, _ in rows])
        weights = np.concatenate([weights for _, weights in rows]).astype(np.float64)
        return csr_matrix((weights, ids, starts), shape=(len(rows), len(self.idf)))


def _features(text: str, mentioned: Sequence[str]) -> tuple[Counter[str], Counter[str]]:
    if len(text) > LONGEST:
        text = f"{text[: LONGEST // 2]} {text[-LONGEST // 2 :]}"
    small = plain(text)
    words = _WORD.findall(small)
    by_word = Counter(words)
    by_word.update(f"{a} {b}" for a, b in pairwise(words))
    by_word.update(f"<{type_}>" for type_ in mentioned)
    return by_word, Counter(_characters(small))


def _characters(small: str) -> Iterator[str]:
    for word in small.split():
        padded = f" {word} "
        for size in (1, 2, 3, 4):
            if len(padded) <= size:
                yield f"_{padded}"
                break
            for start in range(len(padded) - size + 1):
                yield f"_{padded[start : start + size]}"
