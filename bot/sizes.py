"""No request is longer than what its door takes: by what it says of itself, and by what it turns out to be."""

from starlette.exceptions import HTTPException
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from bot.problems import problem_response
from bot.wire import LONGEST_HEAD, head_length

LONGEST = 64 * 1024
"""Bytes, where nothing else is said."""
LONGER = {
    "/telegram/": 1024 * 1024,  # an update can carry a whole message that it answers, and formatting for every letter
    "/staff/": 6_000_000,  # spreadsheets; the staff pages take longer forms from those who have signed in alone
}
_TOO_LONG = "This is longer than anything that is taken here. A message may have 2000 characters."


class Sizes:
    """ASGI middleware: refuses a long head, and a body that says it is too long or turns out to be."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self._app(scope, receive, send)
            return
        if head_length(scope) > LONGEST_HEAD:
            await problem_response(431, "The address or the headers are too long.")(scope, receive, send)
            return
        most = next((bytes_ for start, bytes_ in LONGER.items() if scope["path"].startswith(start)), LONGEST)
        length = dict(scope["headers"]).get(b"content-length", b"0")
        if not length.isdigit() or len(length) > 12 or int(length) > most:
            await problem_response(413, _TOO_LONG)(scope, receive, send)
            return
        read = 0

        async def counted() -> Message:
            nonlocal read
            message = await receive()
            read += len(message.get("body", b""))
            if read > most:
                raise HTTPException(413, _TOO_LONG)  # FastAPI hands it on to whatever answers for errors there
            return message

        await self._app(scope, counted, send)
