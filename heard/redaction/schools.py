"""The names of schools. Kinds of school ("music school", "my primary school") and entries of the directory stay."""

from collections.abc import Sequence

from heard.redaction.lexicon import Lexicon
from heard.redaction.spans import Span
from heard.redaction.tokens import Token

_ENDS = frozenset(
    {
        "school",
        "academy",
        "college",
        "primary",
        "infants",
        "juniors",
        "grammar",
        "secondary",
        "comp",
        "comprehensive",
        "prep",
        "nursery",
        "preschool",
        "jmi",
        "sixth-form",
        "high",
        "infant",
        "junior",
        "middle",
        "first",
        "upper",
        "lower",
        "studio",
        "utc",
        "sch",
        "schl",
        "skool",
        "pru",
    }
)
_NEEDS_CAPITAL = frozenset(
    {"high", "infant", "junior", "middle", "first", "upper", "lower", "studio", "nursery", "prep", "comp"}
)
_LINKS = frozenset({"of", "and", "&", "the", "for"})
_SAINTS = frozenset(
    {
        "st",
        "saint",
        "sir",
        "dame",
        "our",
        "lady",
        "king",
        "queen",
        "bishop",
        "bishop's",
        "bishops",
        "holy",
        "sacred",
        "christ",
    }
)
_SORTS_INSIDE = frozenset(
    {
        "primary",
        "secondary",
        "high",
        "middle",
        "upper",
        "first",
        "lower",
        "junior",
        "infant",
        "infants",
        "juniors",
        "prep",
        "catholic",
        "cofe",
        "ce",
        "rc",
        "church",
        "grammar",
        "community",
        "comprehensive",
        "girls",
        "boys",
        "girls'",
        "boys'",
        "independent",
        "special",
        "nursery",
        "free",
        "academy",
        "sixth",
        "form",
        "c",
        "e",
        "and",
        "jmi",
        "through",
        "all-through",
        "vc",
        "va",
        "park",
    }
)
_TAILS = frozenset(
    {
        "school",
        "academy",
        "college",
        "primary",
        "infants",
        "juniors",
        "grammar",
        "secondary",
        "high",
        "middle",
        "junior",
        "infant",
        "nursery",
        "sixth",
        "form",
        "jmi",
        "girls",
        "boys",
    }
)
_MUSICAL = frozenset(
    {
        "music",
        "theatre",
        "stage",
        "dance",
        "drama",
        "arts",
        "performing",
        "rock",
        "song",
        "ballet",
        "university",
        "conservatoire",
        "youth",
        "orchestra",
        "choir",
        "stagecoach",
        "academy's",
        "royal",
        "guildhall",
        "trinity",
        "open",
        "virtual",
        "sunday",
        "football",
        "driving",
        "language",
        "saturday",
        "summer",
    }
)
_GOES = frozenset({"go", "goes", "went", "going", "attend", "attends", "attended", "attending"})
_MEMBERS = frozenset(
    {
        "pupil",
        "student",
        "pupils",
        "students",
        "teacher",
        "teach",
        "teaches",
        "governor",
        "head",
        "headteacher",
        "ta",
        "y7",
        "y8",
        "y9",
        "y10",
        "y11",
        "y12",
        "y13",
        "yr7",
        "yr8",
        "yr9",
        "yr10",
        "yr11",
        "lessons",
        "study",
        "studies",
    }
)
_NOT_AFTER = frozenset(
    {
        "band",
        "choir",
        "orchestra",
        "music",
        "centre",
        "center",
        "festival",
        "theatre",
        "street",
        "road",
        "club",
        "park",
        "station",
        "library",
        "church",
        "cathedral",
        "college's",
        "hall",
        "house",
        "for",
        "with",
        "and",
        "every",
        "university",
    }
)
_LONGEST = 5


class Schools:
    """Finds the names of schools in one text after another."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon

    def find(self, tokens: Sequence[Token]) -> list[Span]:
        """Every school named; a later one may lie within an earlier one."""
        words = list(tokens)
        spans = [self._with_tail(words, first, last) for first, last in self._lexicon.schools_certain.find(words)]
        kept = {k for first, last in self._lexicon.known.find(words) for k in range(first, last)}
        for first, last in self._lexicon.schools_likely.find(words):
            if not kept.intersection(range(first, last)) and self._beside_school(words, first, last):
                spans.append(self._with_tail(words, first, last))
        for i, token in enumerate(words):
            if token.base in _ENDS and i and i not in kept:
                found = self._ending_at(words, i, kept)
                if found is not None:
                    spans.append(found)
        spans += self._attended(words, kept)
        return spans

    def _with_tail(self, words: Sequence[Token], first: int, last: int) -> Span:
        while last < len(words) and words[last].base in _TAILS and words[last].adjacent:
            last += 1
        return Span(
            words[first].start,
            words[last - 1].end if words[last - 1].base in _TAILS else words[last - 1].base_end,
            "SCHOOL",
        )

    def _beside_school(self, words: Sequence[Token], first: int, last: int) -> bool:
        if last < len(words) and words[last].adjacent and words[last].base in _ENDS:
            return True
        if last < len(words) and words[last].adjacent and words[last].base in _NOT_AFTER | _MUSICAL:
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
        if not before or before[-1] not in ("at", "to", "from", "in", "attend", "attends", "attended"):
            return False
        if before[-1].startswith("attend"):
            return True
        return any(w in _GOES | _MEMBERS for w in before[-3:]) or "year" in before[:-1] or "school" in before

    def _ending_at(self, words: Sequence[Token], end: int, kept: set[int]) -> Span | None:
        """The school whose name ends in `words[end]`, read from there to the left."""
        last = end + 1
        while last < len(words) and words[last].adjacent and words[last].base in _TAILS:
            last += 1
        if last - 1 != end and words[last - 1].base in _ENDS:
            return None
        first = end
        while first > 0 and end - first < _LONGEST and words[first].adjacent | (words[first].before == ". "):
            word = words[first - 1]
            if (
                word.placeholder
                or word.text[0].isdigit()
                or first - 1 in kept
                and not word.base in self._lexicon.places
            ):
                break
            if not (
                self._core(word, words[end])
                or word.base in _SORTS_INSIDE
                or word.base in _SAINTS
                or word.base in _LINKS
            ):
                break
            first -= 1
        while first < end and (
            words[first].base in _LINKS
            or (words[first].base in _SORTS_INSIDE and not words[first].cap)
            or words[first].base == "our"
        ):
            if words[first].base == "our" and words[first + 1].base == "lady":
                break
            first += 1
        core = [t for t in words[first:end] if t.base not in _SORTS_INSIDE | _LINKS]
        if not core or any(t.base in _MUSICAL for t in words[first:end]):
            return None
        ending = words[end]
        if ending.base in _NEEDS_CAPITAL and not (ending.cap and words[end - 1].cap):
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
            word.cap
            and ending.cap
            and word.base not in ("i", "i'm", "go", "is", "are", "do")
            or word.base not in self._lexicon.common
        )

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
                and words[last].base in _NOT_AFTER - {"for", "with", "and", "every"} | _MUSICAL
            ):
                continue
            spans.append(Span(word.start, words[last - 1].base_end, "SCHOOL"))
        return spans
