"""A button's words, typed: the same as pressing it."""

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

from heard.messages import Choice, Reply

Buttons = Mapping[str, str]
"""The payload of each button of an answer, by what may be typed for it."""


def buttons_of(replies: Iterable[Reply]) -> Buttons:
    """What can be typed for the choices of an answer, and their payloads.

    Case and punctuation do not matter, and the words before a comma are enough ("yes" for "Yes, delete it"). Words
    that could mean two buttons, such as the "More about this" under each card, mean neither.
    """
    whole, short = defaultdict[str, set[str]](set), defaultdict[str, set[str]](set)
    for choice in _choices(replies):
        whole[_plain(choice.label)].add(choice.payload)
        short[_plain(choice.label.split(",")[0])].add(choice.payload)
    return {
        words: next(iter(payloads)) for words, payloads in {**short, **whole}.items() if words and len(payloads) == 1
    }


def pressed(text: str, buttons: Buttons) -> str | None:
    """The payload of the button whose words were typed, or None."""
    return buttons.get(_plain(text))


def _choices(replies: Iterable[Reply]) -> Iterable[Choice]:
    for reply in replies:
        yield from reply.choices
        for card in reply.cards:
            yield from card.choices


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", re.sub(r"['’]", "", text.casefold())))
