"""Which messages have been answered, and with what: so that a repeat does nothing twice.

An answer can show what somebody told us (an age, a place, a bursary's open conditions), so it is kept sealed:
the key is derived from the message's own id, which the client has and we do not keep.
"""

import base64
import hashlib
import hmac

import orjson
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from bot.message import Answer
from heard.messages import Reply
from heard.store import Store

_NONCE = b"\0" * 12
"""One key seals one answer, so a constant nonce repeats under no key (NIST SP 800-38D, 8.2)."""


class Answered:
    """Sealed answers by message key, in the store."""

    def __init__(self, store: Store, secret: str) -> None:
        self._store = store
        self._secret = hashlib.sha256(f"answered:{secret}".encode()).digest()

    def earlier(self, key: str) -> Answer | None:
        """The answer that this message got before, or None."""
        sealed = self._store.turns.get(self._derived("row", key).hex())
        if sealed is None:
            return None
        try:
            plain = orjson.loads(AESGCM(self._derived("seal", key)).decrypt(_NONCE, base64.b64decode(sealed), None))
        except (InvalidTag, ValueError):
            return None
        return Answer(
            tuple(Reply.from_dict(reply) for reply in plain["replies"]), plain["language"], plain["safeguarding"]
        )

    def keep(self, key: str, answer: Answer, sender: str) -> None:
        """Seals and keeps an answer."""
        plain = orjson.dumps(
            {
                "replies": [reply.as_dict() for reply in answer.replies],
                "language": answer.language,
                "safeguarding": answer.safeguarding,
            }
        )
        sealed = AESGCM(self._derived("seal", key)).encrypt(_NONCE, plain, None)
        self._store.turns.put(self._derived("row", key).hex(), base64.b64encode(sealed).decode(), self._owner(sender))

    def forget(self, sender: str) -> int:
        """Removes every answer that this sender got; says how many."""
        return self._store.turns.forget(self._owner(sender))

    def _owner(self, sender: str) -> str:
        """Not the pseudonym itself: what one table says of a person leads to no other table."""
        return self._derived("owner", sender).hex()

    def _derived(self, purpose: str, key: str) -> bytes:
        return hmac.new(self._secret, f"{purpose}:{key}".encode(), hashlib.sha256).digest()
