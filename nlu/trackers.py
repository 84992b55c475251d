"""Where Rasa keeps its conversations: in memory, short, and not for long.

Rasa replays a conversation's whole history several times a turn, so that turn 200 would cost many times what turn 10
costs; and what people said should not lie around. Nothing of Heard needs the history: the rules look at the last
message only, and the memory of a session is in the slots.
"""

from __future__ import annotations

import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from typing import Any

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.constants import (
    ACTION_LISTEN_NAME,
    ACTION_SESSION_START_NAME,
    SESSION_START_METADATA_SLOT,
)
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, Event, Restarted, SessionStarted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker


class LeanTrackers(TrackerStore):
    """Keeps of each conversation its slots and its last turns, for as long as it is alive.

    A conversation ends when it was idle for `idle_minutes`, when `conversations` others were active after it, or when
    it is restarted: `PUT /conversations/{id}/tracker/events` with `[{"event": "restart"}]` (or none at all) wipes it.
    """

    def __init__(
        self,
        domain: Domain | None,
        event_broker: EventBroker | None = None,
        idle_minutes: float = 60,
        conversations: int = 5000,
        turns: int = 2,
        clock: Callable[[], float] = time.monotonic,
        **kwargs: Any,
    ) -> None:
        super().__init__(domain, event_broker, **kwargs)
        self._idle_seconds = float(idle_minutes) * 60
        self._most = int(conversations)
        self._turns = int(turns)
        self._clock = clock
        self._kept: OrderedDict[str, tuple[float, tuple[Event, ...]]] = OrderedDict()
        """When a conversation was last active and its events, the longest idle first."""

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Keeps what the next turn needs. A conversation that ends with a restart is forgotten."""
        await self.stream_events(tracker)
        self._forget_idle()
        events = self._lean(tracker)
        if events:
            self._kept[tracker.sender_id] = (self._clock(), events)
            self._kept.move_to_end(tracker.sender_id)
        else:
            self._kept.pop(tracker.sender_id, None)
        while len(self._kept) > self._most:
            self._kept.popitem(last=False)

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The conversation, or None where there is none (any more)."""
        self._forget_idle()
        if sender_id not in self._kept:
            return None
        _, events = self._kept[sender_id]
        tracker = self.init_tracker(sender_id)
        for event in events:
            tracker.update(event)
        return tracker

    async def keys(self) -> Iterable[str]:
        """The conversations that are kept."""
        self._forget_idle()
        return list(self._kept)

    async def delete(self, sender_id: str) -> None:
        """Forgets one conversation."""
        self._kept.pop(sender_id, None)

    def _forget_idle(self) -> None:
        now = self._clock()
        while self._kept:
            sender_id, (last, _) = next(iter(self._kept.items()))
            if now - last < self._idle_seconds:
                return
            del self._kept[sender_id]

    def _lean(self, tracker: DialogueStateTracker) -> tuple[Event, ...]:
        """The session's start, its slots, and its last turns with the `action_listen` before them; () after a restart.

        The slots stand in front with today's values: replaying the turns sets some of them again, to the same end.
        """
        said = _since_last_start(list(tracker.events))
        if not any(isinstance(event, UserUttered) for event in said):
            slots = _slots(tracker)
            return _start(tracker) + slots + tuple(said) if said and not isinstance(said[-1], Restarted) else ()
        listens = [i for i, event in enumerate(said) if _is_listen(event)]
        before = [i for i in listens if any(isinstance(event, UserUttered) for event in said[i + 1 :])]
        cut = before[-self._turns :][0] if before else 0
        turns = tuple(event for event in said[cut:] if not _is_session_metadata(event))
        return _start(tracker) + _slots(tracker) + turns


def _since_last_start(events: list[Event]) -> list[Event]:
    for i in range(len(events) - 1, -1, -1):
        if isinstance(events[i], Restarted):
            return [*events[i + 1 :]] if len(events) > i + 1 else []
        if isinstance(events[i], SessionStarted):
            return events[i + 1 :]
    return events


def _start(tracker: DialogueStateTracker) -> tuple[Event, ...]:
    began = tracker.events[0].timestamp if tracker.events else None
    return ActionExecuted(ACTION_SESSION_START_NAME, timestamp=began), SessionStarted(timestamp=began)


def _slots(tracker: DialogueStateTracker) -> tuple[Event, ...]:
    began = tracker.events[0].timestamp if tracker.events else None
    return tuple(
        SlotSet(name, slot.value, timestamp=began)
        for name, slot in tracker.slots.items()
        if slot.value is not None and name != SESSION_START_METADATA_SLOT
    )


def _is_listen(event: Event) -> bool:
    return isinstance(event, ActionExecuted) and event.action_name == ACTION_LISTEN_NAME


def _is_session_metadata(event: Event) -> bool:
    return isinstance(event, SlotSet) and event.key == SESSION_START_METADATA_SLOT
