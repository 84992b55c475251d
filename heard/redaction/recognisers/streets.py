"""Streets, with a house number or where somebody says that they live there. Towns and outcodes stay, for distances."""

from collections.abc import Iterable, Sequence

from heard.redaction.lexicon import Lexicon
from heard.redaction.recognisers.recogniser import Recogniser
from heard.redaction.said import Said
from heard.redaction.spans import Span
from heard.redaction.tokens import Token

_LONGEST = 4
_NOT_IN_A_NAME = frozenset("i i'm my at on in is live we our from near off to the and by past down up along".split(" "))
_TOWARDS = ("round", "out", "over", "up", "down", "near", "around")


class Streets(Recogniser):
    """ "12 Acacia Avenue", "i live on mill road", "off Hollybush Lane"; not "the High Street", not "Letchworth way"."""

    type = "ADDRESS"

    def __init__(self, lexicon: Lexicon) -> None:
        super().__init__()
        self._lexicon = lexicon
        self._rules = lexicon.rules
        self._strong = lexicon.rules["streets_strong"]
        self._any = self._strong | lexicon.rules["streets_weak"]

    def find(self, said: Said) -> Iterable[Span]:
        words = said.words
        ends = [i for i, word in enumerate(words) if i and word.base in self._any]
        if not ends:
            return
        phrases = (*self._lexicon.streets.find(words), *self._lexicon.known.find(words))
        kept = {k for first, last in phrases for k in range(first, last)}
        for end in ends:
            found = self._street(words, end, kept)
            if found is not None:
                yield found

    def _street(self, words: Sequence[Token], end: int, kept: set[int]) -> Span | None:
        """The address whose street word is `words[end]`, read from there to the left."""
        first = self._first(words, end)
        numbered = first > 0 and _is_house_number(words[first - 1]) and _joins(words, first, comma=True)
        names = words[first:end]
        if not names or (all(k in kept for k in range(first, end + 1)) and not numbered):
            return None
        if not (self._is_numbered_street(words, first, end) if numbered else self._is_street(words, first, end)):
            return None
        opens = self._number_opens(words, first - 1) if numbered else first
        return Span(words[opens].start, words[end].end, "ADDRESS")

    def _number_opens(self, words: Sequence[Token], i: int) -> int:
        """Where the house number at `i` begins: "number 8", "1/2"."""
        announced = i > 0 and words[i - 1].base in self._rules["before_house_number"] and _joins(words, i)
        half = i > 0 and words[i].before == "/" and words[i - 1].text.isdigit()
        return i - 1 if announced or half else i

    def _first(self, words: Sequence[Token], end: int) -> int:
        first = end
        while first > 0 and end - first < _LONGEST and _joins(words, first):
            previous = words[first - 1]
            if _is_house_number(previous) or not self._part_of_name(previous, words[end]):
                break
            first -= 1
        while first < end and words[first].base in ("the", "of", "and") and not words[first].cap:
            first += 1
        return first

    def _is_numbered_street(self, words: Sequence[Token], first: int, end: int) -> bool:
        capital = _capital(words[first:end])
        if self._ordinary(words[first:end]) and not capital:
            return False
        return words[end].base in self._strong or (capital and words[end].cap) or self._lives(words, first)

    def _is_street(self, words: Sequence[Token], first: int, end: int) -> bool:
        """Without a house number: written like a street, or somebody lives there."""
        names = words[first:end]
        if self._ordinary(names) or self._is_direction(words, first, end):
            return False
        strong, capital = words[end].base in self._strong, _capital(names)
        if self._lives(words, first):
            return strong or capital or words[end].base == "way"
        if any(w.base in self._rules["public_on_street"] for w in words[max(0, first - 5) : first]):
            return False
        return strong and capital and words[end].cap and not names[0].opens and first > 0

    def _is_direction(self, words: Sequence[Token], first: int, end: int) -> bool:
        """ "round Letchworth way": towards it, no street."""
        names = words[first:end]
        return (
            words[end].base == "way"
            and all(word.base in self._lexicon.places for word in names)
            and (not words[end].cap or words[first - 1].base in _TOWARDS)
        )

    def _lives(self, words: Sequence[Token], first: int) -> bool:
        before = [word.base for word in words[max(0, first - 5) : first]]
        here = before[-2:] in (["im", "on"], ["i'm", "on"], ["we're", "on"], ["are", "on"], ["am", "on"])
        return here or any(word in self._rules["street_live"] for word in before)

    def _ordinary(self, names: Sequence[Token]) -> bool:
        inside = self._rules["street_inside"]
        return all(word.base in self._lexicon.common and word.base not in inside for word in names)

    def _part_of_name(self, word: Token, street: Token) -> bool:
        if word.placeholder or word.text[0].isdigit():
            return False
        if word.cap and street.cap:
            return word.base not in _NOT_IN_A_NAME or word.base == "the"
        return word.base in self._rules["street_inside"] or word.base not in self._lexicon.common


def _capital(names: Sequence[Token]) -> bool:
    return names[0].cap and all(w.cap or w.base in ("of", "the", "and") or w.text[0].isdigit() for w in names)


def _joins(words: Sequence[Token], i: int, *, comma: bool = False) -> bool:
    return words[i].before in (" ", "  ", ". ", ", ", ",") if comma else words[i].before in (" ", "  ", ". ")


def _is_house_number(word: Token) -> bool:
    number = word.text.split("-")[0]
    plain = number.rstrip("abcdefghABCDEFGH").isdecimal()
    return word.text[0].isdigit() and len(word.text) <= 7 and plain and len(number) <= 5
