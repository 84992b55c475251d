"""What a door makes of a Telegram update or a chat request, and what it gets back."""

import hashlib
import hmac
from dataclasses import dataclass, field

from heard.exchange import Channel
from heard.messages import Reply


@dataclass(frozen=True, slots=True)
class Message:
    """One message of one person.

    `sender` is the pseudonym and `key` names this message among all: both are keyed hashes, so neither
    leads back to a Telegram id or to a browser. Exactly one of `text` and `payload` is given; `text` is
    raw and must not be kept (repr leaves it out). `address` is where this person can be written to later, if
    anywhere: it leaves this process only encrypted, and only for somebody who wants to be reminded.
    """

    channel: Channel
    sender: str
    key: str
    text: str | None = field(default=None, repr=False)
    payload: str | None = None
    language: str = "en"
    address: str | None = field(default=None, repr=False)


@dataclass(frozen=True, slots=True)
class Answer:
    """What goes back through the door."""

    replies: tuple[Reply, ...]
    language: str = "en"
    safeguarding: bool = False


class Pseudonyms:
    """Keyed hashes (HMAC-SHA-256, 128 bits kept) that stand for people and messages."""

    def __init__(self, secret: str) -> None:
        self._key = hashlib.sha256(f"pseudonyms:{secret}".encode()).digest()

    def of(self, *parts: str) -> str:
        """The pseudonym of what the parts name together; no two lists of parts share one."""
        spelled = "".join(f"{len(part)}:{part}" for part in parts)
        return hmac.new(self._key, spelled.encode(), hashlib.sha256).hexdigest()[:32]
