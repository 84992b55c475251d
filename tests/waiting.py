"""Waiting for something to be so."""

import asyncio
import time
from collections.abc import Callable


async def until(so: Callable[[], object], seconds: float = 60) -> None:
    """Returns when it is so; fails where that takes too long."""
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if so():
            return
        await asyncio.sleep(0.02)
    raise AssertionError("it did not come to that")
