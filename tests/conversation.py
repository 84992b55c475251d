"""A person at the chat API: says things, presses buttons, looks at what came back."""

import uuid
from typing import Any

import httpx


class Conversation:
    """One chat. `last` is the latest answer's JSON."""

    def __init__(self, url: str, language: str = "en") -> None:
        self._client = httpx.Client(base_url=url, timeout=30)
        self._language = language
        self.session: str | None = None
        self.last: dict[str, Any] = {}

    def say(self, text: str, message_id: str | None = None) -> dict[str, Any]:
        """Types and sends; returns the answer."""
        return self._send({"text": text}, message_id)

    def send_payload(self, payload: str, message_id: str | None = None) -> dict[str, Any]:
        """Sends a choice's payload; returns the answer."""
        return self._send({"payload": payload}, message_id)

    def press(self, label: str) -> dict[str, Any]:
        """Presses the choice whose label holds `label`."""
        return self.send_payload(self.payload_of(label))

    def payload_of(self, label: str) -> str:
        """The payload behind a label of the last answer."""
        for choice in self.choices:
            if label.lower() in choice["label"].lower():
                return str(choice["payload"])
        raise AssertionError(f"no choice {label!r} among {[choice['label'] for choice in self.choices]}")

    @property
    def replies(self) -> list[dict[str, Any]]:
        """The last answer's replies."""
        return list(self.last["replies"])

    @property
    def text(self) -> str:
        """Everything that the last answer says, with its cards."""
        parts = [reply["text"] for reply in self.replies]
        parts += [f"{card['title']} {card['summary']} {' '.join(card['why'])}" for card in self.cards]
        return "\n".join(parts)

    @property
    def cards(self) -> list[dict[str, Any]]:
        """The last answer's cards."""
        return [card for reply in self.replies for card in reply.get("cards", [])]

    @property
    def choices(self) -> list[dict[str, Any]]:
        """The last answer's choices, those of its cards too."""
        of_cards = [choice for card in self.cards for choice in card.get("choices", [])]
        return of_cards + [choice for reply in self.replies for choice in reply.get("choices", [])]

    @property
    def progress(self) -> dict[str, int] | None:
        """How far the consultation is, where its question is open."""
        return next((reply["progress"] for reply in reversed(self.replies) if reply.get("progress")), None)

    def _send(self, what: dict[str, str], message_id: str | None) -> dict[str, Any]:
        body = {"session": self.session, "message_id": message_id or str(uuid.uuid4()), "language": self._language}
        response = self._client.post("/api/chat", json={**body, **what})
        assert response.status_code == 200, response.text
        self.last = response.json()
        self.session = self.last["session"]
        return self.last
