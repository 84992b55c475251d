"""Which examples are kept apart, to stop the encoder's training in time and to make confidences honest.

A fixed share, chosen by the text alone, so that whoever asks (the encoder's training, the intent classifier) gets the
same ones on every machine.
"""

from __future__ import annotations

import hashlib

_SHARE = 12
"""One in so many."""


def is_held_out(text: str) -> bool:
    """Whether this example is kept apart; never changes for a text."""
    return hashlib.sha256(text.encode("utf-8")).digest()[0] % _SHARE == 0
