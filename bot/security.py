"""What a browser is told it may do with our pages, and which sites' pages may talk to the chat."""

from collections.abc import Sequence
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.problems import problem_response
from heard.network_settings import EVERYWHERE

_EVERYWHERE = {
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
_POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; "
    "connect-src 'self'; form-action 'self'; base-uri 'none'; manifest-src 'self'; frame-ancestors "
)
_HSTS = "max-age=31536000"
"""A year, for this host alone: others under its name are not ours to speak for."""
_FRAMED = "/chat"
"""The page that a site may show in a frame, where it cannot use the widget's script."""


class SecurityHeaders:
    """ASGI middleware: adds the headers that are not there yet. No page has a script or a style of its own in it."""

    def __init__(self, app: ASGIApp, *, sites: Sequence[str] = (EVERYWHERE,), https: bool = False) -> None:
        """`sites` may show the chat's page in a frame, if they are named; `https`: we are reached by it alone."""
        self._app = app
        self._sites = [] if EVERYWHERE in sites else list(sites)
        self._https = https

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        added = dict(_EVERYWHERE)
        if self._sites and scope["path"] == _FRAMED:
            added["Content-Security-Policy"] = _POLICY + " ".join(["'self'", *self._sites])
        else:
            added |= {"Content-Security-Policy": f"{_POLICY}'none'", "X-Frame-Options": "DENY"}
        if self._https or scope["scheme"] == "https":
            added["Strict-Transport-Security"] = _HSTS

        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                for name, value in added.items():
                    headers.setdefault(name, value)
            await send(message)

        await self._app(scope, receive, with_headers)


class ChatFromSites:
    """ASGI middleware: the chat API answers pages of other sites, which is what the widget is for.

    No cookie goes with it: whoever holds a session's token is in that chat, and nobody else. Where the sites are
    named, others' pages are refused.
    """

    def __init__(self, app: ASGIApp, sites: Sequence[str] = (EVERYWHERE,), own: str | None = None) -> None:
        """`own`: the address under which the public reaches us; a proxy may ask for us by another."""
        self._app = app
        self._sites = frozenset(sites)
        self._own = urlsplit(own or "").netloc
        self._open = CORSMiddleware(
            app, allow_origins=list(sites), allow_methods=["POST"], allow_headers=["Content-Type"], max_age=86_400
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or scope["path"] != "/api/chat":
            await self._app(scope, receive, send)
        elif self._welcome(Headers(scope=scope)):
            await self._open(scope, receive, send)
        else:
            problem = problem_response(403, "The chat is not open to pages of this site.")
            await problem(scope, receive, send)

    def _welcome(self, headers: Headers) -> bool:
        """Whether the sender is a page of a named site, one of our own, or no page at all."""
        origin = headers.get("origin")
        if origin is None or EVERYWHERE in self._sites or origin in self._sites:
            return True
        return urlsplit(origin).netloc in {headers.get("host"), self._own} - {""}
