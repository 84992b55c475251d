"""Typed searches are read as Rasa reads the chat: by the same code, on the other Python."""

import ast
from pathlib import Path

import httpx
import pytest
import yaml

from bot.reader import TypedReader
from heard.exchange import Entity
from tests.system import ROOT, RunningSystem


@pytest.fixture(scope="module")
def reader() -> TypedReader:
    return TypedReader(ROOT / "content")


def told(reader: TypedReader, text: str) -> list[tuple[str, object]]:
    return [(e.type, e.value) for e in reader.read(text)]


@pytest.mark.parametrize(
    ("text", "mentions"),
    [
        ("free drum lessons near Hatfield for my 9 year old",
         [("cost", "free"), ("instrument", "drums"), ("activity", "lesson"), ("place", "Hatfield"), ("age", 9)]),
        ("SG13 8DE yr8", [("postcode", "SG13"), ("school_year", "year 8")]),
        ("my kids are 7 and 12", [("age", 7), ("age", 12)]),
        ("clarinnet in hatfeild", [("instrument", "clarinet"), ("place", "Hatfield")]),
        ("", []),
        ("\x00 <script>alert(1)</script>", []),
        ("🥁" * 300, []),
    ],
)  # fmt: skip
def test_a_typed_search_is_read(reader: TypedReader, text: str, mentions: list[tuple[str, object]]) -> None:
    assert told(reader, text) == mentions


def test_what_is_ruled_out_is_known_as_such(reader: TypedReader) -> None:
    assert reader.read("not violin, trumpet") == (
        Entity("instrument", "violin", 4, 10, negated=True),
        Entity("instrument", "trumpet", 12, 19),
    )


def test_what_reads_on_both_pythons_knows_no_rasa() -> None:
    seen, waiting = set[str](), ["nlu.entity_reader", "nlu.vocabulary"]
    while waiting:
        module = waiting.pop()
        seen.add(module)
        path = ROOT / (module.replace(".", "/") + ".py")
        imported = [
            node.module or ""
            for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
            if isinstance(node, ast.ImportFrom)
        ]
        assert not [name for name in imported if name.split(".")[0] == "rasa"], module
        waiting += [name for name in imported if name.startswith("nlu.") and name not in seen]
    assert "nlu.numbers" in seen


@pytest.mark.slow
def test_a_typed_search_mentions_what_rasa_finds_in_it(reader: TypedReader, running: RunningSystem) -> None:
    stories = yaml.safe_load((Path(ROOT) / "tests/conversations/test_opportunities.yml").read_text(encoding="utf-8"))
    texts = sorted({text for text in _texts(stories) if len(text) > 3})[:120]
    assert len(texts) > 60
    url = f"http://127.0.0.1:{running.environ['HEARD_RASA_PORT']}/model/parse"
    token = (running.var / "rasa.token").read_text()
    with httpx.Client(params={"token": token}) as rasa:
        for text in texts:
            found = rasa.post(url, json={"text": text}).json()["entities"]
            in_chat = [(e["entity"], e["value"], e.get("negated", False)) for e in found]
            assert [(e.type, e.value, e.negated) for e in reader.read(text)] == in_chat, text


def _texts(plain: object) -> list[str]:
    """Every text that somebody says in the stories."""
    if isinstance(plain, dict):
        said = [plain["say"]] if isinstance(plain.get("say"), str) else []
        return said + [text for value in plain.values() for text in _texts(value)]
    return [text for value in plain for text in _texts(value)] if isinstance(plain, list) else []
