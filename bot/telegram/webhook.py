"""The route that Telegram posts updates to, for whoever knows the secret."""

from collections.abc import Awaitable, Callable

import orjson
from fastapi import APIRouter, Request
from fastapi.responses import Response

from bot.problems import ProblemError
from bot.telegram.incoming import Incoming, UpdateError, read_update

PATH = "/telegram/webhook"

_SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105  (the header's name)


def webhook_router(take: Callable[[Incoming], Awaitable[None]], knows: Callable[[str], bool]) -> APIRouter:
    """One route: 200 when the update is answered, so that Telegram sends again what a crash has cut off."""
    router = APIRouter(include_in_schema=False)

    @router.post(PATH)
    async def webhook(request: Request) -> Response:
        if not knows(request.headers.get(_SECRET_HEADER, "")):
            raise ProblemError(403, "the secret token is missing or wrong")
        try:
            incoming = read_update(orjson.loads(await request.body()))
        except (orjson.JSONDecodeError, UpdateError):
            raise ProblemError(422, "this is no Telegram update") from None
        await take(incoming)
        return Response(status_code=200)

    return router
