"""One text, read word by word: what stands around a word, and the names that were taken so far."""

from heard.redaction.lexicon import Lexicon
from heard.redaction.spans import Span
from heard.redaction.tokens import Token

_LONGEST = 4
"""Words of one name."""


class Reading:
    """One text on its way through the rules for names."""

    def __init__(self, lexicon: Lexicon, tokens: list[Token]) -> None:
        self.lexicon = lexicon
        self.rules = lexicon.rules
        self.tokens = tokens
        self.kept = {k for first, last in lexicon.known.find(tokens) for k in range(first, last)}
        letters = [t for t in tokens if not t.placeholder and t.text[0].isalpha()]
        shouting = sum(t.text.isupper() and len(t.text) > 1 for t in letters) > 0.6 * len(letters) and len(letters) > 2
        titled = len(letters) > 4 and sum(t.cap for t in letters) > 0.6 * len(letters)
        self.capitals = not shouting and not titled
        self.taken: set[int] = set()
        self.spans: list[Span] = []

    def take(
        self,
        j: int,
        *,
        free: bool = False,
        things: bool = False,
        verbs: bool = True,
        pause: bool = False,
        state: bool = False,
    ) -> None:
        """Takes the word at `j` as a name where its cue and what it is allow it.

        `free` takes any word that is no everyday word; `things` also places and months; `verbs` also words like
        "will"; `pause` allows a comma or a colon before it.
        """
        if not 0 <= j < len(self.tokens) or j in self.taken:
            return
        token = self.tokens[j]
        if token.placeholder or not token.text[0].isalpha():
            return
        if (not pause and token.before.strip() not in ("", ",", "(", ":")) or (
            pause and any(m in token.before for m in "?!\n.")
        ):
            return
        if j in self.kept and not (things and pause):
            return
        certainty = self.lexicon.certainty(token.base)
        if state and token.base in self.rules["states"]:
            return
        if (
            not verbs
            and token.base in self.rules["verbs"]
            and not (token.cap and self.capitals and certainty == "word")
        ):
            return
        if (
            certainty in ("clear", "word")
            or (certainty == "thing" and things)
            or (
                (free and certainty is None and not self.lexicon.everyday(token.base))
                or (free and token.cap and pause and certainty is None and token.base in self.lexicon.places)
            )
            or (certainty is None and self.lexicon.is_surname(token.base))
        ):
            self.add(j, strong=True)

    def add(self, i: int, *, strong: bool, surname: bool = True) -> None:
        """Takes the name that begins at `i`; after a strong cue also the names that follow in a list."""
        last = self._add_one(i, strong, surname)
        following = self._next_in_list(last) if strong else None
        while following is not None:
            last = self._add_one(following, strong, surname)
            following = self._next_in_list(last)

    def _add_one(self, i: int, strong: bool, surname: bool) -> int:
        last = i
        while surname and last - i < _LONGEST - 1 and self._goes_on(last, strong):
            last += 2 if self.low(last + 1) in self.rules["particles"] and self.cap(last + 2) else 1
        first, end = self.tokens[i], self.tokens[last]
        self.taken.update(range(i, last + 1))
        self.spans.append(Span(first.start, end.base_end if surname else end.end, "PERSON"))
        return last

    def _goes_on(self, last: int, strong: bool) -> bool:
        """Whether the next word belongs to the same name."""
        j = last + 1
        if not self.adjacent(j) or j in self.taken or j in self.kept or self.tokens[last].base != self.tokens[last].low:
            return False
        token = self.tokens[j]
        if token.placeholder or not token.text[0].isalpha():
            return False
        if self.surname_at(j) and ((token.cap and self.capitals) or token.base not in self.lexicon.common):
            return not (token.base in self.lexicon.singles and not token.cap)
        if token.cap and self.capitals:
            if len(token.text) == 1:
                return token.text not in "IA" or (
                    j + 1 < len(self.tokens) and self.tokens[j + 1].before.startswith(".")
                )
            if token.base in self.rules["particles"] and self.cap(j + 1):
                return True
            plain = token.base in self.lexicon.plain_surnames or self.lexicon.certainty(token.base) is not None
            if plain:
                return token.base not in self.rules["organisation"]
            return not self.lexicon.everyday(token.base) and not token.text.isupper()
        if token.base in self.rules["particles"] and self.cap(j + 1) and self.adjacent(j + 1):
            return True
        ends = (
            j + 1 >= len(self.tokens)
            or self.tokens[j + 1].before.strip() != ""
            or self.low(j + 1) in ("and", "from", "i", "i'm", "im")
        )
        plain = token.base in self.lexicon.plain_surnames or self.lexicon.certainty(token.base) == "clear"
        return strong and plain and ends and token.base not in self.lexicon.singles

    def _next_in_list(self, last: int) -> int | None:
        """ "my kids Tom, Ruby and Zak": where the next name stands."""
        j = last + 1
        if self.low(j) in ("and", "&", "n"):
            j += 1
        elif not (j < len(self.tokens) and self.tokens[j].before.strip() == ","):
            return None
        if j >= len(self.tokens) or j in self.kept or j in self.taken or self.tokens[j].opens:
            return None
        certainty = self.lexicon.certainty(self.base(j))
        written = self.cap(j) and self.capitals and certainty == "word"
        return j if certainty == "clear" or written else None

    # Looking around

    def low(self, i: int) -> str:
        return self.tokens[i].low if 0 <= i < len(self.tokens) else ""

    def base(self, i: int) -> str:
        return self.tokens[i].base if 0 <= i < len(self.tokens) else ""

    def everyday(self, i: int) -> bool:
        return not 0 <= i < len(self.tokens) or self.lexicon.everyday(self.tokens[i].base)

    def cap(self, i: int) -> bool:
        return 0 <= i < len(self.tokens) and self.tokens[i].cap

    def capital_word(self, i: int) -> bool:
        """A capital that says nothing about names: an abbreviation."""
        return self.tokens[i].text.isupper() and len(self.tokens[i].text) > 1

    def adjacent(self, i: int) -> bool:
        return 0 < i < len(self.tokens) and self.tokens[i].adjacent

    def surname_at(self, i: int) -> bool:
        return self.adjacent(i) and self.lexicon.is_surname(self.base(i))

    def organisation(self, i: int) -> bool:
        """A name that is part of the name of something: "Rose Theatre", "Stanley knife"."""
        j = i + 1
        if self.surname_at(j) and self.cap(j):
            j += 1
        return (
            self.base(j) in self.rules["organisation"]
            and self.adjacent(j)
            and self.tokens[i].base == self.tokens[i].low
            and (self.cap(j) or self.base(j) in ("knife", "road", "street"))
            and self.tokens[i].cap
        )
