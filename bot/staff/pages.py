"""The staff pages: thin. What may be shown comes protected from heard/summaries."""

from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, FastAPI, Form, Request
from fastapi.responses import HTMLResponse, Response

from bot.message import Pseudonyms
from bot.problems import ProblemError
from bot.staff.door import PASSWORD, SIGN_IN, ElsewhereError, StaffDoor, Visit, go
from bot.web.pages import templates
from heard.bootstrap import Heard
from heard.staff import PasswordError, Refused
from heard.summaries import summarise

_HERE = Path(__file__).parent
_LONG = 200
Field = Annotated[str, Form(max_length=_LONG)]


def staff_router(heard: Heard, pseudonyms: Pseudonyms) -> APIRouter:
    """The staff pages of one installation."""
    router = APIRouter(prefix="/staff", include_in_schema=False)
    jinja = templates(_HERE / "templates")
    accounts = heard.staff
    door = StaffDoor(accounts, pseudonyms, secure=(heard.settings.public_url or "").startswith("https://"))

    def say(key: str, **values: object) -> str:
        return heard.wording.say(key, "en", **values)

    def page(name: str, visit: Visit | None = None, status: int = 200, **values: object) -> HTMLResponse:
        common = {"hub": heard.content.hub, "say": say, "visit": visit, "csrf": visit.csrf if visit else ""}
        html = jinja.get_template(name).render(**common, **values)
        return HTMLResponse(html, status, headers={"Cache-Control": "no-store"})

    def sign_in_page(request: Request, error: str | None = None, status: int = 200, name: str = "") -> Response:
        token = door.form_token(request)
        return door.give_form_token(
            page("sign_in.html", status=status, form_token=token, error=error, name=name), token
        )

    @router.get("/sign-in")
    def sign_in(request: Request) -> Response:
        return sign_in_page(request)

    @router.post("/sign-in")
    def try_to_sign_in(request: Request, name: Field, password: Field, form_token: Field = "") -> Response:
        door.needs_form_token(request, form_token)
        signed_in = accounts.sign_in(name, password, door.address(request))
        if isinstance(signed_in, Refused):
            return sign_in_page(request, _refusal(signed_in), 401, name)
        return door.give_session(go(PASSWORD if signed_in.member.must_change_password else "/staff"), signed_in.token)

    @router.post("/sign-out")
    def sign_out(request: Request, csrf: Field = "") -> Response:
        visit = door.visit(request)
        door.needs_own_form(visit, csrf)
        accounts.sign_out(visit.token)
        return door.take_session(go(SIGN_IN))

    @router.get("/password")
    def password(request: Request) -> Response:
        return page("password.html", door.visit(request), error=None)

    @router.post("/password")
    def change_password(request: Request, current: Field, new: Field, again: Field, csrf: Field = "") -> Response:
        visit = door.visit(request)
        door.needs_own_form(visit, csrf)
        if new != again:
            return page("password.html", visit, 422, error=say("staff.passwords_differ"))
        try:
            signed_in = accounts.change_password(visit.token, current, new, door.address(request))
        except PasswordError as error:
            return page("password.html", visit, 422, error=say(f"staff.password_{error.reason}"))
        if isinstance(signed_in, Refused):
            return page("password.html", visit, 401, error=_refusal(signed_in))
        return door.give_session(go("/staff"), signed_in.token)

    @router.get("")
    def home(request: Request) -> Response:
        visit = door.visit(request, "read_summaries")
        return page("consultations.html", visit, consultations=heard.store.consultations.all(heard.settings.hub))

    @router.get("/consultations/{id_}")
    def consultation(request: Request, id_: str) -> Response:
        visit = door.visit(request, "read_summaries")
        stored = heard.store.consultations.get(heard.settings.hub, id_)
        if stored is None:
            raise ProblemError(404, "there is no such consultation")
        answers = heard.store.answers.of(heard.settings.hub, id_)
        summary = summarise(stored.consultation, answers, heard.settings.threshold)
        return page("summary.html", visit, summary=summary, state=stored.state)

    def _refusal(refused: Refused) -> str:
        if refused.locked_until is None:
            return say("staff.wrong")
        minutes = max(1, -(-int((refused.locked_until - datetime.now(UTC)).total_seconds()) // 60))
        return say("staff.locked", minutes=minutes)

    return router


def lead_elsewhere(app: FastAPI) -> None:
    """Sends a browser to the sign-in page instead of answering with an error."""

    @app.exception_handler(ElsewhereError)
    async def elsewhere(request: Request, error: ElsewhereError) -> Response:
        return go(error.address)
