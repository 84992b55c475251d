"""The application as it runs, in this process: every door, with nobody behind them (no Rasa, no Telegram's server)."""

import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryDirectory

import httpx
from fastapi import FastAPI
from fastapi.routing import APIRoute, RouteContext, iter_route_contexts

from bot.app import make_app
from heard.settings import Settings
from tests.system import ROOT, free_ports

with warnings.catch_warnings():
    warnings.simplefilter("ignore")  # Starlette would rather have another HTTP client than the one that we have
    from fastapi.testclient import TestClient

SECRET = "a secret of the tests that is long enough, 0123456789"
TOKEN = "123456789:AAF3k9-abcdefghijklmnopqrstuvwxyz_"
HERE = "http://heard.example"


@contextmanager
def whole(**environ: str) -> Iterator[TestClient]:
    """A client of an installation of its own. Nothing listens where Rasa and Telegram should be.

    The client sees a fault as the public would, and follows nowhere.
    """
    rasa, actions = map(str, free_ports(2))
    with TemporaryDirectory() as folder:
        given = {"HEARD_VAR": folder, "HEARD_SECRET": SECRET, "HEARD_RASA_PORT": rasa, "HEARD_ACTIONS_PORT": actions}
        app = make_app(Settings.from_env({**given, **environ}, ROOT))
        with TestClient(app, HERE, raise_server_exceptions=False, follow_redirects=False) as client:
            yield client


def with_telegram() -> dict[str, str]:
    """The environment of an installation that Telegram calls, at a place where nothing listens."""
    (port,) = free_ports(1)
    base = f"http://127.0.0.1:{port}"
    return {"TELEGRAM_BOT_TOKEN": TOKEN, "TELEGRAM_API_BASE": base, "PUBLIC_URL": "https://heard.example"}


def public_routes(client: TestClient) -> list[tuple[str, RouteContext]]:
    """Every route outside the staff pages, once for each of its methods."""
    app = client.app
    assert isinstance(app, FastAPI)
    found = [
        (method, route)
        for route in iter_route_contexts(app.routes)
        if isinstance(route.original_route, APIRoute)
        for method in sorted(route.methods or ())
    ]
    assert len(found) >= 15
    return found


def is_problem(response: httpx.Response, status: int) -> bool:
    """Whether this is a problem details answer with this status (RFC 9457)."""
    plain = response.headers.get("content-type") == "application/problem+json"
    return plain and response.status_code == response.json()["status"] == status
