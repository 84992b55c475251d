"""How much is asked at once: by one network, whatever it asks for, and by one chat, by whichever door.

A network is known by a keyed hash. The key is this process's own and is never written anywhere, so that what lies in
memory leads back to no address.
"""

import hashlib
import ipaddress
import secrets
from collections.abc import Callable

from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.limits import ONE_ADDRESS, Limiter
from bot.problems import problem_response

FOR_PROGRAMS = ("/api/", "/openreferral", "/telegram/", "/readyz")
"""Addresses that answer programs; the others answer people, with a page."""
_FREE = ("/assets/", "/widget.js", "/widget.css", "/healthz", "/telegram/")
"""Files that cost nothing; and Telegram, whose few servers send everybody's messages: each chat is held back there."""

Page = Callable[[int], Response]
"""The page that asks somebody to wait so many seconds."""


def network(host: str | None) -> str | None:
    """The network that an address belongs to: an IPv4 address, the /64 of an IPv6 one. None for this machine itself.

    This machine is a proxy that nobody has named (HEARD_TRUSTED_PROXIES), or a test: all visitors would be held back
    for one. IPv6 is counted by the /64, which is what one household gets (RFC 6177).
    """
    try:
        address = ipaddress.ip_address((host or "").partition("%")[0])
    except ValueError:
        return host
    if isinstance(address, ipaddress.IPv6Address):
        address = address.ipv4_mapped or address
    if address.is_loopback:
        return None
    wide = isinstance(address, ipaddress.IPv6Address)
    return str(ipaddress.ip_network((address, 64), strict=False)) if wide else str(address)


class Networks:
    """Counts what each network asks."""

    def __init__(self, limiter: Limiter | None = None) -> None:
        self._limiter = Limiter(ONE_ADDRESS) if limiter is None else limiter
        self._key = secrets.token_bytes(32)

    def wait(self, host: str | None) -> int:
        """Counts a request; 0, or the whole seconds to wait where the network asks too much."""
        name = network(host)
        return 0 if name is None else self._limiter.wait(self._hash(name))

    def _hash(self, name: str) -> str:
        return hashlib.blake2b(name.encode(), key=self._key, digest_size=16).hexdigest()


class HoldBack:
    """ASGI middleware: who asks too much waits, whatever they ask for."""

    def __init__(self, app: ASGIApp, networks: Networks, page: Page) -> None:
        self._app = app
        self._networks = networks
        self._page = page

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        wait = 0
        if scope["type"] == "http" and not scope["path"].startswith(_FREE):
            wait = self._networks.wait((scope.get("client") or (None,))[0])
        if not wait:
            await self._app(scope, receive, send)
        elif scope["path"].startswith(FOR_PROGRAMS):
            problem = problem_response(429, f"Please wait {wait} seconds.", {"Retry-After": str(wait)})
            await problem(scope, receive, send)
        else:
            page = self._page(wait)
            page.headers["Retry-After"] = str(wait)
            await page(scope, receive, send)
