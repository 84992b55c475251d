"""How messages are cut into tokens: spaCy's English without a model, and one rule for all punctuation."""

from __future__ import annotations

import re
from functools import lru_cache

import spacy
from spacy.language import Language
from spacy.tokenizer import Tokenizer


@lru_cache(maxsize=1)
def english() -> Language:
    """The one blank English pipeline whose tokens are words and single punctuation marks.

    spaCy's own exceptions are left out on purpose ("id" -> "i", "d"; "wed." stays whole): a word of the vocabulary must
    be cut the same way wherever it stands. Apostrophes stay inside words, a possessive 's is cut off.
    """
    nlp = spacy.blank("en")
    nlp.tokenizer = Tokenizer(
        nlp.vocab,
        prefix_search=re.compile(r"^[^\w]|^_").search,
        suffix_search=re.compile(r"(?:'s|[^\w]|_)$").search,
        infix_finditer=re.compile(r"[^\w']|_").finditer,
    )
    return nlp
