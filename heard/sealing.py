"""What has to lie in the database and is nobody's to read there: sealed, and marked without saying whose it is."""

import base64
import hashlib
import hmac
import secrets

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

_NONCE = 12
"""Bytes, random for each sealing (NIST SP 800-38D, 8.2.2): enough for 2^32 seals under one key."""


class Seal:
    """AES-256-GCM and HMAC-SHA-256 under keys of one purpose, both made from the installation's secret."""

    def __init__(self, secret: str, purpose: str) -> None:
        self._key = hashlib.sha256(f"{purpose}:{secret}".encode()).digest()
        self._marks = hashlib.sha256(f"{purpose} marks:{secret}".encode()).digest()

    def close(self, plain: bytes, about: str) -> str:
        """The sealed text. It opens only together with `about`, so that nobody can put it in another's place."""
        nonce = secrets.token_bytes(_NONCE)
        return base64.b64encode(nonce + AESGCM(self._key).encrypt(nonce, plain, about.encode())).decode()

    def open(self, sealed: str, about: str) -> bytes | None:
        """What was sealed; None where it was changed, is about something else, or was sealed with another secret."""
        try:
            raw = base64.b64decode(sealed, validate=True)
            return AESGCM(self._key).decrypt(raw[:_NONCE], raw[_NONCE:], about.encode())
        except (InvalidTag, ValueError):
            return None

    def mark(self, *parts: str) -> str:
        """A keyed hash of what the parts say together, in hex; no two lists of parts share one."""
        spelled = "".join(f"{len(part)}:{part}" for part in parts)
        return hmac.new(self._marks, spelled.encode(), hashlib.sha256).hexdigest()
