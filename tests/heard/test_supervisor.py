"""Small processes under the real supervisor: they die, they hang, they cannot start, they are stopped."""

import asyncio
import os
import signal
import socket
import sys
import time
from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import psutil
import pytest

from heard.settings import Settings
from heard.supervisor import FAULT, Program, Supervisor, SupervisorError, in_use, programs
from tests.system import ROOT, free_ports

SLEEPS = "import time; print('up', flush=True); time.sleep(60)"


def a_program(name: str, code: str) -> Program:
    return Program(name, (sys.executable, "-u", "-c", code), dict(os.environ))


def run(*parts: Program, until: Callable[[], bool] = lambda: False, seconds: float = 20) -> int:
    """Runs until `until` holds, then stops it as Ctrl-C would; returns the exit status."""

    async def supervised() -> int:
        async def stop_it() -> None:
            end = time.monotonic() + seconds
            while not until() and time.monotonic() < end:  # noqa: ASYNC110  (files and logs set no event)
                await asyncio.sleep(0.02)
            os.kill(os.getpid(), signal.SIGINT)

        running = asyncio.create_task(Supervisor(parts, ROOT).run())
        await asyncio.sleep(0)  # so that the signal has its handler before it comes
        stopping = asyncio.create_task(stop_it())
        status = await running
        stopping.cancel()
        return status

    return asyncio.run(supervised())


_OTHERS: set[int] = set()


@pytest.fixture(autouse=True)
def _what_runs_already() -> None:
    """The systems and browsers that other tests share go on meanwhile."""
    _OTHERS.clear()
    _OTHERS.update(child.pid for child in psutil.Process().children(recursive=True))


def children() -> list[psutil.Process]:
    found = [child for child in psutil.Process().children(recursive=True) if child.pid not in _OTHERS]
    return [child for child in found if child.status() != psutil.STATUS_ZOMBIE and "-c" in child.cmdline()]


def test_logs_of_all_come_together_with_the_name_before_each_line(capfd: pytest.CaptureFixture[str]) -> None:
    one = a_program("one", f"print('first\\nsecond \\u0142', flush=True); {SLEEPS}")
    two = a_program("two", f"import sys; print('on stderr', file=sys.stderr); {SLEEPS}")
    said: list[str] = []

    def both_are_up() -> bool:
        said.append(capfd.readouterr().out)
        return "".join(said).count("| up") == 2

    assert run(one, two, until=both_are_up) == 0
    lines = "".join(said).splitlines()
    assert {"one     | first", "one     | second \u0142", "two     | on stderr"} <= set(lines)
    assert children() == []


def test_what_dies_starts_again_and_says_how_it_ended(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    mark = tmp_path / "starts"
    code = f"open({str(mark)!r}, 'a').write('x'); import os, signal; "
    dies = a_program("dies", code + "os.kill(os.getpid(), signal.SIGKILL)")
    lives = a_program("lives", SLEEPS)
    assert run(dies, lives, until=lambda: mark.exists() and len(mark.read_text()) >= 3) == 0
    out = capfd.readouterr().out
    assert "heard   | dies ended (signal SIGKILL); it starts again" in out
    assert out.count("lives   | up") == 1


def test_what_keeps_dying_is_started_less_and_less_often(tmp_path: Path) -> None:
    mark = tmp_path / "starts"
    code = f"import time; open({str(mark)!r}, 'a').write(f'{{time.monotonic()}}\\n'); raise SystemExit(1)"
    run(a_program("dies", code), until=lambda: mark.exists() and len(mark.read_text().split()) >= 4)
    moments = [float(moment) for moment in mark.read_text().split()]
    pauses = [later - earlier for earlier, later in pairwise(moments)]
    assert pauses[0] > 0.35
    assert pauses[2] > pauses[0]


def test_what_cannot_run_as_things_are_stops_everything(capfd: pytest.CaptureFixture[str]) -> None:
    faulty = a_program("faulty", f"print('heard: HUB: there is no hub', flush=True); raise SystemExit({FAULT})")
    began = time.monotonic()
    assert run(faulty, a_program("lives", SLEEPS)) == FAULT
    assert time.monotonic() - began < 15
    assert "it starts again" not in capfd.readouterr().out
    assert children() == []


@pytest.mark.slow
def test_what_does_not_listen_is_killed_with_all_its_own(tmp_path: Path) -> None:
    mark = tmp_path / "up"
    code = (
        "import signal, subprocess, sys, time; signal.signal(signal.SIGTERM, signal.SIG_IGN); "
        f"subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(60)']); open({str(mark)!r}, 'w'); "
        "time.sleep(60)"
    )
    assert run(a_program("deaf", code), until=mark.exists) == 0
    time.sleep(0.2)
    assert children() == []


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    (tmp_path / "models").mkdir()
    ports = dict(zip(("HEARD_PORT", "HEARD_RASA_PORT", "HEARD_ACTIONS_PORT"), map(str, free_ports(3)), strict=True))
    return Settings.from_env({"HEARD_VAR": str(tmp_path / "var"), **ports}, ROOT)


def test_a_port_in_use_is_named_before_anything_starts(settings: Settings) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", settings.rasa_port))
        taken.listen()
        assert in_use("127.0.0.1", settings.rasa_port)
        with pytest.raises(SupervisorError, match=f"port {settings.rasa_port} is in use.*HEARD_RASA_PORT"):
            programs(settings)
    assert not in_use("127.0.0.1", settings.rasa_port)


def test_three_parts_need_three_ports(settings: Settings) -> None:
    with pytest.raises(SupervisorError, match="three different ports"):
        programs(replace(settings, actions_port=settings.port))


def test_a_missing_model_says_what_to_run(settings: Settings, tmp_path: Path) -> None:
    with pytest.raises(SupervisorError, match="heard train"):
        programs(replace(settings, root=tmp_path))
