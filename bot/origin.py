"""Whether a form was sent from one of our own pages, by what the browser says of it."""

from urllib.parse import urlsplit

from starlette.requests import HTTPConnection
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.problems import problem_response

_READING = {"GET", "HEAD", "OPTIONS"}
_OTHERWISE = ("/api/chat", "/telegram/", "/staff")
"""The chat API asks for itself (bot/security.py), Telegram shows a secret, and the staff pages answer with a page."""


def from_another_site(request: HTTPConnection) -> bool:
    """Whether a browser says that another site's page has sent this. What is no browser says nothing.

    Sec-Fetch-Site is sent by all browsers since 2023 and can be set by no page (W3C Fetch Metadata). Older ones send
    Origin, which is "null" for our own forms, because of our Referrer-Policy.
    """
    told = request.headers.get("sec-fetch-site")
    if told is not None:
        return told not in {"same-origin", "none"}
    origin = request.headers.get("origin", "null")
    return origin != "null" and urlsplit(origin).netloc != request.headers.get("host", "")


class OwnForms:
    """ASGI middleware: what changes something comes from our own pages. None of ours relies on it alone."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if (
            scope["type"] == "http"
            and scope["method"] not in _READING
            and not scope["path"].startswith(_OTHERWISE)
            and from_another_site(HTTPConnection(scope))
        ):
            answer: Response = problem_response(403, "This form was sent from another site's page.")
            await answer(scope, receive, send)
        else:
            await self._app(scope, receive, send)
