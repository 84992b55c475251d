"""Which scheme somebody means when they name it."""

import re
from collections import Counter
from collections.abc import Iterable, Sequence

from heard.bursaries.criteria import Criteria
from heard.content.schema import Bursary
from heard.exchange import Understood

_RARE = 6
"""A word that is in more names than this tells nothing."""


def named(understood: Understood, bursaries: Sequence[Bursary], criteria: Criteria) -> tuple[Bursary, ...]:
    """The schemes that a message names; () where it names none.

    A word tells where few names hold it ("Benslow"); weak words tell in pairs ("future talent"), everyday words in
    threes ("music for all"). A family's circumstances are no name: "we get free school meals" asks for no scheme.
    """
    said = _words(_without_circumstances(understood, criteria))
    return _best(said, bursaries, criteria, str(understood.text))


def named_at_all(understood: Understood, bursaries: Sequence[Bursary], criteria: Criteria) -> tuple[Bursary, ...]:
    """The same, where a circumstance may be the scheme: "how do I apply for free school meals"."""
    text = str(understood.text)
    return named(understood, bursaries, criteria) or _best(_words(text), bursaries, criteria, text)


def _best(said: Sequence[str], bursaries: Sequence[Bursary], criteria: Criteria, text: str) -> tuple[Bursary, ...]:
    names = {b.id: _words(re.sub(r"\(.*?\)", " ", f"{b.name} | {b.funder}")) for b in bursaries}
    spread = Counter(word for words in names.values() for word in set(words))
    dull = criteria.everyday_words | criteria.weak_words | {word for word in spread if spread[word] > _RARE}
    hits = {id_: _score(words, said, dull, criteria) for id_, words in names.items()}
    best = max(hits.values(), default=0)
    found = [b for b in bursaries if best and hits[b.id] == best]
    stage = re.search(r"\bstage\s*(\d)", text, re.IGNORECASE)
    if stage:
        found = [b for b in found if b.name.rstrip().endswith(stage[1])] or found
    return tuple(found)


def _score(name: Sequence[str], said: Sequence[str], dull: frozenset[str] | set[str], criteria: Criteria) -> int:
    rare = {word for word in name if len(word) > 2 and word not in dull} & set(said)
    pairs = {pair for pair in _runs(name, 2) if set(pair) <= criteria.weak_words}
    return len(rare) + len(pairs & _runs(said, 2)) + 2 * len(_runs(name, 3) & _runs(said, 3))


def _runs(words: Sequence[str], length: int) -> set[tuple[str, ...]]:
    return {tuple(words[i : i + length]) for i in range(len(words) - length + 1)}


def _words(text: str) -> list[str]:
    # The bar between a name and its funder keeps runs from crossing it.
    return re.findall(r"[a-z0-9]+|\|", re.sub(r"['’]", "", text.casefold()))


def _without_circumstances(understood: Understood, criteria: Criteria) -> str:
    text = str(understood.text)
    spans = [(e.start, e.end) for e in understood.entities if e.start is not None and e.end is not None]
    for start, end in sorted(spans, reverse=True):
        text = text[:start] + " / " + text[end:]
    phrases: Iterable[str] = criteria.words.get("circumstance", {})
    return re.sub("|".join(map(re.escape, phrases)), " / ", text, flags=re.IGNORECASE)
