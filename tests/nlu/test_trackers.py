"""Conversations are kept lean, and are forgotten."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable
from typing import Any

from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, BotUttered, Restarted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from nlu.trackers import LeanTrackers

DOMAIN = Domain.load("domain.yml")


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def run(awaitable: Awaitable[Any]) -> Any:
    async def awaited() -> Any:
        return await awaitable

    return asyncio.run(awaited())


def a_store(clock: Clock | None = None, conversations: int = 5000) -> LeanTrackers:
    return LeanTrackers(DOMAIN, idle_minutes=60, conversations=conversations, clock=clock or Clock())


def a_turn(store: LeanTrackers, sender: str, text: str, **slots: object) -> DialogueStateTracker:
    tracker = run(store.get_or_create_tracker(sender, append_action_listen=True))
    tracker.update(UserUttered(text, {"name": "greet", "confidence": 1.0}))
    tracker.update(ActionExecuted("action_talk"))
    for name, value in slots.items():
        tracker.update(SlotSet(name, value))
    tracker.update(BotUttered("hello"))
    tracker.update(ActionExecuted("action_listen"))
    run(store.save(tracker))
    return tracker


def test_slots_come_back_and_words_do_not() -> None:
    store = a_store()
    a_turn(store, "one", "my secret", topic="search", wish={"instruments": ["drums"]})
    again = run(store.retrieve("one"))
    assert again is not None
    assert again.get_slot("topic") == "search"
    assert again.get_slot("wish") == {"instruments": ["drums"]}
    assert again.get_slot("listing") is None
    assert again.latest_action_name == "action_listen"
    assert not any(isinstance(event, (UserUttered, BotUttered)) for event in again.events)


def test_a_long_conversation_is_as_short_as_a_new_one() -> None:
    store = a_store()
    for _ in range(3):
        a_turn(store, "one", "hello", topic="search")
    short = len(run(store.retrieve("one")).events)
    for _ in range(200):
        a_turn(store, "one", "hello", topic="search")
    assert len(run(store.retrieve("one")).events) == short


def test_a_slot_that_was_unset_stays_unset() -> None:
    store = a_store()
    a_turn(store, "one", "hello", asked="search.age")
    a_turn(store, "one", "9", asked=None)
    assert run(store.retrieve("one")).get_slot("asked") is None


def test_an_idle_conversation_is_forgotten() -> None:
    clock = Clock()
    store = a_store(clock)
    a_turn(store, "one", "hello", topic="search")
    clock.now = 59 * 60
    a_turn(store, "two", "hello", topic="search")
    assert run(store.retrieve("one")) is not None
    clock.now = 61 * 60
    assert run(store.retrieve("one")) is None
    assert list(run(store.keys())) == ["two"]


def test_an_idle_conversation_goes_although_nobody_writes_any_more() -> None:
    async def wait() -> None:
        store = LeanTrackers(DOMAIN, idle_minutes=0.2 / 60)
        for sender in ("one", "two"):
            tracker = await store.get_or_create_tracker(sender, append_action_listen=True)
            await store.save(tracker)
            await asyncio.sleep(0.1)
        assert len(store._kept) == 2
        for _ in range(500):
            await asyncio.sleep(0.02)
            if not store._kept:
                return
        raise AssertionError("they are still there")

    run(wait())


def test_only_so_many_conversations_are_kept_the_idlest_goes_first() -> None:
    store = a_store(conversations=2)
    for sender in ("one", "two"):
        a_turn(store, sender, "hello", topic="search")
    a_turn(store, "one", "hello again", topic="search")
    a_turn(store, "three", "hello", topic="search")
    assert sorted(run(store.keys())) == ["one", "three"]


def test_a_restart_wipes_a_conversation() -> None:
    for events in ([Restarted()], []):
        store = a_store()
        a_turn(store, "one", "hello", topic="search")
        wiped = DialogueStateTracker.from_events("one", events, DOMAIN.slots)
        run(store.save(wiped))
        assert run(store.retrieve("one")) is None


def test_senders_do_not_share_anything() -> None:
    store = a_store()
    a_turn(store, "one", "hello", topic="search")
    a_turn(store, "two", "hello", topic="bursaries")
    assert run(store.retrieve("one")).get_slot("topic") == "search"
