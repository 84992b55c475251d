"""What happened a moment ago: a finger that taps twice, ten pictures sent as one album."""

import time
from collections import OrderedDict
from collections.abc import Callable, Hashable


class Recently:
    """Remembers things for some seconds, in memory, each with what belongs to it."""

    def __init__(self, seconds: float, clock: Callable[[], float] = time.monotonic, most: int = 10_000) -> None:
        self._seconds = seconds
        self._clock = clock
        self._most = most
        self._seen: OrderedDict[Hashable, tuple[float, object]] = OrderedDict()

    def __contains__(self, thing: Hashable) -> bool:
        at, _ = self._seen.get(thing, (None, None))
        return at is not None and self._clock() - at < self._seconds

    def get(self, thing: Hashable) -> object:
        """What belongs to a thing; None where it is over or was never there."""
        return self._seen[thing][1] if thing in self else None

    def add(self, thing: Hashable, what: object = None) -> None:
        """Remembers from now on, and lets go of what is over."""
        now = self._clock()
        self._seen[thing] = now, what
        self._seen.move_to_end(thing)
        while len(self._seen) > self._most or now - next(iter(self._seen.values()))[0] >= self._seconds:
            self._seen.popitem(last=False)
