"""Details that have a form: e-mail addresses, links, user names, phone numbers, postcodes, dates of birth, numbers."""

import re
from collections.abc import Iterator

from heard.redaction import patterns
from heard.redaction.lexicon import Lexicon
from heard.redaction.spans import Span, SpanType
from heard.redaction.tokens import fold

_SHORT_WORDS = frozenset("me so la ha e s m l n b g w st co de se no pa".split(" "))
"""Postcode areas that are words: "me 5 2nd hand" is no postcode."""


class Structured:
    """Finds details that have a form, in one text after another."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        platforms = sorted(lexicon.rules["platforms"], key=len, reverse=True)
        sites = "|".join(re.escape(p).replace(r"\ ", r"\s?") for p in platforms)
        self._handle = re.compile(patterns.HANDLE.replace("SITES", sites), re.IGNORECASE)
        self._platforms = lexicon.rules["platforms"]

    def find(self, text: str) -> list[Span]:
        """Every such detail; they may overlap, and the first listed wins."""
        spans: list[Span] = []
        digits = any(c.isdigit() for c in text)
        low = text.lower()
        if "@" in text or "at" in low:
            spans += _spans("EMAIL", patterns.EMAIL.finditer(text)) if "@" in text else []
            spans += _spans("EMAIL", patterns.EMAIL_AFTER_WORD.finditer(text), 1) if "mail" in low else []
            spans += _spans("EMAIL", self._spelled(text))
        if "." in text:
            spans += [s for s in _spans("URL", patterns.URL.finditer(text)) if not self._public(text[s.start : s.end])]
        if digits:
            spans += self._numbers(text)
        spans += _spans("PHONE", (m for m in patterns.SPOKEN_NUMBER.finditer(text) if _is_spoken_phone(m, text)))
        spans += self._handles(text)
        return spans

    def _spelled(self, text: str) -> Iterator[re.Match[str]]:
        for match in patterns.SPELLED_EMAIL.finditer(text):
            local = fold(re.split(patterns.AT, match.group(), maxsplit=1, flags=re.IGNORECASE)[0])
            has_dot = "." in match.group() or " dot" in match.group().lower()
            if local in self._lexicon.common and not ("@" in match.group() or has_dot):
                continue
            yield match

    def _public(self, address: str) -> bool:
        host = re.sub(r"^https?://", "", address.lower()).split("/")[0].split("?")[0].rstrip(".,;:!")
        return f".{host}".endswith(self._lexicon.sites)

    def _numbers(self, text: str) -> list[Span]:
        spans = _spans("DATE_OF_BIRTH", patterns.BIRTH.finditer(text), 1)
        spans += _spans(
            "ID_NUMBER",
            (m for m in patterns.NUMBER_AFTER_WORD.finditer(text) if sum(c.isdigit() for c in m.group(1)) >= 4),
            1,
        )
        spans += _spans("ID_NUMBER", patterns.SORT_CODE.finditer(text))
        spans += _spans("ID_NUMBER", patterns.NI.finditer(text))
        spans += _spans("ID_NUMBER", patterns.UPN.finditer(text))
        spans += _spans("ID_NUMBER", patterns.CARD.finditer(text))
        spans += _spans("ID_NUMBER", (m for m in patterns.TEN_DIGITS.finditer(text) if is_nhs_number(m.group())))
        spans += _spans("PHONE", (m for m in patterns.PHONE.finditer(text) if _has_digits(m.group())))
        spans += _spans("PHONE", patterns.PHONE_AFTER_WORD.finditer(text), 1)
        spans += _spans("POSTCODE", (m for m in patterns.POSTCODE.finditer(text) if _is_postcode(m)))
        spans += _spans("ID_NUMBER", (m for m in patterns.PLATE.finditer(text) if self._is_plate(m)))
        spans += _spans(
            "ID_NUMBER",
            (
                m
                for m in patterns.PLATE_AFTER_WORD.finditer(text)
                if any(c.isalpha() for c in m.group(1)) and self._plate_tail(m.group(1))
            ),
            1,
        )
        spans += _spans("DATE_OF_BIRTH", patterns.OLD_DATE.finditer(text))
        spans += _spans("DATE_OF_BIRTH", patterns.OLD_WORD_DATE.finditer(text))
        return spans

    def _is_plate(self, match: re.Match[str]) -> bool:
        found = match.group()
        head, tail = found[:2].lower(), found[-3:].lower()
        if head in ("yr", "ks", "no", "is", "in", "at", "am", "up", "to") and (
            " " in found or tail in self._lexicon.common
        ):
            return False
        return found.upper() == found or " " not in found or tail not in self._lexicon.common

    def _plate_tail(self, found: str) -> bool:
        letters = re.split(r"\d+", fold(found))
        return (
            all(part.strip() == "" or part.strip() not in self._lexicon.common for part in letters)
            and len(found.replace(" ", "")) >= 5
        )

    def _handles(self, text: str) -> list[Span]:
        spans = _spans("HANDLE", patterns.MENTION.finditer(text)) if "@" in text else []
        spans += _spans("HANDLE", patterns.DISCORD.finditer(text)) if "#" in text else []
        position = 0
        while match := self._handle.search(text, position):
            position = max(match.start("name"), position + 1)
            if self._is_handle(match):
                spans.append(
                    Span(
                        match.start("name"),
                        match.end("name") - len(match.group("name")) + len(match.group("name").rstrip(".-")),
                        "HANDLE",
                    )
                )
                position = match.end()
        return spans

    def _is_handle(self, match: re.Match[str]) -> bool:
        name, mid, cue = (
            fold(match.group("name").rstrip(".-")),
            fold(match.group("mid")),
            fold(match.group("cue") or ""),
        )
        plain = name.isalpha()
        if len(name) < 3 or name in self._platforms or "'" in match.group():
            return False
        if (plain and name in self._lexicon.common) or name.isdigit():
            return False
        if plain and name in self._lexicon.singles | self._lexicon.places:
            return False
        signed = not plain and any(c.isdigit() or c in "_." for c in name)
        named = any(word in mid.split() for word in ("is", "its", "it's", "as", "under", "called")) or any(
            mark in mid for mark in ":=@"
        )
        if fold(match.group("site")) in ("user", "handle", "username", "gamertag", "@"):
            return named or signed
        asked = cue.startswith(
            (
                "my",
                "add",
                "follow",
                "dm",
                "msg",
                "message",
                "pm",
                "find",
                "hmu",
                "me",
                "im",
                "i'm",
                "i am",
                "his",
                "her",
            )
        )
        return signed or (named and (asked or not mid.strip().startswith("is"))) or (asked and named)


def is_nhs_number(text: str) -> bool:
    """Whether the ten digits carry the NHS number's check digit (modulus 11)."""
    digits = [int(c) for c in text if c.isdigit()]
    if len(digits) != 10 or digits[0] == 0:
        return False
    check = 11 - sum(d * weight for d, weight in zip(digits, range(10, 1, -1), strict=False)) % 11
    return (0 if check == 11 else check) == digits[9]


def outcode_of(text: str) -> str | None:
    """The first half of a full postcode (SG13 of "sg13 8de"), or None where this is none."""
    match = patterns.POSTCODE.fullmatch(text)
    return re.sub(r"\s", "", match.group(1)).upper() if match else None


def _has_digits(number: str) -> bool:
    """The letter O for a zero is common ("O77OO 9OO123"); a word of Os is not a number."""
    return sum(c.isdigit() for c in number) >= (6 if number[0] in "oO" else 8)


def _is_postcode(match: re.Match[str]) -> bool:
    first = match.group(1)
    if not re.search(r"\s", first):
        return True
    return first == first.upper() or first.split()[0].lower() not in _SHORT_WORDS


def _is_spoken_phone(match: re.Match[str], text: str) -> bool:
    """Long enough for a phone number, and not somebody counting in."""
    words = re.findall(r"[a-z]+|\d+", match.group().lower())
    if all(word.isdigit() for word in words):
        return False
    count, times = 0, 1
    for word in words:
        if word in ("double", "triple", "treble"):
            times = 2 if word == "double" else 3
            continue
        count += (len(word) if word.isdigit() else patterns.DIGIT_WORDS.get(word, 0)) * times
        times = 1
    starts_like_one = words[0] in ("zero", "oh", "o", "nought", "naught", "plus", "double") or words[0].startswith("0")
    cued = patterns.NUMBER_CUE.search(text, max(0, match.start() - 40), match.start()) is not None
    return (starts_like_one and count >= 9) or (cued and count >= 6)


def _spans(kind: SpanType, matches: Iterator[re.Match[str]], group: int = 0) -> list[Span]:
    return [Span(m.start(group), m.end(group), kind) for m in matches]
