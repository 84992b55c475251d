"""How a message leaves for somebody who has not just written."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Literal

from heard.messages import Reply


@dataclass(frozen=True, slots=True)
class Posted:
    """What came of a message.

    "sent" means that there is no use or no safety in trying again: it has arrived, may have arrived, or never can.
    "not now": it has certainly not arrived, and may be tried again after `again_in` seconds. "gone": nobody can be
    written to there any more.
    """

    how: Literal["sent", "not now", "gone"]
    again_in: float = 0.0


Post = Callable[[str, Reply, str], Awaitable[Posted]]
"""Sends a reply to an address, in a language. Tries once."""
