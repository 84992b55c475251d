"""The public pages: the chat on `/`, the same chat without JavaScript on `/chat`, and the widget's files."""

import re
import uuid
from pathlib import Path

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from bot.limits import ONE_ADDRESS, ONE_CHAT, Limiter
from bot.message import Answer, Message, Pseudonyms
from bot.payload import PayloadError, read_payload
from bot.turn import Turn
from bot.web.chat import LONGEST_TEXT
from bot.web.sessions import Sessions
from bot.web.widget import Served, Widget
from heard.bootstrap import Heard
from heard.messages import Reply

_HERE = Path(__file__).parent
ASSETS = _HERE / "assets"
_FRESH_FOR = "public, max-age=300, must-revalidate"
_LONGEST_FORM = 64 * 1024
_LABEL = re.compile(r"^([^:.]{2,24}:)( .+)$")
_THIS_MACHINE = {None, "127.0.0.1", "::1"}


def templates(folder: Path) -> Environment:
    """Jinja2 over a folder and the common layout: everything is escaped, and an unknown name is an error."""
    return Environment(
        loader=FileSystemLoader([folder, _HERE / "templates"]),
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


def pages_router(heard: Heard, turn: Turn, sessions: Sessions, pseudonyms: Pseudonyms) -> APIRouter:
    """The public pages of one installation."""
    router = APIRouter(include_in_schema=False)
    jinja = templates(_HERE / "templates")
    hub, say = heard.content.hub, heard.wording.say
    menus = {code: heard.talk.menu(code) for code in heard.wording.languages}
    widget = Widget(heard.wording, menus, hub.name)
    welcome = Answer((Reply(say("widget.welcome", "en", hub_name=hub.name), heard.talk.menu()),))
    chats, addresses = Limiter(ONE_CHAT), Limiter(ONE_ADDRESS)

    def page(name: str, answer: Answer, *, session: str = "", said: str = "", status: int = 200) -> HTMLResponse:
        html = jinja.get_template(name).render(
            hub=hub,
            say=lambda key, **more: say(key, "en", **more),
            urgent=heard.safeguarding.urgent_cards(),
            answer=answer,
            session=session,
            said=said,
            new_id=lambda: str(uuid.uuid4()),
            labelled=_labelled,
        )
        # An answer stays in no cache; the empty page may, so that "back" shows the chat as it was left.
        return HTMLResponse(html, status, {"Cache-Control": "no-store" if said or session else "no-cache"})

    def refusal(request: Request, session: str, text: str, payload: str) -> Answer | None:
        """What is said to what goes no further."""
        if _wait(addresses, chats, request, session):
            return Answer((Reply(say("widget.too_fast")),))
        if len(text) > LONGEST_TEXT:
            return Answer((Reply(say("door.too_long")),))
        if not text and not payload:
            return Answer((Reply(say("door.empty"), heard.talk.menu()),))
        try:
            if payload:
                read_payload(payload)
        except PayloadError:
            return Answer((Reply(say("door.old_button"), heard.talk.menu()),))
        return None

    @router.get("/")
    async def home() -> Response:
        return page("home.html", welcome)

    @router.get("/widget.js")
    async def widget_js(request: Request) -> Response:
        return _file(request, widget.script)

    @router.get("/widget.css")
    async def widget_css(request: Request) -> Response:
        return _file(request, widget.style)

    @router.get("/chat")
    async def chat() -> Response:
        return page("chat.html", welcome)

    @router.post("/chat")
    async def say_in_chat(request: Request) -> Response:
        """One step of the chat as a form. Only the last exchange is shown: nothing is kept here."""
        form = await _form(request)
        if form is None:
            return page("chat.html", Answer((Reply(say("door.too_long")),)), status=413)
        session = form.get("session", "")
        session = session if sessions.ours(session) else sessions.new()
        text, payload = form.get("text", "").strip(), form.get("payload", "")
        answer = refusal(request, session, text, payload)
        if answer is None:
            sender = pseudonyms.of("web", session)
            # What was said is part of the key: "back" brings the same id again, perhaps for another button.
            key = pseudonyms.of("message", sender, form.get("message_id") or str(uuid.uuid4()), payload or text)
            answer = await turn.take(Message("web", sender, key, None if payload else text, payload or None))
        return page("chat.html", answer, session=session, said=(form.get("label") or text)[:LONGEST_TEXT])

    return router


def _labelled(summary: str) -> list[tuple[str, str]]:
    """A card's lines, with the first words apart ("How to apply:") where there are several; as replies.js does it."""
    lines = [line for line in summary.splitlines() if line]
    found = [_LABEL.match(line) if len(lines) > 1 else None for line in lines]
    return [(match[1], match[2]) if match else ("", line) for line, match in zip(lines, found, strict=True)]


async def _form(request: Request) -> dict[str, str] | None:
    """The form's fields, or None where it is longer than any that we make. Files and the like are left out."""
    length = request.headers.get("content-length", "")
    if not length.isdigit() or int(length) > _LONGEST_FORM:
        return None
    async with request.form() as form:
        return {name: value for name, value in form.items() if isinstance(value, str)}


def _wait(addresses: Limiter, chats: Limiter, request: Request, session: str) -> bool:
    """Whether this is too much at once, as for the chat API."""
    address = request.client.host if request.client else None
    by_address = address is not None and address not in _THIS_MACHINE and addresses.wait(address) > 0
    return by_address or chats.wait(session) > 0


def _file(request: Request, served: Served) -> Response:
    """One of the widget's files: for every site, known again by its tag, zipped for who takes that."""
    headers = {
        "ETag": served.etag,
        "Cache-Control": _FRESH_FOR,
        "Vary": "Accept-Encoding",
        "Access-Control-Allow-Origin": "*",
        "Cross-Origin-Resource-Policy": "cross-origin",
    }
    if served.etag in request.headers.get("if-none-match", ""):
        return Response(status_code=304, headers=headers)
    if "gzip" in request.headers.get("accept-encoding", ""):
        return Response(served.zipped, media_type=served.media_type, headers={**headers, "Content-Encoding": "gzip"})
    return Response(served.body, media_type=served.media_type, headers=headers)
