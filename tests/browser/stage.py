"""The real pages, widget and chat API on loopback, with a turn that answers from a script; and another site's page."""

import asyncio
import contextlib
import shutil
import tempfile
import threading
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import uvicorn
from fastapi import FastAPI
from fastapi.responses import HTMLResponse
from fastapi.staticfiles import StaticFiles
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.limits import ONE_CHAT, Limiter
from bot.message import Answer, Message, Pseudonyms
from bot.problems import handle_problems, problem_response
from bot.reader import TypedReader
from bot.security import ChatFromSites, SecurityHeaders
from bot.turn import Turn
from bot.web.chat import chat_router
from bot.web.crawlers import crawlers_router
from bot.web.entry import entry_router
from bot.web.find import find_router
from bot.web.money import money_router
from bot.web.pages import ASSETS, pages_router
from bot.web.routes import routes_router
from bot.web.sessions import Sessions
from bot.web.site import Site
from heard.bootstrap import Heard
from heard.bursaries.criteria import Criteria
from heard.content.load import load_content
from heard.messages import Card, Contact, Reply
from heard.redaction import Redactor
from heard.safeguarding import Screen
from heard.talk import TalkTopic
from heard.topics import topics_builder
from heard.wording import Wording
from tests.system import ROOT, free_ports

READER = TypedReader(ROOT / "content")
SECRET = "a stage's own secret"
HELPLINES = (
    Card("emergency-999", "helpline", "Emergency services", "", contacts=(Contact("Call 999", "tel:999"),)),
    Card("childline", "helpline", "Childline", "", contacts=(Contact("Call 0800 1111", "tel:08001111"),)),
)
ARABIC = "widget: {open: اسأل عن الموسيقى, title: اسأل عن الموسيقى, label: رسالتك, send: أرسل, close: أغلق}"

FOREIGN_PAGE = """<!doctype html><html lang="{language}"><head><meta charset="utf-8"><title>A school</title>
<meta name="viewport" content="width=device-width, initial-scale=1">
<style>html {{ font-size: 62.5% }} body {{ font: italic 3rem/3 serif; text-align: center; letter-spacing: 5px }}
body, body * {{ color: red; text-transform: uppercase; --ink: lime; --act: yellow }}
button, p {{ display: none }}</style></head>
<body><div>A school's own page <a href="#there" id="there">with a link</a></div>
<script src="{home}/widget.js" defer></script><script src="{home}/widget.js" defer></script></body></html>"""


@dataclass
class Script:
    """Stands where Turn stands: what to say to what, how slowly, and what was asked."""

    answers: dict[str, Answer] = field(default_factory=dict)
    said: list[Message] = field(default_factory=list)
    seconds: float = 0
    refusals: list[int] = field(default_factory=list)
    """Statuses for the next requests, before any answer."""
    votes: list[tuple[str, str]] = field(default_factory=list)
    """What was said of which entry under "Was this right?"."""

    def on(self, words: str, *replies: Reply, safeguarding: bool = False, language: str = "en") -> None:
        """Answers these words, or this payload."""
        self.answers[words] = Answer(replies, language, safeguarding)

    def asked(self) -> list[str]:
        """What was asked so far; the same message twice counts once."""
        return [message.text or message.payload or "" for message in self.said]

    def seen(self, words: str, seconds: float = 5) -> bool:
        """Whether this is asked within some seconds."""
        until = time.monotonic() + seconds
        while words not in self.asked() and time.monotonic() < until:
            time.sleep(0.02)
        return words in self.asked()

    async def take(self, message: Message) -> Answer:
        """As Turn.take: the same key gets the same answer and does nothing twice."""
        if message.key not in {earlier.key for earlier in self.said}:
            self.said.append(message)
        await asyncio.sleep(self.seconds)
        words = message.text or message.payload or ""
        return self.answers.get(words) or Answer((Reply(f"You said: {words}"),))


@dataclass
class Stage:
    """A stage that stands: its addresses and its script."""

    url: str
    foreign: str
    script: Script


class _Refusing:
    def __init__(self, app: ASGIApp, script: Script) -> None:
        self._app, self._script = app, script

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        answered = scope["type"] == "http" and scope["path"] == "/api/chat" and scope["method"] == "POST"
        if answered and self._script.refusals:
            await problem_response(self._script.refusals.pop(0), "Refused by the script.")(scope, receive, send)
        else:
            await self._app(scope, receive, send)


@cache
def _redactor() -> Redactor:
    """One for all stages, built: its first text takes seconds, and no page of a test shall wait for that."""
    redactor = Redactor.load(ROOT / "content")
    redactor.redact("")
    return redactor


def stage_app(script: Script, wording: Path = ROOT / "content" / "wording", hub: str = "hertfordshire") -> FastAPI:
    """The application as bot/app.py puts it together, as far as people on the web see it."""
    content, words = load_content(ROOT / "content", hub), Wording.load(wording)
    criteria, screen = Criteria.load(ROOT / "content" / "criteria.yml"), Screen.load(ROOT / "content")
    topics = topics_builder(criteria, screen, words)(content)
    safe = SimpleNamespace(
        urgent_cards=lambda: HELPLINES,
        card=lambda id_: {card.id: card for card in HELPLINES}.get(id_),
        screen=topics.safeguarding.screen,
        answer=topics.safeguarding.answer,
    )
    heard = SimpleNamespace(
        wording=words,
        content=content,
        talk=TalkTopic(content.hub, words),
        settings=SimpleNamespace(public_url=None),
        safeguarding=safe,
        redact=_redactor().redact,
        needs=SimpleNamespace(on_page=lambda *told: None),
        rightness=SimpleNamespace(on_page=lambda *told: script.votes.append(told[1:3])),
        entries=topics.entries,
        typed=topics.typed,
        bursaries=topics.bursaries,
        pathways=topics.pathways,
    )
    app = FastAPI()
    handle_problems(app)
    app.add_middleware(_Refusing, script=script)
    app.add_middleware(ChatFromSites)
    app.add_middleware(SecurityHeaders)
    app.mount("/assets", StaticFiles(directory=ASSETS), name="assets")
    sessions, pseudonyms, chats = Sessions(SECRET), Pseudonyms(SECRET), Limiter(ONE_CHAT)
    app.include_router(chat_router(cast(Turn, script), sessions, pseudonyms, chats))
    site = Site(cast(Heard, heard))
    app.include_router(pages_router(site, cast(Turn, script), sessions, pseudonyms, chats))
    app.include_router(entry_router(site, READER))
    app.include_router(find_router(site, READER))
    app.include_router(money_router(site))
    app.include_router(routes_router(site))
    app.include_router(crawlers_router(site))
    return app


def foreign_app(home: str) -> FastAPI:
    """A page of somebody else, with a style that leaves nothing alone and the widget's script in it twice."""
    app = FastAPI()

    @app.get("/{language}")
    def page(language: str) -> HTMLResponse:
        return HTMLResponse(FOREIGN_PAGE.format(home=home, language=language))

    return app


@contextlib.contextmanager
def standing() -> Iterator[Stage]:
    """A stage on two free ports, with Arabic beside English."""
    port, foreign_port = free_ports(2)
    home = f"http://127.0.0.1:{port}"
    script = Script()
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as stack:
        wording = Path(shutil.copytree(ROOT / "content" / "wording", Path(folder) / "wording"))
        (wording / "ar.yml").write_text(ARABIC, encoding="utf-8")
        stack.enter_context(serving(stage_app(script, wording), port))
        stack.enter_context(serving(foreign_app(home), foreign_port))
        yield Stage(home, f"http://127.0.0.1:{foreign_port}/en", script)


@contextlib.contextmanager
def serving(app: FastAPI, port: int) -> Iterator[None]:
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=port, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    until = time.monotonic() + 10
    while not server.started and time.monotonic() < until:
        time.sleep(0.01)
    assert server.started
    try:
        yield
    finally:
        server.should_exit = True
        thread.join(10)
