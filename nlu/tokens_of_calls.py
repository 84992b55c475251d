"""Who may talk to Rasa, and how Rasa shows itself to the action server: by a token, in a header.

Rasa 3.6 itself takes its token in the address only, where it could end up in a log, and asks none of who writes to the
REST channel. That channel stays open to whoever is on this machine, as in any Rasa; but the metadata, by which the
door vouches that a text was redacted and names the message, is believed only with the token.
"""

from __future__ import annotations

import hmac
from pathlib import Path
from typing import Any

import aiohttp
import rasa.server
from rasa.core.channels.rest import RestInput
from rasa.utils.endpoints import EndpointConfig
from sanic import Sanic
from sanic.request import Request


def ask_for(token: str) -> None:
    """Makes the server that is started next take `Authorization: Bearer <token>` for its token."""
    plain_app = rasa.server.create_app

    def holds(request: Request) -> bool:
        given = request.headers.get("Authorization", "")
        return hmac.compare_digest(given.encode("utf-8", "replace"), f"Bearer {token}".encode())

    async def header_for_parameter(request: Request) -> None:
        if holds(request):
            request.args["token"] = [token]

    def create_app(*args: Any, **kwargs: Any) -> Sanic:
        app = plain_app(*args, **kwargs)
        app.register_middleware(header_for_parameter, "request")
        return app

    def get_metadata(self: RestInput, request: Request) -> dict[str, Any] | None:
        return request.json.get("metadata") if holds(request) else None

    rasa.server.create_app = create_app
    RestInput.get_metadata = get_metadata


def headers(endpoint: EndpointConfig) -> dict[str, str]:
    """The endpoint's headers, with the token that lies in its `token_file` (endpoints.yml), where there is one."""
    file = Path(endpoint.kwargs["token_file"]) if "token_file" in endpoint.kwargs else None
    if file is None or not file.is_file():
        return dict(endpoint.headers)
    return {**endpoint.headers, "Authorization": f"Bearer {file.read_text(encoding='ascii').strip()}"}


def show_to_actions() -> None:
    """Makes stock Rasa (`rasa shell` and the like) send the token too; the lean server does so by itself."""
    if getattr(EndpointConfig.session, "shows_token", False):
        return
    plain_session = EndpointConfig.session

    def session(self: EndpointConfig) -> aiohttp.ClientSession:
        self.headers = headers(self)
        return plain_session(self)

    session.shows_token = True  # type: ignore[attr-defined]
    EndpointConfig.session = session
