"""The forms of details: how e-mail addresses, links, numbers, postcodes and dates are written in Britain.

Every repetition has a bound, so that no text takes longer than its length.
"""

import re

_I = re.IGNORECASE

# E-mail addresses and links
_TLD = r"(?:com|co\.?uk|co|uk|org|net|ac|sch|gov|edu|io|me|info|eu|ie|de|pl|ro|app|online|tv|link|live)"
_PROVIDER = (
    r"(?:gmail|googlemail|hotmail|outlook|yahoo|icloud|live|aol|btinternet|sky|protonmail|proton|msn|ymail|mail|gmx"
    r"|talktalk|virginmedia)"
)
_DOT = r"(?:\s{0,3}(?:\.|\(dot\)|\[dot\])\s{0,3}|\s{1,3}dot\s{1,3})"
AT = r"(?:\s{0,3}(?:@|\(at\)|\[at\])\s{0,3}|\s{1,3}at\s{1,3})"
_LOCAL = r"[^\W_][\w.+-]{0,40}(?:(?:\s{1,3}(?:dot|underscore|dash|hyphen)\s{1,3}|_)[\w.+-]{1,40}){0,5}"
EMAIL = re.compile(r"(?<![\w.+%-])[\w.+%'-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}", _I)
SPELLED_EMAIL = re.compile(
    rf"(?<![\w.+-])(?:{_LOCAL}){AT}"
    rf"(?:{_PROVIDER}(?:{_DOT}{_TLD}\b(?:{_DOT}{_TLD}\b)?)?|[\w-]{{1,40}}(?:{_DOT}{_TLD}\b){{1,2}})(?!\w)",
    _I,
)
EMAIL_AFTER_WORD = re.compile(
    r"\be-?mail(?:\s{1,3}(?:address|me|us|her|him|is|it|at|on|:)){0,3}\s{0,3}(?:is|:|-|=)?\s{0,3}"
    rf"((?:[\w.+-]{{1,40}}\s{{1,3}}){{1,4}}?[\w.+-]{{1,40}}{AT}[\w-]{{1,40}}(?:{_DOT}{_TLD}\b){{1,2}})",
    _I,
)
_REST = r"[^\s<>\"')\]]+"
_DOMAINS = r"(?:com|co\.uk|org\.uk|org|net|io|me|tv|gg|ee|app|link|bio|uk|be|ly|page|site)"
URL = re.compile(
    rf"(?<![\w@.])(?:https?://{_REST}|www\.{_REST}|(?:[\w-]{{1,40}}\.){{1,3}}{_DOMAINS}/{_REST})",
    _I,
)

# Telephone numbers; the letter O for a zero is common
_GAP = r"[\s.\-()/]{0,3}"
PHONE = re.compile(
    r"(?<![\w.])(?:"
    r"(?:\(?(?:\+|00)\s?44\)?[\s.\-]{0,3}(?:\(0\)[\s.\-]{0,3})?|\(?[0oO](?=[\s.\-()]{0,2}[12357890oO]))"
    rf"(?:{_GAP}[\doO]){{9,10}}(?!\w)"
    r"|(?<!\d)\+\d(?:[\s.\-()]{0,2}\d){8,13}(?!\d)"
    r"|(?<!\d)7\d{3}[\s.\-]?\d{3}[\s.\-]?\d{3}(?!\d))"
)
PHONE_AFTER_WORD = re.compile(
    r"\b(?:phone|mobile|mob|tel|telephone|landline|number|num|no|call|ring|text|txt|whatsapp|cell|bell|fone)\b"
    r"(?:\s{0,3}(?:number|num|no|me|us|her|him|mum|dad|is|on|at|its|it's|it|s|'s|:|-|=|\.)){0,5}\s{0,3}"
    r"((?:\+?\d)(?:[\s.\-()]{0,2}\d){5,13})(?!\w)",
    _I,
)
DIGIT_WORDS = {
    **dict.fromkeys("zero oh o nought naught one two three four five six seven eight nine".split(" "), 1),
    **dict.fromkeys("ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(" "), 2),
    **dict.fromkeys("twenty thirty forty fifty sixty seventy eighty ninety".split(" "), 1),
    "hundred": 2,
    "thousand": 3,
}
"""How many digits a word stands for: "nine hundred" is 900, "fifty-five" is 55."""
_SPOKEN = (
    r"(?:(?:double|triple|treble|plus)[\s-]{1,3})?(?:"
    + "|".join(sorted(DIGIT_WORDS, key=len, reverse=True))
    + r"|\d{1,6})"
)
SPOKEN_NUMBER = re.compile(rf"(?<![^\W_]){_SPOKEN}(?:[\s,.\-]{{1,3}}{_SPOKEN}){{5,24}}(?![^\W_])", _I)
NUMBER_CUE = re.compile(r"(?:number|phone|mobile|call|ring|text|tel|whatsapp|reach)\W+(?:\w+\W+){0,3}$", _I)

# Postcodes (the areas of Royal Mail)
_AREAS = (
    "AB|AL|B|BA|BB|BD|BH|BL|BN|BR|BS|BT|CA|CB|CF|CH|CM|CO|CR|CT|CV|CW|DA|DD|DE|DG|DH|DL|DN|DT|DY|E|EC|EH|EN|EX|FK|FY"
    "|G|GL|GU|GY|HA|HD|HG|HP|HR|HS|HU|HX|IG|IM|IP|IV|JE|KA|KT|KW|KY|L|LA|LD|LE|LL|LN|LS|LU|M|ME|MK|ML|N|NE|NG|NN|NP"
    "|NR|NW|OL|OX|PA|PE|PH|PL|PO|PR|RG|RH|RM|S|SA|SE|SG|SK|SL|SM|SN|SO|SP|SR|SS|ST|SW|SY|TA|TD|TF|TN|TQ|TR|TS|TW|UB"
    "|W|WA|WC|WD|WF|WN|WR|WS|WV|YO|ZE"
)
POSTCODE = re.compile(
    rf"(?<![^\W_])((?:{_AREAS})\s?\d(?:\d|[A-Z])?)((?:[\s.\-]{{0,3}}\d[ABD-HJLNP-UW-Z]{{2}})+)(?![^\W_])", _I
)

# Dates of birth
_MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?"
    r"|nov(?:ember)?|dec(?:ember)?)"
)
_DAY = r"\d{1,2}(?:\s?(?:st|nd|rd|th))?"
_DATE = (
    r"(?:\d{1,2}\s?[/.\-]\s?\d{1,2}\s?[/.\-]\s?(?:\d{4}|\d{2})|\d{4}[/.\-]\d{1,2}[/.\-]\d{1,2}"
    rf"|{_DAY}\s{{1,3}}(?:of\s{{1,3}})?{_MONTH}\b(?:[\s,]{{1,3}}\d{{4}}|\s{{1,3}}'?\d{{2}}\b)?"
    rf"|{_DAY}[-/]{_MONTH}[-/]\d{{2,4}}"
    rf"|{_MONTH}\s{{1,3}}(?:the\s{{1,3}})?{_DAY}\b(?:[\s,]{{1,3}}\d{{4}})?"
    r"|\d{1,2}\s\d{1,2}\s(?:19|20)?\d{2}|\d{8}|\d{6})"
)
BIRTH = re.compile(
    r"\b(?:born(?:\s{1,3}(?:on|in))?|dob|d\.o\.b\.?|date\s{1,3}of\s{1,3}birth|birth\s?date|birthdays?|b-?day)"
    r"(?:\s{0,3}(?:is|was|on|the|it's|its|'s|:|-|=|,)){0,5}\s{0,3}"
    rf"({_DATE})(?!\w)",
    _I,
)
OLD_DATE = re.compile(
    r"(?<![\w/.\-])(?:\d{1,2}[/.\-]\d{1,2}[/.\-](?:19[3-9]\d|20[01]\d|202[0-2])"
    r"|(?:19[3-9]\d|20[01]\d)[/.\-]\d{1,2}[/.\-]\d{1,2})(?![\w/\-])"
)
"""A full date of long ago, without a word about birth: what else would a family write one for?"""
OLD_WORD_DATE = re.compile(
    rf"(?<!\w){_DAY}\s{{1,3}}(?:of\s{{1,3}})?{_MONTH}[\s,]{{1,3}}(?:19[3-9]\d|200\d|201\d)(?!\w)", _I
)

# Numbers that stand for a person, an account or a car
NI = re.compile(r"(?<!\w)[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z][\s-]?\d{2}[\s-]?\d{2}[\s-]?\d{2}[\s-]?[A-D](?!\w)", _I)
UPN = re.compile(r"(?<!\w)[A-HJ-NP-RT-Z]\s?\d{11}[\dA-HJ-NP-RT-Z](?!\w)", _I)
TEN_DIGITS = re.compile(r"(?<![\w+])\d{3}[\s-]?\d{3}[\s-]?\d{4}(?!\w)")
CARD = re.compile(r"(?<!\w)\d{4}(?:[\s-]?\d{4}){3}(?!\w)")
SORT_CODE = re.compile(
    r"(?<![\w/.\-])\d{2}[-\s]\d{2}[-\s]\d{2}[\s,;]{1,3}(?:and\s{1,3})?(?:a/?c|acc(?:ount)?)?"
    r"(?:\s{0,3}(?:number|num|no\.?|is|:|-)){0,3}\s{0,3}\d{8}(?!\w)",
    _I,
)
NUMBER_AFTER_WORD = re.compile(
    r"\b(?:nhs|upn|uln|uci|nino|national insurance|n\.?i\.?|passport|candidate|student|pupil|case|reference|ref"
    r"|customer|account|acct|acc|a/c|sort(?:\s?code)?|driving licen[cs]e|licen[cs]e|membership|ehcp|visa|brp|id)"
    r"(?:\s{0,3}(?:number|num|no\.?|code|id|is|was|it's|its|'s|:|=|#|-|and)){0,4}\s{0,3}"
    r"(?=[A-Z0-9 -]{0,14}\d)((?:[A-Z]{0,5}\d|\d[A-Z]?)(?:[\s-]?[A-Z]?\d){3,18}[A-Z]?)(?!\w)",
    _I,
)
PLATE = re.compile(r"(?<!\w)[A-HJ-PR-Y]{2}[0-9]{2}\s?[A-HJ-PR-Z]{3}(?!\w)", _I)
PLATE_AFTER_WORD = re.compile(
    r"\b(?:reg(?:istration)?|number\s?plate|plates?|car|van|licen[cs]e plate)"
    r"(?:\s{0,3}(?:number|num|no\.?|is|was|it's|its|'s|:|=|-)){0,4}\s{0,3}"
    r"([A-Z]{1,3}\s?\d{1,4}\s?[A-Z]{0,3}|\d{1,4}\s?[A-Z]{1,3})(?!\w)",
    _I,
)

# User names
MENTION = re.compile(r"(?<![\w@.])@\w[\w.]{1,30}(?<!\.)")
DISCORD = re.compile(r"(?<!\w)[\w.]{2,32}#\d{4}(?!\w)")
HANDLE = (
    r"(?<!\w)(?P<cue>(?:my|mine|his|her|their|add|follow|dm|msg|message|pm|find|hmu|me|im|i'm|i am|at|on|the)\s{1,3}"
    r"(?:me\s{1,3}|her\s{1,3}|him\s{1,3})?(?:on\s{1,3}|up\s{1,3}on\s{1,3}|my\s{1,3})?)?"
    r"(?P<site>SITES|username|user\s?name|user|gamer\s?tag|handle|@)"
    r"(?P<mid>(?:\s{0,3}(?:account|acct|acc|name|username|user|handle|id|tag|profile|page|is|it's|its|'s|s|at|as|under"
    r"|called|:|=|-|–|@)){0,5})\s{0,3}@?(?P<name>\w[\w.\-]{1,31})(?!\w)"
)
"""SITES stands for the names of platforms in content/safety/rules.yml."""
