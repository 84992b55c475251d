"""The second factor in the browser: the code after the password, setting it up, setting it up anew."""

from typing import Annotated

import segno
from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import Response
from markupsafe import Markup

from bot.staff.door import HOME, SECOND_FACTOR, StaffDoor, Visit, go, next_stop, wanted
from bot.staff.look import Look, refused_status
from heard.bootstrap import Heard
from heard.staff import Refused

Field = Annotated[str, Form()]


def second_factor_router(heard: Heard, door: StaffDoor, look: Look) -> APIRouter:
    """Its pages."""
    router = APIRouter()
    factor, hub = heard.second_factor, heard.content.hub
    waiting = Annotated[Visit, Depends(door.needs(before="code"))]
    giving_it = Annotated[Visit, Depends(door.changes(before="code"))]
    looking = Annotated[Visit, Depends(door.needs())]
    changing = Annotated[Visit, Depends(door.changes())]

    def code_page(visit: Visit, to: str, status: int = 200, error: str | None = None) -> Response:
        return look.page("code.html", visit, status, to=to, error=error)

    def factor_page(visit: Visit, status: int = 200, error: str | None = None) -> Response:
        if visit.session.member.has_second_factor:
            left = factor.recovery_codes_left(visit.session.member.name)
            return look.page("second_factor.html", visit, status, left=left, error=error)
        offer = factor.offer(visit.token, hub.name)
        spelled = " ".join(offer.secret[n : n + 4] for n in range(0, len(offer.secret), 4))
        values = {"secret": spelled, "qr": _qr(offer.address, look.say("second_factor_picture")), "error": error}
        return look.page("second_factor_new.html", visit, status, **values)

    @router.get("/code")
    def code(visit: waiting, to: str = HOME) -> Response:
        member = visit.session.member
        return code_page(visit, wanted(to)) if member.code_to_come else go(next_stop(member, wanted(to)))

    @router.post("/code")
    def give_code(request: Request, visit: giving_it, code: Field = "", to: Field = HOME) -> Response:
        to = wanted(to)
        if not visit.session.member.code_to_come:
            return go(to)
        if not code.strip():
            return code_page(visit, to, 422, look.say("code_empty"))
        checked = factor.check(visit.token, code, door.address(request))
        if isinstance(checked, Refused):
            return code_page(visit, to, refused_status(checked), look.refusal(checked, "code_wrong"))
        return door.give_session(request, go(next_stop(checked.member, to)), checked.token)

    @router.get("/second-factor")
    def second_factor(visit: looking) -> Response:
        return factor_page(visit)

    @router.post("/second-factor")
    def set_up(request: Request, visit: changing, code: Field = "") -> Response:
        if visit.session.member.has_second_factor:
            return go(SECOND_FACTOR)
        enrolled = factor.enrol(visit.token, code)
        if enrolled is None:
            return factor_page(visit, 422, look.say("code_of_new_wrong"))
        fresh = door.fresh(enrolled.signed_in)
        page = look.page("recovery_codes.html", fresh, codes=enrolled.recovery_codes)
        return door.give_session(request, page, fresh.token)

    @router.post("/second-factor/anew")
    def anew(request: Request, visit: changing, code: Field = "") -> Response:
        """Takes the old one away for who can show a code of it; the page then offers a new one."""
        if not visit.session.member.has_second_factor:
            return go(SECOND_FACTOR)
        checked = factor.check(visit.token, code, door.address(request))
        if isinstance(checked, Refused):
            return factor_page(visit, refused_status(checked), look.refusal(checked, "code_wrong"))
        renewed = factor.take_away(checked.token)
        return door.give_session(request, go(SECOND_FACTOR), renewed.token)

    return router


def _qr(address: str, title: str) -> Markup:
    """The QR code as SVG within the page: dark on light with a margin, or phones can't read it."""
    code = segno.make(address, error="m", micro=False)
    svg = code.svg_inline(scale=5, border=4, dark="#000", light="#fff", svgclass="qr", title=title)
    return Markup(svg)  # noqa: S704  (drawn by segno from squares)
