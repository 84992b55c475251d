"""Signing in and out, and the password."""

import threading
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Annotated, Any

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import Response

from bot.staff.door import HOME, PASSWORD, SIGN_IN, StaffDoor, Visit, go, wanted
from bot.staff.look import Look
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
    halfway = Annotated[Visit, Depends(door.needs(halfway=True))]
    halfway_form = Annotated[Visit, Depends(door.changes(halfway=True))]

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
            locked = signed_in.locked_until is not None
            return sign_in_page(request, 429 if locked else 401, error=_refusal(signed_in, "wrong"), **page)
        accounts.sign_out(door.token(request))
        first = PASSWORD if signed_in.member.must_change_password else wanted(to)
        return door.give_session(request, go(first), signed_in.token)

    @router.post("/sign-out")
    def sign_out(request: Request, visit: halfway_form) -> Response:
        accounts.sign_out(visit.token)
        return door.take_session(request, go(f"{SIGN_IN}?out=1"))

    @router.get("/password")
    def password(visit: halfway) -> Response:
        return password_page(visit)

    @router.post("/password")
    def change_password(
        request: Request, visit: halfway_form, current: Field = "", new: Field = "", again: Field = ""
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
            locked = changed.locked_until is not None
            return password_page(visit, 429 if locked else 401, _refusal(changed, "current_wrong"))
        return door.give_session(request, go(f"{HOME}?done=password"), changed.token)

    def _refusal(refused: Refused, wrong: str) -> str:
        if refused.locked_until is None:
            return look.say(wrong)
        minutes = max(1, -(-int((refused.locked_until - datetime.now(UTC)).total_seconds()) // 60))
        return look.say("locked_minute") if minutes == 1 else look.say("locked", minutes=minutes)

    return router
