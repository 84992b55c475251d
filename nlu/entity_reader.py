"""Everything that a message mentions: words of the vocabulary, numbers and phrases, with their canonical values."""

from __future__ import annotations

import re
from collections.abc import Iterator

from spacy.matcher import PhraseMatcher
from spacy.tokens import Doc

from nlu.guards import guard_for
from nlu.mentions import Mention, in_row, longest, plain
from nlu.misspellings import Speller
from nlu.negation import negated
from nlu.numbers import ages, levels, outcodes, school_years
from nlu.phrases import phrases
from nlu.tokens import english
from nlu.vocabulary import Meaning, Vocabulary

_AROUND = 60
"""Characters before a word that a guard looks at."""

GUESSED = 0.8
"""The confidence of a mention that was only found by correcting a misspelling."""

_BESIDE_AN_AGE = frozenset({"place", "postcode", "instrument", "activity", "genre"})
_YOUNGEST, _OLDEST = 3, 19
_BETWEEN = frozenset(in_row("and in near at from for the a my i we live lives play plays lessons please pls"))


class EntityReader:
    """Reads the entities of domain.yml out of a message. Built once from a vocabulary."""

    def __init__(self, vocabulary: Vocabulary) -> None:
        self._vocabulary = vocabulary
        self._nlp = english()
        self._matcher = PhraseMatcher(self._nlp.vocab, attr="ORTH")
        words: set[str] = set()
        by_meaning: dict[Meaning, list[Doc]] = {}
        for form, meaning in vocabulary.forms():
            doc = self._nlp.make_doc(form)
            words.update(token.text for token in doc)
            by_meaning.setdefault(meaning, []).append(doc)
        self._meanings: dict[int, Meaning] = {}
        for meaning, docs in by_meaning.items():
            key = f"{meaning.type}={meaning.value}"
            self._matcher.add(key, docs)
            self._meanings[self._nlp.vocab.strings[key]] = meaning
        self._speller = Speller(words)

    def read(self, text: str, *, asked_age: bool = False, doc: Doc | None = None) -> list[Mention]:
        """The mentions in `text`, longest first chosen, in their order.

        `asked_age` says that a number on its own is an age. `doc` is the text in plain letters as spaCy tokens, if
        there already is one.
        """
        small = plain(text)
        found = list(self._numbers(text, small, asked_age=asked_age))
        found += phrases(small)
        found += self._words(text, small, doc if doc is not None else self._nlp.make_doc(small))
        chosen = longest(found)
        return negated(small, longest([*chosen, *_age_beside(small, chosen)]))

    def _numbers(self, text: str, small: str, *, asked_age: bool) -> Iterator[Mention]:
        if asked_age or any(c.isdigit() for c in small) or "o" in small or "e" in small or "i" in small:
            yield from ages(small, bare=asked_age)
            yield from school_years(small)
            yield from levels(small)
            yield from outcodes(text, small, self._vocabulary.outcodes)

    def _words(self, text: str, small: str, doc: Doc) -> Iterator[Mention]:
        corrected = [self._speller.correct(token.text) for token in doc]
        guessed = {i for i, word in enumerate(corrected) if word}
        if guessed:
            words = [word or token.text for word, token in zip(corrected, doc, strict=True)]
            look_in = Doc(doc.vocab, words=words, spaces=[bool(token.whitespace_) for token in doc])
        else:
            look_in = doc
        for key, first, last in self._matcher(look_in):
            meaning = self._meanings[key]
            start, end = doc[first].idx, doc[last - 1].idx + len(doc[last - 1])
            guard = guard_for(look_in[first:last].text, meaning)
            if guard and not guard.allows(small[max(0, start - _AROUND) : start], small[end:], text[start:end]):
                continue
            sure = guessed.isdisjoint(range(first, last))
            yield Mention(meaning.type, meaning.value, start, end, 1.0 if sure else GUESSED)


def _age_beside(small: str, found: list[Mention]) -> list[Mention]:
    """The age in a message of nothing but values: "13, Dorchester", "drums 9 Hatfield"."""
    types = {mention.type for mention in found}
    if not types & _BESIDE_AN_AGE or types & {"age", "school_year", "level"}:
        return []
    left = small
    for mention in found:
        left = left[: mention.start] + " " * (mention.end - mention.start) + left[mention.end :]
    bare = list(ages(left, bare=True))
    if len(bare) != 1 or not _YOUNGEST <= bare[0].value <= _OLDEST:
        return []
    left = left[: bare[0].start] + " " + left[bare[0].end :]
    return bare if set(re.findall(r"\w+", left)) <= _BETWEEN else []
