"""The public pages: the chat on `/`, the same chat without JavaScript on `/chat`, and the widget's files."""

import uuid
from pathlib import Path
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from bot.limits import Limiter
from bot.message import Answer, Message, Pseudonyms
from bot.payload import PayloadError, read_payload
from bot.turn import Turn
from bot.web.chat import LONGEST_TEXT
from bot.web.forms import read_form
from bot.web.sessions import Sessions
from bot.web.site import Site
from bot.web.widget import Served, Widget
from heard.messages import Reply

_HERE = Path(__file__).parent
ASSETS = _HERE / "assets"
_FRESH_FOR = "public, max-age=300, must-revalidate"


def pages_router(site: Site, turn: Turn, sessions: Sessions, pseudonyms: Pseudonyms, chats: Limiter) -> APIRouter:
    """The chat's pages of one installation. `chats` counts what each chat says, here and by the API."""
    router = APIRouter(include_in_schema=False)
    heard = site.heard
    hub, say = heard.content.hub, heard.wording.say
    menus = {code: heard.talk.menu(code) for code in heard.wording.languages}
    widget = Widget(heard.wording, menus, hub.name)
    welcome = Answer((Reply(say("widget.welcome", "en", hub_name=hub.name), heard.talk.menu()),))

    def page(name: str, answer: Answer, *, session: str = "", said: str = "", status: int = 200) -> HTMLResponse:
        # An answer stays in no cache; the empty page may, so that "back" shows the chat as it was left.
        values: dict[str, Any] = {"answer": answer, "session": session, "said": said, "new_id": _new_id}
        return site.page(name, status=status, cache="no-store" if said or session else "no-cache", **values)

    def refusal(session: str, text: str, payload: str) -> Answer | None:
        """What is said to what goes no further."""
        if chats.wait(session):
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
        form = await read_form(request)
        if form is None:
            return page("chat.html", Answer((Reply(say("door.too_long")),)), status=413)
        session = form.get("session")
        session = session if sessions.ours(session) else sessions.new()
        text, payload = form.get("text"), form.get("payload")
        answer = refusal(session, text, payload)
        if answer is None:
            sender = pseudonyms.of("web", session)
            # What was said is part of the key: "back" brings the same id again, perhaps for another button.
            key = pseudonyms.of("message", sender, form.get("message_id") or str(uuid.uuid4()), payload or text)
            answer = await turn.take(Message("web", sender, key, None if payload else text, payload or None))
        return page("chat.html", answer, session=session, said=(form.get("label") or text)[:LONGEST_TEXT])

    return router


def _new_id() -> str:
    return str(uuid.uuid4())


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
