"""Full postcodes as they are written, and the outcode that stays of each."""

import re

_AREAS = (
    "AB|AL|B|BA|BB|BD|BF|BH|BL|BN|BR|BS|BT|CA|CB|CF|CH|CM|CO|CR|CT|CV|CW|DA|DD|DE|DG|DH|DL|DN|DT|DY|E|EC|EH|EN|EX|FK"
    "|FY|G|GL|GU|GY|HA|HD|HG|HP|HR|HS|HU|HX|IG|IM|IP|IV|JE|KA|KT|KW|KY|L|LA|LD|LE|LL|LN|LS|LU|M|ME|MK|ML|N|NE|NG|NN|NP"
    "|NR|NW|OL|OX|PA|PE|PH|PL|PO|PR|RG|RH|RM|S|SA|SE|SG|SK|SL|SM|SN|SO|SP|SR|SS|ST|SW|SY|TA|TD|TF|TN|TQ|TR|TS|TW|UB"
    "|W|WA|WC|WD|WF|WN|WR|WS|WV|YO|ZE"
)
"""The areas of Royal Mail."""
POSTCODE = re.compile(
    rf"(?<![^\W_])((?:{_AREAS})\s?\d(?:\d|[A-Z])?)((?:[\s.\-,]{{0,3}}[\dO][ABD-HJLNP-UW-Z]{{2}})+)(?![^\W_])", re.I
)
APART = re.compile(
    rf"(?<![^\W_])((?:{_AREAS})\s?\d(?:\s?\d|\s?[A-Z])?)\s{{1,3}}(\d\s?[ABD-HJLNP-UW-Z]\s?[ABD-HJLNP-UW-Z])(?![^\W_])",
    re.I,
)
SPACED = re.compile(r"(?<![^\W_])([A-Z](?:\s[A-Z])?\s\d(?:\s[\dA-Z])?)\s(\d\s[A-Z]\s[A-Z])(?![^\W_])", re.I)
_IS_AREA = re.compile(rf"(?:{_AREAS})\d", re.I)


def outcode_of(text: str) -> str | None:
    """The first half of a full postcode (SG13 of "sg13 8de"), or None where this is none."""
    match = POSTCODE.fullmatch(text) or SPACED.fullmatch(text) or APART.fullmatch(text)
    return _squeezed(match[1]).upper() if match else None


def begins_with_area(text: str) -> bool:
    """Whether letters and a digit of a postcode stand first, however they are spaced."""
    return _IS_AREA.match(_squeezed(text)) is not None


def _squeezed(text: str) -> str:
    return re.sub(r"\s", "", text)
