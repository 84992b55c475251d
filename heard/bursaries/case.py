"""One family's talk about money: what it told us, what it needs help for, what we asked and showed."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from heard.bursaries.circumstances import Circumstances

SLOT = "circumstances"


@dataclass(frozen=True, slots=True)
class Case:
    """The value of the slot `circumstances`. It lives as long as the chat does and is stored nowhere."""

    circumstances: Circumstances = field(default_factory=Circumstances)
    needs: tuple[str, ...] = ()
    """What the help is for ("lesson", "instrument"); empty where nobody said."""
    asked: tuple[str, ...] = ()
    """The questions that we asked, answered or not, in order: none is asked twice."""
    shown: tuple[str, ...] = ()
    """The schemes that we showed, in order."""
    about: str | None = None
    """The one scheme that is being checked, if it is one."""

    def as_dict(self) -> dict[str, Any]:
        """The JSON form; `Circumstances.from_dict` reads its part of it too."""
        plain = self.circumstances.as_dict()
        rest = {"needs": list(self.needs), "asked": list(self.asked), "shown": list(self.shown), "about": self.about}
        return plain | {name: value for name, value in rest.items() if value}

    @classmethod
    def from_memory(cls, memory: Mapping[str, Any]) -> "Case":
        """The case in a conversation's memory; an empty one where there is none yet."""
        plain = memory.get(SLOT) or {}
        return cls(
            Circumstances.from_dict(plain),
            needs=tuple(plain.get("needs", ())),
            asked=tuple(plain.get("asked", ())),
            shown=tuple(plain.get("shown", ())),
            about=plain.get("about"),
        )
