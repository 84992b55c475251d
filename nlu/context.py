"""What the door tells with a message: what the talk is about, and which question is open."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from rasa.shared.nlu.training_data.message import Message


@dataclass(frozen=True)
class Context:
    """The light in which a message is read. All empty for a first message, and in /model/parse."""

    topic: str | None = None
    asked: str | None = None
    consultation: str | None = None
    """The id of the consultation's question that is open."""
    kind: str | None = None
    """"open" or "choice", of that question."""

    @classmethod
    def of(cls, message: Message) -> Context:
        """Reads the message's metadata; whatever is not as expected counts as not told."""
        metadata = message.get("metadata")
        context = _mapping(_mapping(metadata).get("context"))
        consultation = _mapping(_mapping(metadata).get("consultation"))
        return cls(
            topic=_text(context.get("topic")),
            asked=_text(context.get("asked")),
            consultation=_text(consultation.get("question")),
            kind=_text(consultation.get("kind")),
        )

    @property
    def asks_age(self) -> bool:
        """Whether the open question asks how old somebody is ("age", "search.age")."""
        return self.asked is not None and self.asked.rsplit(".", 1)[-1] == "age"


def _mapping(value: Any) -> Mapping[str, Any]:
    return value if isinstance(value, Mapping) else {}


def _text(value: Any) -> str | None:
    return value if isinstance(value, str) and value else None
