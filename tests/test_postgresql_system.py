"""The whole system on PostgreSQL: answered to the end, read by staff, and all of it still there after a restart."""

import re
import uuid
from collections.abc import Iterator
from pathlib import Path

import httpx
import psycopg
import pytest

from tests.conversation import Conversation
from tests.heard.conftest import postgres_server  # noqa: F401  (a fixture)
from tests.system import RunningSystem, start_system

pytestmark = pytest.mark.slow

OWN_PASSWORD = "seven quiet trombones"


@pytest.fixture
def database_url(postgres_server: str) -> Iterator[str]:  # noqa: F811
    """One empty database."""
    name = f"heard_{uuid.uuid4().hex}"
    with psycopg.connect(postgres_server.format(name="postgres"), autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    yield postgres_server.format(name=name)
    with psycopg.connect(postgres_server.format(name="postgres"), autocommit=True) as connection:
        connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def take_part(chat: Conversation, words: str, until: int | None = None) -> None:
    """Answers from where the chat is, to the end or to `until` answers: the first choice, and `words`."""
    while chat.progress is not None and chat.progress["done"] < (until or chat.progress["of"]):
        options = [c["payload"] for c in chat.choices if c["payload"].startswith("/answer_consultation")]
        if options:
            chat.send_payload(options[0])
        else:
            chat.say(words)
    assert chat.progress is not None


def begin(system: RunningSystem) -> Conversation:
    chat = Conversation(system.url)
    chat.say("i want to have my say")
    chat.press("start")
    return chat


def hidden(page: httpx.Response, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page.text)
    assert found
    return found[1]


def signed_in(system: RunningSystem, password: str) -> httpx.Client:
    staff = httpx.Client(base_url=system.url, follow_redirects=True, timeout=30)
    form_token = hidden(staff.get("/staff"), "form_token")
    staff.post("/staff/sign-in", data={"name": "admin", "password": password, "form_token": form_token})
    return staff


def test_a_consultation_its_summary_and_a_restart_on_postgresql(
    trained: None, database_url: str, tmp_path: Path
) -> None:
    first = start_system(tmp_path, DATABASE_URL=database_url)
    try:
        first.wait_until_ready()
        for person in range(11):
            chat = begin(first)
            take_part(chat, f"more drums, say I, number {person}; \x00 'quoted' \\ and \u0142")
            assert chat.progress and chat.progress["done"] == chat.progress["of"]
        unfinished = begin(first)
        take_part(unfinished, "", until=2)
        open_question = unfinished.replies[-1]["text"]
        message_id = str(uuid.uuid4())
        answered = unfinished.say("cheaper buses in the evening", message_id)
        assert unfinished.progress and unfinished.progress["done"] == 3
        staff = signed_in(first, first.password())
        csrf = hidden(staff.get("/staff/password"), "csrf")
        new = {"current": first.password(), "new": OWN_PASSWORD, "again": OWN_PASSWORD, "csrf": csrf}
        assert "Your new password holds" in staff.post("/staff/password", data=new).text
        assert staff.get("/staff/consultations/%00").status_code == 404
        before = staff.get(summary_of(staff)).text
        assert "At least 10 people have taken part." in before
        assert before.count("more drums, say I") >= 11
    finally:
        assert first.stop() == 0

    second = start_system(tmp_path, DATABASE_URL=database_url, HEARD_PORT=first.environ["HEARD_PORT"])
    try:
        second.wait_until_ready()
        assert not any("one-time password" in line for line in second.log)
        assert unfinished.say("cheaper buses in the evening", message_id) == answered
        assert unfinished.progress and unfinished.progress["done"] == 3
        take_part(unfinished, "later ideas")
        assert unfinished.progress["done"] == unfinished.progress["of"]
        assert open_question != unfinished.replies[-1]["text"]
        after = staff.get(summary_of(staff)).text
        assert after.count("more drums, say I") == before.count("more drums, say I")
        assert "cheaper buses in the evening" in after
        assert "Is your music heard?" in signed_in(second, OWN_PASSWORD).get("/staff").text
    finally:
        assert second.stop() == 0
    assert not list(tmp_path.glob("*.db*"))


def summary_of(staff: httpx.Client) -> str:
    found = re.search(r'href="(/staff/consultations/[^"]+)"', staff.get("/staff").text)
    assert found
    return found[1]
