"""The public pages: the chat on `/`, the same chat without JavaScript on `/chat`, and the widget's script."""

import uuid
from pathlib import Path
from typing import Annotated

from fastapi import APIRouter, Form, Request
from fastapi.responses import HTMLResponse, Response
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from bot.message import Message, Pseudonyms
from bot.payload import PayloadError, read_payload
from bot.turn import Turn
from bot.web.sessions import Sessions
from bot.web.widget import Widget
from heard.bootstrap import Heard
from heard.messages import Reply

_HERE = Path(__file__).parent
ASSETS = _HERE / "assets"
_FRESH_FOR = "public, max-age=300, must-revalidate"
_LONGEST_TEXT = 2000
_NOT_KEPT = {"Cache-Control": "no-store"}


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
    widget = Widget(heard.wording, heard.talk, heard.content.hub.name)
    urgent = heard.safeguarding.urgent_cards()

    def page(name: str, **values: object) -> HTMLResponse:
        def say(key: str, **more: object) -> str:
            return heard.wording.say(key, "en", **more)

        common = {"hub": heard.content.hub, "say": say, "urgent": urgent}
        return HTMLResponse(jinja.get_template(name).render(**common, **values), headers=_NOT_KEPT)

    @router.get("/")
    async def home() -> Response:
        return page("home.html")

    @router.get("/widget.js")
    async def widget_js(request: Request) -> Response:
        headers = {
            "ETag": widget.etag,
            "Cache-Control": _FRESH_FOR,
            "Access-Control-Allow-Origin": "*",
            "Cross-Origin-Resource-Policy": "cross-origin",
        }
        if request.headers.get("if-none-match") == widget.etag:
            return Response(status_code=304, headers=headers)
        return Response(widget.script, media_type="text/javascript; charset=utf-8", headers=headers)

    @router.get("/chat")
    async def chat() -> Response:
        welcome = Reply(heard.wording.say("widget.welcome", "en", hub_name=heard.content.hub.name), heard.talk.menu())
        return page("chat.html", session="", message_id=str(uuid.uuid4()), said=None, replies=(welcome,))

    @router.post("/chat")
    async def say_in_chat(
        message_id: Annotated[str, Form(max_length=100)],
        session: Annotated[str, Form(max_length=100)] = "",
        text: Annotated[str, Form()] = "",
        payload: Annotated[str, Form(max_length=600)] = "",
        label: Annotated[str, Form(max_length=200)] = "",
    ) -> Response:
        """One step of the chat as a form. Only the last exchange is shown: nothing is kept here."""
        mine = session if sessions.ours(session) else sessions.new()
        sender = pseudonyms.of("web", mine)
        key = pseudonyms.of("message", sender, message_id)
        text = text.strip()
        replies: tuple[Reply, ...]
        try:
            if payload:
                read_payload(payload)
            if len(text) > _LONGEST_TEXT:
                replies = (Reply(heard.wording.say("door.too_long")),)
            elif not text and not payload:
                replies = (Reply(heard.wording.say("door.empty"), heard.talk.menu()),)
            else:
                message = Message("web", sender, key, None if payload else text, payload or None)
                replies = (await turn.take(message)).replies
        except PayloadError:
            replies = (Reply(heard.wording.say("door.old_button"), heard.talk.menu()),)
        return page("chat.html", session=mine, message_id=str(uuid.uuid4()), said=label or text, replies=replies)

    return router
