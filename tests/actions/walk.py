"""Walks a hub's whole talk by its buttons: every choice that is ever offered is pressed once, with the real actions."""

import asyncio
from collections import deque
from collections.abc import AsyncIterator, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import yaml
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions.base import TopicAction
from actions.server import TOPICS
from bot.payload import read_payload
from heard.bootstrap import Heard
from tests.system import ROOT

TODAY = "2026-11-21"
_MOST = 5000


@dataclass(frozen=True)
class Press:
    """A choice to press: in whose chat, with which memory, and what it stands for."""

    intent: str
    values: Mapping[str, str]
    memory: Mapping[str, Any]
    sender: str


def rules() -> list[tuple[str, str]]:
    """Intent and action of every rule in data/*/rules.yml."""
    files = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted((ROOT / "data").glob("*/rules.yml"))]
    found = [[next(iter(step.values())) for step in rule["steps"]] for file in files for rule in file["rules"]]
    return [(intent, action) for intent, action in found]


def actions_of(heard: Heard) -> dict[str, TopicAction]:
    """All actions by name."""
    return {action.name(): action for topic in TOPICS for action in topic.actions(heard)}


def call(intent: str, values: Mapping[str, str], memory: Mapping[str, Any], sender: str, key: str) -> dict[str, Any]:
    """A tracker's state as Rasa 3.6.21 puts it into a call."""
    return {
        "sender_id": sender,
        "slots": dict.fromkeys(("topic", "asked", "wish", "listing", "circumstances", "route", "language")) | memory,
        "latest_message": {
            "intent": {"name": intent, "confidence": 1.0},
            "entities": [{"entity": name, "value": value} for name, value in values.items()],
            "text": f"/{intent}",
            "message_id": key,
            "metadata": {"key": key, "language": "en", "today": TODAY},
            "intent_ranking": [{"name": intent, "confidence": 1.0}],
        },
        "latest_event_time": 1795000000.0,
        "followup_action": None,
        "paused": False,
        "events": [],
        "latest_input_channel": "rest",
        "active_loop": {},
        "latest_action": {"action_name": "action_listen"},
        "latest_action_name": "action_listen",
    }


def every_payload(heard: Heard, starts: Iterable[Press]) -> list[str]:
    """Every payload that is offered from `starts` on, each once, in the order in which they turn up."""

    async def collect() -> list[str]:
        return [payload async for payload in _walk(heard, starts)]

    return asyncio.run(collect())


async def _walk(heard: Heard, starts: Iterable[Press]) -> AsyncIterator[str]:
    leads_to, actions = dict(rules()), actions_of(heard)
    waiting = deque(starts)
    seen: set[str] = set()
    for number in range(_MOST):
        if not waiting:
            return
        press = waiting.popleft()
        state = call(press.intent, press.values, press.memory, press.sender, f"key {number}")
        dispatcher = CollectingDispatcher()
        events = await actions[leads_to[press.intent]].run(dispatcher, Tracker.from_dict(state), {})
        assert dispatcher.messages, f"{press} has no answer"
        memory = {**press.memory, **{event["name"]: event["value"] for event in events}}
        for payload in _payloads(dispatcher.messages[0]["custom"]["replies"]):
            if payload not in seen:
                seen.add(payload)
                yield payload
                read = read_payload(payload)
                waiting.append(Press(read.intent, read.values, memory, press.sender))
    raise AssertionError(f"more than {_MOST} steps")


def _payloads(replies: list[dict[str, Any]]) -> list[str]:
    cards = [card for reply in replies for card in reply.get("cards", ())]
    return [choice["payload"] for holder in (*replies, *cards) for choice in holder.get("choices", ())]
