"""What happened a moment ago: a finger that taps twice, ten pictures sent as one album."""

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable


class Recently:
    """Remembers things for some seconds, in memory."""

    def __init__(self, seconds: float, clock: Callable[[], float] = time.monotonic, most: int = 10_000) -> None:
        self._seconds = seconds
        self._clock = clock
        self._most = most
        self._seen: OrderedDict[Hashable, float] = OrderedDict()

    def __contains__(self, thing: Hashable) -> bool:
        at = self._seen.get(thing)
        return at is not None and self._clock() - at < self._seconds

    def add(self, thing: Hashable) -> None:
        """Remembers from now on, and lets go of what is over."""
        now = self._clock()
        self._seen[thing] = now
        self._seen.move_to_end(thing)
        while len(self._seen) > self._most or now - next(iter(self._seen.values())) >= self._seconds:
            self._seen.popitem(last=False)
