"""The web chat's session token: opaque, made here, known again without being stored."""

import base64
import hashlib
import hmac
import secrets

_RANDOM_BYTES = 18
_SEAL_BYTES = 12


class Sessions:
    """Makes and checks tokens: 144 random bits and a keyed seal, in 40 URL-safe characters."""

    def __init__(self, secret: str) -> None:
        self._key = hashlib.sha256(f"web session:{secret}".encode()).digest()

    def new(self) -> str:
        """A token that nobody has had before."""
        random = secrets.token_bytes(_RANDOM_BYTES)
        return base64.urlsafe_b64encode(random + self._seal(random)).decode()

    def ours(self, token: str) -> bool:
        """Whether we made this token."""
        try:
            raw = base64.b64decode(token.encode("ascii"), altchars=b"-_", validate=True)
        except (ValueError, UnicodeEncodeError):
            return False
        random, seal = raw[:_RANDOM_BYTES], raw[_RANDOM_BYTES:]
        return hmac.compare_digest(seal, self._seal(random))

    def _seal(self, random: bytes) -> bytes:
        return hmac.new(self._key, random, hashlib.sha256).digest()[:_SEAL_BYTES]
