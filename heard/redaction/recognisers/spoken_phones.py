"""Telephone numbers in words: "oh seven seven double oh nine hundred one two three"."""

import re
from collections.abc import Iterable

from heard.redaction.recognisers.recogniser import Recogniser
from heard.redaction.said import Said
from heard.redaction.spans import Span

_DIGITS = {
    **dict.fromkeys("zero oh o nought naught nil one two three four five six seven eight nine".split(" "), 1),
    **dict.fromkeys("ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen".split(" "), 2),
    **dict.fromkeys("twenty thirty forty fifty sixty seventy eighty ninety".split(" "), 1),
    "hundred": 2,
    "thousand": 3,
}
"""How many digits a word stands for: "nine hundred" is 900, "fifty-five" is 55."""
_TIMES = {"double": 2, "triple": 3, "treble": 3}
_ONE = (
    r"(?:(?:double|triple|treble|plus)[\s-]{1,3})?(?:" + "|".join(sorted(_DIGITS, key=len, reverse=True)) + r"|\d{1,6})"
)
_SPOKEN = re.compile(rf"(?<![^\W_]){_ONE}(?:[\s,.\-]{{1,3}}(?:(?:and|then)\s)?{_ONE}){{4,24}}(?![^\W_])", re.I)
_CUE = re.compile(r"(?:number|num|phone|mobile|mob|call|ring|text|tel|whatsapp|reach|contact)\W+(?:\w+\W+){0,3}$", re.I)
_COUNTS_IN = re.compile(r"one\W+two\W+three\W+four", re.I)


class SpokenPhones(Recogniser):
    """Long enough for a phone number, and not somebody counting in."""

    type = "PHONE"

    def find(self, said: Said) -> Iterable[Span]:
        return self.spans(m for m in _SPOKEN.finditer(said.text) if _is_phone(m, said.text))


def _is_phone(match: re.Match[str], text: str) -> bool:
    words = re.findall(r"[a-z]+|\d+", match.group().lower())
    if all(word.isdigit() for word in words):
        return False
    count, times = 0, 1
    for word in words:
        if word in _TIMES:
            times = _TIMES[word]
            continue
        count += (len(word) if word.isdigit() else _DIGITS.get(word, 0)) * times
        times = 1
    opens = words[0] in ("zero", "oh", "o", "nought", "naught", "nil", "plus", "double", "treble") or words[0][0] == "0"
    cued = _CUE.search(text, max(0, match.start() - 40), match.start()) is not None
    mobile = words[:2] == ["seven", "seven"] or (words[0] == "seven" and count in (10, 11))
    return (opens and count >= 9) or (cued and count >= 6) or (mobile and count >= 10 and not _COUNTS_IN.match(text))
