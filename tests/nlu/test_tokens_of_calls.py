"""Rasa believes nobody without the token, and shows the action server its own."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import aiohttp
import pytest
import rasa.server
from rasa.core.channels.rest import RestInput
from rasa.utils.endpoints import EndpointConfig
from sanic import Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, json

import nlu.trackers  # noqa: F401  (Rasa's commands load it, and stock Rasa then shows the token)
from nlu.lean_rasa import make_lean
from nlu.tokens_of_calls import ask_for

TOKEN = "the token"


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Sanic:
    """A server with a route behind Rasa's own check, and one that tells which metadata the REST channel believes."""
    monkeypatch.setattr(RestInput, "get_metadata", RestInput.get_metadata)
    monkeypatch.setattr(rasa.server, "create_app", lambda *args, **kwargs: Sanic("guarded"))
    monkeypatch.setattr(Sanic, "test_mode", True)
    ask_for(TOKEN)
    app = rasa.server.create_app()

    @app.exception(rasa.server.ErrorResponse)
    async def refused(request: Request, error: rasa.server.ErrorResponse) -> HTTPResponse:
        return json(error.error_info, status=error.status)

    @app.get("/guarded")
    @rasa.server.requires_auth(app, TOKEN)
    async def guarded(request: Request) -> HTTPResponse:
        return json("in")

    @app.post("/metadata")
    async def metadata(request: Request) -> HTTPResponse:
        return json(RestInput().get_metadata(request))

    return app


def ask(app: Sanic, method: str, path: str, **given: Any) -> tuple[int, Any]:
    async def run() -> tuple[int, Any]:
        server = await app.create_server(host="127.0.0.1", port=0, return_asyncio_server=True, access_log=False)
        await server.startup()
        port = server.server.sockets[0].getsockname()[1]
        try:
            url = f"http://127.0.0.1:{port}{path}"
            async with aiohttp.ClientSession() as session, session.request(method, url, **given) as answer:
                return answer.status, await answer.json()
        finally:
            server.close()
            await server.wait_closed()

    return asyncio.run(run())


@pytest.mark.parametrize(
    ("headers", "params", "status"),
    [
        ({"Authorization": f"Bearer {TOKEN}"}, {}, 200),
        ({}, {"token": TOKEN}, 200),
        ({}, {}, 401),
        ({"Authorization": "Bearer wrong"}, {}, 401),
        ({"Authorization": TOKEN}, {}, 401),
        ({}, {"token": "wrong"}, 401),
        ({"Authorization": "Bearer \u00e9"}, {"token": ""}, 401),
    ],
)
def test_the_token_is_taken_from_the_header_as_from_the_address(
    server: Sanic, headers: dict[str, str], params: dict[str, str], status: int
) -> None:
    assert ask(server, "GET", "/guarded", headers=headers, params=params)[0] == status


def test_what_the_door_vouches_for_is_believed_with_the_token_alone(server: Sanic) -> None:
    body = {"sender": "x", "message": "hi", "metadata": {"key": "made up"}}
    for headers in ({}, {"Authorization": "Bearer wrong"}):
        assert ask(server, "POST", "/metadata", json=body, headers=headers) == (200, None)
    shown = {"Authorization": f"Bearer {TOKEN}"}
    assert ask(server, "POST", "/metadata", json=body, headers=shown) == (200, {"key": "made up"})


@pytest.mark.parametrize("lean", [False, True])
def test_the_action_server_is_shown_the_token_of_the_file(
    tmp_path: Path, lean: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(EndpointConfig, "session", EndpointConfig.session)
    if lean:
        make_lean()
    file = tmp_path / "actions.token"
    file.write_text(f"{TOKEN}\n")

    async def shown(**given: Any) -> str | None:
        async with EndpointConfig("http://127.0.0.1:1/", **given).session() as session:
            header = session.headers.get("Authorization")
        await session.close()
        return header

    assert asyncio.run(shown(token_file=str(file))) == f"Bearer {TOKEN}"
    assert asyncio.run(shown(token_file=str(tmp_path / "none"))) is None
    assert asyncio.run(shown()) is None
