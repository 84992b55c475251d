"""Counts that may wait: written in a thread of their own, so that no answer waits for the database or fails with it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Lock

import structlog

from heard.errors import StoreError

log = structlog.get_logger()

_MOST_WAITING = 1000
"""With the database down, more are not kept waiting."""


class Later:
    """Does one thing after the other, in the order in which they came."""

    def __init__(self) -> None:
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="later")
        self._lock = Lock()
        self._waiting = 0

    def __call__(self, write: Callable[[], None]) -> None:
        """Does it soon. What the database refuses is said in the log and lost."""
        with self._lock:
            if self._waiting >= _MOST_WAITING:
                return
            self._waiting += 1
        self._thread.submit(self._do, write)

    def flush(self) -> None:
        """Returns when everything so far is done."""
        self._thread.submit(lambda: None).result()

    def _do(self, write: Callable[[], None]) -> None:
        try:
            write()
        except StoreError as error:
            log.error("something could not be counted", reason=str(error))
        finally:
            with self._lock:
                self._waiting -= 1
