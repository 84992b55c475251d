"""The client of the Rasa server: one question, one answer in plain values."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import httpx
import orjson

from heard.messages import Reply


class RasaDownError(Exception):
    """Rasa or its action server cannot answer now. Carries a reason without anyone's words."""


@dataclass(frozen=True, slots=True)
class Said:
    """What Rasa's side said: replies, and what the next message should be read in the light of."""

    replies: tuple[Reply, ...]
    topic: str | None = None
    asked: str | None = None
    language: str | None = None


class Rasa:
    """Talks to Rasa's REST channel and HTTP API on loopback.

    A turn takes milliseconds; `patience` (seconds) is for a server that hangs.
    """

    def __init__(self, url: str, token: str, patience: float = 8.0) -> None:
        self._token = token
        self._http = httpx.AsyncClient(
            base_url=url, timeout=patience, limits=httpx.Limits(max_connections=64, max_keepalive_connections=32)
        )

    async def close(self) -> None:
        """Lets the connections go."""
        await self._http.aclose()

    async def ask(self, sender: str, text: str, metadata: Mapping[str, Any]) -> Said:
        """One turn. Raises RasaDownError where nothing usable came back."""
        body = orjson.dumps({"sender": sender, "message": text, "metadata": metadata})
        try:
            response = await self._http.post(
                "/webhooks/rest/webhook", content=body, headers={"Content-Type": "application/json"}
            )
            response.raise_for_status()
            said = orjson.loads(response.content)
        except (httpx.HTTPError, orjson.JSONDecodeError) as error:
            raise RasaDownError(type(error).__name__) from error
        return _said(said)

    async def forget(self, sender: str) -> bool:
        """Wipes one conversation's tracker. False where Rasa is down (its memory dies with it)."""
        try:
            response = await self._http.put(
                f"/conversations/{sender}/tracker/events",
                params={"token": self._token},
                content=orjson.dumps([{"event": "restart"}]),
                headers={"Content-Type": "application/json"},
            )
        except httpx.HTTPError:
            return False
        return response.is_success

    async def ready(self) -> bool:
        """Whether Rasa answers and has its model loaded."""
        try:
            response = await self._http.get("/status", params={"token": self._token}, timeout=2.0)
        except (TimeoutError, httpx.HTTPError):
            return False
        return response.is_success and bool(response.json().get("model_id"))


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
    return Said(replies, context.get("topic"), context.get("asked"), context.get("language"))
