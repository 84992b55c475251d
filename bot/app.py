"""The web application: every route, built from one `Heard`."""

import contextlib
from collections.abc import AsyncIterator

import structlog
from fastapi import FastAPI
from fastapi.responses import JSONResponse, Response
from fastapi.staticfiles import StaticFiles

from bot.clockwork import clockwork
from bot.gate import HoldBack, Networks
from bot.health import Health
from bot.limits import ONE_CHAT, Limiter
from bot.message import Pseudonyms
from bot.openreferral import OpenToAll, openreferral_router
from bot.origin import OwnForms
from bot.problems import handle_problems
from bot.rasa import Rasa
from bot.reader import TypedReader
from bot.security import ChatFromSites, SecurityHeaders
from bot.sizes import Sizes
from bot.staff import StaffPages, staff_app
from bot.telegram import TelegramDoor
from bot.turn import Turn
from bot.web import api_docs
from bot.web.chat import chat_router
from bot.web.crawlers import crawlers_router
from bot.web.entry import entry_router
from bot.web.find import find_router
from bot.web.money import money_router
from bot.web.pages import ASSETS, pages_router
from bot.web.routes import routes_router
from bot.web.sessions import Sessions
from bot.web.site import Site
from heard.bootstrap import build
from heard.settings import Settings, kept_secret

log = structlog.get_logger()


def make_app(settings: Settings) -> FastAPI:
    """The application of one installation. Raises HeardError where it cannot run as things are."""
    heard = build(settings)
    heard.redact("")  # it is built at its first text, and the first message shall not wait for it
    rasa = Rasa(settings.rasa_url, kept_secret(settings.var / "rasa.token"))
    pseudonyms = Pseudonyms(settings.secret)
    turn = Turn(heard, rasa)
    reader = TypedReader(settings.content)
    telegram = TelegramDoor(settings, heard, turn, pseudonyms) if settings.telegram_token else None

    @contextlib.asynccontextmanager
    async def lifespan(app: FastAPI) -> AsyncIterator[None]:
        async with contextlib.AsyncExitStack() as stack:
            stack.enter_context(heard.live.followed())
            if telegram is not None:
                await stack.enter_async_context(telegram)
            await stack.enter_async_context(clockwork(heard, turn.let_go, telegram.post if telegram else None))
            reader.warm_up()
            log.info("ready", hub=settings.hub, address=settings.own_url, telegram=telegram is not None)
            yield
        await rasa.close()
        heard.store.close()

    app = FastAPI(
        title="Heard",
        summary="Chat with a music hub's assistant.",
        version="1",
        docs_url=None,  # FastAPI's page has a script in it; ours has none (bot/web/api_docs.py)
        redoc_url=None,
        openapi_url="/api/openapi.json",
        lifespan=lifespan,
    )
    handle_problems(app)
    site, sessions, chats = Site(heard), Sessions(settings.secret), Limiter(ONE_CHAT)
    app.add_middleware(ChatFromSites, sites=settings.widget_sites, own=settings.public_url)
    app.add_middleware(OpenToAll)
    app.add_middleware(StaffPages, pages=staff_app(heard, pseudonyms))
    app.add_middleware(Sizes)
    app.add_middleware(OwnForms)
    app.add_middleware(HoldBack, networks=Networks(), page=site.too_fast)
    app.add_middleware(SecurityHeaders, sites=settings.widget_sites, https=settings.https)
    app.mount("/assets", StaticFiles(directory=ASSETS), name="assets")
    app.mount(api_docs.STATIC, StaticFiles(directory=api_docs.FILES), name="api-docs")
    _add_health(app, Health(heard, rasa, settings))
    app.include_router(chat_router(turn, sessions, pseudonyms, chats))
    app.include_router(api_docs.api_docs_router(site))
    app.include_router(pages_router(site, turn, sessions, pseudonyms, chats))
    app.include_router(entry_router(site, reader))
    app.include_router(find_router(site, reader))
    app.include_router(money_router(site))
    app.include_router(routes_router(site))
    app.include_router(crawlers_router(site))
    app.include_router(openreferral_router(heard))
    if telegram is not None and settings.public_url:
        app.include_router(telegram.router())
    return app


def _add_health(app: FastAPI, health: Health) -> None:
    @app.get("/healthz", tags=["state"])
    async def healthz() -> dict[str, str]:
        """Alive."""
        return {"status": "alive"}

    @app.get("/readyz", tags=["state"])
    async def readyz() -> Response:
        """Whether Rasa, the action server and the database answer: 200, or 503 with which one does not."""
        state = await health.state()
        return JSONResponse(state, 200 if all(part == "ready" for part in state.values()) else 503)
