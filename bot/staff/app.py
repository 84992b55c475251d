"""The staff pages as an application of their own, so that each of their errors is a page too."""

import asyncio

from fastapi import FastAPI, Request
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.message import Pseudonyms
from bot.staff.directory import directory_router
from bot.staff.door import StaffDoor
from bot.staff.gaps import gaps_router
from bot.staff.look import Look
from bot.staff.pages import pages_router
from bot.staff.second_factor import second_factor_router
from bot.staff.signing import signing_router
from bot.staff.trouble import handle_trouble
from heard.bootstrap import Heard

ADDRESS = "/staff"
_LONGEST_FORM = 16 * 1024
"""Bytes. Ours have three short fields; nobody who has not signed in shall fill the memory."""
_LONGEST_FILE = 6_000_000
"""Bytes of the forms of the directory: a spreadsheet, or what is carried along of it from its preview."""


def staff_app(heard: Heard, pseudonyms: Pseudonyms) -> FastAPI:
    """The staff pages of one installation."""
    look = Look(heard.content.hub, heard.wording)
    door = StaffDoor(heard.staff, pseudonyms, secure=heard.settings.https)
    app = FastAPI(openapi_url=None, redirect_slashes=False)
    handle_trouble(app, look)
    app.add_middleware(_SmallForms, look=look, door=door)
    app.include_router(signing_router(heard.staff, door, look), prefix=ADDRESS)
    app.include_router(second_factor_router(heard, door, look), prefix=ADDRESS)
    app.include_router(pages_router(heard, door, look), prefix=ADDRESS)
    app.include_router(gaps_router(heard, door, look), prefix=ADDRESS)
    app.include_router(directory_router(heard, door, look), prefix=ADDRESS)
    return app


class StaffPages:
    """ASGI middleware: everything under /staff goes to the staff pages and nothing else does."""

    def __init__(self, app: ASGIApp, pages: ASGIApp) -> None:
        self._app = app
        self._pages = pages

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        mine = scope["type"] == "http" and (scope["path"] == ADDRESS or scope["path"].startswith(f"{ADDRESS}/"))
        await (self._pages if mine else self._app)(scope, receive, send)


class _SmallForms:
    """ASGI middleware: a form that is longer than ours, or does not say how long it is, is not read at all.

    The directory has long forms and files; they are read only from somebody who has signed in.
    """

    def __init__(self, app: ASGIApp, look: Look, door: StaffDoor) -> None:
        self._app = app
        self._look = look
        self._door = door

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http" or await self._is_taken(scope):
            await self._app(scope, receive, send)
        else:
            await self._look.trouble("form_long", 413)(scope, receive, send)

    async def _is_taken(self, scope: Scope) -> bool:
        headers = dict(scope["headers"])
        length = headers.get(b"content-length", b"0")
        if b"transfer-encoding" in headers or not length.isdigit() or len(length) > 9:
            return False
        if int(length) <= _LONGEST_FORM:
            return True
        allowed = int(length) <= _LONGEST_FILE and scope["path"].startswith(f"{ADDRESS}/directory/")
        return allowed and await asyncio.to_thread(self._door.known, Request(scope)) is not None
