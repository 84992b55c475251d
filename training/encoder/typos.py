"""Messages as hurried fingers write them: what the encoder shall forgive."""

import random

_BESIDE = {
    "a": "sqz", "b": "vn", "c": "xv", "d": "sf", "e": "wr", "f": "dg", "g": "fh", "h": "gj", "i": "uo", "j": "hk",
    "k": "jl", "l": "k", "m": "n", "n": "bm", "o": "ip", "p": "o", "q": "wa", "r": "et", "s": "ad", "t": "ry",
    "u": "yi", "v": "cb", "w": "qe", "x": "zc", "y": "tu", "z": "x",
}  # fmt: skip
"""The neighbours of a key on a British keyboard."""


def with_typos(text: str, chance: random.Random) -> str:
    """The same message, more often than not: lower case, lost punctuation, a lost word, one or two slips."""
    if chance.random() < 0.25:
        text = text.lower()
    if chance.random() < 0.25:
        text = "".join(c for c in text if c not in ".,!?'\"")
    words = text.split(" ")
    if len(words) > 5 and chance.random() < 0.3:
        lost = chance.randrange(len(words))
        if "[" not in words[lost]:
            del words[lost]
            text = " ".join(words)
    if chance.random() < 0.35:
        for _ in range(1 + (len(words) > 12)):
            at = chance.randrange(len(words))
            if len(words[at]) > 3 and "[" not in words[at]:
                words[at] = _slip(words[at], chance)
        text = " ".join(words)
    return text


def _slip(word: str, chance: random.Random) -> str:
    at = chance.randrange(1, len(word) - 1)
    kind = chance.randrange(4)
    if kind == 0:
        return word[:at] + word[at + 1 :]
    if kind == 1:
        return word[:at] + word[at + 1] + word[at] + word[at + 2 :]
    if kind == 2:
        return word[:at] + word[at] + word[at:]
    return word[:at] + chance.choice(_BESIDE.get(word[at].lower(), word[at])) + word[at + 1 :]
