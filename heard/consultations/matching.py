"""Which option typed words mean. In doubt none: a wrong answer is worse than a question asked twice."""

import re
import unicodedata
from collections.abc import Sequence

from rapidfuzz import fuzz

from heard.content.schema import Option

_CLOSE_ENOUGH = 88.0
"""Of 100 (Levenshtein ratio): "Anoher day" is "Another day", "too near" is not "too far"."""
_CLEARLY_BEST = 8.0
_SHORTEST_TO_GUESS = 4
"""Three letters and fewer must be right: "god" is not "good"."""

_NUMBER_WORDS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")
_ORDINALS = ("first", "second", "third", "fourth", "fifth", "sixth", "seventh", "eighth", "ninth", "tenth")
_NUMBERED = re.compile(r"^(?:(?:number|nr|option|answer|choice) )?(\w+)$")
_ORDERED = re.compile(r"^(?:the )?(\w+)(?: (?:one|option|answer))?$")
_NEGATIONS = {"not", "no", "never", "none", "nothing", "without", "dont", "cant", "isnt", "doesnt", "wont", "havent"}
_FILLERS = {"a", "an", "the", "it", "is", "its", "i", "im", "my", "of", "to", "and", "for", "please", "think", "would"}


def match_option(text: str, options: Sequence[Option]) -> Option | None:
    """The option that `text` names: by its label or id, its number, the words that only it has, or nearly its label."""
    typed = _plain(text)
    if not typed:
        return None
    named = [option for option in options if typed == _plain(option.id)]
    if len(named) == 1 and all(typed != _plain(option.label) for option in options):
        return named[0]
    labels = [_plain(option.label) for option in options]
    for way in (_exact, _number, _own_words, _nearly):
        index = way(typed, labels)
        if index is not None:
            return options[index]
    return None


def _plain(text: str) -> str:
    folded = unicodedata.normalize("NFKD", text.casefold().replace("'", "").replace("’", ""))
    letters = "".join(c if c.isalnum() else " " for c in folded if not unicodedata.combining(c))
    return " ".join(letters.split())


def _exact(typed: str, labels: list[str]) -> int | None:
    return labels.index(typed) if labels.count(typed) == 1 else None


def _number(typed: str, labels: list[str]) -> int | None:
    word, number = _numeral(typed)
    # Where a label has the number in it ("7 to 11"), a bare one may mean that.
    if any({word, str(number)} & set(label.split()) for label in labels):
        return None
    return number - 1 if 1 <= number <= len(labels) else None


def _numeral(typed: str) -> tuple[str, int]:
    """The word that is a number, and the number; 0 where there is none."""
    numbered, ordered = _NUMBERED.match(typed), _ORDERED.match(typed)
    if numbered and re.fullmatch(r"[0-9]{1,2}", numbered[1]):
        return numbered[1], int(numbered[1])
    if numbered and numbered[1] in _NUMBER_WORDS:
        return numbered[1], _NUMBER_WORDS.index(numbered[1]) + 1
    if ordered and ordered[1] in _ORDINALS:
        return ordered[1], _ORDINALS.index(ordered[1]) + 1
    return "", 0


def _own_words(typed: str, labels: list[str]) -> int | None:
    """ "far" is "Too far away" where no other label says far. All that was typed must be in the label."""
    telling = set(typed.split()) - _FILLERS
    having = [i for i, label in enumerate(labels) if telling <= set(label.split())]
    if not telling or len(having) != 1:
        return None
    return having[0] if _same_sense(typed, labels[having[0]]) else None


def _nearly(typed: str, labels: list[str]) -> int | None:
    if len(typed) < _SHORTEST_TO_GUESS:
        return None
    scores = sorted(((fuzz.ratio(typed, label), i) for i, label in enumerate(labels)), reverse=True)
    best, index = scores[0]
    second = scores[1][0] if len(scores) > 1 else 0.0
    clear = best >= _CLOSE_ENOUGH and best - second >= _CLEARLY_BEST
    return index if clear and _same_sense(typed, labels[index]) else None


def _same_sense(typed: str, label: str) -> bool:
    """ "I have an instrument" is nearly "I do not have an instrument", and its opposite."""
    return _NEGATIONS.isdisjoint(typed.split()) == _NEGATIONS.isdisjoint(label.split())
