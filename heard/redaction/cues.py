"""Sentences that say that a name follows: "my name is", "Mrs", "my brother", "love from"."""

from heard.redaction.reading import Reading


class Cues(Reading):
    """The rules that hear a name announced; such a word may be one that we have never seen."""

    def hear(self, i: int) -> None:
        """Takes the name that the word at `i` announces, if it announces one."""
        word = self.tokens[i].base
        low = self.tokens[i].low
        if low in self.rules["name_words"] or word in self.rules["name_words"]:
            self._after_name_word(i)
        elif word in ("called", "named") and not self._names_a_thing(i):
            self.take(i + 1, free=self._is_about_a_person(i), things=True)
        elif (
            (word in ("call", "calls") and self.low(i + 1) == "me")
            or (word == "known" and self.low(i + 1) == "as")
            or (word == "goes" and self.low(i + 1) == "by")
        ):
            self.take(i + 2, free=True, things=True)
        elif word in self.rules["titles"] or word == "st.":
            self._after_title(i)
        elif word in self.rules["relations"]:
            self._after_relation(i)
        elif low in self.rules["i_am"] or (low == "am" and self.low(i - 1) == "i"):
            self._after_i_am(i)
        elif low in ("this", "it's", "its", "it") and i <= 2:
            self._after_this_is(i)
        elif low == "me" and i <= 3 and self.low(i - 1) in ("it's", "its", "is") and not self.everyday(i + 1):
            self.take(i + 1, free=True, verbs=False)
        elif (
            word == "here"
            and 0 < i <= 2
            and self.tokens[i].adjacent
            and (i == 1 or self.low(0) in self.rules["greetings"])
        ):
            self.take(i - 1, free=self.tokens[i - 1].cap and self.capitals)
        elif low in self.rules["sign_offs"] and i >= len(self.tokens) - 5:
            self._after_sign_off(i)
        elif low in ("me", "i") and self.low(i - 1) in ("and", "&", "n") and i >= 2:
            self.take(i - 2, verbs=False)
        elif low in ("and", "&", "n") and self.low(i - 1) == "me":
            self.take(i + 1, free=self.cap(i + 1), verbs=False)

    def _after_name_word(self, i: int) -> None:
        if self.low(i + 1) in ("of", "for", "and", "on", "in"):
            return
        asked = (
            self.low(i - 1) in self.rules["possessives"]
            or self.tokens[i].low in ("name's", "surname", "forename", "nickname")
            or i == 0
        )
        colon = i + 1 < len(self.tokens) and any(mark in self.tokens[i + 1].before for mark in ":=-")
        whose = self.base(i - 1) != self.low(i - 1)
        if not (asked or colon or whose):
            return
        j = i + 1
        while self.low(j) in self.rules["be"] or (self.low(j) in ("called", "just") and j == i + 2):
            j += 1
        linked = j > i + 1 or colon or self.tokens[i].low in ("names", "name's")
        if linked:
            self.take(j, free=True, things=True, pause=True)

    def _names_a_thing(self, i: int) -> bool:
        before = [self.low(k) for k in range(max(0, i - 4), i)]
        things = self.rules["things_called"]
        if not before:
            return False
        return (
            before[-1] in things
            or (before[-1] in (*self.rules["be"], "got", "just", "been") and len(before) > 1 and before[-2] in things)
            or self.low(i + 1) in ("the", "a", "an")
        )

    def _is_about_a_person(self, i: int) -> bool:
        near = {self.base(k) for k in range(max(0, i - 6), i)}
        return bool(near & (self.rules["relations"] | self.rules["whole"]))

    def _after_title(self, i: int) -> None:
        j, title = i + 1, self.tokens[i].base
        if j >= len(self.tokens) or self.tokens[j].before not in (" ", ". ", ".", "  ", ""):
            return
        if i in self.kept or (j in self.kept and i in self.kept):
            return
        token = self.tokens[j]
        known = (
            self.lexicon.certainty(token.base) is not None
            or token.base in self.lexicon.plain_surnames
            or self.lexicon.is_surname(token.base)
        )
        if title in self.rules["titles_firm"]:
            if token.base not in self.rules["title_stops"] and not token.placeholder and not token.text[0].isdigit():
                self.add(j, strong=True)
            return
        if title == "miss" and self.low(i - 1) in self.rules["missing"] and not (self.tokens[i].cap and token.cap):
            return
        capital = token.cap and self.capitals
        if (
            (known and (capital or token.base not in self.lexicon.common))
            or (capital and token.base not in self.lexicon.common and title not in ("coach", "fr"))
            or (
                title == "miss"
                and not token.placeholder
                and token.base not in self.lexicon.common
                and len(token.base) > 2
            )
        ):
            self.add(j, strong=True)

    def _after_relation(self, i: int) -> None:
        j = i + 1
        if self.tokens[i].base != self.tokens[i].low and self.base(j) not in self.rules["name_words"]:
            return
        while self.low(j) in ("is", "called", "named", "aged", "'s", "whose", "name", "name's", "names", "who's"):
            j += 1
        said = j > i + 1
        if any(self.low(k) in ("called", "named", "name", "names", "name's") for k in range(i + 1, j)):
            self.take(j, free=True, things=True, pause=True)
            return
        if j >= len(self.tokens) or self.tokens[j].before not in (" ", "  ", ", ", " (", ": ", " - "):
            return
        if self.tokens[j].before != " " and not self.cap(j) and self.lexicon.certainty(self.base(j)) != "clear":
            return
        certainty = self.lexicon.certainty(self.base(j))
        if (
            self.base(i)
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
            and not self.cap(j)
        ):
            return
        if said and (certainty != "clear" and not (self.cap(j) and self.low(i + 1) == "is")):
            return
        self.take(j, free=self.cap(j) and self.capitals and not self.capital_word(j), things=not said, verbs=False)

    def _after_i_am(self, i: int) -> None:
        j = i + 1
        if j >= len(self.tokens) or self.tokens[j].before not in (" ", "  "):
            return
        token = self.tokens[j]
        certainty = self.lexicon.certainty(token.base)
        follows = self.low(j + 1)
        ends = (
            j + 1 >= len(self.tokens)
            or self.tokens[j + 1].before.strip() != ""
            or follows in self.rules["after_intro"]
            or follows.isdigit()
        )
        if certainty == "clear":
            self.add(j, strong=True)
        elif (
            certainty is not None
            and token.base not in self.rules["states"]
            and (ends or (self.cap(j) and self.surname_at(j + 1)))
        ):
            self.take(j, things=token.cap and self.capitals, verbs=token.cap and self.capitals)
        elif certainty is None and self.cap(j) and self.capitals and ends and token.base not in self.lexicon.common:
            if (
                not token.base.endswith(("ish", "ian", "ese", "ean", "ist", "ing"))
                and token.base not in self.lexicon.places | self.lexicon.singles
            ):
                self.take(j, free=True)
        elif certainty is None and self.surname_at(j + 1) and not self.lexicon.everyday(token.base):
            self.add(j, strong=True)

    def _after_this_is(self, i: int) -> None:
        j = i + 1 if self.low(i) in ("it's", "its") else i + 2
        if self.low(i) in ("this", "it") and self.low(i + 1) not in ("is", "s"):
            return
        if j >= len(self.tokens):
            return
        follows = self.low(j + 1)
        ends = (
            j + 1 >= len(self.tokens)
            or self.tokens[j + 1].before.strip() != ""
            or follows in ("here", "from", "again", "speaking", "and")
        )
        if ends or (self.cap(j) and self.surname_at(j + 1)):
            self.take(j, free=self.cap(j) and follows in ("here", "from", "again", "speaking"), verbs=False, state=True)

    def _after_sign_off(self, i: int) -> None:
        j = i + 1
        while self.low(j) in (*self.rules["sign_offs"], "you", "best", "kind", "many", "again"):
            j += 1
        if j >= len(self.tokens) or j + 3 < len(self.tokens):
            return
        alone = all(
            t.low.strip("x") == "" or t.low in self.rules["sign_offs"] or self.surname_at(j + 1)
            for t in self.tokens[j + 1 :]
        )
        if not alone:
            return
        comma = any(mark in self.tokens[j].before for mark in ",\n-")
        from_ = self.low(j - 1) == "from"
        certainty = self.lexicon.certainty(self.base(j))
        if from_:
            if certainty == "word" and (
                self.cap(j)
                or (
                    i == len(self.tokens) - 2
                    and self.low(i - 1) not in ("i'm", "im", "am", "are", "is", "comes", "it's")
                )
            ):
                self.take(j)
        elif (certainty is not None and (comma or self.cap(j))) or (
            comma and self.cap(j) and self.capitals and not self.lexicon.everyday(self.base(j))
        ):
            self.take(j, free=True, things=True, pause=True)
