"""A Telegram Bot API server on loopback, with the young people who use it: for bots that are to be tested whole.

It keeps to https://core.telegram.org/bots/api where a bot can notice: tokens, offsets and long polling, one poller at
a time, webhooks with their secret, the limits of messages and buttons, and Telegram's own words for errors. It can
be told to be slow, broken, or rude.
"""

import contextlib
import json
import re
import socket
import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self
from urllib.parse import parse_qs, urlsplit

import httpx

from tests.bot.telegram.chats import BotMessage, Button, Chat
from tests.bot.telegram.telegram_html import HtmlError, is_blank, read_html
from tests.bot.telegram.young_person import YoungPerson

TOKEN = "5811223344:AAG-loopback_only_0123456789abcdefgh"
_LONGEST = 4096
_MOST_DATA = 64
_MOST_BUTTONS = 100
_SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"


class RefusedError(Exception):
    """A call that Telegram refuses, with its status and its words."""

    def __init__(self, status: int, description: str, parameters: dict[str, Any] | None = None) -> None:
        super().__init__(description)
        self.status = status
        self.description = description
        self.parameters = parameters


class Dropped(Exception):  # noqa: N818  (no error: the line is cut on purpose)
    """The connection ends without an answer."""


@dataclass(frozen=True)
class Fault:
    """What goes wrong with one call: a status, or a cut line, before or after the call had its effect."""

    status: int = 0
    retry_after: int | None = None
    afterwards: bool = False


class BotApi:
    """The server. A context manager; `base` is what TELEGRAM_API_BASE must be."""

    def __init__(self, token: str = TOKEN) -> None:
        self.token = token
        self.calls: list[tuple[str, dict[str, Any]]] = []
        self.refused: list[str] = []
        """What was refused for the form of a call: a bot that works has none."""
        self.commands: list[dict[str, str]] = []
        self.webhook: dict[str, Any] | None = None
        self.webhook_answers: list[int] = []
        self._chats: dict[int, Chat] = {}
        self._pending: dict[int, dict[str, Any]] = {}
        self._copies: dict[int, int] = {}
        self._presses: dict[str, bool] = {}
        self._allowed: list[str] | None = None
        self._faults: dict[str, deque[Fault]] = defaultdict(deque)
        self._poller = 0
        self._next = 700_000_001
        self._changed = threading.Condition()
        self._closed = False
        handler = type("Handler", (_Handler,), {"api": self})
        self._server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
        self._server.daemon_threads = True
        self.base = f"http://127.0.0.1:{self._server.server_address[1]}"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        self._server.shutdown()
        self._server.server_close()

    # What a test does.

    def young_person(self, name: str = "Aoife", language: str = "en") -> YoungPerson:
        """Somebody new, with a private chat."""
        chat = self._new_chat("private", 7_318_450_901)
        return YoungPerson(self, chat, name, language)

    def group(self) -> Chat:
        """A group that the bot is in."""
        return self._new_chat("supergroup", -1_001_846_220_901)

    def fail(self, method: str, times: int = 1, status: int = 500, retry_after: int | None = None) -> None:
        """The next calls of a method fail: 429 with retry_after, 500, 502 ..."""
        self._faults[method].extend([Fault(status, retry_after)] * times)

    def drop(self, method: str, times: int = 1, *, afterwards: bool = False) -> None:
        """The next calls of a method lose their connection; `afterwards`: only the answer is lost."""
        self._faults[method].extend([Fault(afterwards=afterwards)] * times)

    def mend(self) -> None:
        """Takes back all faults that have not happened yet."""
        self._faults.clear()

    def update(self, copies: int = 1, **content: Any) -> int:
        """A new update: kept for polling, or posted to the webhook, `copies` times at once. Returns its number."""
        with self._changed:
            update_id = self._next
            self._next += 1
            if self._allowed is None or not self._allowed or set(content) & set(self._allowed):
                self._pending[update_id] = {"update_id": update_id, **content}
                self._copies[update_id] = copies
                if self.webhook is not None:
                    self._post_soon(update_id)
            self._changed.notify_all()
        return update_id

    def wait_until_done(self, update_id: int, seconds: float = 30) -> None:
        """Returns when the bot has confirmed an update: by a later offset, or by 200 to the webhook."""
        self.wait_for(lambda: update_id not in self._pending, seconds, f"update {update_id} is not confirmed")

    def wait_until_called(self, method: str, times: int = 1, seconds: float = 30) -> None:
        """Returns when the bot has called a method that often."""
        self.wait_for(lambda: self.count(method) >= times, seconds, f"{method} was not called {times} times")

    def wait_for(self, done: Callable[[], bool], seconds: float, complaint: str) -> None:
        """Returns when something is so; fails with the complaint where that takes too long."""
        with self._changed:
            if not self._changed.wait_for(done, seconds):
                said = "; ".join(self.refused) or "nothing refused"
                raise AssertionError(f"{complaint} after {seconds} s ({said})")

    def count(self, method: str) -> int:
        """How often the bot has called a method."""
        return sum(name == method for name, _ in self.calls)

    def new_press(self) -> str:
        """A press of a button that waits for its answer; its id."""
        with self._changed:
            press = str(4_000_000_000 + len(self._presses))
            self._presses[press] = False
            return press

    def spinners(self) -> int:
        """How many pressed buttons still show that they are waiting."""
        return sum(not answered for answered in self._presses.values())

    def is_pending(self, update_id: int) -> bool:
        """Whether an update still waits for the bot."""
        return update_id in self._pending

    # What the bot does.

    def call(self, token: str, method: str, given: dict[str, Any]) -> Any:
        """One call. Raises RefusedError and Dropped."""
        if token != self.token:
            raise RefusedError(401, "Unauthorized")
        work: Callable[[dict[str, Any]], Any] | None = getattr(self, "_" + _snake(method), None)
        if work is None or method not in _METHODS:
            raise RefusedError(404, "Not Found")
        with self._changed:
            self.calls.append((method, given))
            fault = self._faults[method].popleft() if self._faults[method] else None
            self._changed.notify_all()
        if fault is not None and not fault.afterwards:
            _raise(fault)
        try:
            result = work(given)
        except RefusedError as error:
            if error.status == 400:
                self.refused.append(f"{method}: {error.description}")
            raise
        if fault is not None:
            raise Dropped
        return result

    def _get_me(self, _: dict[str, Any]) -> Any:
        return {
            "id": int(self.token.partition(":")[0]),
            "is_bot": True,
            "first_name": "Heard",
            "username": "heard_loopback_bot",
            "can_join_groups": True,
            "can_read_all_group_messages": False,
            "supports_inline_queries": False,
        }

    def _get_updates(self, given: dict[str, Any]) -> Any:
        offset, wait = int(given.get("offset") or 0), float(given.get("timeout") or 0)
        limit = int(given.get("limit") or 100)
        until = time.monotonic() + wait
        with self._changed:
            if self.webhook is not None:
                raise RefusedError(
                    409,
                    "Conflict: can't use getUpdates method while webhook is active; use deleteWebhook to delete the "
                    "webhook first",
                )
            if "allowed_updates" in given:
                self._allowed = _json(given["allowed_updates"])
            self._poller += 1
            mine = self._poller
            for update_id in [u for u in self._pending if u < offset]:
                del self._pending[update_id]
            self._changed.notify_all()
            while not self._pending and time.monotonic() < until and not self._closed:
                self._changed.wait(until - time.monotonic())
                if mine != self._poller:
                    raise RefusedError(
                        409,
                        "Conflict: terminated by other getUpdates request; make sure that only one bot instance is "
                        "running",
                    )
            handed = [u for u in sorted(self._pending) if u >= offset][:limit]
            return [self._pending[u] for u in handed for _ in range(self._copies.get(u, 1))]

    def _send_message(self, given: dict[str, Any]) -> Any:
        with self._changed:
            chat = self._writable(given)
            html = str(given.get("text", ""))
            try:
                read = read_html(html) if given.get("parse_mode") == "HTML" else None
            except HtmlError as error:
                raise RefusedError(400, f"Bad Request: {error}") from None
            text = (read.text if read else html).strip()
            if is_blank(text):
                raise RefusedError(400, "Bad Request: message text is empty")
            if len(text.encode("utf-16-le")) // 2 > _LONGEST:
                raise RefusedError(400, "Bad Request: message is too long")
            message = BotMessage(self._new_id(), text, html, read.links if read else (), _buttons(given))
            chat.messages.append(message)
            self._changed.notify_all()
            return self._shown(chat, message)

    def _edit_message_reply_markup(self, given: dict[str, Any]) -> Any:
        with self._changed:
            chat = self._writable(given)
            wanted = int(given.get("message_id") or 0)
            at = next((n for n, m in enumerate(chat.messages) if m.message_id == wanted), None)
            if at is None:
                raise RefusedError(400, "Bad Request: message to edit not found")
            changed = replace(chat.messages[at], buttons=_buttons(given))
            if changed == chat.messages[at]:
                raise RefusedError(400, "Bad Request: message is not modified")
            chat.messages[at] = changed
            self._changed.notify_all()
            return self._shown(chat, changed)

    def _answer_callback_query(self, given: dict[str, Any]) -> Any:
        with self._changed:
            press = str(given.get("callback_query_id"))
            if press not in self._presses:
                raise RefusedError(
                    400, "Bad Request: query is too old and response timeout expired or query ID is invalid"
                )
            self._presses[press] = True
            self._changed.notify_all()
            return True

    def _set_my_commands(self, given: dict[str, Any]) -> Any:
        commands = _json(given.get("commands", "[]"))
        if len(commands) > 100 or not all(
            re.fullmatch(r"[a-z0-9_]{1,32}", c["command"]) and 1 <= len(c["description"]) <= 256 for c in commands
        ):
            raise RefusedError(400, "Bad Request: BOT_COMMAND_INVALID")
        self.commands = commands
        return True

    def _set_webhook(self, given: dict[str, Any]) -> Any:
        url, secret = str(given.get("url", "")), given.get("secret_token")
        if urlsplit(url).scheme not in {"http", "https"}:  # http as servers in --local mode take it
            raise RefusedError(400, "Bad Request: bad webhook: An HTTPS URL must be provided for webhook")
        if secret is not None and not re.fullmatch(r"[A-Za-z0-9_-]{1,256}", str(secret)):
            raise RefusedError(400, "Bad Request: secret token contains unallowed characters")
        with self._changed:
            self.webhook = {"url": url, "secret": secret}
            if "allowed_updates" in given:
                self._allowed = _json(given["allowed_updates"])
            for update_id in self._pending:
                self._post_soon(update_id)
            self._changed.notify_all()
        return True

    def _delete_webhook(self, _: dict[str, Any]) -> Any:
        with self._changed:
            self.webhook = None
        return True

    def _leave_chat(self, given: dict[str, Any]) -> Any:
        with self._changed:
            chat = self._writable(given)
            if chat.type == "private":
                raise RefusedError(400, "Bad Request: chat member status can't be changed in private chats")
            chat.bot_is_in = False
            self._changed.notify_all()
        return True

    # Inside.

    def _new_chat(self, kind: str, first: int) -> Chat:
        with self._changed:
            chat = Chat(first + len(self._chats) * 37 * (1 if first > 0 else -1), kind, started=kind != "private")
            self._chats[chat.id] = chat
            return chat

    def _new_id(self) -> int:
        return 1 + sum(len(chat.messages) for chat in self._chats.values())

    def _writable(self, given: dict[str, Any]) -> Chat:
        chat = self._chats.get(int(given.get("chat_id") or 0))
        if chat is None or not chat.started:
            raise RefusedError(400, "Bad Request: chat not found")
        if chat.blocked:
            raise RefusedError(403, "Forbidden: bot was blocked by the user")
        if not chat.bot_is_in:
            raise RefusedError(403, "Forbidden: bot is not a member of the supergroup chat")
        return chat

    def _shown(self, chat: Chat, message: BotMessage) -> dict[str, Any]:
        return {
            "message_id": message.message_id,
            "date": int(time.time()),
            "chat": {"id": chat.id, "type": chat.type},
            "from": {"id": int(self.token.partition(":")[0]), "is_bot": True, "first_name": "Heard"},
            "text": message.text,
        }

    def _post_soon(self, update_id: int) -> None:
        threading.Thread(target=self._post, args=(update_id,), daemon=True).start()

    def _post(self, update_id: int) -> None:
        """Posts an update to the webhook until it is taken, as Telegram does."""
        pause = 0.2
        while (webhook := self.webhook) is not None and not self._closed and update_id in self._pending:
            update, copies = self._pending[update_id], self._copies.get(update_id, 1)
            posts = [_Post(webhook, update) for _ in range(copies)]
            for post in posts:
                post.start()
            for post in posts:
                post.join()
            with self._changed:
                self.webhook_answers += [post.status for post in posts]
                if all(200 <= post.status < 300 for post in posts):
                    self._pending.pop(update_id, None)
                self._changed.notify_all()
            if update_id in self._pending:
                time.sleep(pause)
                pause = min(pause * 2, 2.0)


class _Post(threading.Thread):
    """One delivery to the webhook. `status` is 0 where nobody answered."""

    def __init__(self, webhook: dict[str, Any], update: dict[str, Any]) -> None:
        super().__init__(daemon=True)
        self._webhook = webhook
        self._update = update
        self.status = 0

    def run(self) -> None:
        headers = {_SECRET_HEADER: self._webhook["secret"]} if self._webhook["secret"] else {}
        with contextlib.suppress(httpx.HTTPError):
            self.status = httpx.post(
                self._webhook["url"], json=self._update, headers=headers, timeout=60, trust_env=False
            ).status_code


class _Handler(BaseHTTPRequestHandler):
    """HTTP around `BotApi.call`."""

    api: BotApi
    protocol_version = "HTTP/1.1"
    disable_nagle_algorithm = True

    def do_GET(self) -> None:
        self._serve()

    def do_POST(self) -> None:
        self._serve()

    def _serve(self) -> None:
        given = self._given()
        path = re.fullmatch(r"/bot([^/]+)/(\w+)", urlsplit(self.path).path)
        status, body = 404, {"ok": False, "error_code": 404, "description": "Not Found"}
        if path is not None:
            try:
                status, body = 200, {"ok": True, "result": self.api.call(path[1], path[2], given)}
            except RefusedError as error:
                status = error.status
                body = {"ok": False, "error_code": status, "description": error.description}
                if error.parameters:
                    body["parameters"] = error.parameters
            except Dropped:
                self.close_connection = True
                with contextlib.suppress(OSError):
                    self.connection.shutdown(socket.SHUT_RDWR)
                return
        raw = json.dumps(body).encode()
        with contextlib.suppress(OSError):  # the bot has gone meanwhile
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(raw)))
            self.end_headers()
            self.wfile.write(raw)

    def _given(self) -> dict[str, Any]:
        """The call's parameters: in the address, as a form or as JSON."""
        raw = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        given: dict[str, Any] = dict(_form(urlsplit(self.path).query))
        if self.headers.get_content_type() == "application/json":
            return given | (json.loads(raw) if raw else {})
        return given | dict(_form(raw.decode()))

    def log_message(self, *_: Any) -> None:
        """Says nothing: tests' output is for failures."""


_METHODS = {
    "getMe",
    "getUpdates",
    "sendMessage",
    "editMessageReplyMarkup",
    "answerCallbackQuery",
    "setMyCommands",
    "setWebhook",
    "deleteWebhook",
    "leaveChat",
}


def _buttons(given: dict[str, Any]) -> tuple[Button, ...]:
    markup = _json(given.get("reply_markup") or "{}")
    buttons = [button for row in markup.get("inline_keyboard", []) for button in row]
    if len(buttons) > _MOST_BUTTONS or len(json.dumps(markup).encode()) > 10_240:
        raise RefusedError(400, "Bad Request: reply markup is too long")
    for button in buttons:
        if is_blank(button.get("text", "")):
            raise RefusedError(400, 'Bad Request: can\'t parse inline keyboard button: Field "text" must be non-empty')
        if not 1 <= len(button.get("callback_data", "").encode()) <= _MOST_DATA:
            raise RefusedError(400, "Bad Request: BUTTON_DATA_INVALID")
    return tuple(Button(button["text"], button["callback_data"]) for button in buttons)


def _raise(fault: Fault) -> None:
    if not fault.status:
        raise Dropped
    if fault.retry_after is not None:
        words = f"Too Many Requests: retry after {fault.retry_after}"
        raise RefusedError(fault.status, words, {"retry_after": fault.retry_after})
    raise RefusedError(fault.status, "Internal Server Error" if fault.status == 500 else "Bad Gateway")


def _json(value: Any) -> Any:
    return json.loads(value) if isinstance(value, str) else value


def _form(text: str) -> Iterator[tuple[str, str]]:
    for name, values in parse_qs(text, keep_blank_values=True).items():
        yield name, values[-1]


def _snake(method: str) -> str:
    return re.sub(r"([A-Z])", r"_\1", method).lower()
