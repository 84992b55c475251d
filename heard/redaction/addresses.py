"""Where somebody lives: house numbers, flats and streets. Towns and outcodes stay, for distances."""

import re
from collections.abc import Sequence

from heard.redaction.lexicon import Lexicon
from heard.redaction.spans import Span
from heard.redaction.tokens import Token, tokens_of

_FLAT = re.compile(
    r"(?<!\b[a-g]\s)(?<![\w#♭])(?:flat|apartment|apt\.?|caravan|plot|pitch)\s{1,3}(?:no\.?\s{0,3}|number\s{0,3})?"
    r"\d{1,4}[a-z]?(?![\w%])"
    r"(?!\s{0,3}(?:min|mile|hour|th\b|st\b|nd\b|rd\b|chord|year|day|week|am\b|pm\b|octave|string|fret|note))",
    re.IGNORECASE,
)
"""Not "B flat 3", nor "a flat 5 minutes away"."""
_HOUSE_NUMBER = re.compile(
    r"\b(?:(?:i|we|they|he|she)\s+(?:live|lives|stay|stays)|living|(?:my|our)\s+(?:house|home|address)|house|address|door)"
    r"(?:\s{1,3}(?:is|at|on)){0,3}\s{1,3}"
    r"((?:number\s{1,3}|no\.?\s{0,3})?\d{1,4}[a-z]?(?:\s{1,3}the\s{1,3}[^\W\d_]{3,20})?)(?!\w)"
    r"(?!\s{0,3}(?:min|mile|hour|year|of|people|kids|other|different|month|week|day|am\b|pm\b|%|pound))",
    re.IGNORECASE,
)
_HOUSE_WORD = r"[A-Z][^\W\d_]+(?:['’]s)?"
_HOUSE_NAME = re.compile(
    r"\b(?:[Ll]iv(?:e|es|ing) at|[Aa]ddress is|[Aa]ddress:|[Hh]ouse is called)\s+"
    rf"((?:[Tt]he\s+)?{_HOUSE_WORD}(?:\s+{_HOUSE_WORD}){{0,3}})(?!\w)"
)
_LONGEST = 4


class Addresses:
    """Finds addresses in one text after another."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._rules = lexicon.rules
        self._strong = lexicon.rules["streets_strong"]
        self._any = self._strong | lexicon.rules["streets_weak"]

    def find(self, text: str, tokens: Sequence[Token]) -> list[Span]:
        """Every address; where two overlap the first listed is the longer one."""
        spans: list[Span] = []
        kept: set[int] | None = None
        for i, token in enumerate(tokens):
            if token.base not in self._any or i == 0:
                continue
            if kept is None:
                kept = {
                    k
                    for first, last in (
                        *self._lexicon.streets.find(list(tokens)),
                        *self._lexicon.known.find(list(tokens)),
                    )
                    for k in range(first, last)
                }
            found = self._street(tokens, i, kept)
            if found is not None:
                spans.append(found)
        spans += [
            Span(m.start(1), m.end(1), "ADDRESS") for m in _HOUSE_NAME.finditer(text) if self._is_house(m.group(1))
        ]
        if any(c.isdigit() for c in text):
            spans += [Span(m.start(), m.end(), "ADDRESS") for m in _FLAT.finditer(text)]
            spans += [Span(m.start(1), m.end(1), "ADDRESS") for m in _HOUSE_NUMBER.finditer(text)]
        return spans

    def _is_house(self, name: str) -> bool:
        words = tokens_of(name)
        public = [k for first, last in self._lexicon.known.find(words) for k in range(first, last)]
        return not public and not all(self._lexicon.everyday(word.base) for word in words)

    def _street(self, tokens: Sequence[Token], end: int, kept: set[int]) -> Span | None:
        """The address whose street word is `tokens[end]`, read from there to the left."""
        strong = tokens[end].base in self._strong
        first = end
        while first > 0 and end - first < _LONGEST and self._joins(tokens, first):
            previous = tokens[first - 1]
            if _is_house_number(previous):
                break
            if not self._part_of_name(previous, tokens[end]):
                break
            first -= 1
        while first < end and tokens[first].base in ("the", "of", "and") and not tokens[first].cap:
            first += 1
        numbered = first > 0 and _is_house_number(tokens[first - 1]) and self._joins(tokens, first, comma=True)
        names = tokens[first:end]
        if not names:
            return None
        famous = all(k in kept for k in range(first, end + 1))
        if famous and not numbered:
            return None
        capital = all(t.cap or t.base in ("of", "the", "and") or t.text[0].isdigit() for t in names) and names[0].cap
        lives = any(t.base in self._rules["street_live"] for t in tokens[max(0, first - 5) : first])
        if all(t.base in self._lexicon.common and t.base not in self._rules["street_inside"] for t in names) and not (
            capital and numbered
        ):
            return None
        if numbered:
            if not strong and not (capital and tokens[end].cap) and not lives:
                return None
        elif not (strong and capital and tokens[end].cap and not names[0].opens and first > 0) and not (
            lives and (strong or capital)
        ):
            return None
        start = tokens[first].start
        if numbered:
            start = tokens[first - 1].start
            if (
                first > 1
                and tokens[first - 2].base in ("number", "no", "flat", "apartment", "apt", "plot")
                and self._joins(tokens, first - 1)
            ):
                start = tokens[first - 2].start
        return Span(start, tokens[end].end, "ADDRESS")

    def _joins(self, tokens: Sequence[Token], i: int, *, comma: bool = False) -> bool:
        return tokens[i].before in (" ", "  ", ". ", ", ", ",") if comma else tokens[i].before in (" ", "  ", ". ")

    def _part_of_name(self, token: Token, street: Token) -> bool:
        if token.placeholder or token.text[0].isdigit():
            return False
        if token.cap and street.cap:
            return token.base not in ("i", "i'm", "my", "at", "on", "in", "is", "live", "we", "our", "from", "near")
        return token.base in self._rules["street_inside"] or token.base not in self._lexicon.common


def _is_house_number(token: Token) -> bool:
    text = token.text
    return (
        text[0].isdigit()
        and len(text) <= 7
        and text.split("-")[0].rstrip("abcdefghABCDEFGH").isdecimal()
        and len(text.split("-")[0]) <= 5
    )
