"""What is remembered of one person in one consultation while they answer, and that they have."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from heard.consultations.progress import Effect, Progress

RecordState = Literal["asking", "paused", "finished"]


@dataclass(frozen=True, slots=True)
class Record:
    """One person's participation. Once finished, nothing leads from it to the answers."""

    progress: Progress
    state: RecordState
    last_key: str | None = None
    """The keyed hash of the last message that changed something; the same one again changes nothing."""
    last_effect: Effect = "started"
    touched: date | None = None
    """The day of the last change; None once finished."""
    others: int = 0
    """How many more people have begun on the same device."""
    sent: bool = False
    """Whether these answers were sent before and are open again, to be changed."""
