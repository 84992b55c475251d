"""Signing in and out, and the password."""

import threading
from collections.abc import Mapping
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import Response

from bot.staff.door import HOME, SIGN_IN, StaffDoor, Visit, go, next_stop, wanted
from bot.staff.look import Look, refused_status
from bot.staff.needs import Anyone
from heard.staff import PasswordError, Refused, StaffAccounts

Field = Annotated[str, Form()]
"""An empty field is no error of the form but of whoever fills it in, and the page tells them."""

_AT_ONCE = 2
"""Hashing a password takes 64 MiB and a processor core, on purpose; many at once must not take the machine."""

_EMPTY: Mapping[str, Any] = {"error": None, "over": False, "out": False, "name": "", "to": HOME}
"""What the sign-in page shows where nothing was wrong."""


def signing_router(accounts: StaffAccounts, door: StaffDoor, look: Look) -> APIRouter:
    """The way in and the way out."""
    router = APIRouter()
    hashing = threading.BoundedSemaphore(_AT_ONCE)
    leaving = Annotated[Visit, Depends(door.changes(before="code"))]
    with_any_password = Annotated[Visit, Depends(door.needs(before="password"))]
    changing_it = Annotated[Visit, Depends(door.changes(before="password"))]

    def sign_in_page(request: Request, status: int = 200, **values: Any) -> Response:
        token = door.form_token(request)
        shown = {**_EMPTY, **values, "form_token": token}
        return door.give_form_token(request, look.page("sign_in.html", status=status, **shown), token)

    def password_page(visit: Visit, status: int = 200, error: str | None = None) -> Response:
        return look.page("password.html", visit, status, error=error)

    @router.get("/sign-in", dependencies=[Depends(Anyone())])
    def sign_in(request: Request, over: str = "", out: str = "", to: str = HOME) -> Response:
        if door.known(request) is not None:
            return go(wanted(to))
        return sign_in_page(request, over=bool(over), out=bool(out), to=wanted(to))

    @router.post("/sign-in", dependencies=[Depends(Anyone())])
    def try_to_sign_in(
        request: Request, name: Field = "", password: Field = "", form_token: Field = "", to: Field = HOME
    ) -> Response:
        door.needs_form_token(request, form_token)
        page = {"name": name, "to": wanted(to)}
        if not name.strip() or not password:
            return sign_in_page(request, 422, error=look.say("sign_in_empty"), **page)
        if not name.isprintable():
            return sign_in_page(request, 401, error=look.say("wrong"), to=wanted(to))
        with hashing:
            signed_in = accounts.sign_in(name, password, door.address(request))
        if isinstance(signed_in, Refused):
            return sign_in_page(request, refused_status(signed_in), error=look.refusal(signed_in, "wrong"), **page)
        accounts.sign_out(door.token(request))
        return door.give_session(request, go(next_stop(signed_in.member, wanted(to))), signed_in.token)

    @router.post("/sign-out")
    def sign_out(request: Request, visit: leaving) -> Response:
        accounts.sign_out(visit.token)
        return door.take_session(request, go(f"{SIGN_IN}?out=1"))

    @router.get("/password")
    def password(visit: with_any_password) -> Response:
        return password_page(visit)

    @router.post("/password")
    def change_password(
        request: Request, visit: changing_it, current: Field = "", new: Field = "", again: Field = ""
    ) -> Response:
        if not current or not new:
            return password_page(visit, 422, look.say("password_empty"))
        if new != again:
            return password_page(visit, 422, look.say("passwords_differ"))
        try:
            with hashing:
                changed = accounts.change_password(visit.token, current, new, door.address(request))
        except PasswordError as error:
            return password_page(visit, 422, look.say(f"password_{error.reason}"))
        if isinstance(changed, Refused):
            return password_page(visit, refused_status(changed), look.refusal(changed, "current_wrong"))
        return door.give_session(request, go(f"{HOME}?done=password"), changed.token)

    return router
