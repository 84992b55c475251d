"""What was made from the database, made again when the database has changed."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

import structlog

log = structlog.get_logger()

EVERY = 1.0
"""Seconds between two looks at the database: one indexed row each."""


class Live[T]:
    """`now` is the latest; take it once for one piece of work, so that the whole of it sees one state.

    Making it again goes on beside the work and takes nothing away from it: until it is done, `now` is the old one.
    """

    def __init__(self, make: Callable[[], T], version: Callable[[], int]) -> None:
        """Takes what makes the value and what tells the number that changes with it."""
        self._make = make
        self._version = version
        self._turn = threading.Lock()
        self._made_of = version()
        self.now = make()

    def refresh(self) -> bool:
        """Makes `now` again where the database has changed since; says whether it had."""
        with self._turn:
            # Asked before it is made: what changes in between is seen the next time.
            version = self._version()
            if version == self._made_of:
                return False
            self.now = self._make()
            self._made_of = version
            return True

    @contextmanager
    def followed(self, every: float = EVERY) -> Iterator[None]:
        """Keeps `now` up to date in a thread, as long as the block lasts."""
        stop = threading.Event()
        thread = threading.Thread(target=self._follow, args=(stop, every), name="live", daemon=True)
        thread.start()
        try:
            yield
        finally:
            stop.set()
            thread.join(5)

    def _follow(self, stop: threading.Event, every: float) -> None:
        troubled = False
        while not stop.wait(every):
            try:
                if self.refresh():
                    log.info("the directory has changed and is read again")
                troubled = False
            except Exception as error:
                # Whatever it is, the old state goes on answering; it is said once and tried again.
                if not troubled:
                    log.error("the directory cannot be read again; the old one stays", kind=type(error).__name__)
                troubled = True
