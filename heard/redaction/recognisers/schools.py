"""The names of schools. Kinds of school ("music school", "my primary school") and entries of the directory stay."""

from collections.abc import Sequence

from heard.redaction.lexicon import Lexicon
from heard.redaction.recognisers.recogniser import Recogniser
from heard.redaction.said import Said
from heard.redaction.spans import Span
from heard.redaction.tokens import Token

_LONGEST = 5


class Schools(Recogniser):
    """Schools of the gazetteer, names that end in a school word, and where somebody says that they go."""

    type = "SCHOOL"

    def __init__(self, lexicon: Lexicon) -> None:
        super().__init__()
        self._lexicon = lexicon
        self._rules = lexicon.rules

    def find(self, said: Said) -> list[Span]:
        words = said.words
        spans = [self._with_tail(words, first, last) for first, last in self._lexicon.schools_certain.find(words)]
        kept = {k for first, last in self._lexicon.known.find(words) for k in range(first, last)}
        for first, last in self._lexicon.schools_likely.find(words):
            if not kept.intersection(range(first, last)) and self._beside_school(words, first, last):
                spans.append(self._with_tail(words, first, last))
        for i, token in enumerate(words):
            if token.base in self._rules["school_ends"] and i and i not in kept:
                found = self._ending_at(words, i, kept)
                if found is not None:
                    spans.append(found)
        spans += self._attended(words, kept)
        return spans

    def _with_tail(self, words: Sequence[Token], first: int, last: int) -> Span:
        while last < len(words) and words[last].base in self._rules["school_tails"] and words[last].adjacent:
            last += 1
        return Span(
            words[first].start,
            words[last - 1].end if words[last - 1].base in self._rules["school_tails"] else words[last - 1].base_end,
            "SCHOOL",
        )

    def _beside_school(self, words: Sequence[Token], first: int, last: int) -> bool:
        if last < len(words) and words[last].adjacent and words[last].base in self._rules["school_ends"]:
            return True
        if (
            last < len(words)
            and words[last].adjacent
            and words[last].base in self._rules["school_not_after"] | self._rules["school_musical"]
        ):
            return words[last].base in (
                "for",
                "with",
                "and",
                "every",
                "music",
                "choir",
                "orchestra",
                "band",
            ) and self._goes_there(words, first)
        return self._goes_there(words, first)

    def _goes_there(self, words: Sequence[Token], first: int) -> bool:
        before = [t.base for t in words[max(0, first - 4) : first] if t.base != "the"]
        if before and before[-1] in self._rules["school_goes"] and not words[first].cap and words[first].adjacent:
            return True
        if not before or before[-1] not in ("at", "to", "from", "in", "attend", "attends", "attended"):
            return False
        if before[-1].startswith("attend"):
            return True
        if any(w in self._rules["school_goes"] | self._rules["school_members"] for w in before[-3:-1]):
            return True
        return before[-1] == "at" and ("school" in before or ("year" in before and "old" not in before))

    def _ending_at(self, words: Sequence[Token], end: int, kept: set[int]) -> Span | None:
        """The school whose name ends in `words[end]`, read from there to the left."""
        last = end + 1
        while last < len(words) and words[last].adjacent and words[last].base in self._rules["school_tails"]:
            last += 1
        if last - 1 != end and words[last - 1].base in self._rules["school_ends"]:
            return None
        first = end
        while first > 0 and end - first < _LONGEST and self._joined(words, first):
            word = words[first - 1]
            if (
                word.placeholder
                or word.text[0].isdigit()
                or (first - 1 in kept and word.base not in self._lexicon.places)
            ):
                break
            if not self._belongs(word, words, first, end):
                break
            first -= 1
        while first < end and self._only_leads(words, first):
            first += 1
        core = [
            t
            for t in words[first:end]
            if t.base not in self._rules["school_sorts_inside"] | self._rules["school_links"]
        ]
        if not core or any(t.base in self._rules["school_musical"] for t in words[first:end]):
            return None
        ending = words[end]
        if ending.base in self._rules["school_needs_capital"] and not (ending.cap and words[end - 1].cap):
            return None
        if end + 1 < len(words) and words[end + 1].base == "of" and words[end + 1].adjacent:
            return None
        named = [t for t in core if t.base not in self._lexicon.school_sorts and t.base not in self._lexicon.common]
        capital = all(t.cap for t in core) and (first > 0 or len(core) > 1 or ending.cap)
        if not named and not (capital and ending.cap and any(t.base not in self._lexicon.school_sorts for t in core)):
            return None
        if all(t.base in self._lexicon.places for t in core) and not self._one_school(words, first, ending):
            return None
        if (
            named
            and all(t.base in self._lexicon.given for t in named)
            and not capital
            and first
            and words[first - 1].base not in ("at", "to", "from", "in", "attend", "attends", "the")
        ):
            return None
        return Span(words[first].start, ending.end, "SCHOOL")

    def _joined(self, words: Sequence[Token], i: int) -> bool:
        return words[i].adjacent or (words[i].before == ". " and words[i - 1].base == "st")

    def _belongs(self, word: Token, words: Sequence[Token], first: int, end: int) -> bool:
        """Whether `word`, left of words[first], can be part of the name that ends in words[end]."""
        if word.base in self._rules["school_links"]:
            return words[first].cap and words[end].cap
        if word.base == "our":
            return words[first].base == "lady"
        return (
            self._core(word, words[end])
            or word.base in self._rules["school_sorts_inside"]
            or word.base in self._rules["school_saints"]
        )

    def _only_leads(self, words: Sequence[Token], first: int) -> bool:
        word = words[first]
        return word.base in self._rules["school_links"] or (
            word.base in self._rules["school_sorts_inside"] and not word.cap
        )

    def _one_school(self, words: Sequence[Token], first: int, ending: Token) -> bool:
        """Whether a town and "school" mean one school, not any school there."""
        if ending.base == "college":
            return False
        before = words[first - 1].base if first else ""
        return (ending.cap and words[first].cap and before not in ("a", "any", "other", "some")) or before in (
            "at",
            "to",
            "attend",
            "attends",
        )

    def _core(self, word: Token, ending: Token) -> bool:
        if word.base in self._lexicon.school_sorts:
            return (
                word.cap
                and ending.cap
                and word.base
                not in (
                    "the",
                    "my",
                    "our",
                    "his",
                    "her",
                    "at",
                    "to",
                    "in",
                    "from",
                    "a",
                    "i",
                    "year",
                    "and",
                    "for",
                    "with",
                    "or",
                    "into",
                )
                and not word.opens
            )
        return (
            word.cap and ending.cap and word.base not in ("i", "i'm", "go", "is", "are", "do")
        ) or word.base not in self._lexicon.common

    def _attended(self, words: Sequence[Token], kept: set[int]) -> list[Span]:
        """ "I go to Xyz", "year 9 at Xyz": a capital and a name that is nothing else that we know."""
        spans = []
        for i in range(1, len(words)):
            word = words[i]
            if (
                not word.cap
                or i in kept
                or word.placeholder
                or self._lexicon.everyday(word.base)
                or not word.adjacent
                or word.text.isupper()
            ):
                continue
            if not self._goes_there(words, i) or word.base in self._lexicon.given:
                continue
            last = i + 1
            while (
                last < len(words)
                and last - i < 4
                and words[last].adjacent
                and words[last].cap
                and not self._lexicon.everyday(words[last].base)
                and last not in kept
            ):
                last += 1
            if (
                last < len(words)
                and words[last].adjacent
                and words[last].base
                in self._rules["school_not_after"] - {"for", "with", "and", "every"} | self._rules["school_musical"]
            ):
                continue
            spans.append(Span(word.start, words[last - 1].base_end, "SCHOOL"))
        return spans
