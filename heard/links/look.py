"""What came of looking at one web address."""

from dataclasses import dataclass
from typing import Literal

State = Literal["ok", "moved", "unsure", "broken"]
"""moved: for good, to another address. unsure: it may work for people, or again later."""


@dataclass(frozen=True, slots=True)
class Look:
    """One address. `status` is the last HTTP status, None where there was no answer; `note` says more."""

    url: str
    state: State
    status: int | None = None
    note: str | None = None

    @property
    def answered(self) -> bool:
        """Whether anything answered at all."""
        return self.status is not None
