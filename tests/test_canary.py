"""More than a hundred marked details go in by every door; afterwards none of them is anywhere.

Searched are all files of the installation while it runs and after it has stopped, the database row by row, what the
processes printed, Rasa's memory, what was answered, and whatever was written into the program's own folder.
"""

import hashlib
import json
import re
import sqlite3
import uuid
from collections import defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import batched
from pathlib import Path

import httpx
import pytest

from bot.message import Pseudonyms
from tests.bot.telegram.bot_api import BotApi
from tests.bot.telegram.young_person import YoungPerson
from tests.canaries import CANARIES, Canary
from tests.conversation import Conversation
from tests.system import ROOT, RunningSystem, running_system

pytestmark = [pytest.mark.slow, pytest.mark.timeout(900)]

_SURELY_TELLING = 6
"""A shorter needle also turns up in sealed answers by chance, so it must stand alone."""
_NOT_OURS = {".git", ".venv", ".tools", "models", "tests", "__pycache__", "var", "tmp"}
_CALM = "what do you keep about me?"


@dataclass
class Searched:
    """What there is to search, by place."""

    texts: dict[str, str] = field(default_factory=lambda: defaultdict(str))
    open_answers: int = 0
    removed: int = 0

    def found(self, *places: str) -> dict[str, list[str]]:
        """The needles found, by kind and place."""
        hits: dict[str, list[str]] = defaultdict(list)
        for place in places:
            text = self.texts[place].casefold()
            for canary in CANARIES:
                hits[f"{canary.kind} in {place}"] += [n for n in canary.needles if _stands_in(n.casefold(), text)]
        return {where: needles for where, needles in hits.items() if needles}


def _stands_in(needle: str, text: str) -> bool:
    return any(_alone(form, text) for form in {needle, json.dumps(needle)[1:-1]})


def _alone(needle: str, text: str) -> bool:
    if len(needle) >= _SURELY_TELLING or needle not in text:
        return needle in text
    return re.search(rf"(?<![\w+/=]){re.escape(needle)}(?![\w+/=])", text) is not None


@pytest.fixture(scope="module")
def searched(trained: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Searched]:
    """Says every canary by every door, with everything up and then without Rasa, and collects what is left."""
    temporary = tmp_path_factory.mktemp("temporary")
    models = _digests(ROOT / "models")
    began = {path: path.stat().st_mtime_ns for path in _own_files()}
    found = Searched()
    with BotApi() as api:
        environ = {"TELEGRAM_BOT_TOKEN": api.token, "TELEGRAM_API_BASE": api.base, "TMPDIR": str(temporary)}
        with running_system(HUB="hertfordshire", **environ) as system:
            api.wait_until_called("getUpdates")
            assert not Searched(defaultdict(str, {"empty": _files(system.var)})).found("empty")
            senders = _Senders(system)
            for say_everything in (_by_chat_api, _by_form, _in_consultations, _in_distress, _in_payloads, _as_ids):
                say_everything(system, senders, found)
            _by_telegram(api, senders, found)
            _at_the_staff_door(system)
            _on_the_pages(system)
            found.texts["Rasa's memory"] = senders.trackers()
            system.kill("rasa")
            _by_chat_api(system, senders, found)
            _in_consultations(system, senders, found)
            found.texts["files while it runs"] = _files(system.var) + _files(temporary)
            with sqlite3.connect(f"file:{system.var / 'heard.db'}?mode=ro", uri=True) as database:
                found.texts["database"] = "\n".join(database.iterdump())
                rows = database.execute("SELECT value FROM answers WHERE value LIKE '%\"text\"%'").fetchall()
                found.open_answers = len(rows)
            system.wait_until_ready()
            system.stop()
            found.texts["files afterwards"] = _files(system.var) + _files(temporary)
            found.texts["log"] = "\n".join(system.log)
            found.removed = sum("details removed" in line for line in system.log)
        assert api.refused == []
    new = [path for path in _own_files() if began.get(path) != path.stat().st_mtime_ns]
    found.texts["the program's folder"] = "\n".join(_read(path) for path in new)
    found.texts["models"] = "" if _digests(ROOT / "models") == models else "changed"
    yield found


class _Senders:
    """The pseudonyms of those who wrote, to ask Rasa for what it keeps of each."""

    def __init__(self, system: RunningSystem) -> None:
        self._system = system
        self._pseudonyms = Pseudonyms((system.var / "secret").read_text())
        self._seen: set[str] = set()

    def web(self, session: str | None) -> None:
        assert session
        self._seen.add(self._pseudonyms.of("web", session))

    def telegram(self, person: YoungPerson) -> None:
        self._seen.add(self._pseudonyms.of("telegram", person.api.token.partition(":")[0], str(person.id)))

    def trackers(self) -> str:
        rasa = f"http://127.0.0.1:{self._system.environ['HEARD_RASA_PORT']}"
        token = (self._system.var / "rasa.token").read_text()
        with httpx.Client(base_url=rasa, params={"token": token, "include_events": "ALL"}) as client:
            return "\n".join(client.get(f"/conversations/{sender}/tracker").text for sender in sorted(self._seen))


def _by_chat_api(system: RunningSystem, senders: _Senders, found: Searched) -> None:
    for some in batched(CANARIES, 10):
        chat = Conversation(system.url)
        for canary in some:
            chat.say(canary.said)
            found.texts["answers"] += json.dumps(chat.last, ensure_ascii=False)
        senders.web(chat.session)


def _by_form(system: RunningSystem, senders: _Senders, found: Searched) -> None:
    """The page shows the words again to whoever typed them, so its answer is not searched."""
    with system.client() as client:
        for canary in CANARIES:
            form = {"message_id": canary.said, "text": canary.said, "label": canary.said, "session": canary.said}
            page = client.post("/chat", data=form)
            assert page.status_code == 200
            session = re.search(r'name="session" value="([^"]+)"', page.text)
            assert session
            senders.web(session[1])
            client.post("/chat", data={"session": session[1], "payload": canary.said, "label": canary.said})


def _by_telegram(api: BotApi, senders: _Senders, found: Searched) -> None:
    for some in batched(CANARIES, 20):
        person = api.young_person("Aoife")
        for canary in some:
            for message in person.say(canary.said):
                found.texts["answers"] += message.text
        person.send_photo(caption=some[0].said)
        person.send(contact={"phone_number": "07700900123", "first_name": "Oluwaseun", "last_name": "Adeyemi"})
        api.wait_until_done(person.presses_raw(some[0].said[:64]))
        senders.telegram(person)


def _in_consultations(system: RunningSystem, senders: _Senders, found: Searched) -> None:
    """Canaries as answers to open questions, and between the others."""
    left: Iterator[Canary] = iter(CANARIES)
    following = next(left, None)
    while following is not None:
        chat = Conversation(system.url)
        chat.send_payload("/have_my_say")
        chat.press("start")
        while following is not None and chat.progress is not None and chat.progress["done"] < chat.progress["of"]:
            options = [c["payload"] for c in chat.choices if c["payload"].startswith("/answer_consultation")]
            if options:
                chat.send_payload(options[0])
            else:
                chat.say(following.said)
                found.texts["answers"] += json.dumps(chat.last, ensure_ascii=False)
                following = next(left, None)
        senders.web(chat.session)


def _in_distress(system: RunningSystem, senders: _Senders, found: Searched) -> None:
    for canary in CANARIES[::6]:
        chat = Conversation(system.url)
        assert chat.say(f"{canary.said}. my dad hits me and i am scared to go home")["safeguarding"] is True
        found.texts["answers"] += json.dumps(chat.last, ensure_ascii=False)
        chat.say(_CALM)
        senders.web(chat.session)


def _in_payloads(system: RunningSystem, senders: _Senders, found: Searched) -> None:
    """Nobody's buttons hold such values; somebody who writes requests by hand can send them all the same."""
    templates: tuple[Callable[[str], str], ...] = (
        lambda value: "/inform" + json.dumps({"place": value}, ensure_ascii=False),
        lambda value: "/find_opportunity" + json.dumps({"place": value, "instrument": value}, ensure_ascii=False),
        lambda value: "/answer_consultation" + json.dumps({"consultation": value, "answer": "start"}),
        lambda value: "/ask_details" + json.dumps({"id": value}, ensure_ascii=False),
    )
    with system.client() as client:
        for canary in CANARIES:
            session = None
            for template in templates:
                body = {"session": session, "message_id": str(uuid.uuid4()), "payload": template(canary.said)}
                answer = client.post("/api/chat", json=body)
                assert answer.status_code in {200, 422}
                found.texts["answers"] += answer.text
                session = answer.json().get("session") or session
            if session:
                senders.web(session)


def _as_ids(system: RunningSystem, senders: _Senders, found: Searched) -> None:
    """Canaries in the fields that are not for words."""
    with system.client() as client:
        for canary in CANARIES:
            for name in ("session", "language", "message_id", "surprise"):
                body = {"message_id": str(uuid.uuid4()), "text": _CALM, name: canary.said}
                found.texts["answers"] += client.post("/api/chat", json=body).text
            fitting = canary.said.replace(" ", "-").encode("ascii", "ignore").decode()[:100]
            found.texts["answers"] += client.post("/api/chat", json={"message_id": fitting, "text": _CALM}).text
            client.get(f"/{fitting}", params={"q": canary.said}, headers={"User-Agent": fitting, "Referer": fitting})


def _at_the_staff_door(system: RunningSystem) -> None:
    """Whoever mistakes it for the chat, or types the name where the password goes."""
    with system.client() as client:
        for canary in CANARIES[::40]:
            form = re.search(r'name="form_token" value="([^"]+)"', client.get("/staff/sign-in").text)
            assert form
            fields = {"name": canary.said, "password": canary.said, "form_token": form[1]}
            assert client.post("/staff/sign-in", data=fields).status_code == 401


def _on_the_pages(system: RunningSystem) -> None:
    """In every field of every form. A page shows its fields again to whoever filled them in, so it is not searched."""
    with system.client() as client:
        for canary in CANARIES:
            said = dict.fromkeys(("text", "where", "age", "instrument", "cost", "drop", "shown"), canary.said)
            found = client.get("/find", params=said)
            assert found.status_code in {303, 422}
            names = ("lives_in", "lives_in_place", "attends_school_in", "age", "send", "also", "need", canary.said)
            assert client.post("/bursaries", data=dict.fromkeys(names, canary.said)).status_code == 422
            client.get("/entry/early-years", params={"where": canary.said, "stage": canary.said})
            client.get(f"/entry/{canary.said}.ics")


def _files(folder: Path) -> str:
    return "\n".join(_read(path) for path in sorted(folder.rglob("*")) if path.is_file())


def _read(path: Path) -> str:
    """A file's bytes as text; what is no UTF-8 between it is left out."""
    return f"{path.name}\n{path.read_bytes().decode('utf-8', 'ignore')}"


def _own_files() -> list[Path]:
    """The program's own folder, without what tests and tools write there."""
    folders = [path for path in ROOT.iterdir() if path.name not in _NOT_OURS and not path.name.endswith("_cache")]
    inside = [p for folder in folders if folder.is_dir() for p in folder.rglob("*") if not set(p.parts) & _NOT_OURS]
    return [path for path in [*folders, *inside] if path.is_file() and ".hypothesis" not in path.parts]


def _digests(folder: Path) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.glob("*.tar.gz")}


def test_there_is_enough_to_find(searched: Searched) -> None:
    assert len(CANARIES) >= 100
    assert searched.open_answers >= 60
    assert searched.removed >= 5 * len(CANARIES)
    for place in ("files while it runs", "files afterwards", "database", "log", "Rasa's memory", "answers"):
        assert len(searched.texts[place]) > 10_000, place


def test_the_search_itself_finds_what_is_there() -> None:
    places = {"a": "x Oluwaseun y", "b": json.dumps("Katarzyna Wiśniewska"), "c": "near AL10 9NE?", "d": "xPaik=="}
    hay = Searched(defaultdict(str, places))
    assert [set(hay.found(place)) for place in places] == [{"name in a"}, {"name in b"}, {"postcode in c"}, set()]


def test_no_canary_is_in_the_database(searched: Searched) -> None:
    assert searched.found("database") == {}


def test_no_canary_is_in_any_file(searched: Searched) -> None:
    assert searched.found("files while it runs", "files afterwards", "the program's folder") == {}


def test_no_canary_is_in_the_log(searched: Searched) -> None:
    assert searched.found("log") == {}


def test_no_canary_is_in_rasas_memory(searched: Searched) -> None:
    assert searched.found("Rasa's memory") == {}


def test_no_canary_is_said_back(searched: Searched) -> None:
    assert searched.found("answers") == {}


def test_the_models_are_as_they_were(searched: Searched) -> None:
    assert searched.texts["models"] == ""
