"""A web server on this machine that answers what a test tells it to."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

Parameters = dict[str, str]


@dataclass(frozen=True)
class Answer:
    """One answer. `cut` says how many bytes fewer are sent than were announced; `wait` is before it, in seconds."""

    body: bytes | str = b""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    cut: int = 0
    wait: float = 0


Answers = Callable[[str, str, Parameters], Answer]
"""What is answered to a method, a path and its parameters."""


@dataclass
class Site:
    """The server's address and what it was asked: methods and paths."""

    url: str
    asked: list[tuple[str, str]]
    at_once: list[int]


@contextmanager
def serving(answers: Answers) -> Iterator[Site]:
    """Serves on a free port as long as the block lasts."""
    site = Site("", [], [0, 0])
    lock, stopping = threading.Lock(), threading.Event()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def _answer(self) -> None:
            parts = urlsplit(self.path)
            with lock:
                site.asked.append((self.command, self.path))
                site.at_once[0] += 1
                site.at_once[1] = max(site.at_once)
            try:
                answer = answers(self.command, parts.path, {k: v[-1] for k, v in parse_qs(parts.query).items()})
                if answer.wait:
                    stopping.wait(answer.wait)
                self._send(answer)
            finally:
                with lock:
                    site.at_once[0] -= 1

        def _send(self, answer: Answer) -> None:
            body = answer.body.encode() if isinstance(answer.body, str) else answer.body
            try:
                self.send_response(answer.status)
                headers = {"Content-Type": "application/json", "Content-Length": str(len(body))} | answer.headers
                for name, value in headers.items():
                    self.send_header(name, value)
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(body[: len(body) - answer.cut])
            except OSError:
                pass  # whoever asked has gone
            self.close_connection = bool(answer.cut)

        do_GET = do_HEAD = _answer  # noqa: N815

        def log_message(self, format: str, *arguments: object) -> None:  # noqa: A002
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    site.url = f"http://127.0.0.1:{server.server_port}"
    try:
        yield site
    finally:
        stopping.set()
        server.shutdown()
        thread.join()
        server.server_close()
