"""Something mentioned in a message, and the choice between mentions that overlap."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Mention:
    """One entity in a message: `text[start:end]` stands for the canonical `value` of `type`."""

    type: str
    value: Any
    start: int
    end: int
    confidence: float = 1.0
    negated: bool = False

    def as_entity(self, extractor: str) -> dict[str, Any]:
        """The mention in Rasa's form; "negated" is our own key and stands there only when it is true."""
        entity: dict[str, Any] = {
            "entity": self.type,
            "value": self.value,
            "start": self.start,
            "end": self.end,
            "confidence_entity": self.confidence,
            "extractor": extractor,
        }
        if self.negated:
            entity["negated"] = True
        return entity


def longest(mentions: Iterable[Mention]) -> list[Mention]:
    """The mentions that remain when longer ones win over shorter ones, in the order of the text.

    "bass clarinet" leaves no bass, "free school meals" nothing free. Equally long: the surer, then the first given.
    """
    kept: list[Mention] = []
    for mention in sorted(mentions, key=lambda m: (m.start - m.end, -m.confidence)):
        if all(mention.end <= other.start or other.end <= mention.start for other in kept):
            kept.append(mention)
    return sorted(kept, key=lambda m: m.start)


def in_row(words: str) -> tuple[str, ...]:
    """The words of a text. Long tables of words read better in a row than one to a line."""
    return tuple(words.split())


def plain(text: str) -> str:
    """The text in small letters with straight quotes and dashes, every character still in its place."""
    return "".join(_PLAIN.get(c, low if len(low := c.lower()) == 1 else c) for c in text)


_PLAIN = {"’": "'", "‘": "'", "ʼ": "'", "`": "'", "–": "-", "—": "-", "‑": "-", " ": " ", "\n": " ", "\t": " "}
