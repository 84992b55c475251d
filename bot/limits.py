"""How many messages one chat or one address may send: a token bucket each, in memory."""

import math
import time
from collections import OrderedDict
from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Rate:
    """`burst` at once, then `per_second` more each second."""

    burst: float
    per_second: float


ONE_CHAT = Rate(burst=300, per_second=5)
"""Far above what a person types; a loop is stopped."""

ONE_ADDRESS = Rate(burst=3000, per_second=50)
"""A school behind one address must still get through."""


class Limiter:
    """Buckets by name; those that are full again, and the longest unused, are forgotten."""

    def __init__(self, rate: Rate, clock: Callable[[], float] = time.monotonic, most: int = 50_000) -> None:
        self._rate = rate
        self._clock = clock
        self._most = most
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, name: str) -> int:
        """Takes one from the bucket; returns 0, or the whole seconds to wait where it is empty."""
        now = self._clock()
        left, at = self._buckets.pop(name, (self._rate.burst, now))
        left = min(self._rate.burst, left + (now - at) * self._rate.per_second)
        enough = left >= 1
        self._buckets[name] = (left - 1 if enough else left, now)
        while len(self._buckets) > self._most or self._is_full(*next(iter(self._buckets.values())), now):
            self._buckets.popitem(last=False)
        return 0 if enough else max(1, math.ceil((1 - left) / self._rate.per_second))

    def _is_full(self, left: float, at: float, now: float) -> bool:
        """Whether a bucket is as if it had never been used, so that it need not be kept."""
        return left + (now - at) * self._rate.per_second >= self._rate.burst

    def __len__(self) -> int:
        return len(self._buckets)
