"""Processes die, ports are taken, settings are wrong: what the person at the machine sees."""

import os
import re
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

import psutil
import pytest

from tests.conversation import Conversation
from tests.system import ROOT, RunningSystem, free_ports, running_system, start_system

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def fragile(trained: None):
    """A system of this module's own, whose processes may be killed."""
    with running_system(HUB="dorset") as system:
        yield system


def answers_in(system: RunningSystem) -> int:
    with sqlite3.connect(f"file:{system.var / 'heard.db'}?mode=ro", uri=True) as database:
        return int(database.execute("SELECT count(*) FROM answers").fetchone()[0])


@pytest.mark.parametrize("victim", ["rasa", "actions", "bot"])
def test_a_killed_process_is_back_and_the_consultation_goes_on_where_it_was(
    fragile: RunningSystem, victim: str
) -> None:
    fragile.wait_until_ready(60)
    before = answers_in(fragile)
    chat = Conversation(fragile.url)
    chat.say("i want to have my say")
    chat.press("start")
    chat.send_payload(chat.choices[0]["payload"])
    question = chat.replies[-1]["text"]
    assert chat.progress == {"done": 1, "of": 7}
    pid = fragile.pid(victim)
    fragile.kill(victim)
    if victim == "bot":
        fragile.wait_until_ready(60)
    # No waiting for Rasa or the actions: a button of an open question works without them.
    payload = chat.choices[1]["payload"]
    chat.send_payload(payload)
    assert chat.progress == {"done": 2, "of": 7}
    assert chat.replies[-1]["text"] != question
    fragile.wait_until_ready(60)
    assert fragile.pid(victim) != pid
    chat.say("more gigs that young people run")
    assert chat.progress == {"done": 3, "of": 7}
    assert answers_in(fragile) == before + 3


def test_without_rasa_buttons_and_contacts_still_work_and_free_text_gets_the_menu(fragile: RunningSystem) -> None:
    fragile.wait_until_ready(60)
    chat = Conversation(fragile.url)
    chat.say("hello")
    os.kill(fragile.pid("rasa"), signal.SIGSTOP)
    try:
        stopped = fragile.pid("rasa")
        os.kill(stopped, signal.SIGKILL)
        chat.say("what about trumpet lessons")
        assert any(choice["payload"] == "/find_opportunity" for choice in chat.choices)
        chat.send_payload("/ask_human")
        assert chat.cards[0]["kind"] == "person"
        disclosure = chat.say("my dad hits me and i am scared to go home")
        assert disclosure["safeguarding"] is True
        assert {card["kind"] for card in chat.cards} == {"helpline"}
    finally:
        fragile.wait_until_ready(60)


def run_heard(*arguments: str, **environ: str) -> subprocess.CompletedProcess[str]:
    env = {**os.environ, **environ}
    return subprocess.run(
        [sys.executable, "-m", "heard", *arguments], cwd=ROOT, env=env, capture_output=True, text=True, timeout=120
    )


def test_a_port_in_use_is_one_clear_line(tmp_path: Path, trained: None) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = run_heard("run", HEARD_VAR=str(tmp_path), HEARD_PORT=str(port))
    assert done.returncode == 2
    assert done.stderr.strip() == f"heard: port {port} is in use; stop what uses it, or set HEARD_PORT to another port"


@pytest.mark.parametrize(
    ("environ", "says"),
    [
        ({"HUB": "atlantis"}, "HUB: there is no hub 'atlantis' in content/; there is dorset, hertfordshire"),
        ({"HEARD_PORT": "eighty"}, "HEARD_PORT: 'eighty' is no port"),
        ({"HEARD_PORT": "70000"}, "HEARD_PORT: '70000' is no port"),
        ({"TELEGRAM_BOT_TOKEN": "abc"}, "TELEGRAM_BOT_TOKEN: this is no bot token"),
        ({"DATABASE_URL": "mysql://x/y"}, "DATABASE_URL: give sqlite:///"),
        ({"DATABASE_URL": "postgresql://heard:secret-word@127.0.0.1:1/heard"}, "127.0.0.1"),
        ({"HEARD_SECRET": "short"}, "HEARD_SECRET: give 32 characters"),
        ({"PUBLIC_URL": "heard.example"}, "PUBLIC_URL: give an address that starts with https://"),
        ({"HEARD_THRESHOLD": "2"}, "HEARD_THRESHOLD: give a whole number from 5 up"),
    ],
)
def test_a_wrong_setting_is_one_clear_line(tmp_path: Path, trained: None, environ: dict[str, str], says: str) -> None:
    ports = dict(zip(("HEARD_PORT", "HEARD_RASA_PORT", "HEARD_ACTIONS_PORT"), map(str, free_ports(3)), strict=True))
    done = run_heard("run", HEARD_VAR=str(tmp_path), **{**ports, **environ})
    assert done.returncode == 2
    assert says in done.stderr
    assert len(done.stderr.strip().splitlines()) == 1
    assert "secret-word" not in done.stderr + done.stdout


def test_ctrl_c_stops_everything_and_leaves_nothing_behind(tmp_path: Path, trained: None) -> None:
    system = start_system(tmp_path)
    system.wait_until_ready()
    children = psutil.Process(system.process.pid).children(recursive=True)
    assert len(children) >= 3
    assert system.stop() == 0
    assert not [child for child in children if child.is_running() and child.status() != psutil.STATUS_ZOMBIE]
    assert re.fullmatch(r"[a-z2-9-]{12,}", system.password())


def test_even_a_killed_supervisor_leaves_nothing_behind(tmp_path: Path, trained: None) -> None:
    system = start_system(tmp_path)
    system.wait_until_ready()
    children = psutil.Process(system.process.pid).children(recursive=True)
    system.process.kill()
    until = time.monotonic() + 20
    while time.monotonic() < until and any(c.is_running() and c.status() != psutil.STATUS_ZOMBIE for c in children):
        time.sleep(0.1)
    assert not [child for child in children if child.is_running() and child.status() != psutil.STATUS_ZOMBIE]


def test_the_doctor_says_what_is_well_and_what_is_not(running: RunningSystem) -> None:
    environ = {name: value for name, value in running.environ.items() if name.startswith(("HEARD_", "HUB"))}
    well = run_heard("doctor", **environ)
    assert well.returncode == 0, well.stdout
    assert "Heard runs and every part is ready" in well.stdout
    ill = run_heard("doctor", **{**environ, "DATABASE_URL": "postgresql://x@127.0.0.1:1/x"})
    assert ill.returncode == 1
    assert "fault  database" in ill.stdout
