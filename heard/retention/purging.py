"""Lets go of what is past its time, or says how much that would be."""

from collections.abc import Callable
from datetime import datetime

from heard.consultations.service import Consultations
from heard.store import Store
from heard.store.store import utc_now

_CLOSED = "who is answering a consultation, and who has answered"


class Purging:
    """The purge of one hub's installation; what belongs to no hub goes with whichever purges first."""

    def __init__(self, store: Store, consultations: Consultations, clock: Callable[[], datetime] = utc_now) -> None:
        self._store = store
        self._consultations = consultations
        self._clock = clock

    def count(self) -> dict[str, int]:
        """How many `purge` would take out, by the names of heard/retention/lifetimes.py. Changes nothing."""
        now = self._clock()
        counts = {name: self._store.expiry.count(name, now) for name in self._store.expiry.names}
        return {**counts, _CLOSED: self._consultations.count_due()}

    def purge(self) -> dict[str, int]:
        """Takes out what is past its time; says how many of what."""
        now = self._clock()
        closed = self._consultations.count_due()
        self._consultations.close_due()
        gone = {name: self._store.expiry.purge(name, now) for name in self._store.expiry.names}
        if any(gone.values()):
            self._store.expiry.overwrite()
        return {**gone, _CLOSED: closed}
