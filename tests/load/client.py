"""A small HTTP client that costs the machine little: what is measured is the server."""

import http.client
import json
import statistics
import threading
import time
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

CONVERSATION = (
    "hi",
    "free drum lessons near Hatfield for my 9 year old",
    "show me more",
    "is there help with the cost of lessons",
    "any choirs in Watford on a saturday",
    "thanks",
)
"""Six turns, as a parent might have them."""


class Chat:
    """One conversation. `say` returns the seconds that the answer took."""

    def __init__(self, url: str) -> None:
        parts = urlsplit(url)
        self._connection = http.client.HTTPConnection(parts.hostname or "127.0.0.1", parts.port, timeout=60)

    def post(self, path: str, body: dict[str, Any]) -> tuple[float, Any]:
        """Seconds and the answer. Raises RuntimeError for anything but 200."""
        raw = json.dumps(body)
        started = time.perf_counter()
        self._connection.request("POST", path, raw, {"Content-Type": "application/json"})
        response = self._connection.getresponse()
        answer = response.read()
        took = time.perf_counter() - started
        if response.status != 200:
            raise RuntimeError(f"{path} answered {response.status}: {answer[:300]!r}")
        return took, json.loads(answer)


class DoorChat(Chat):
    """A conversation through Heard's own door: every step of a message's way."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self._session: str | None = None

    def say(self, text: str) -> float:
        """One turn."""
        body = {"session": self._session, "message_id": str(uuid.uuid4()), "text": text}
        took, answer = self.post("/api/chat", body)
        self._session = answer["session"]
        if not answer["replies"]:
            raise RuntimeError("an answer without replies")
        return took


class RasaChat(Chat):
    """A conversation straight with a Rasa server's REST channel."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self._sender = uuid.uuid4().hex

    def say(self, text: str) -> float:
        """One turn."""
        took, answer = self.post("/webhooks/rest/webhook", {"sender": self._sender, "message": text})
        if not answer:
            raise RuntimeError("Rasa answered nothing")
        return took


@dataclass(frozen=True, slots=True)
class Speed:
    """What a run measured. Times in milliseconds."""

    turns_per_second: float
    p50: float
    p95: float


def at_once(make: Callable[[], DoorChat | RasaChat], conversations: int, rounds: int) -> Speed:
    """So many conversations at once, `rounds` one after the other in each."""
    times: list[float] = []
    errors: list[Exception] = []
    start = threading.Barrier(conversations + 1)

    def converse() -> None:
        start.wait()
        try:
            for _ in range(rounds):
                chat = make()
                times.extend([chat.say(text) for text in CONVERSATION])
        except Exception as error:
            errors.append(error)

    threads = [threading.Thread(target=converse) for _ in range(conversations)]
    for thread in threads:
        thread.start()
    start.wait()
    started = time.perf_counter()
    for thread in threads:
        thread.join()
    took = time.perf_counter() - started
    if errors:
        raise errors[0]
    return Speed(len(times) / took, *_quantiles(times))


def growth(make: Callable[[], DoorChat | RasaChat], late: int = 200, pairs: int = 10) -> tuple[float, float]:
    """Median milliseconds of a turn around the 10th of a conversation, and around the `late`th of another.

    Every turn says the same, so that only the conversation's length differs; the two are taken in turns, so
    that whatever else the machine does meets both.
    """
    old = make()
    for _ in range(late - pairs):
        old.say(CONVERSATION[1])
    young_times: list[float] = []
    old_times: list[float] = []
    for _ in range(3):
        young = make()
        for _ in range(10 - pairs // 2):
            young.say(CONVERSATION[1])
        for _ in range(pairs):
            young_times.append(young.say(CONVERSATION[1]) * 1000)
            old_times.append(old.say(CONVERSATION[1]) * 1000)
    return statistics.median(young_times), statistics.median(old_times)


def _quantiles(times: Sequence[float]) -> tuple[float, float]:
    cuts = statistics.quantiles(times, n=100)
    return cuts[49] * 1000, cuts[94] * 1000
