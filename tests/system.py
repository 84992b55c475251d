"""The whole system for tests: the real three processes under the supervisor, on free ports, in a folder of its own."""

import contextlib
import os
import re
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory

import httpx
import psutil

ROOT = Path(__file__).resolve().parent.parent
_START_SECONDS = 120
_MODULES = {"bot": "bot.server", "actions": "actions.server", "rasa": "nlu.serve"}
_PASSWORD = re.compile(r"one-time password: (\S+)")


def free_ports(count: int) -> list[int]:
    """Ports of loopback that nothing listens on, all different."""
    with contextlib.ExitStack() as stack:
        sockets = [stack.enter_context(socket.socket()) for _ in range(count)]
        for each in sockets:
            each.bind(("127.0.0.1", 0))
        return [each.getsockname()[1] for each in sockets]


@dataclass
class RunningSystem:
    """An installation that runs. `log` grows while it does."""

    url: str
    var: Path
    environ: dict[str, str]
    process: subprocess.Popen[str]
    log: list[str] = field(default_factory=list)

    def client(self) -> httpx.Client:
        """An HTTP client of the open door."""
        return httpx.Client(base_url=self.url, timeout=30)

    def ready(self) -> bool:
        """Whether every part answers."""
        with contextlib.suppress(httpx.HTTPError):
            return httpx.get(f"{self.url}/readyz", timeout=3).status_code == 200
        return False

    def wait_until_ready(self, seconds: float = _START_SECONDS) -> None:
        """Returns when every part answers; fails with the log where that takes too long."""
        until = time.monotonic() + seconds
        while time.monotonic() < until:
            if self.ready():
                return
            if self.process.poll() is not None:
                break
            time.sleep(0.1)
        raise AssertionError("the system is not ready:\n" + "\n".join(self.log[-60:]))

    def pid(self, name: str) -> int:
        """The process id of "bot", "rasa" or "actions"."""
        for child in psutil.Process(self.process.pid).children(recursive=True):
            with contextlib.suppress(psutil.Error):
                if _MODULES[name] in child.cmdline():
                    return child.pid
        raise AssertionError(f"{name} does not run")

    def kill(self, name: str) -> None:
        """SIGKILL: no goodbye."""
        os.kill(self.pid(name), signal.SIGKILL)

    def password(self) -> str:
        """The one-time password of the first staff account, as the first start printed it."""
        found = next((match for line in self.log if (match := _PASSWORD.search(line))), None)
        assert found is not None, "no one-time password in the log"
        return found[1]

    def stop(self) -> int:
        """Ctrl-C; returns the exit status."""
        if self.process.poll() is None:
            self.process.send_signal(signal.SIGINT)
        try:
            return self.process.wait(20)
        except subprocess.TimeoutExpired:
            self.process.kill()
            raise AssertionError("the system did not stop:\n" + "\n".join(self.log[-30:])) from None


@contextlib.contextmanager
def running_system(under: Sequence[str] = (), **environ: str) -> Iterator[RunningSystem]:
    """Starts `heard run`, waits until it is ready, stops it at the end.

    `environ` adds to the environment; `under` is a command that runs it.
    """
    with TemporaryDirectory(prefix="heard-") as folder:
        system = start_system(Path(folder), under, **environ)
        try:
            system.wait_until_ready()
            yield system
        finally:
            system.stop()


def start_system(var: Path, under: Sequence[str] = (), **environ: str) -> RunningSystem:
    """Starts `heard run` and returns at once."""
    port, rasa_port, actions_port = free_ports(3)
    env = {
        **{name: value for name, value in os.environ.items() if not name.startswith(("HEARD_", "TELEGRAM_", "HUB"))},
        "HEARD_VAR": str(var),
        "HEARD_PORT": str(port),
        "HEARD_RASA_PORT": str(rasa_port),
        "HEARD_ACTIONS_PORT": str(actions_port),
        **environ,
    }
    process = subprocess.Popen(
        [*under, sys.executable, "-m", "heard", "run"],
        cwd=ROOT,
        env=env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    system = RunningSystem(f"http://127.0.0.1:{env['HEARD_PORT']}", var, env, process)
    threading.Thread(target=_read, args=(process, system.log), daemon=True).start()
    return system


def _read(process: subprocess.Popen[str], log: list[str]) -> None:
    assert process.stdout is not None
    for line in process.stdout:
        log.append(line.rstrip())
