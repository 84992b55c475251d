"""Details that have a form: e-mail addresses, links, user names, phone numbers, postcodes, dates of birth, numbers."""

import re
from collections.abc import Iterator

from heard.redaction.lexicon import Lexicon
from heard.redaction.spans import Span, SpanType
from heard.redaction.tokens import fold

_I = re.IGNORECASE
_TLD = r"(?:com|co\.?uk|co|uk|org|net|ac|sch|gov|edu|io|me|info|eu|ie|de|pl|ro|app|online|tv|link|live)"
_PROVIDER = r"(?:gmail|googlemail|hotmail|outlook|yahoo|icloud|live|aol|btinternet|sky|protonmail|proton|msn|ymail|mail|gmx|talktalk|virginmedia)"
_DOT = r"(?:\s*(?:\.|\(dot\)|\[dot\])\s*|\s+dot\s+)"
_AT = r"(?:\s*(?:@|\(at\)|\[at\])\s*|\s+at\s+)"
_LOCAL = r"[^\W_][\w.+-]{0,40}(?:(?:\s+(?:dot|underscore|dash|hyphen)\s+|_)[\w.+-]{1,40}){0,5}"
EMAIL = re.compile(r"(?<![\w.+%-])[\w.+%'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}", _I)
SPELLED_EMAIL = re.compile(
    rf"(?<![\w.+-])(?:{_LOCAL}){_AT}(?:{_PROVIDER}(?:{_DOT}{_TLD}\b(?:{_DOT}{_TLD}\b)?)?|[\w-]{{1,40}}(?:{_DOT}{_TLD}\b){{1,2}})(?!\w)",
    _I,
)
EMAIL_AFTER_WORD = re.compile(
    rf"\be-?mail(?:\s+(?:address|me|us|her|him|is|it|at|on|:)){{0,3}}\s*(?:is|:|-|=)?\s*((?:[\w.+-]{{1,40}}\s+){{1,4}}?[\w.+-]{{1,40}}{_AT}[\w-]{{1,40}}(?:{_DOT}{_TLD}\b){{1,2}})",
    _I,
)
URL = re.compile(
    r"(?<![\w@.])(?:https?://[^\s<>\"')\]]+|www\.[^\s<>\"')\]]+|(?:[\w-]{1,40}\.){1,3}(?:com|co\.uk|org\.uk|org|net|io|me|tv|gg|ee|app|link|bio|uk|be|ly|page|site)/[^\s<>\"')\]]+)",
    _I,
)
_D = r"[\doO]"
PHONE = re.compile(
    r"(?<![\w.])(?:(?:\(?(?:\+|00)\s?44\)?[\s.\-]*(?:\(0\)[\s.\-]*)?|\(?[0oO](?=[\s.\-()]{0,2}[12357890oO]))(?:[\s.\-()/]{0,3}"
    + _D
    + r"){9,10}(?![\w])"
    r"|(?<!\d)\+\d(?:[\s.\-()]{0,2}\d){8,13}(?!\d)|(?<!\d)7\d{3}[\s.\-]?\d{3}[\s.\-]?\d{3}(?!\d))"
)
PHONE_AFTER_WORD = re.compile(
    r"\b(?:phone|mobile|mob|tel|telephone|landline|number|num|no|call|ring|text|txt|whatsapp|cell|bell|fone)\b(?:\s*(?:number|num|no|me|us|her|him|mum|dad|is|on|at|its|it's|it|s|'s|:|-|=|\.)){0,5}\s*((?:\+?\d)(?:[\s.\-()]{0,2}\d){5,13})(?![\w])",
    _I,
)
_AREAS = (
    "AB|AL|B|BA|BB|BD|BH|BL|BN|BR|BS|BT|CA|CB|CF|CH|CM|CO|CR|CT|CV|CW|DA|DD|DE|DG|DH|DL|DN|DT|DY|E|EC|EH|EN|EX|FK|FY|G|GL|GU|GY|HA|HD|HG|HP|HR|HS|HU|HX|IG|IM|IP|IV|JE|KA|KT|KW|KY|L|LA|LD|LE|LL|LN|LS|LU|"
    "M|ME|MK|ML|N|NE|NG|NN|NP|NR|NW|OL|OX|PA|PE|PH|PL|PO|PR|RG|RH|RM|S|SA|SE|SG|SK|SL|SM|SN|SO|SP|SR|SS|ST|SW|SY|TA|TD|TF|TN|TQ|TR|TS|TW|UB|W|WA|WC|WD|WF|WN|WR|WS|WV|YO|ZE"
)
POSTCODE = re.compile(
    rf"(?<![^\W_])((?:{_AREAS})\s?\d(?:\d|[A-Z])?)((?:[\s.\-]{{0,3}}\d[ABD-HJLNP-UW-Z]{{2}})+)(?![^\W_])", _I
)
_SHORT_WORDS = frozenset(
    {"me", "so", "la", "ha", "e", "s", "m", "l", "n", "b", "g", "w", "st", "co", "de", "se", "no", "pa"}
)
_MONTH = r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)"
_DAY = r"\d{1,2}(?:\s?(?:st|nd|rd|th))?"
_DATE = (
    rf"(?:\d{{1,2}}\s?[/.\-]\s?\d{{1,2}}\s?[/.\-]\s?(?:\d{{4}}|\d{{2}})|\d{{4}}[/.\-]\d{{1,2}}[/.\-]\d{{1,2}}|{_DAY}\s+(?:of\s+)?{_MONTH}\b(?:[\s,]+\d{{4}}|\s+'?\d{{2}}\b)?"
    rf"|{_DAY}[-/]{_MONTH}[-/]\d{{2,4}}|{_MONTH}\s+(?:the\s+)?{_DAY}\b(?:[\s,]+\d{{4}})?|\d{{1,2}}\s\d{{1,2}}\s(?:19|20)?\d{{2}}|\d{{8}}|\d{{6}})"
)
BIRTH = re.compile(
    rf"\b(?:born(?:\s+on)?|dob|d\.o\.b\.?|date\s+of\s+birth|birth\s?date|birthday|bday|b-day|birthdays|born\s+in)(?:\s*(?:is|was|on|the|it's|its|'s|:|-|=|,))*\s*(?:on\s+)?(?:the\s+)?({_DATE})(?!\w)",
    _I,
)
OLD_DATE = re.compile(
    r"(?<![\w/.\-])(?:\d{1,2}[/.\-]\d{1,2}[/.\-](?:19[3-9]\d|20[01]\d|202[0-2])|(?:19[3-9]\d|20[01]\d)[/.\-]\d{1,2}[/.\-]\d{1,2})(?![\w/\-])"
)
OLD_WORD_DATE = re.compile(rf"(?<!\w){_DAY}\s+(?:of\s+)?{_MONTH}[\s,]+(?:19[3-9]\d|200\d|201\d)(?!\w)", _I)
NI = re.compile(r"(?<!\w)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z][\s-]?\d{2}[\s-]?\d{2}[\s-]?\d{2}[\s-]?[A-D](?!\w)", _I)
UPN = re.compile(r"(?<!\w)[A-HJ-NP-RT-Z]\s?\d{11}[\dA-HJ-NP-RT-Z](?!\w)", _I)
TEN_DIGITS = re.compile(r"(?<![\w+])\d{3}[\s-]?\d{3}[\s-]?\d{4}(?!\w)")
SORT_CODE = re.compile(
    r"(?<![\w/.\-])\d{2}[-\s]\d{2}[-\s]\d{2}[\s,;]{1,3}(?:and\s+)?(?:a/?c|acc(?:ount)?)?(?:\s*(?:number|num|no\.?|is|:|-)){0,3}\s*\d{8}(?!\w)",
    _I,
)
CARD = re.compile(r"(?<!\w)\d{4}(?:[\s-]?\d{4}){3}(?!\w)")
NUMBER_AFTER_WORD = re.compile(
    r"\b(?:nhs|upn|uln|uci|nino|national insurance|n\.?i\.?|passport|candidate|student|pupil|case|reference|ref|customer|account|acct|acc|a/c|sort\s?code|driving licen[cs]e|licen[cs]e|membership|ehcp|visa|brp|id)"
    r"(?:\s*(?:number|num|no\.?|code|id|is|was|it's|its|'s|:|=|#|-|and)){0,4}\s*(?=[A-Z0-9 -]{0,14}\d)((?:[A-Z]{0,5}\d|\d[A-Z]?)(?:[\s-]?[A-Z]?\d){3,18}[A-Z]?)(?!\w)",
    _I,
)
PLATE = re.compile(r"(?<!\w)[A-HJ-PR-Y]{2}[0-9]{2}\s?[A-HJ-PR-Z]{3}(?!\w)", _I)
PLATE_AFTER_WORD = re.compile(
    r"\b(?:reg(?:istration)?|number\s?plate|plates?|car|van|licen[cs]e plate)(?:\s*(?:number|num|no\.?|is|was|it's|its|'s|:|=|-)){0,4}\s*([A-Z]{1,3}\s?\d{1,4}\s?[A-Z]{0,3}|\d{1,4}\s?[A-Z]{1,3})(?!\w)",
    _I,
)
_DIGIT_WORDS = {
    "zero": 1, "oh": 1, "o": 1, "nought": 1, "naught": 1, "one": 1, "two": 1, "three": 1, "four": 1, "five": 1, "six": 1, "seven": 1, "eight": 1, "nine": 1,
    "ten": 2, "eleven": 2, "twelve": 2, "thirteen": 2, "fourteen": 2, "fifteen": 2, "sixteen": 2, "seventeen": 2, "eighteen": 2, "nineteen": 2,
    "twenty": 1, "thirty": 1, "forty": 1, "fifty": 1, "sixty": 1, "seventy": 1, "eighty": 1, "ninety": 1, "hundred": 2, "thousand": 3,
}  # fmt: skip
_SPOKEN = (
    r"(?:(?:double|triple|treble|plus)[\s-]+)?(?:"
    + "|".join(sorted(_DIGIT_WORDS, key=len, reverse=True))
    + r"|\d{1,6})"
)
SPOKEN_NUMBER = re.compile(rf"(?<![^\W_]){_SPOKEN}(?:[\s,.\-]{{1,3}}{_SPOKEN}){{5,24}}(?![^\W_])", _I)
_NUMBER_CUE = re.compile(r"(?:number|phone|mobile|call|ring|text|tel|whatsapp|reach)\W+(?:\w+\W+){0,3}$", _I)
_MENTION = re.compile(r"(?<![\w@.])@[\w][\w.]{1,30}(?<!\.)")
_DISCORD = re.compile(r"(?<!\w)[\w.]{2,32}#\d{4}(?!\w)")


class Structured:
    """Finds details that have a form, in one text after another."""

    def __init__(self, lexicon: Lexicon) -> None:
        self._lexicon = lexicon
        sites = "|".join(
            re.escape(p).replace(r"\ ", r"\s?") for p in sorted(lexicon.rules.platforms, key=len, reverse=True)
        )
        self._handle = re.compile(
            rf"(?<!\w)(?P<cue>(?:my|mine|his|her|their|add|follow|dm|msg|message|pm|find|hmu|me|im|i'm|i am|at|on|the)\s+(?:me\s+|her\s+|him\s+)?(?:on\s+|up\s+on\s+|my\s+)?)?"
            rf"(?P<site>{sites}|username|user\s?name|user|gamer\s?tag|handle|@)(?P<mid>(?:\s*(?:account|acc|acct|name|user|username|handle|id|tag|profile|page|is|it's|its|'s|s|at|as|under|called|:|=|-|–|@))*)\s*@?"
            r"(?P<name>[^\W][\w.\-]{1,31})(?!\w)",
            _I,
        )
        self._platforms = frozenset(lexicon.rules.platforms)

    def find(self, text: str) -> list[Span]:
        """Every such detail; they may overlap, and the first listed wins."""
        spans: list[Span] = []
        digits = any(c.isdigit() for c in text)
        low = text.lower()
        if "@" in text or "at" in low:
            spans += _spans("EMAIL", EMAIL.finditer(text)) if "@" in text else []
            spans += _spans("EMAIL", EMAIL_AFTER_WORD.finditer(text), 1) if "mail" in low else []
            spans += _spans("EMAIL", self._spelled(text))
        if "." in text:
            spans += [s for s in _spans("URL", URL.finditer(text)) if not self._public(text[s.start : s.end])]
        if digits:
            spans += self._numbers(text)
        spans += _spans("PHONE", (m for m in SPOKEN_NUMBER.finditer(text) if _is_spoken_phone(m, text)))
        spans += self._handles(text)
        return spans

    def _spelled(self, text: str) -> Iterator[re.Match[str]]:
        for match in SPELLED_EMAIL.finditer(text):
            local = fold(re.split(_AT, match.group(), maxsplit=1, flags=_I)[0])
            has_dot = "." in match.group() or " dot" in match.group().lower()
            if local in self._lexicon.common and not ("@" in match.group() or has_dot):
                continue
            yield match

    def _public(self, address: str) -> bool:
        host = re.sub(r"^https?://", "", address.lower()).split("/")[0].split("?")[0].rstrip(".,;:!")
        return f".{host}".endswith(self._lexicon.sites)

    def _numbers(self, text: str) -> list[Span]:
        spans = _spans("DATE_OF_BIRTH", BIRTH.finditer(text), 1)
        spans += _spans(
            "ID_NUMBER", (m for m in NUMBER_AFTER_WORD.finditer(text) if sum(c.isdigit() for c in m.group(1)) >= 5), 1
        )
        spans += _spans("ID_NUMBER", SORT_CODE.finditer(text))
        spans += _spans("ID_NUMBER", NI.finditer(text))
        spans += _spans("ID_NUMBER", UPN.finditer(text))
        spans += _spans("ID_NUMBER", CARD.finditer(text))
        spans += _spans("ID_NUMBER", (m for m in TEN_DIGITS.finditer(text) if is_nhs_number(m.group())))
        spans += _spans("PHONE", (m for m in PHONE.finditer(text) if sum(c.isdigit() for c in m.group()) >= 8))
        spans += _spans("PHONE", PHONE_AFTER_WORD.finditer(text), 1)
        spans += _spans("POSTCODE", (m for m in POSTCODE.finditer(text) if _is_postcode(m)))
        spans += _spans("ID_NUMBER", (m for m in PLATE.finditer(text) if self._is_plate(m)))
        spans += _spans(
            "ID_NUMBER",
            (
                m
                for m in PLATE_AFTER_WORD.finditer(text)
                if any(c.isalpha() for c in m.group(1)) and self._plate_tail(m.group(1))
            ),
            1,
        )
        spans += _spans("DATE_OF_BIRTH", OLD_DATE.finditer(text))
        spans += _spans("DATE_OF_BIRTH", OLD_WORD_DATE.finditer(text))
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
        spans = _spans("HANDLE", _MENTION.finditer(text)) if "@" in text else []
        spans += _spans("HANDLE", _DISCORD.finditer(text)) if "#" in text else []
        position = 0
        while match := self._handle.search(text, position):
            position = match.start("name") if match.start("name") > position else match.end()
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
    match = POSTCODE.fullmatch(text)
    return re.sub(r"\s", "", match.group(1)).upper() if match else None


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
        count += (len(word) if word.isdigit() else _DIGIT_WORDS.get(word, 0)) * times
        times = 1
    starts_like_one = words[0] in ("zero", "oh", "o", "nought", "naught", "plus", "double") or words[0].startswith("0")
    cued = _NUMBER_CUE.search(text, max(0, match.start() - 40), match.start()) is not None
    return (starts_like_one and count >= 9) or (cued and count >= 6)


def _spans(kind: SpanType, matches: Iterator[re.Match[str]], group: int = 0) -> list[Span]:
    return [Span(m.start(group), m.end(group), kind) for m in matches]
