"""Dates of birth. The date of a concert stays."""

import re
from collections.abc import Iterable

from heard.redaction.recognisers.recogniser import Recogniser
from heard.redaction.said import Said
from heard.redaction.spans import Span

_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
_WEEKDAY = r"(?:(?:mon|tues?|wed(?:nes)?|thu(?:rs)?|fri|sat(?:ur)?|sun)(?:day)?,?\s{1,3})?"
_ORDINAL = (
    r"(?:(?:twenty|thirty)[\s-]?(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth)|first|second|third"
    r"|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth|thirteenth|fourteenth|fifteenth|sixteenth"
    r"|seventeenth|eighteenth|nineteenth|twentieth|thirtieth)"
)
_DAY = rf"(?:\d{{1,2}}(?:\s?(?:st|nd|rd|th))?|{_ORDINAL})"
_YEAR = (
    r"(?:(?:19|20)\d{2}|'\d{2}|(?:two\s{1,3}thousand|twenty|nineteen)(?:[\s-]{1,3}(?:and\s)?(?:[a-z]{3,9}(?:teen|ty|en|ve|ne|wo"
    r"|ee|ur|ve|ix|ht)|one|two|six|ten|hundred)){0,3})"
)
_DATE = (
    r"(?:\d{1,2}\s?[/.\-]\s?\d{1,2}\s?[/.\-]\s?(?:\d{4}|\d{2})|\d{4}[/.\-]\d{1,2}[/.\-]\d{1,2}"
    rf"|{_WEEKDAY}(?:the\s{{1,3}})?{_DAY}\s{{1,3}}(?:of\s{{1,3}})?{_MONTH}\b\.?(?:[\s,]{{1,3}}(?:in\s{{1,3}})?{_YEAR}\b|\s{{1,3}}\d{{2}}\b)?"
    rf"|{_DAY}[-/.\s]?{_MONTH}[-/.\s]?\d{{2,4}}\b"
    rf"|{_WEEKDAY}{_MONTH}\.?\s{{1,3}}(?:the\s{{1,3}})?{_DAY}\b(?:[\s,]{{1,3}}{_YEAR}\b)?"
    r"|\d{1,2}\s\d{1,2}\s(?:19|20)?\d{2}|\d{8}|\d{6}|\d{1,2}[/]\d{1,2})"
)
_LINK = r"(?:\s{0,3}(?:is|was|on|it's|its|'s|:|-|=|,|\()){0,5}+\s{0,3}"
_CUE = (
    r"(?:born(?:\s{1,3}(?:on|in))?|dob|d\.o\.b\.?|d/o/b|date\s{1,3}of\s{1,3}birth|birth\s?date|birthdays?|b-?day"
    r"|birfday)"
)
_AFTER_CUE = re.compile(rf"\b{_CUE}{_LINK}((?:{_DATE})|{_MONTH}\s{{1,3}}(?:19|20)\d{{2}})(?!\w)", re.I)
_BEFORE_CUE = re.compile(
    rf"(?<![\w/.\-])({_DATE})(?:\s{{0,3}}(?:is|was|that's|thats|,|-|\()){{1,2}}\s{{0,3}}(?:when\s\w{{1,12}}\swas\s)?"
    rf"(?:my|his|her|their|our|the)?\s{{0,3}}(?:[^\W\d_]{{1,12}}'?s\s{{1,3}})?{_CUE}",
    re.I,
)
_TURNS = re.compile(
    rf"\b(?:turn(?:s|ed|ing)?|be|i'm|im|am|is|aged?)\s{{1,3}}\d{{1,2}}\s{{1,3}}(?:next\s|this\s)?(?:on\s{{1,3}})?(?:the\s{{1,3}})?"
    rf"({_DAY}\s{{1,3}}(?:of\s{{1,3}})?{_MONTH}\b(?:\s{{1,3}}{_YEAR}\b)?|{_MONTH}\s{{1,3}}(?:the\s{{1,3}})?{_DAY}\b)",
    re.I,
)
_LONG_AGO = re.compile(
    r"(?<![\w/.\-])(?:(?:[12]?\d|0\d|3[01])[/.\-](?:0?\d|1[0-2])[/.\-](?:19[3-9]\d|20[01]\d|202[0-2])"
    r"|(?:19[3-9]\d|20[01]\d)[/.\-]\d{1,2}[/.\-]\d{1,2}"
    r"|(?:[12]?\d|0\d|3[01])/(?:0?\d|1[0-2])/(?:[3-9]\d|[01]\d|2[0-2]))(?![\w/\-])"
)
"""A full date of long ago, without a word about birth: what else would a family write one for?"""
_LONG_AGO_IN_WORDS = re.compile(
    rf"(?<!\w){_DAY}\s{{1,3}}(?:of\s{{1,3}})?{_MONTH}[\s,]{{1,3}}(?:19[3-9]\d|200\d|201\d)(?!\w)", re.I
)


class Birthdays(Recogniser):
    """A date beside a word about birth, the day on which somebody turns twelve, and full dates of long ago."""

    type = "DATE_OF_BIRTH"

    def find(self, said: Said) -> Iterable[Span]:
        text = said.text
        if "b" in said.low:
            yield from self.spans((m for m in _AFTER_CUE.finditer(text)), 1)
            yield from self.spans((m for m in _BEFORE_CUE.finditer(text)), 1)
        if said.has_digits:
            yield from self.spans(_TURNS.finditer(text), 1)
            yield from self.spans(_LONG_AGO.finditer(text))
            yield from self.spans(_LONG_AGO_IN_WORDS.finditer(text))
