"""Where somebody lives: house numbers, flats and streets. Towns and outcodes stay, for distances."""

import re
from collections.abc import Sequence

from heard.redaction.lexicon import Lexicon
from heard.redaction.spans import Span
from heard.redaction.tokens import Token

_FLAT = re.compile(
    r"(?<!\b[a-g]\s)(?<![\w#♭])(?:flat|apartment|apt\.?|caravan|plot|pitch)\s+(?:no\.?\s*|number\s*)?\d{1,4}[a-z]?(?![\w%])(?!\s*(?:min|mile|hour|th\b|st\b|nd\b|rd\b|chord|year|day|week|am\b|pm\b|octave|string|fret|note))",
    re.IGNORECASE,
)
_HOUSE_NUMBER = re.compile(
    r"\b(?:(?:i|we|they|he|she)\s+(?:live|lives|stay|stays)|living|my\s+(?:house|home|address)|our\s+(?:house|home|address)|house|address|door)(?:\s+(?:is|at|on|number|no\.?|num))*\s+(?:at|number|no\.?|is)\s+((?:number\s+|no\.?\s*)?\d{1,4}[a-z]?)(?!\w)(?!\s*(?:min|mile|hour|year|of|people|kids|other|different|month|week|day|am\b|pm\b|%|pound))",
    re.IGNORECASE,
)
_LIVE = frozenset(
    {
        "live",
        "lives",
        "living",
        "lived",
        "stay",
        "stays",
        "staying",
        "address",
        "house",
        "home",
        "moved",
        "move",
        "moving",
        "flat",
        "based",
        "round",
        "street",
        "road",
    }
)
_INSIDE = frozenset(
    {
        "the",
        "of",
        "st",
        "saint",
        "high",
        "church",
        "station",
        "mill",
        "park",
        "queen",
        "queens",
        "king",
        "kings",
        "old",
        "new",
        "north",
        "south",
        "east",
        "west",
        "london",
        "green",
        "school",
        "long",
        "upper",
        "lower",
        "great",
        "little",
        "hill",
        "manor",
        "farm",
        "wood",
        "bridge",
        "river",
        "red",
        "white",
        "black",
        "brook",
        "rose",
        "oak",
        "field",
        "grove",
        "court",
        "back",
        "front",
        "main",
        "market",
        "windmill",
        "bell",
        "cross",
        "castle",
        "garden",
        "link",
        "home",
        "sea",
        "beach",
        "quay",
        "mount",
        "prince",
        "princess",
        "victoria",
        "albert",
    }
)
_LONGEST = 4


class Addresses:
    """Finds addresses in one text after another."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._strong = lexicon.rules.streets_strong
        self._any = self._strong | lexicon.rules.streets_weak

    def find(self, text: str, tokens: Sequence[Token]) -> list[Span]:
        """Every address; they do not overlap."""
        spans: list[Span] = []
        low = text.lower()
        if any(c.isdigit() for c in text):
            if any(word in low for word in ("flat", "ap", "caravan", "plot", "pitch")):
                spans += [Span(m.start(), m.end(), "ADDRESS") for m in _FLAT.finditer(text)]
            spans += [Span(m.start(1), m.end(1), "ADDRESS") for m in _HOUSE_NUMBER.finditer(text)]
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
        return spans

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
        lives = any(t.base in _LIVE for t in tokens[max(0, first - 5) : first])
        if all(t.base in self._lexicon.common and t.base not in _INSIDE for t in names) and not (capital and numbered):
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
            if first > 1 and tokens[first - 2].base in ("number", "no") and self._joins(tokens, first - 1):
                start = tokens[first - 2].start
        return Span(start, tokens[end].end, "ADDRESS")

    def _joins(self, tokens: Sequence[Token], i: int, *, comma: bool = False) -> bool:
        return tokens[i].before in (" ", "  ", ". ", ", ", ",") if comma else tokens[i].before in (" ", "  ", ". ")

    def _part_of_name(self, token: Token, street: Token) -> bool:
        if token.placeholder or token.text[0].isdigit():
            return False
        if token.cap and street.cap:
            return token.base not in ("i", "i'm", "my", "at", "on", "in", "is", "live", "we", "our", "from", "near")
        return token.base in _INSIDE or not (token.base in self._lexicon.common)


def _is_house_number(token: Token) -> bool:
    text = token.text
    return (
        text[0].isdigit()
        and len(text) <= 7
        and text.split("-")[0].rstrip("abcdefghABCDEFGH").isdecimal()
        and len(text.split("-")[0]) <= 5
    )
