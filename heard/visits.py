"""What somebody who reads a page did there a short while ago, so that it counts once; in memory, and nobody's name."""

import hashlib
import secrets
import time
from collections import OrderedDict
from collections.abc import Callable

from heard.retention.lifetimes import CHAT

LASTS = CHAT.total_seconds()
"""Seconds: as long as a chat is remembered."""


class Visits[T]:
    """Values by network address. Only a hash under a key of this very process is kept, and only for an hour."""

    def __init__(self, clock: Callable[[], float] = time.monotonic, most: int = 20_000) -> None:
        self._clock = clock
        self._most = most
        self._key = secrets.token_bytes(32)
        self._kept: OrderedDict[bytes, tuple[float, T]] = OrderedDict()

    def of(self, address: str) -> T | None:
        """What was kept for an address; None where there is nothing, or it is an hour ago."""
        kept = self._kept.get(self._hash(address))
        return kept[1] if kept is not None and self._clock() - kept[0] <= LASTS else None

    def keep(self, address: str, value: T) -> None:
        """Keeps a value, and lets the old ones go."""
        now, name = self._clock(), self._hash(address)
        self._kept.pop(name, None)
        self._kept[name] = now, value
        while len(self._kept) > self._most or now - next(iter(self._kept.values()))[0] > LASTS:
            self._kept.popitem(last=False)

    def _hash(self, address: str) -> bytes:
        return hashlib.blake2b(address.encode(), key=self._key, digest_size=16).digest()
