"""The Telegram door alone, running: the real server loop, store and wording, with a turn that says what it is told."""

import asyncio
import contextlib
import threading
import time
from collections.abc import AsyncIterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any, Self

import uvicorn
from fastapi import FastAPI

from bot.message import Answer, Message, Pseudonyms
from bot.problems import handle_problems
from bot.sizes import Sizes
from bot.telegram import TelegramDoor
from heard.messages import Choice, Reply
from heard.settings import Settings
from heard.store import Store
from heard.wording import Wording
from tests.bot.telegram.bot_api import BotApi
from tests.system import free_ports

ROOT = Path(__file__).resolve().parents[3]
SECRET = "a secret of the tests that is long enough, 0123456789"


class Parrot:
    """A turn that answers with what was said, and counts. `replies` makes the answer; `trouble` is raised first."""

    def __init__(self) -> None:
        self.messages: list[Message] = []
        self.forgotten: list[str] = []
        self.trouble: list[Exception] = []
        self.slow = 0.0

    def replies(self, message: Message) -> tuple[Reply, ...]:
        return (Reply(f"You said {message.text or message.payload}", (Choice("More", "/show_more"),)),)

    async def take(self, message: Message) -> Answer:
        if self.trouble:
            raise self.trouble.pop()
        self.messages.append(message)
        await asyncio.sleep(self.slow)
        return Answer(self.replies(message))

    async def forget(self, sender: str, language: str = "en") -> Answer:
        self.forgotten.append(sender)
        return Answer((Reply("Gone."),))

    @property
    def said(self) -> list[str | None]:
        return [message.text or message.payload for message in self.messages]


class RunningDoor:
    """A context manager: inside it the door runs in a thread of its own, by polling or by webhook."""

    def __init__(self, api: BotApi, var: Path, turn: Any, *, webhook: bool = False, token: str | None = None) -> None:
        self._port = free_ports(1)[0]
        self.url = f"http://127.0.0.1:{self._port}"
        self.store = Store.open(f"sqlite:///{var / 'heard.db'}")
        self.turn = turn
        wording = Wording.load(ROOT / "content" / "wording")
        talk, nowhere = SimpleNamespace(menu=_menu), SimpleNamespace(public_url=None)
        heard: Any = SimpleNamespace(store=self.store, wording=wording, talk=talk, settings=nowhere)
        environ = {
            "HEARD_VAR": str(var),
            "HEARD_PORT": str(self._port),
            "HEARD_SECRET": SECRET,
            "TELEGRAM_BOT_TOKEN": token or api.token,
            "TELEGRAM_API_BASE": api.base,
            "PUBLIC_URL": self.url if webhook else "",
        }
        settings = Settings.from_env(environ, ROOT)
        self.door = TelegramDoor(settings, heard, turn, Pseudonyms(SECRET))

        @contextlib.asynccontextmanager
        async def lifespan(_: FastAPI) -> AsyncIterator[None]:
            async with self.door:
                yield

        app = FastAPI(lifespan=lifespan)
        handle_problems(app)
        app.add_middleware(Sizes)
        app.include_router(self.door.router())
        self._server = uvicorn.Server(uvicorn.Config(app, port=self._port, log_config=None, access_log=False))
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._run, daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        until = time.monotonic() + 20
        while not self._server.started and time.monotonic() < until:
            time.sleep(0.01)
        return self

    def __exit__(self, *_: object) -> None:
        self._server.should_exit = True
        self._thread.join(15)
        assert not self._thread.is_alive(), "the door did not stop"
        self.store.close()

    def kill(self) -> None:
        """Ends it as SIGKILL would: nothing is finished, nothing is said."""
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(5)

    def _run(self) -> None:
        asyncio.set_event_loop(self._loop)
        try:
            self._loop.run_until_complete(self._server.serve())
        except RuntimeError:
            return  # killed: the loop stopped before the server did


def _menu(language: str = "en") -> tuple[Choice, ...]:
    return (Choice("Find music to join", "/find_opportunity"),)
