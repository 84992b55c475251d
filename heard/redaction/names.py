"""People's names: those in the gazetteer, and any word that the sentence introduces as a name.

Three sorts of evidence, from weak to strong: a name that is nothing else ("Zainab"); a name that is also a word, written
with a capital inside a sentence ("with Grace"); and a sentence that says so ("my name is may", "Mrs Poole").
"""

from collections.abc import Sequence

from heard.redaction.lexicon import Lexicon
from heard.redaction.spans import Span
from heard.redaction.tokens import Token

_POSSESSIVES = frozenset(
    {
        "my",
        "his",
        "her",
        "their",
        "our",
        "your",
        "its",
        "full",
        "first",
        "last",
        "real",
        "second",
        "middle",
        "nick",
        "family",
        "sons",
        "daughters",
        "kids",
        "childs",
        "child's",
        "son's",
        "daughter's",
        "mums",
        "dads",
        "friends",
        "teachers",
        "brothers",
        "sisters",
        "whose",
        "s",
        "who's",
    }
)
_NAME_WORDS = frozenset({"name", "names", "name's", "nickname", "surname", "forename", "firstname", "nickname's"})
_BE = frozenset({"is", "s", "was", "are", "be", "'s", "it's", "its"})
_I_AM = frozenset({"i'm", "im", "iam", "i'am"})
_GREETINGS = frozenset(
    {
        "hi",
        "hello",
        "hey",
        "hiya",
        "yo",
        "hii",
        "hiii",
        "dear",
        "morning",
        "afternoon",
        "evening",
        "heya",
        "ello",
        "alright",
        "oi",
        "salaam",
        "salam",
    }
)
_AFTER_INTRO = frozenset(
    {
        "and",
        "from",
        "aged",
        "in",
        "i",
        "i'm",
        "im",
        "year",
        "here",
        "age",
        "yr",
        "who",
        "but",
        "a",
        "the",
        "so",
        "n",
        "my",
        "with",
        "by",
        "btw",
        "speaking",
        "again",
        "nice",
        "pleased",
        "can",
        "do",
        "u",
        "ur",
        "&",
    }
)
_TITLES_FIRM = frozenset({"mr", "mrs", "ms", "mx", "mister"})
_TITLE_STOPS = frozenset(
    {
        "and",
        "the",
        "is",
        "was",
        "who",
        "said",
        "says",
        "or",
        "in",
        "at",
        "for",
        "to",
        "a",
        "my",
        "i",
        "you",
        "he",
        "she",
        "it",
        "teaches",
        "told",
        "of",
        "has",
        "with",
        "on",
        "but",
        "if",
        "that",
        "please",
        "can",
        "will",
        "would",
        "does",
        "did",
        "do",
    }
)
_MISSING = frozenset(
    {
        "i",
        "we",
        "you",
        "they",
        "to",
        "will",
        "ill",
        "i'll",
        "don't",
        "dont",
        "didn't",
        "didnt",
        "would",
        "really",
        "gonna",
        "never",
        "always",
        "might",
        "not",
        "can't",
        "cant",
        "and",
        "also",
        "hit",
        "ya",
        "still",
        "just",
        "do",
        "id",
        "i'd",
        "or",
        "u",
        "she",
        "he",
        "won't",
        "wont",
    }
)
_WITH = frozenset(
    {
        "with",
        "told",
        "asked",
        "ask",
        "tell",
        "met",
        "meet",
        "thank",
        "help",
        "helped",
        "like",
        "love",
        "miss",
        "and",
        "by",
        "about",
        "from",
        "for",
        "to",
        "know",
        "see",
        "sees",
        "saw",
        "n",
        "than",
    }
)
_UNKNOWN_WITH = frozenset({"with", "told", "asked", "ask", "tell", "met", "thank"})
_DOES = frozenset(
    {
        "plays",
        "teaches",
        "taught",
        "told",
        "said",
        "says",
        "loves",
        "wants",
        "helped",
        "who",
        "whose",
        "thinks",
        "hates",
        "likes",
        "started",
        "goes",
        "sings",
        "learns",
        "needs",
        "lives",
        "has",
        "can't",
        "doesn't",
        "isn't",
        "drums",
        "asked",
        "hit",
        "hits",
        "hurts",
        "hurt",
        "makes",
        "keeps",
        "gave",
        "gives",
    }
)
_ARTICLES = frozenset(
    {
        "the",
        "a",
        "an",
        "of",
        "this",
        "that",
        "every",
        "each",
        "no",
        "some",
        "any",
        "in",
        "my",
        "our",
        "your",
        "at",
        "on",
        "piece",
        "song",
        "called",
    }
)
_PARTICLES = frozenset(
    {
        "de",
        "van",
        "von",
        "der",
        "den",
        "al",
        "el",
        "bin",
        "ibn",
        "da",
        "dos",
        "di",
        "la",
        "mac",
        "mc",
        "ap",
        "bint",
        "abu",
        "ul",
        "ur",
        "o",
        "st",
        "del",
        "du",
        "le",
        "san",
        "ben",
    }
)
_ORGANISATION = frozenset(
    {
        "theatre",
        "centre",
        "center",
        "church",
        "festival",
        "band",
        "choir",
        "orchestra",
        "club",
        "trust",
        "foundation",
        "hall",
        "college",
        "university",
        "academy",
        "music",
        "park",
        "street",
        "road",
        "hub",
        "award",
        "awards",
        "school",
        "group",
        "ensemble",
        "studio",
        "studios",
        "records",
        "house",
        "cathedral",
        "station",
        "road",
        "concert",
        "symphony",
        "sonata",
        "concerto",
        "knife",
        "guitar",
        "guitars",
        "piano",
        "pianos",
        "drums",
        "keyboard",
        "brass",
        "opera",
        "prize",
        "competition",
        "library",
        "hospital",
        "arts",
        "arena",
        "project",
        "method",
        "series",
        "exam",
        "cup",
        "day",
        "hotel",
        "pub",
        "cinema",
        "line",
        "valley",
        "county",
        "town",
        "village",
        "city",
        "bay",
    }
)
_WHOLE = frozenset(
    {
        "he",
        "she",
        "someone",
        "somebody",
        "girl",
        "boy",
        "who",
        "guy",
        "man",
        "woman",
        "lady",
        "kid",
        "friend",
        "everyone",
        "am",
        "i",
        "i'm",
        "im",
        "me",
        "they",
        "people",
        "people",
        "we",
    }
)
_LONGEST = 4


class Names:
    """Finds names of people in one text after another."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        self._rules = lexicon.rules

    def find(self, tokens: list[Token]) -> list[Span]:
        """Every name; they do not overlap."""
        return _Reading(self._lexicon, tokens).names()


class _Reading:
    """One text, read once from the left."""

    def __init__(self, lexicon: Lexicon, tokens: list[Token]) -> None:
        self._lexicon = lexicon
        self._rules = lexicon.rules
        self._tokens = tokens
        self._kept = {k for first, last in lexicon.known.find(tokens) for k in range(first, last)}
        letters = [t for t in tokens if not t.placeholder and t.text[0].isalpha()]
        shouting = sum(t.text.isupper() and len(t.text) > 1 for t in letters) > 0.6 * len(letters) and len(letters) > 2
        titled = len(letters) > 4 and sum(t.cap for t in letters) > 0.6 * len(letters)
        self._capitals = not shouting and not titled
        self._taken: set[int] = set()
        self._spans: list[Span] = []

    def names(self) -> list[Span]:
        for i in range(len(self._tokens)):
            if i not in self._taken:
                self._cue(i)
        for i in range(len(self._tokens)):
            if i not in self._taken and i not in self._kept:
                self._alone(i)
        return self._spans

    # What the sentence says

    def _cue(self, i: int) -> None:
        word = self._tokens[i].base
        low = self._tokens[i].low
        if low in _NAME_WORDS or word in _NAME_WORDS:
            self._after_name_word(i)
        elif word in ("called", "named") and not self._names_a_thing(i):
            self._take(i + 1, free=self._is_about_a_person(i), things=True)
        elif word in ("call", "calls") and self._low(i + 1) == "me":
            self._take(i + 2, free=True, things=True)
        elif word == "known" and self._low(i + 1) == "as" or word == "goes" and self._low(i + 1) == "by":
            self._take(i + 2, free=True, things=True)
        elif word in self._rules.titles or word == "st.":
            self._after_title(i)
        elif word in self._rules.relations:
            self._after_relation(i)
        elif low in _I_AM or (low == "am" and self._low(i - 1) == "i"):
            self._after_i_am(i)
        elif low in ("this", "it's", "its", "it") and i <= 2:
            self._after_this_is(i)
        elif word == "here" and 0 < i <= 2 and self._tokens[i].adjacent and (i == 1 or self._low(0) in _GREETINGS):
            self._take(i - 1, free=self._tokens[i - 1].cap and self._capitals)
        elif low in self._rules.sign_offs and i >= len(self._tokens) - 5:
            self._after_sign_off(i)
        elif low in ("me", "i") and self._low(i - 1) in ("and", "&", "n") and i >= 2:
            self._take(i - 2, verbs=False)
        elif low in ("and", "&", "n") and self._low(i - 1) == "me":
            self._take(i + 1, free=self._cap(i + 1), verbs=False)

    def _after_name_word(self, i: int) -> None:
        if self._low(i + 1) in ("of", "for", "and", "on", "in"):
            return
        asked = (
            self._low(i - 1) in _POSSESSIVES
            or self._tokens[i].low in ("name's", "surname", "forename", "nickname")
            or i == 0
        )
        colon = i + 1 < len(self._tokens) and any(mark in self._tokens[i + 1].before for mark in ":=-")
        whose = self._base(i - 1) != self._low(i - 1)
        if not (asked or colon or whose):
            return
        j = i + 1
        while self._low(j) in _BE or (self._low(j) in ("called", "just") and j == i + 2):
            j += 1
        linked = j > i + 1 or colon or self._tokens[i].low in ("names", "name's")
        if linked:
            self._take(j, free=True, things=True, pause=True)

    def _names_a_thing(self, i: int) -> bool:
        before = [self._low(k) for k in range(max(0, i - 4), i)]
        things = self._rules.things_called
        if not before:
            return False
        return (
            before[-1] in things
            or (before[-1] in (*_BE, "got", "just", "been") and len(before) > 1 and before[-2] in things)
            or self._low(i + 1) in ("the", "a", "an")
        )

    def _is_about_a_person(self, i: int) -> bool:
        near = {self._base(k) for k in range(max(0, i - 6), i)}
        return bool(near & (self._rules.relations | _WHOLE))

    def _after_title(self, i: int) -> None:
        j, title = i + 1, self._tokens[i].base
        if j >= len(self._tokens) or self._tokens[j].before not in (" ", ". ", ".", "  ", ""):
            return
        if i in self._kept or j in self._kept and i in self._kept:
            return
        token = self._tokens[j]
        known = (
            self._lexicon.certainty(token.base) is not None
            or token.base in self._lexicon.plain_surnames
            or self._lexicon.is_surname(token.base)
        )
        if title in _TITLES_FIRM:
            if token.base not in _TITLE_STOPS and not token.placeholder and not token.text[0].isdigit():
                self._add(j, strong=True)
            return
        if title == "miss" and self._low(i - 1) in _MISSING and not (self._tokens[i].cap and token.cap):
            return
        capital = token.cap and self._capitals
        if (known and (capital or token.base not in self._lexicon.common)) or (
            capital and token.base not in self._lexicon.common and title not in ("coach", "fr")
        ):
            self._add(j, strong=True)
        elif (
            title == "miss" and not token.placeholder and token.base not in self._lexicon.common and len(token.base) > 2
        ):
            self._add(j, strong=True)

    def _after_relation(self, i: int) -> None:
        j = i + 1
        while self._low(j) in ("is", "called", "named", "aged", "'s", "whose", "name", "name's", "names", "who's"):
            j += 1
        said = j > i + 1
        if any(self._low(k) in ("called", "named", "name", "names", "name's") for k in range(i + 1, j)):
            self._take(j, free=True, things=True, pause=True)
            return
        if j >= len(self._tokens) or self._tokens[j].before not in (" ", "  ", ", ", " (", ": ", " - "):
            return
        if self._tokens[j].before != " " and not self._cap(j) and self._lexicon.certainty(self._base(j)) != "clear":
            return
        certainty = self._lexicon.certainty(self._base(j))
        if (
            self._base(i)
            in (
                "head",
                "coach",
                "leader",
                "worker",
                "kid",
                "child",
                "baby",
                "girl",
                "boy",
                "student",
                "pupil",
                "partner",
                "lad",
                "carer",
                "singer",
                "drummer",
            )
            and certainty != "clear"
            and not self._cap(j)
        ):
            return
        if said and (certainty != "clear" and not (self._cap(j) and self._low(i + 1) == "is")):
            return
        self._take(j, free=self._cap(j) and self._capitals and not self._capital_word(j), things=not said, verbs=False)

    def _after_i_am(self, i: int) -> None:
        j = i + 1
        if j >= len(self._tokens) or self._tokens[j].before not in (" ", "  "):
            return
        token = self._tokens[j]
        certainty = self._lexicon.certainty(token.base)
        follows = self._low(j + 1)
        ends = (
            j + 1 >= len(self._tokens)
            or self._tokens[j + 1].before.strip() != ""
            or follows in _AFTER_INTRO
            or follows.isdigit()
        )
        if certainty == "clear":
            self._add(j, strong=True)
        elif (
            certainty is not None
            and token.base not in self._rules.states
            and (ends or (self._cap(j) and self._surname_at(j + 1)))
        ):
            self._take(j, things=token.cap and self._capitals, verbs=token.cap and self._capitals)
        elif certainty is None and self._cap(j) and self._capitals and ends and token.base not in self._lexicon.common:
            if (
                not token.base.endswith(("ish", "ian", "ese", "ean", "ist", "ing"))
                and token.base not in self._lexicon.places | self._lexicon.singles
            ):
                self._take(j, free=True)
        elif certainty is None and self._surname_at(j + 1) and not self._lexicon.everyday(token.base):
            self._add(j, strong=True)

    def _after_this_is(self, i: int) -> None:
        j = i + 1 if self._low(i) in ("it's", "its") else i + 2
        if self._low(i) in ("this", "it") and self._low(i + 1) not in ("is", "s"):
            return
        if j >= len(self._tokens):
            return
        follows = self._low(j + 1)
        ends = (
            j + 1 >= len(self._tokens)
            or self._tokens[j + 1].before.strip() != ""
            or follows in ("here", "from", "again", "speaking", "and")
        )
        if ends or (self._cap(j) and self._surname_at(j + 1)):
            self._take(
                j, free=self._cap(j) and follows in ("here", "from", "again", "speaking"), verbs=False, state=True
            )

    def _after_sign_off(self, i: int) -> None:
        j = i + 1
        while self._low(j) in (*self._rules.sign_offs, "you", "best", "kind", "many", "again"):
            j += 1
        if j >= len(self._tokens) or j + 3 < len(self._tokens):
            return
        alone = all(
            t.low.strip("x") == "" or t.low in self._rules.sign_offs or self._surname_at(j + 1)
            for t in self._tokens[j + 1 :]
        )
        if not alone:
            return
        comma = any(mark in self._tokens[j].before for mark in ",\n-")
        from_ = self._low(j - 1) == "from"
        certainty = self._lexicon.certainty(self._base(j))
        if from_:
            if certainty == "word" and (
                self._cap(j)
                or i == len(self._tokens) - 2
                and self._low(i - 1) not in ("i'm", "im", "am", "are", "is", "comes", "it's")
            ):
                self._take(j)
        elif (
            certainty is not None
            and (comma or self._cap(j))
            or (comma and self._cap(j) and self._capitals and not self._lexicon.everyday(self._base(j)))
        ):
            self._take(j, free=True, things=True, pause=True)

    # What the word itself says

    def _alone(self, i: int) -> None:
        token = self._tokens[i]
        if token.placeholder or not token.text[0].isalpha():
            return
        certainty = self._lexicon.certainty(token.base)
        if certainty == "clear":
            if not self._organisation(i):
                self._add(i, strong=False)
            return
        capital = token.cap and self._capitals
        inside = i > 0 and not token.opens
        if certainty == "word" and capital and not self._organisation(i):
            if (
                inside
                and len(token.base) > 2
                and self._low(i - 1) not in _ARTICLES
                and not (token.text.isupper())
                or self._surname_at(i + 1)
                and self._cap(i + 1)
            ):
                self._add(i, strong=False)
            elif (
                not inside
                and (self._low(i + 1) in _DOES or token.base != token.low or self._is_my_relation(i + 1))
                and token.base not in ("will", "may", "can")
            ):
                self._add(i, strong=False)
        elif (
            certainty == "thing"
            and capital
            and self._cap(i + 1)
            and self._lexicon.is_surname(self._base(i + 1))
            and self._adjacent(i + 1)
        ):
            self._add(i, strong=False)
        elif certainty is None and self._unknown_name(i, capital, inside):
            self._add(i, strong=False)
        elif (
            certainty is None
            and token.base.endswith("s")
            and len(token.base) > 4
            and self._lexicon.certainty(token.base[:-1]) == "clear"
        ):
            if not self._lexicon.everyday(token.base) and self._base(i + 1) in self._rules.relations | {
                "lesson",
                "lessons",
                "school",
                "house",
                "phone",
                "number",
            }:
                self._add(i, strong=False, surname=False)

    def _unknown_name(self, i: int, capital: bool, inside: bool) -> bool:
        """Whether a word that we do not know stands like a name: a family name, or "with Xolile"."""
        token = self._tokens[i]
        if (
            not capital
            or self._lexicon.everyday(token.base)
            or token.text.isupper()
            or any(c.isupper() for c in token.text[1:].replace("Mc", "").replace("Mac", "").replace("O'", "")[1:])
        ):
            return (
                self._lexicon.is_surname(token.base)
                and capital
                and not self._organisation(i)
                and not self._lexicon.everyday(token.base)
            )
        if self._organisation(i):
            return False
        if self._lexicon.is_surname(token.base):
            return True
        if (
            self._cap(i + 1)
            and self._adjacent(i + 1)
            and self._lexicon.is_surname(self._base(i + 1))
            and i + 1 not in self._kept
        ):
            return True
        return (
            inside
            and token.adjacent
            and self._low(i - 1) in _UNKNOWN_WITH
            and not (self._cap(i + 1) and self._adjacent(i + 1))
        )

    def _organisation(self, i: int) -> bool:
        """A name that is part of the name of something: "Rose Theatre", "Stanley knife"."""
        j = i + 1
        if self._surname_at(j) and self._cap(j):
            j += 1
        return (
            self._base(j) in _ORGANISATION
            and self._adjacent(j)
            and self._tokens[i].base == self._tokens[i].low
            and (self._cap(j) or self._base(j) in ("knife", "road", "street"))
            and self._tokens[i].cap
        )

    def _is_my_relation(self, j: int) -> bool:
        return (
            self._low(j) in ("is", "was")
            and self._low(j + 1) in ("my", "our")
            and self._base(j + 2) in self._rules.relations
        )

    # Taking a name

    def _take(
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
        if not 0 <= j < len(self._tokens) or j in self._taken:
            return
        token = self._tokens[j]
        if token.placeholder or not token.text[0].isalpha():
            return
        if (
            not pause
            and token.before.strip() not in ("", ",", "(", ":")
            or (pause and any(m in token.before for m in "?!\n."))
        ):
            return
        if j in self._kept and not (things and pause):
            return
        certainty = self._lexicon.certainty(token.base)
        if state and token.base in self._rules.states:
            return
        if not verbs and token.base in self._rules.verbs and not (token.cap and self._capitals and certainty == "word"):
            return
        if certainty in ("clear", "word") or (certainty == "thing" and things):
            self._add(j, strong=True)
        elif (
            free
            and certainty is None
            and not self._lexicon.everyday(token.base)
            or (free and token.cap and pause and certainty is None and token.base in self._lexicon.places)
        ):
            self._add(j, strong=True)
        elif certainty is None and self._lexicon.is_surname(token.base):
            self._add(j, strong=True)

    def _add(self, i: int, *, strong: bool, surname: bool = True) -> None:
        last = i
        while surname and last - i < _LONGEST - 1 and self._goes_on(last, strong):
            last += (
                1
                if self._low(last + 1) not in _PARTICLES or last + 2 >= len(self._tokens) or not self._cap(last + 2)
                else 2
            )
        first, end = self._tokens[i], self._tokens[last]
        self._taken.update(range(i, last + 1))
        self._spans.append(Span(first.start, end.base_end if surname else end.end, "PERSON"))
        if strong:
            self._list_goes_on(last)

    def _goes_on(self, last: int, strong: bool) -> bool:
        """Whether the next word belongs to the same name."""
        j = last + 1
        if (
            not self._adjacent(j)
            or j in self._taken
            or j in self._kept
            or self._tokens[last].base != self._tokens[last].low
        ):
            return False
        token = self._tokens[j]
        if token.placeholder or not token.text[0].isalpha():
            return False
        if self._surname_at(j) and (token.cap and self._capitals or token.base not in self._lexicon.common):
            return not (token.base in self._lexicon.singles and not token.cap)
        if token.cap and self._capitals:
            if len(token.text) == 1:
                return token.text not in "IA" or (
                    j + 1 < len(self._tokens) and self._tokens[j + 1].before.startswith(".")
                )
            if token.base in _PARTICLES and self._cap(j + 1):
                return True
            plain = token.base in self._lexicon.plain_surnames or self._lexicon.certainty(token.base) is not None
            if plain:
                return token.base not in _ORGANISATION
            return not self._lexicon.everyday(token.base) and not token.text.isupper()
        if token.base in _PARTICLES and self._cap(j + 1) and self._adjacent(j + 1):
            return True
        ends = (
            j + 1 >= len(self._tokens)
            or self._tokens[j + 1].before.strip() != ""
            or self._low(j + 1) in ("and", "from", "i", "i'm", "im")
        )
        plain = token.base in self._lexicon.plain_surnames or self._lexicon.certainty(token.base) == "clear"
        return strong and plain and ends and token.base not in self._lexicon.singles

    def _list_goes_on(self, last: int) -> None:
        """ "my kids Tom, Ruby and Zak" """
        j = last + 1
        if self._low(j) in ("and", "&", "n"):
            j += 1
        elif not (j < len(self._tokens) and self._tokens[j].before.strip() == ","):
            return
        if (
            j < len(self._tokens)
            and j not in self._kept
            and (self._cap(j) and self._capitals or self._lexicon.certainty(self._base(j)) == "clear")
        ):
            if self._lexicon.certainty(self._base(j)) in ("clear", "word"):
                self._take(j, pause=True)

    # Looking around

    def _low(self, i: int) -> str:
        return self._tokens[i].low if 0 <= i < len(self._tokens) else ""

    def _base(self, i: int) -> str:
        return self._tokens[i].base if 0 <= i < len(self._tokens) else ""

    def _cap(self, i: int) -> bool:
        return 0 <= i < len(self._tokens) and self._tokens[i].cap

    def _capital_word(self, i: int) -> bool:
        """A capital that says nothing about names: an abbreviation."""
        return self._tokens[i].text.isupper() and len(self._tokens[i].text) > 1

    def _adjacent(self, i: int) -> bool:
        return 0 < i < len(self._tokens) and self._tokens[i].adjacent

    def _surname_at(self, i: int) -> bool:
        return self._adjacent(i) and self._lexicon.is_surname(self._base(i))
