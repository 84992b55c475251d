"""Where somebody's talk about a route stands: the slot `route`."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

SLOT = "route"
NOT_STARTED = "not-started"
"""The stage of somebody who is before the first one."""


@dataclass(frozen=True, slots=True)
class Walk:
    """The route that is talked about, the stage somebody is at, and what narrows the entries."""

    route: str | None = None
    stage: str | None = None
    """The id of a stage, or `NOT_STARTED`; None where we do not know."""
    shown: int = 0
    """The stages before this index were shown."""
    also: tuple[str, ...] = ()
    """Routes that fit too, the likeliest first."""
    instruments: tuple[str, ...] = ()
    place: str | None = None
    """A place or an outcode, for distances."""

    def as_dict(self) -> dict[str, Any]:
        """The JSON form; what is empty is left out."""
        plain = {
            "route": self.route,
            "stage": self.stage,
            "shown": self.shown,
            "also": list(self.also),
            "instruments": list(self.instruments),
            "place": self.place,
        }
        return {name: value for name, value in plain.items() if value}

    @classmethod
    def from_memory(cls, memory: Mapping[str, Any]) -> "Walk":
        """The walk in a conversation's memory; an empty one where there is none yet."""
        plain = memory.get(SLOT) or {}
        return cls(
            plain.get("route"),
            plain.get("stage"),
            shown=int(plain.get("shown", 0)),
            also=tuple(plain.get("also", ())),
            instruments=tuple(plain.get("instruments", ())),
            place=plain.get("place"),
        )
