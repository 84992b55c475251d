"""People's names: those in the gazetteer, and any word that the sentence introduces as a name.

Three sorts of evidence, from weak to strong: a name that is nothing else ("Zainab"); a name that is also a word, with
a capital inside a sentence ("with Grace"); and a sentence that says so ("my name is may", "Mrs Poole"; cues.py).
"""

from heard.redaction.cues import Cues
from heard.redaction.lexicon import Lexicon
from heard.redaction.recognisers.recogniser import Recogniser
from heard.redaction.said import Said
from heard.redaction.spans import Span


class People(Recogniser):
    """Names of people, as the gazetteer and the words around them give them."""

    type = "PERSON"

    def __init__(self, lexicon: Lexicon) -> None:
        super().__init__()
        self.lexicon = lexicon

    def find(self, said: Said) -> list[Span]:
        return _Evidence(self.lexicon, said.words).names()


class _Evidence(Cues):
    """What the words themselves say, after the cues have had their turn."""

    def names(self) -> list[Span]:
        for i in range(len(self.tokens)):
            if i not in self.taken:
                self.hear(i)
        for i in range(len(self.tokens)):
            if i not in self.taken and i not in self.kept:
                self._alone(i)
        return self.spans

    def _alone(self, i: int) -> None:
        token = self.tokens[i]
        if token.placeholder or not token.text[0].isalpha():
            return
        certainty = self.lexicon.certainty(token.base)
        if certainty == "clear":
            if not self.organisation(i) and not self._titled(i):
                self.add(i, strong=False)
            return
        capital = token.cap and self.capitals
        inside = i > 0 and not token.opens
        if certainty == "word" and capital:
            if not self.organisation(i) and self._written_as_name(i, inside):
                self.add(i, strong=self._pair(i))
        elif (
            certainty == "thing"
            and capital
            and self.cap(i + 1)
            and self.lexicon.is_surname(self.base(i + 1))
            and self.adjacent(i + 1)
        ) or (certainty is None and self._unknown_name(i, capital, inside)):
            self.add(i, strong=False)
        elif certainty is None and self._owns(i):
            self.add(i, strong=False, surname=False)

    def _owns(self, i: int) -> bool:
        """ "olivias mum": a possessive without its apostrophe."""
        word = self.tokens[i].base
        if not word.endswith("s") or len(word) < 5 or self.lexicon.everyday(word):
            return False
        owned = self.base(i + 1) in self.rules["relations"] or self.base(i + 1) in self.rules["owned"]
        return owned and self.lexicon.certainty(word[:-1]) == "clear"

    def _written_as_name(self, i: int, inside: bool) -> bool:
        """Whether the capital of a word that is also a name means the name."""
        token = self.tokens[i]
        if self.surname_at(i + 1) and self.cap(i + 1):
            return True
        if inside:
            plain = self.low(i - 1) not in self.rules["articles"] and not token.text.isupper()
            return len(token.base) > 2 and plain
        if self._pair(i):
            return True
        acts = self.low(i + 1) in self.rules["does"] or token.base != token.low or self._is_my_relation(i + 1)
        return acts and token.base not in ("will", "may", "can")

    def _pair(self, i: int) -> bool:
        """ "Will and Grace": one of two names."""
        named = self.lexicon.certainty(self.base(i + 2)) in ("clear", "word")
        return self.low(i + 1) in ("and", "&") and self.cap(i + 2) and named

    def _unknown_name(self, i: int, capital: bool, inside: bool) -> bool:
        """Whether a word that we do not know stands like a name: a family name, or "with Xolile"."""
        token = self.tokens[i]
        if (
            not capital
            or self.lexicon.everyday(token.base)
            or token.text.isupper()
            or any(c.isupper() for c in token.text[1:].replace("Mc", "").replace("Mac", "").replace("O'", "")[1:])
        ):
            return (
                self.lexicon.is_surname(token.base)
                and capital
                and not self.organisation(i)
                and not self.lexicon.everyday(token.base)
            )
        if self.organisation(i):
            return False
        if self.lexicon.is_surname(token.base):
            return True
        if (
            self.cap(i + 1)
            and self.adjacent(i + 1)
            and self.lexicon.is_surname(self.base(i + 1))
            and i + 1 not in self.kept
        ):
            return True
        return (
            inside
            and token.adjacent
            and self.low(i - 1) in self.rules["unknown_with"]
            and not (self.cap(i + 1) and self.adjacent(i + 1))
        )

    def _titled(self, i: int) -> bool:
        """Part of the name of a thing: "The Holly Blues"."""
        return self.low(i - 1) == "the" and self.cap(i) and self.cap(i + 1) and self.adjacent(i + 1)

    def _is_my_relation(self, j: int) -> bool:
        return (
            self.low(j) in ("is", "was")
            and self.low(j + 1) in ("my", "our")
            and self.base(j + 2) in self.rules["relations"]
        )
