"""Which scheme somebody means when they name it."""

import re
from collections import Counter
from collections.abc import Sequence

from heard.bursaries.criteria import Criteria
from heard.content.schema import Bursary
from heard.exchange import Understood

_RARE = 4
"""A word that is in more names than this tells nothing."""


def named(understood: Understood, bursaries: Sequence[Bursary], criteria: Criteria) -> tuple[Bursary, ...]:
    """The schemes that a message names, by the words that only few names hold; () where it names none.

    A family's circumstances are no name: "we get free school meals" does not ask for free school meals.
    """
    said = set(_words(_without_circumstances(understood)))
    telling = {b.id: frozenset(_words(f"{b.name} {b.funder}")) - criteria.everyday_words for b in bursaries}
    spread = Counter(word for words in telling.values() for word in words)
    hits = {id_: len({word for word in words & said if spread[word] <= _RARE}) for id_, words in telling.items()}
    best = max(hits.values(), default=0)
    found = [b for b in bursaries if hits[b.id] == best and best > 0]
    stage = re.search(r"\bstage\s*(\d)", understood.text, re.IGNORECASE)
    if stage:
        found = [b for b in found if b.name.rstrip().endswith(stage[1])] or found
    return tuple(found)


def _words(text: str) -> list[str]:
    return re.findall(r"[a-z0-9]{3,}", re.sub(r"['’]", "", text.casefold()))


def _without_circumstances(understood: Understood) -> str:
    text = str(understood.text)
    spans = [(e.start, e.end) for e in understood.entities if e.start is not None and e.end is not None]
    for start, end in sorted(spans, reverse=True):
        text = text[:start] + " " + text[end:]
    return text
