"""The replacements in Rasa do what the originals do."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from aiohttp import web
from rasa.core.actions.action import RemoteAction
from rasa.engine.graph import ExecutionContext, GraphComponent, GraphSchema, SchemaNode
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.utils.endpoints import EndpointConfig

from nlu.lean_rasa import _run, make_lean

ORIGINAL = RemoteAction._validate_action_result


@pytest.fixture(autouse=True)
def originals(monkeypatch: pytest.MonkeyPatch) -> None:
    """Puts the originals back after each test."""
    for owner, name in (
        (RemoteAction, "_validate_action_result"),
        (EndpointConfig, "session"),
        (DaskGraphRunner, "run"),
    ):
        monkeypatch.setattr(owner, name, getattr(owner, name))


def test_another_version_of_rasa_is_left_as_it_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rasa.__version__", "3.7.0")
    before = EndpointConfig.session
    assert make_lean() is False
    assert EndpointConfig.session is before


@pytest.mark.parametrize(
    "result",
    [
        {"events": [{"event": "slot", "name": "topic", "value": None}], "responses": [{"custom": {}}]},
        {"events": [{"event": "slot", "name": "topic", "value": {}, "timestamp": 1.5}], "responses": []},
        {"events": [], "responses": []},
        {"events": [{"event": "restart"}]},
        {},
        {"events": 3},
        {"events": [], "responses": ["text"]},
        {"events": [{"event": "slot", "value": 3}]},
        {"events": [{"name": "topic"}]},
        [],
    ],
)
def test_an_action_result_is_accepted_exactly_when_rasa_accepts_it(result: Any) -> None:
    def accepts(check: Any) -> bool:
        try:
            return bool(check(action, result))
        except jsonschema.ValidationError:
            return False

    action = RemoteAction("action_talk", None)
    expected = accepts(ORIGINAL)
    assert make_lean()
    assert accepts(RemoteAction._validate_action_result) == expected


class Adds(GraphComponent):
    """A node that adds what it gets."""

    @classmethod
    def create(cls, *_: Any, **__: Any) -> Adds:
        return cls()

    def add(self, a: int, b: int = 1) -> int:
        return a + b


def test_a_graph_gives_the_same_results(tmp_path: Path) -> None:
    def node(**needs: str) -> SchemaNode:
        return SchemaNode(needs=needs, uses=Adds, constructor_name="create", fn="add", config={}, eager=True)

    nodes = {"c": node(a="b1", b="b2"), "b1": node(a="__in__"), "b2": node(a="b1", b="__in__"), "x": node(a="c")}
    schema = GraphSchema(nodes)
    storage = LocalModelStorage.create(tmp_path)
    runner = DaskGraphRunner.create(schema, storage, ExecutionContext(schema))
    for value in (0, 5):
        inputs = {"__in__": value}
        assert _run(runner, inputs, ["c"]) == runner.run(inputs, ["c"])
        assert _run(runner, inputs, ["x", "b1"]) == runner.run(inputs, ["x", "b1"])


def test_calls_to_the_action_server_share_a_connection() -> None:
    ports: list[int] = []

    async def answer(request: web.Request) -> web.Response:
        ports.append(request.transport.get_extra_info("peername")[1])  # type: ignore[union-attr]
        return web.json_response({"events": [], "responses": []})

    async def talk() -> None:
        app = web.Application()
        app.router.add_post("/webhook", answer)
        runner = web.AppRunner(app)
        await runner.setup()
        site = web.TCPSite(runner, "127.0.0.1", 0)
        await site.start()
        port = site._server.sockets[0].getsockname()[1]  # type: ignore[union-attr]
        endpoint = EndpointConfig(f"http://127.0.0.1:{port}/webhook")
        for _ in range(3):
            await endpoint.request(json={})
        async with endpoint.session() as session:
            pass
        await session.close()
        await runner.cleanup()

    assert make_lean()
    asyncio.run(talk())
    assert len(ports) == 3
    assert len(set(ports)) == 1
