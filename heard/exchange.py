"""One step of a conversation: what was understood goes in, what to say and to remember comes out.

Every topic (heard/directory, heard/bursaries, ...) answers an `Exchange` with an `Outcome`. The Rasa
actions translate to and from Rasa's slots and hold no logic of their own.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

from heard.messages import Reply
from heard.redaction import Redacted

Channel = Literal["web", "telegram"]


@dataclass(frozen=True, slots=True)
class Entity:
    """Something mentioned, in its canonical value ('sax' is saxophone).

    `type` and the values are those of the domain: instrument, place, postcode (outcode), age (int) ...
    `negated` is true for "not violin". `start` and `end` are offsets in the message, None in a payload.
    """

    type: str
    value: Any
    start: int | None = None
    end: int | None = None
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Understood:
    """What Rasa made of one message."""

    intent: str
    text: Redacted
    entities: tuple[Entity, ...] = ()
    confidence: float = 1.0
    ranking: tuple[tuple[str, float], ...] = ()
    """The likeliest intents with their confidence, best first; for "did you mean"."""

    def values(self, type_: str) -> tuple[Any, ...]:
        """The wanted (not negated) values of one entity type, in order, each once."""
        return tuple(dict.fromkeys(e.value for e in self.entities if e.type == type_ and not e.negated))

    def first(self, type_: str) -> Any | None:
        """The first wanted value of one entity type, or None."""
        return next(iter(self.values(type_)), None)


@dataclass(frozen=True, slots=True)
class Exchange:
    """A message in its conversation.

    `memory` holds the conversation's slots as JSON values (None where unset); it lives for one session.
    `sender` is the pseudonym; `key` names this very message, so that a repeat can be known again. `channel` says
    where they write: on the web there is no way to write to anybody later.
    """

    understood: Understood
    memory: Mapping[str, Any]
    sender: str
    key: str
    today: date
    language: str = "en"
    channel: Channel = "web"


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a topic answers.

    `memory` holds only the slots that change (None forgets one). Two slots steer the next message:
    `topic` (who takes a bare "yes", "9" or "Hatfield") and `asked` (the question that is open, or None).

    `remind` is a reminder (heard/reminders/subject.py, as JSON values) that the door has to keep and to confirm in
    place of the replies: it alone knows which chat this is.
    """

    replies: tuple[Reply, ...]
    memory: Mapping[str, Any] = field(default_factory=dict)
    remind: Mapping[str, Any] | None = None
