"""One command, three processes: starts them, passes their logs on, restarts what dies, leaves none behind."""

import asyncio
import contextlib
import ctypes
import os
import signal
import socket
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from heard.errors import HeardError
from heard.settings import Settings, kept_secret
from heard.training import is_trained, model_path, rasa_python

FAULT = 2
"""The exit status by which a process says: a person must change something first (a wrong setting)."""

_FIRST_PAUSE, _LONGEST_PAUSE = 0.2, 10.0
"""Seconds before a restart; doubled while a process keeps dying."""
_STEADY = 20.0
"""A process that lived this long (seconds) starts again without a pause."""
_PATIENCE = 8.0
"""Seconds between "please stop" and "stop"."""

_PR_SET_PDEATHSIG = 1
"""prctl(2): the signal that a process gets when its parent dies, however that died (Linux)."""


class SupervisorError(HeardError):
    """The processes cannot be started as things are."""


@dataclass(frozen=True, slots=True)
class Program:
    """One of the processes: its name in the log and how it is started."""

    name: str
    command: Sequence[str]
    environ: Mapping[str, str]


def programs(settings: Settings) -> tuple[Program, ...]:
    """The three processes of an installation. Raises SupervisorError where one cannot be started at all."""
    _needs_free_ports(settings)
    model = model_path(settings.root, settings.models)
    if not is_trained(model):
        raise SupervisorError("there is no trained model for today's data; run `heard train`")
    if not rasa_python(settings.root).exists():
        raise SupervisorError("the Rasa side is not installed; run `make install`")
    token = settings.var / "rasa.token"
    actions_token = settings.var / "actions.token"
    for secret in (token, actions_token):
        kept_secret(secret)
    environ = {
        **os.environ,
        "HUB": settings.hub,
        "HEARD_VAR": str(settings.var),
        "HEARD_PORT": str(settings.port),
        "HEARD_RASA_PORT": str(settings.rasa_port),
        "HEARD_ACTIONS_PORT": str(settings.actions_port),
        "PYTHONUNBUFFERED": "1",
    }
    rasa = (str(rasa_python(settings.root)), "-m", "nlu.serve", str(model))
    return (
        Program("actions", (sys.executable, "-m", "actions.server"), environ),
        Program(
            "rasa",
            (*rasa, *_ports(settings), "--token-file", str(token), "--actions-token-file", str(actions_token)),
            environ,
        ),
        Program("bot", (sys.executable, "-m", "bot.server"), environ),
    )


def _ports(settings: Settings) -> tuple[str, ...]:
    return ("--port", str(settings.rasa_port), "--actions-port", str(settings.actions_port))


def _needs_free_ports(settings: Settings) -> None:
    wanted = (
        ("HEARD_PORT", settings.host, settings.port),
        ("HEARD_RASA_PORT", "127.0.0.1", settings.rasa_port),
        ("HEARD_ACTIONS_PORT", "127.0.0.1", settings.actions_port),
    )
    for name, host, port in wanted:
        if in_use(host, port):
            raise SupervisorError(f"port {port} is in use; stop what uses it, or set {name} to another port")
    if len({port for _, _, port in wanted}) < len(wanted):
        raise SupervisorError("HEARD_PORT, HEARD_RASA_PORT and HEARD_ACTIONS_PORT must be three different ports")


def in_use(host: str, port: int) -> bool:
    """Whether something listens on the port already."""
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError:
            return True
    return False


class Supervisor:
    """Runs programs until it is told to stop."""

    def __init__(self, programs: Sequence[Program], root: Path) -> None:
        self._programs = programs
        self._root = root
        self._stop = asyncio.Event()
        self._fault = False

    async def run(self) -> int:
        """Returns 0 after a wanted stop, FAULT where a program said that it cannot run as things are."""
        loop = asyncio.get_running_loop()
        for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
            loop.add_signal_handler(number, self._stop.set)
        async with asyncio.TaskGroup() as group:
            for program in self._programs:
                group.create_task(self._keep_running(program))
        return FAULT if self._fault else 0

    async def _keep_running(self, program: Program) -> None:
        pause = _FIRST_PAUSE
        while not self._stop.is_set():
            started = time.monotonic()
            status = await self._once(program)
            if self._stop.is_set():
                return
            if status == FAULT:
                self._fault = True
                self._stop.set()
                return
            pause = _FIRST_PAUSE if time.monotonic() - started > _STEADY else min(pause * 2, _LONGEST_PAUSE)
            say("heard", f"{program.name} ended ({_ending(status)}); it starts again")
            with contextlib.suppress(TimeoutError):
                await asyncio.wait_for(self._stop.wait(), pause)

    async def _once(self, program: Program) -> int:
        process = await asyncio.create_subprocess_exec(
            *program.command,
            cwd=self._root,
            env=dict(program.environ),
            stdin=asyncio.subprocess.DEVNULL,
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.STDOUT,
            # Ctrl-C reaches the whole terminal group; each process must hear of it from here, in order.
            start_new_session=True,
            preexec_fn=_die_with_parent,
            limit=1024 * 1024,
        )
        passing = asyncio.create_task(_pass_on(program.name, process.stdout))
        ended = asyncio.create_task(process.wait())
        stopping = asyncio.create_task(self._stop.wait())
        await asyncio.wait({ended, stopping}, return_when=asyncio.FIRST_COMPLETED)
        if not ended.done():
            await _end(process)
        stopping.cancel()
        await passing
        return await ended


def _die_with_parent() -> None:
    """Runs in the child: even a supervisor that is killed leaves nothing running."""
    ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


async def _end(process: asyncio.subprocess.Process) -> None:
    for number, patience in ((signal.SIGTERM, _PATIENCE), (signal.SIGKILL, None)):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, number)
        try:
            await asyncio.wait_for(process.wait(), patience)
        except TimeoutError:
            continue
        return


async def _pass_on(name: str, stream: asyncio.StreamReader | None) -> None:
    while stream is not None and (line := await stream.readline()):
        say(name, line.decode("utf-8", "replace").rstrip())


def say(name: str, line: str) -> None:
    """One line of the common log."""
    print(f"{name:<8}| {line}", flush=True)


def _ending(status: int) -> str:
    return f"signal {signal.Signals(-status).name}" if status < 0 else f"exit status {status}"
