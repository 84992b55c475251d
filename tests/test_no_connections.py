"""The running system talks to itself, and to Telegram where that is configured; to nobody else.

Looked at is every connect and every datagram that the kernel is asked for, by any of its processes: what a library in C
does is seen as well.
"""

import re
import shutil
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.bot.telegram.bot_api import BotApi
from tests.conversation import Conversation
from tests.system import running_system

pytestmark = [pytest.mark.slow, pytest.mark.timeout(600)]

TRACE = ("strace", "-D", "-f", "--seccomp-bpf", "-qq", "-e", "trace=connect,sendto,sendmsg,sendmmsg")
PAGES = ("/", "/find?text=drums", "/staff/sign-in", "/api/docs", "/openreferral/services", "/readyz")
_GOAL = re.compile(r'sa_family=AF_INET6?, sin6?_port=htons\((\d+)\).*?(?:inet_addr\("|inet_pton\(AF_INET6, ")([^"]+)"')


def goals(trace: str) -> set[tuple[str, int]]:
    """The addresses and ports in what strace wrote."""
    return {(address, int(port)) for line in trace.splitlines() for port, address in _GOAL.findall(line)}


@dataclass
class Traced:
    """What the system asked the kernel for, and the ports that are its own."""

    trace: str
    own: set[int]
    telegram: int


@pytest.fixture(scope="module")
def traced(trained: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Traced]:
    """A system that starts, is used by every door, and stops."""
    if shutil.which("strace") is None:
        pytest.fail("strace is not here; `make test` installs it")
    if subprocess.run([*TRACE, "-o", "/dev/null", "true"], capture_output=True).returncode:
        pytest.skip("this machine lets no process trace another")
    file: Path = tmp_path_factory.mktemp("trace") / "calls"
    with BotApi() as api:
        environ = {"TELEGRAM_BOT_TOKEN": api.token, "TELEGRAM_API_BASE": api.base, "RASA_TELEMETRY_ENABLED": "true"}
        with running_system(under=(*TRACE, "-o", str(file)), **environ) as system:
            api.wait_until_called("getUpdates")
            chat = Conversation(system.url)
            for said in ("free drum lessons near Hatfield", "help with the cost", "i want to have my say", "thanks"):
                chat.say(said)
            api.young_person().say("hello")
            with system.client() as client:
                for path in (
                    "/",
                    "/find?text=drums",
                    "/staff/sign-in",
                    "/api/docs",
                    "/openreferral/services",
                    "/readyz",
                ):
                    assert client.get(path).status_code == 200, path
                client.post("/chat", data={"text": "what can i do next", "message_id": "12345678"})
            own = {int(system.environ[name]) for name in ("HEARD_PORT", "HEARD_RASA_PORT", "HEARD_ACTIONS_PORT")}
        yield Traced(file.read_text(errors="replace"), own, urlsplit(api.base).port or 0)


def test_the_trace_sees_what_it_should(traced: Traced) -> None:
    found = goals(traced.trace)
    assert len({port for _, port in found} & traced.own) >= 2
    assert ("127.0.0.1", traced.telegram) in found
    example = (
        '1 connect(3, {sa_family=AF_INET6, sin6_port=htons(443), inet_pton(AF_INET6, "2001:db8::1", &sin6_addr)}, 28)'
    )
    assert goals(example) == {("2001:db8::1", 443)}
    other = '2 sendto(5, "x", 1, 0, {sa_family=AF_INET, sin_port=htons(53), sin_addr=inet_addr("192.0.2.1")}, 16) = 1'
    assert goals(other) == {("192.0.2.1", 53)}


def test_nothing_is_asked_of_anybody_but_itself_and_telegram(traced: Traced) -> None:
    allowed = {("127.0.0.1", port) for port in traced.own | {traced.telegram}}
    assert goals(traced.trace) - allowed == set()
