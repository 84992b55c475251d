"""Payloads in 64 bytes: Telegram's callback data is shorter than some of our choices."""

import hashlib
from datetime import UTC, date, datetime

from heard.store import Store

_MOST_BYTES = 64
_MARK = "#"


class Buttons:
    """Short payloads travel as they are; longer ones are kept once each under a hash of themselves.

    A kept payload says nothing of who was offered it, so it may outlive the chat: an old button still works
    after a restart. What has not been offered for long is purged, so each is kept again once a day.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        self._kept: dict[str, date] = {}

    def data(self, payload: str) -> str:
        """Callback data for a payload."""
        if len(payload.encode()) <= _MOST_BYTES:
            return payload
        name = hashlib.sha256(payload.encode()).hexdigest()[:32]
        today = datetime.now(UTC).date()
        if self._kept.get(name) != today:
            self._store.buttons.keep(name, payload)
            self._kept[name] = today
        return _MARK + name

    def payload(self, data: str) -> str | None:
        """The payload behind callback data; None for a button that is none of ours."""
        if data.startswith(_MARK):
            return self._store.buttons.get(data[len(_MARK) :])
        return data if data.startswith("/") else None
