"""The same text, character for character, in the plain forms that the rules are written for."""

import unicodedata
from functools import lru_cache


def plain(text: str) -> str:
    """The text with plain digits, spaces, dashes, quotes and letters; offsets stay, since no length changes.

    People write numbers in full width or other scripts' digits, and names in the ornate letters that generators of
    "fonts" give; what cannot be seen (joiners, keycaps) becomes a space.
    """
    return text if text.isascii() else "".join(map(_plain, text))


@lru_cache(maxsize=4096)
def _plain(char: str) -> str:
    if char.isascii():
        return char
    category = unicodedata.category(char)
    if category == "Nd":
        return str(unicodedata.decimal(char))
    if category == "Pd" or char == "\u2212":
        return "-"
    if category in ("Zs", "Cf", "Me") or char == "\ufe0f":
        return " "
    if category in ("Zl", "Zp"):
        return "\n"
    if char in "\u2018\u2019\u02bc\u00b4":
        return "'"
    if category == "Cs":
        return "?"
    narrow = unicodedata.normalize("NFKC", char)
    return narrow if len(narrow) == 1 else char
