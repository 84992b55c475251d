"""How every action meets heard/: Rasa's tracker becomes an Exchange, an Outcome becomes events and an utterance."""

import asyncio
import traceback
from datetime import date
from pathlib import Path
from typing import Any

import structlog
from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher

from heard.exchange import Entity, Exchange, Outcome, Understood
from heard.redaction import Redacted
from heard.session import Answers, answered

log = structlog.get_logger()

_STEPS = 5


class TopicAction(Action):
    """The action `name`, answered by a topic's method."""

    def __init__(self, name: str, answers: Answers, *, blocking: bool = False) -> None:
        """`blocking` is for topics that write to the database: they get a thread, so that others go on."""
        self._name = name
        self._answers = answers
        self._blocking = blocking

    def name(self) -> str:
        return self._name

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: dict[str, Any]) -> list[EventType]:
        try:
            exchange = read_exchange(tracker)
            if self._blocking and not exchange.key:
                # Not from the door, so nobody knows whether it was redacted: nothing of it is written down.
                log.warning("a message that did not come by the door is not kept", action=self._name)
                return []
            if self._blocking:
                outcome = await asyncio.to_thread(answered, exchange, self._answers)
            else:
                outcome = answered(exchange, self._answers)
        except Exception as error:
            # rasa-sdk would log the error's words and hand the whole request back for Rasa to log: both can hold what
            # somebody said. Nothing said means to the door that its fallback must answer.
            log.error("a topic failed", action=self._name, kind=type(error).__name__, at=_where(error))
            return []
        dispatcher.utter_message(json_message=spoken(exchange, outcome))
        log.info("answered", action=self._name, replies=len(outcome.replies))
        return [SlotSet(name, value) for name, value in outcome.memory.items()]


def read_exchange(tracker: Tracker) -> Exchange:
    """The latest message with its conversation's memory. The text was redacted by the door."""
    latest = tracker.latest_message or {}
    metadata = latest.get("metadata") or {}
    ranking = tuple((r["name"], float(r["confidence"])) for r in latest.get("intent_ranking") or () if r.get("name"))
    intent = latest.get("intent") or {}
    return Exchange(
        understood=Understood(
            intent=intent.get("name") or "nlu_fallback",
            text=Redacted(latest.get("text") or ""),
            entities=tuple(_entity(e) for e in latest.get("entities") or ()),
            confidence=float(intent.get("confidence") or 0.0),
            ranking=ranking,
        ),
        memory=tracker.slots,
        sender=tracker.sender_id,
        key=metadata.get("key") or "",
        today=date.fromisoformat(metadata["today"]) if "today" in metadata else date.today(),
        language=metadata.get("language") or "en",
        channel="telegram" if metadata.get("channel") == "telegram" else "web",
    )


def spoken(exchange: Exchange, outcome: Outcome) -> dict[str, Any]:
    """The utterance: replies in the chat API's form, and the context that the door hands back next time.

    With a reminder that the door has to keep, where there is one.
    """

    def now(slot: str) -> Any:
        return outcome.memory[slot] if slot in outcome.memory else exchange.memory.get(slot)

    return {
        "replies": [reply.as_dict() for reply in outcome.replies],
        "context": {"topic": now("topic"), "asked": now("asked"), "language": now("language")},
        **({"remind": outcome.remind} if outcome.remind is not None else {}),
    }


def _where(error: Exception) -> list[str]:
    """The last steps to the fault, innermost last."""
    steps = traceback.extract_tb(error.__traceback__)[-_STEPS:]
    return [f"{Path(step.filename).name}:{step.lineno} {step.name}" for step in steps]


def _entity(plain: dict[str, Any]) -> Entity:
    return Entity(
        type=plain["entity"],
        value=plain["value"],
        start=plain.get("start"),
        end=plain.get("end"),
        negated=bool(plain.get("negated", False)),
    )
