"""Where Rasa keeps its conversations: in memory, without what was said, and not for long.

Rasa replays a conversation's whole history several times a turn, so that turn 200 would cost many times what turn 10
costs; and what people said should not lie around. Nothing of Heard needs the history: every rule looks at the last
message only, and a session's memory is in the slots. (Forms, loops, stories and reminders would need it.)
"""

from __future__ import annotations

import asyncio
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.constants import ACTION_LISTEN_NAME, ACTION_SESSION_START_NAME, SESSION_START_METADATA_SLOT
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, Event, Restarted, SessionStarted, SlotSet
from rasa.shared.core.trackers import DialogueStateTracker

from nlu.tokens_of_calls import show_to_actions

# Rasa's own commands load this module with endpoints.yml, and then call the action server that it names.
show_to_actions()

_A_MOMENT = 0.05
"""Seconds by which a timer may come too early."""


class LeanTrackers(TrackerStore):
    """Keeps each conversation's slots for as long as it is alive, and nothing else of it.

    A conversation is over when it was idle for `idle_minutes`, when `conversations` others were active after it, or
    when it is restarted: `PUT /conversations/{id}/tracker/events` with `[{"event": "restart"}]` or `[]` wipes it.
    """

    def __init__(
        self,
        domain: Domain | None,
        event_broker: EventBroker | None = None,
        idle_minutes: float = 60,
        conversations: int = 5000,
        clock: Callable[[], float] = time.monotonic,
        **kwargs: Any,
    ) -> None:
        super().__init__(domain, event_broker, **kwargs)
        self._idle_seconds = float(idle_minutes) * 60
        self._most = int(conversations)
        self._clock = clock
        self._kept: OrderedDict[str, tuple[float, Mapping[str, Any]]] = OrderedDict()
        """When each conversation was last active and its slots, the longest idle first."""
        self._timer: tuple[asyncio.AbstractEventLoop, asyncio.TimerHandle] | None = None

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Keeps the slots for the next turn. A conversation that ends with a restart is forgotten."""
        await self.stream_events(tracker)
        self._forget_idle()
        if not tracker.events or isinstance(tracker.events[-1], Restarted):
            self._kept.pop(tracker.sender_id, None)
            return
        self._kept[tracker.sender_id] = (self._clock(), _slots(tracker))
        self._kept.move_to_end(tracker.sender_id)
        while len(self._kept) > self._most:
            self._kept.popitem(last=False)
        self._set_timer()

    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        """The conversation as a session that has just begun with these slots; None where there is none (any more)."""
        self._forget_idle()
        if sender_id not in self._kept:
            return None
        tracker = self.init_tracker(sender_id)
        for event in _session(self._kept[sender_id][1]):
            tracker.update(event)
        return tracker

    async def keys(self) -> Iterable[str]:
        """The conversations that are kept."""
        self._forget_idle()
        return list(self._kept)

    def _forget_idle(self) -> None:
        now = self._clock()
        while self._kept:
            sender_id, (last, _) = next(iter(self._kept.items()))
            if now - last < self._idle_seconds:
                return
            del self._kept[sender_id]

    def _set_timer(self) -> None:
        """Sees to it that the longest idle conversation goes on time, also when nobody writes any more."""
        loop = asyncio.get_running_loop()
        if self._kept and (self._timer is None or self._timer[0] is not loop):
            last, _ = next(iter(self._kept.values()))
            left = max(self._idle_seconds - (self._clock() - last), 0.0)
            self._timer = loop, loop.call_later(left + _A_MOMENT, self._time_is_up)

    def _time_is_up(self) -> None:
        self._timer = None
        self._forget_idle()
        self._set_timer()


def _slots(tracker: DialogueStateTracker) -> Mapping[str, Any]:
    return {
        name: slot.value
        for name, slot in tracker.slots.items()
        # The metadata of the session's first message holds that message's context, of no use to later ones.
        if slot.value is not None and name != SESSION_START_METADATA_SLOT
    }


def _session(slots: Mapping[str, Any]) -> Iterable[Event]:
    yield ActionExecuted(ACTION_SESSION_START_NAME)
    yield SessionStarted()
    for name, value in slots.items():
        yield SlotSet(name, value)
    yield ActionExecuted(ACTION_LISTEN_NAME)
