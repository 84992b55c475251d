"""The client of the Rasa server: one question, one answer in plain values."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import aiohttp
import orjson

from heard.messages import Reply

_FAULTS = (aiohttp.ClientError, TimeoutError)


class RasaDownError(Exception):
    """Rasa or its action server cannot answer now. Carries a reason without anyone's words."""


@dataclass(frozen=True, slots=True)
class Said:
    """What Rasa's side said: replies, and what the next message should be read in the light of."""

    replies: tuple[Reply, ...]
    topic: str | None = None
    asked: str | None = None
    language: str | None = None
    remind: Mapping[str, Any] | None = None
    """A reminder that is to be kept, as JSON values."""


class Rasa:
    """Talks to Rasa's REST channel and HTTP API on loopback.

    A turn takes milliseconds; `patience` (seconds) is for a server that hangs. Measured against httpx, aiohttp
    costs a fifth of the processor time of a turn.
    """

    def __init__(self, url: str, token: str, patience: float = 8.0) -> None:
        self._url = url
        self._headers = {"Content-Type": "application/json", "Authorization": f"Bearer {token}"}
        self._patience = aiohttp.ClientTimeout(total=patience)
        self._session: aiohttp.ClientSession | None = None

    async def close(self) -> None:
        """Lets the connections go."""
        if self._session is not None:
            await self._session.close()

    async def ask(self, sender: str, text: str, metadata: Mapping[str, Any]) -> Said:
        """One turn. Raises RasaDownError where nothing usable came back."""
        body = orjson.dumps({"sender": sender, "message": text, "metadata": metadata})
        try:
            async with self._http().post(f"{self._url}/webhooks/rest/webhook", data=body) as response:
                response.raise_for_status()
                said = orjson.loads(await response.read())
        except (*_FAULTS, orjson.JSONDecodeError) as error:
            raise RasaDownError(type(error).__name__) from error
        return _said(said)

    async def forget(self, sender: str) -> bool:
        """Wipes one conversation's tracker. False where Rasa is down (its memory dies with it)."""
        url = f"{self._url}/conversations/{sender}/tracker/events"
        body = orjson.dumps([{"event": "restart"}])
        try:
            async with self._http().put(url, data=body) as response:
                return response.ok
        except _FAULTS:
            return False

    async def ready(self) -> bool:
        """Whether Rasa answers and has its model loaded."""
        try:
            async with self._http().get(f"{self._url}/status") as response:
                return response.ok and bool((await response.json()).get("model_id"))
        except _FAULTS:
            return False

    def _http(self) -> aiohttp.ClientSession:
        # A session belongs to the running loop, so it is made on first use.
        if self._session is None:
            connector = aiohttp.TCPConnector(limit=64)
            self._session = aiohttp.ClientSession(headers=self._headers, timeout=self._patience, connector=connector)
        return self._session


def _said(messages: Any) -> Said:
    """Rasa leaves out what failed: an empty list means that the action server could not be reached."""
    custom = [m["custom"] for m in messages if isinstance(m, dict) and isinstance(m.get("custom"), dict)]
    if not custom:
        raise RasaDownError("Rasa answered nothing")
    context = custom[-1].get("context") or {}
    try:
        replies = tuple(Reply.from_dict(reply) for part in custom for reply in part["replies"])
    except (KeyError, TypeError, ValueError) as error:
        raise RasaDownError("Rasa's answer has another form") from error
    remind = custom[-1].get("remind")
    steering = context.get("topic"), context.get("asked"), context.get("language")
    return Said(replies, *steering, remind if isinstance(remind, dict) else None)
