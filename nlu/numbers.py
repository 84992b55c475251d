"""Ages, school years, grades and postcodes: what people write with numbers, read by rule."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from nlu.mentions import Mention, in_row

OLDEST = 25

_WORDS = in_row(
    "one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
    "seventeen eighteen nineteen twenty"
)
_MISSPELT = {"nineth": 9, "elevn": 11, "twelv": 12, "forteen": 14, "fiveteen": 15}
_NUMBER = {word: value for value, word in enumerate(_WORDS, start=1)} | _MISSPELT
_ANY_WORD = "|".join(sorted(_NUMBER, key=len, reverse=True))
_N = rf"(?:\d{{1,2}}|{_ANY_WORD})"
_AND = r"\s*(?:-|to|and|or|/|&|,|until|till)\s*"

_WHO = (
    r"(?:daughter|son|boy|girl|child|kid|brother|sister|grandson|grand ?daughter|grand ?child|niece|nephew|stepson|"
    r"step ?daughter|twins?|teen(?:ager)?|lad|little one|youngest|oldest|eldest|foster \w+)"
)
_BE = (
    r"(?:i'?m|i am|me|she'?s|she is|he'?s|he is|they'?re|they are|we'?re|we are|were|who'?s|who is|"
    rf"{_WHO}(?:'s|s)? ?(?:is|are)?|(?:just )?turn(?:ed|ing|s)|is|are|was|be|hits|reach(?:es)?)"
)
_SOON = (
    r"(?:(?:only|just|nearly|almost|about|now|currently|like|around|already|still|actually|both|literally|turning|"
    r"aged?|-) )*"
)
_NO_UNIT = (
    r"(?!\d|[.:/]\d|%|\s*(?:min|mins|minutes?|hours?|hrs?|miles?|km|k\b|pounds?|quid|p\b|weeks?|wks?|days?|months?|"
    r"mnths|am\b|pm\b|o'?clock|people|kids|children|of\b|hundred|thousand|million|"
    r"in (?:total|the choir)|times?|lessons?|songs?|st\b|"
    r"nd\b|rd\b|th\b|percent|years? (?:in|into|of|ago|experience|playing)|terms?|sessions?|grand\b|stone|foot|ft|"
    r"more|or so|stars?|different|boys|girls|brothers|sisters|instruments|strings|bedroom|out of))"
)

_MONTH = r"(?:january|february|march|april|may|june|july|august|september|october|november|december)"
_AGES = tuple(
    re.compile(pattern)
    for pattern in (
        rf"(?P<n>{_N}){_AND}(?P<m>{_N})\s*-?\s*(?:years?|yrs?|yr)\s*-?\s*olds?\b",
        rf"(?P<n>{_N})\s*-?\s*(?:and a half\s*|1/2\s*|½\s*)?-?\s*(?:years?|yrs?|yr|y|yar|yer|yeras?)\s*-?\s*olds?\b",
        rf"\b(?P<n>{_N})\s*-?\s*(?:yo|y\.o|y/o|yro|yos)\b",
        rf"\bage(?:d|s)?(?: group| range| of| is|:)?\s*(?:between )?(?P<n>{_N})(?:{_AND}(?P<m>{_N}))?{_NO_UNIT}(?!\w)",
        rf"\bbetween (?P<n>{_N}) and (?P<m>{_N})(?= (?:years|yrs))",
        rf"\b(?:my|our|a|an|the|her|his) (?P<n>{_N})\s*-?\s*(?:yrs?|years?)\b(?! (?:ago|course|plan|wait|old))",
        rf"\b{_WHO}\s*[(,-]\s*(?:aged? )?(?P<n>{_N})\s*(?:[),]|$)",
        rf"\b{_WHO}s? (?:are |is )?(?P<n>{_N}){_AND}(?P<m>{_N}){_NO_UNIT}(?!\w)",
        rf"\b{_BE} {_SOON}(?P<n>{_N})(?: and a half)?{_NO_UNIT}(?!\w|-)",
        rf"\b(?:{_WHO}|children|kids|girls|boys|ones)s?,? (?P<n>{_N}) and (?P<m>{_N})(?= years| yrs)?",
        rf"\b(?:is|i'?m|i am|(?:he|she)'?s) [a-z]+ and (?P<n>{_N})(?=\s*(?:[,.!?;]|$))",
        rf"\b{_WHO} (?:has|have|got) (?P<n>{_N})\s*(?:years?|yrs?)\b"
        r"(?! (?:of|experience|ago|left|in|at|on|to|playing|lessons|old))",
        r"[a-z)], ?(?P<n>[4-9]|1\d)\s*[.!?]*$",
        r"(?<=\d) not (?P<n>\d{1,2})(?!\w)",
        rf"(?:^|[.!?] )(?P<n>{_N}) in {_MONTH}\b",
        rf"\b(?:when|until|till|before|once) (?:i'?m|i am|he'?s|she'?s|they'?re) (?P<n>{_N}){_NO_UNIT}(?!\w)",
    )
)
_LIST = re.compile(
    rf"\b(?:{_WHO}|grand ?children|grand ?kids|children|kids|girls|boys|ones|ages?|aged|they're|they are)s?[,:(]?\s*"
    rf"(?:who are |are |aged? )?(?P<list>{_N}(?:\s*,\s*{_N})+\s*,?\s*(?:and|&|or)\s*{_N}){_NO_UNIT}(?!\w)"
)
"""Three children and more: "kids 5, 9 and 14"."""
_MONTHS = re.compile(rf"\b(?P<n>{_N})\s*-?\s*(?:months?|mnths?|mths?)\s*-?\s*olds?\b")
_BARE = re.compile(rf"(?<![\w£.,:/])(?P<n>{_N})(?![\w%:/]|[.,]\d)")

_YEAR_WORDS = (
    (
        "reception",
        r"reception(?! (?:desk|area|team|staff|phone|drinks|party|told|lady|number|office|is shut|was|at school))|"
        r"yr ?r\b|year r\b",
    ),
    ("nursery", r"nursery(?! rhymes?)|pre[- ]?school(?!er)"),
    (
        "year 12",
        r"(?:lower )?(?:sixth|6th|six)[ -]?form(?:er)?s?\b|lower (?:sixth|6th)|l6\b|first year (?:of|at) college",
    ),
    ("year 13", r"upper (?:sixth|6th)(?:[ -]form)?|u6\b|second year (?:of|at) college|last year of (?:sixth|6th) form"),
    ("year 11", r"gcse year"),
    ("year 10", r"(?:starting|start) (?:my |her |his )?gcses?"),
    ("year 6", r"sats year|year of sats"),
)
_YEAR_PHRASES = tuple((value, re.compile(rf"(?<!wedding )\b(?:{pattern})")) for value, pattern in _YEAR_WORDS)
_TO_13 = "|".join(_WORDS[:13])
_YEAR = re.compile(
    rf"\b(?:years?|yrs?|yeer|yaer)\s*-?\.?\s*(?:group\s*)?(?P<n>\d{{1,2}}|{_TO_13})(?:st|nd|rd|th|s)?"
    rf"(?P<rest>(?:{_AND}(?:(?:yr|y|year)\s*)?\d{{1,2}}(?!\d|\s*(?:year|yr|pm|am)))*)(?![\w%])"
    r"|\by\s?(?P<y>\d{1,2})(?:(?:/|-|&| and | or )y?\d{1,2})*\b"
)
_YEAR_BEFORE = re.compile(
    r"\b(?:last|this|next|per|every|each|one|two|three|four|five|\d+|new|a|half|all|an?other|the|my first) $"
)

_TO_8 = "|".join(_WORDS[:8])
_GRADE = re.compile(
    rf"\b(?:(?:grades?|grd|grad|gr)\s*\.?-?\s*|g(?=\d))(?P<n>[1-8]|{_TO_8})(?P<rest>(?:{_AND}[1-8])*)"
    r"(?!\w|\s*(?:at|in|for|on)\s+(?:my )?gcse)"
    r"|\b(?P<first>initial grade|prep test|debut grade|pre[- ]grade (?:1|one))\b"
)

_OUTCODE = re.compile(r"(?<![\w£])(?P<out>[a-z]{1,2}\d{1,2}[a-z]?)(?:\s*(?P<inner>\d[a-z]{2}))?(?!\w)")
_SPLIT_OUTCODE = re.compile(r"(?<!\w)(?P<area>[a-z]{2}) (?P<district>\d{1,2})(?:\s+(?P<inner>\d[a-z]{2}))?(?!\w)")
_AREAS = frozenset(
    in_row(
        "ab al ba bb bd bh bl bn br bs bt ca cb cf ch cm co cr ct cv cw da dd de dg dh dl dn dt dy ec eh en ex fk "
        "fy gl gu ha hd hg hp hr hs hu hx ig im ip iv ka kt kw ky la ld le ll ln ls lu me mk ml ne ng nn np nr nw "
        "ol ox pa pe ph pl po pr rg rh rm sa se sg sk sl sm sn so sp sr ss st sw sy ta td tf tn tq tr ts tw ub wa "
        "wc wd wf wn wr ws wv yo ze b e g l m n s w"
    )
)
"""The United Kingdom's postcode areas."""


def ages(plain: str, *, bare: bool = False) -> Iterator[Mention]:
    """Ages from 0 to 25 in plain text: "9 year old", "I'm 14", "she is seven", "aged 8-11" (both ends).

    A number on its own counts only when `bare`: when we have just asked for an age.
    """
    for pattern in _AGES:
        for match in pattern.finditer(plain):
            yield from _numbers("age", match, plain, lambda n: n if n <= OLDEST else None)
    for match in _MONTHS.finditer(plain):
        yield Mention("age", _value(match["n"]) // 12, *match.span())
    for match in _LIST.finditer(plain):
        for number in re.finditer(_N, match["list"]):
            if _value(number[0]) <= OLDEST:
                start = match.start("list")
                yield Mention("age", _value(number[0]), start + number.start(), start + number.end())
    if bare:
        for match in _BARE.finditer(plain):
            yield from _numbers("age", match, plain, lambda n: n if n <= OLDEST else None)


def school_years(plain: str) -> Iterator[Mention]:
    """School years: "yr8", "Y4", "year six", "years 5 and 6", reception, nursery, sixth form (year 12)."""
    for value, pattern in _YEAR_PHRASES:
        for match in pattern.finditer(plain):
            yield Mention("school_year", value, *match.span())
    for match in _YEAR.finditer(plain):
        spaced = not plain[match.start() : match.end()].startswith("y") or " " in match.group(0)
        if spaced and _YEAR_BEFORE.search(plain[: match.start()]):
            continue
        first = match["n"] or match["y"]
        if 1 <= _value(first) <= 13:
            end = match.end("n") if match["n"] else match.end("y")
            yield Mention("school_year", f"year {_value(first)}", match.start(), end)
            for more in re.finditer(r"\d{1,2}", plain[end : match.end()]):
                if 1 <= int(more[0]) <= 13:
                    yield Mention("school_year", f"year {int(more[0])}", end + more.start(), end + more.end())


def levels(plain: str) -> Iterator[Mention]:
    """Music grades as levels: 1-3 beginner, 4-5 intermediate, 6-8 advanced; initial grades are beginner."""
    for match in _GRADE.finditer(plain):
        if match["first"]:
            yield Mention("level", "beginner", *match.span())
            continue
        end = match.end("n")
        yield Mention("level", _level(_value(match["n"])), match.start(), end)
        for more in re.finditer(r"[1-8]", match["rest"]):
            if _level(int(more[0])) != _level(_value(match["n"])):
                yield Mention("level", _level(int(more[0])), end + more.start(), end + more.end())


def outcodes(text: str, plain: str, known: frozenset[str]) -> Iterator[Mention]:
    """Outcodes, and full postcodes cut to their outcode ("SG13 8DE" is SG13).

    An outcode that no hub knows counts only in capitals and with a two-letter area, so that "me2" and "G5" are none.
    """
    for match in _OUTCODE.finditer(plain):
        outcode, area = match["out"].upper(), re.match(r"[a-z]+", match["out"])[0]  # type: ignore[index]
        capitals = text[match.start() : match.end("out")].isupper() and len(area) == 2
        if area in _AREAS and (match["inner"] or outcode in known or capitals):
            yield Mention("postcode", outcode, *match.span())
    for match in _SPLIT_OUTCODE.finditer(plain):
        outcode = f"{match['area']}{match['district']}".upper()
        if outcode in known:
            yield Mention("postcode", outcode, *match.span())


def _numbers(type_: str, match: re.Match[str], plain: str, read: Callable[[int], int | None]) -> Iterator[Mention]:
    groups = match.groupdict()
    two = groups.get("m") is not None
    for name in ("n", "m"):
        if groups.get(name) is None:
            continue
        value = read(_value(groups[name]))
        if value is None:
            continue
        # A single age covers its whole phrase, so that nothing in it is read twice; two ages cover their numbers.
        start, end = match.span(name) if two or type_ != "age" else (match.start(name), match.end())
        while plain[end - 1] in " ,)-":
            end -= 1
        yield Mention(type_, value, start, end)


def _value(written: str) -> int:
    return int(written) if written.isdigit() else _NUMBER[written]


def _level(grade: int) -> str:
    return "beginner" if grade <= 3 else "intermediate" if grade <= 5 else "advanced"
