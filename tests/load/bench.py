"""`make bench`: turns a second and times, Heard through its door beside stock Rasa, in the same run."""

import json
import platform
import sys
import tempfile
import time
from pathlib import Path

import psutil

from tests.load.client import DoorChat, RasaChat, Speed, at_once, growth
from tests.load.stock import stock_model, stock_rasa
from tests.system import RunningSystem, running_system

CONVERSATIONS = 8
ROUNDS = 12
STOCK_ROUNDS = 3
WANTED_RATIO, WANTED_P50, WANTED_GROWTH = 3.0, 20.0, 1.5


def main() -> int:
    """Prints the figures and whether each wanted mark is reached; 0 if all are."""
    print(
        f"{platform.processor() or platform.machine()}, {psutil.cpu_count()} cores, Python {platform.python_version()}"
    )
    print("training the yardstick, stock Rasa, if needed (some minutes) ...", flush=True)
    model = stock_model()
    started = time.monotonic()
    with running_system(HUB="hertfordshire") as system, tempfile.TemporaryDirectory() as folder:
        start = time.monotonic() - started
        with stock_rasa(model, system, Path(folder)) as stock_url:
            at_once(lambda: RasaChat(stock_url), 2, 1)
            stock_many = at_once(lambda: RasaChat(stock_url), CONVERSATIONS, STOCK_ROUNDS)
            stock_one = at_once(lambda: RasaChat(stock_url), 1, 4)
        at_once(lambda: DoorChat(system.url), 2, 2)
        many = at_once(lambda: DoorChat(system.url), CONVERSATIONS, ROUNDS)
        one = at_once(lambda: DoorChat(system.url), 1, 20)
        early, late = growth(lambda: DoorChat(system.url))
        memory = _memory(system)
    ratio = many.turns_per_second / stock_many.turns_per_second
    _row("stock Rasa, 8 conversations at once", stock_many)
    _row("stock Rasa, one at a time", stock_one)
    _row("Heard's door, 8 conversations at once", many)
    _row("Heard's door, one at a time", one)
    print(f"start to ready: {start:.1f} s; memory: {memory}")
    marks = {
        f"turns a second, times stock Rasa: {ratio:.1f} (wanted {WANTED_RATIO:.0f})": ratio >= WANTED_RATIO,
        f"p50 of a turn, one at a time: {one.p50:.1f} ms (wanted under {WANTED_P50:.0f})": one.p50 < WANTED_P50,
        f"turn 200 / turn 10: {late:.1f} / {early:.1f} ms = {late / early:.2f} (wanted at most {WANTED_GROWTH})": (
            late / early <= WANTED_GROWTH
        ),
    }
    for text, reached in marks.items():
        print(f"{'reached    ' if reached else 'NOT REACHED'} {text}")
    return 0 if all(marks.values()) else 1


def _row(name: str, speed: Speed) -> None:
    print(f"{name:<40}{speed.turns_per_second:8.1f} turns/s   p50 {speed.p50:7.1f} ms   p95 {speed.p95:7.1f} ms")


def _memory(system: RunningSystem) -> str:
    megabytes = {
        name: psutil.Process(system.pid(name)).memory_info().rss // 2**20 for name in ("bot", "actions", "rasa")
    }
    return json.dumps(megabytes) + " MB"


if __name__ == "__main__":
    sys.exit(main())
