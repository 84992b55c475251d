"""Nobody fills the memory: every route has an end to what it reads, said or unsaid, and to what it takes in headers."""

import contextlib
import socket
import threading
import time
from collections.abc import Iterator
from tempfile import TemporaryDirectory
from typing import Any

import pytest
import uvicorn

from bot.server import options
from heard.settings import Settings
from tests.bot.whole import TestClient, is_problem, public_routes, whole, with_telegram
from tests.system import ROOT, free_ports

_MOST = 2 * 1024 * 1024
"""More than any route takes."""
_CHUNK = b"x" * 65_536


@pytest.fixture(scope="module")
def browser() -> Iterator[TestClient]:
    with whole(**with_telegram()) as made:
        yield made


def address(path: str) -> str:
    return path.replace("{", "").replace("}", "")


def test_what_says_that_it_is_too_long_is_not_read(browser: TestClient) -> None:
    for method, route in public_routes(browser):
        answer = browser.request(method, address(str(route.path)), content=b"x" * _MOST)
        if method == "HEAD":
            assert answer.status_code == 413, route.path
        else:
            assert is_problem(answer, 413), (method, route.path)


def test_what_is_too_long_and_does_not_say_so_is_read_no_further(browser: TestClient) -> None:
    for method, route in public_routes(browser):
        read = 0

        def chunks() -> Iterator[bytes]:
            nonlocal read
            for _ in range(_MOST // len(_CHUNK)):
                read += len(_CHUNK)
                yield _CHUNK

        answer = browser.request(method, address(str(route.path)), content=chunks())
        assert answer.status_code < 500 or route.path == "/readyz", (method, route.path)
        if method == "POST" and "telegram" not in str(route.path):  # which looks at the secret first
            assert answer.status_code == 413, (method, route.path)


@pytest.mark.parametrize("path", ["/staff/sign-in", "/staff/password", "/staff/nothing"])
def test_a_long_form_for_the_staff_pages_is_a_page_that_says_so(browser: TestClient, path: str) -> None:
    answer = browser.post(path, content=b"x" * _MOST)
    assert answer.status_code == 413
    assert answer.headers["content-type"].startswith("text/html")


@pytest.mark.parametrize("name", ["Cookie", "X-Anything", "Accept-Language"])
def test_long_headers_and_addresses_are_refused(browser: TestClient, name: str) -> None:
    assert is_problem(browser.get("/", headers={name: "x" * 40_000}), 431)
    assert is_problem(browser.get("/staff/sign-in", headers={f"X-{n}": "x" * 400 for n in range(100)}), 431)
    assert is_problem(browser.get(f"/find?text={'x' * 40_000}"), 431)
    assert browser.get("/", headers={name: "x" * 8_000}).status_code == 200


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    """A server as bot.server runs it, with an application that answers how long the body was."""

    async def app(scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            return
        length, more = 0, True
        while more:
            message = await receive()
            length += len(message.get("body", b""))
            more = message.get("more_body", False)
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b"read %d" % length})

    with TemporaryDirectory() as folder:
        (free,) = free_ports(1)
        settings = Settings.from_env({"HEARD_VAR": folder, "HEARD_PORT": str(free)}, ROOT)
        server = uvicorn.Server(uvicorn.Config(app, **options(settings)))
        thread = threading.Thread(target=server.run)
        thread.start()
        while not server.started:
            time.sleep(0.02)
        yield free
        server.should_exit = True
        thread.join()


def sent(port: int, *parts: bytes) -> bytes:
    """What comes back for these bytes on the wire, until the other side hangs up."""
    answer = b""
    with socket.create_connection(("127.0.0.1", port), 20) as wire:
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            for part in parts:
                wire.sendall(part)
        with contextlib.suppress(ConnectionResetError):
            while part := wire.recv(65_536):
                answer += part
    return answer


def test_an_ordinary_request_goes_through_also_in_pieces_and_after_another(port: int) -> None:
    head = b"POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\n"
    twice = head + b"\r\nhello" + head + b"connection: close\r\n\r\nhello"
    assert sent(port, *(bytes([one]) for one in twice)).count(b"read 5") == 2
    long = b"POST / HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: 900000\r\n\r\n" + b"x" * 900_000
    assert b"read 900000" in sent(port, long)


@pytest.mark.parametrize("start", [b"GET / HTTP/1.1\r\nhost: x\r\ncookie: ", b"GET /", b""])
def test_a_head_without_end_is_cut_off(port: int, start: bytes) -> None:
    answer = sent(port, start, *[b"x" * 16_384] * 200)
    assert not answer or answer.startswith((b"HTTP/1.1 431", b"HTTP/1.1 400"))


def test_many_small_headers_without_end_are_cut_off(port: int) -> None:
    answer = sent(port, b"GET / HTTP/1.1\r\nhost: x\r\n", *[b"x-a: b\r\n" * 500] * 200)
    assert not answer or answer.startswith(b"HTTP/1.1 431")


def test_who_sends_too_slowly_is_not_waited_for(port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.wire.PATIENCE", 0.3)
    assert sent(port, b"") == b""
    assert sent(port, b"GET / HTTP/1.1\r\nhost: x\r\n") == b""
    assert sent(port, b"POST / HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\n\r\nhel") in {b"", b"read 3"}


NONSENSE = (
    b"\r\n\r\n\r\n",
    b"nonsense\r\n\r\n",
    b"GET /\xff HTTP/1.1\r\n\r\n",
    b"\x16\x03\x01\x02\x00",
    b"GET * HTTP/9.9\r\n\r\n",
)


@pytest.mark.parametrize("nonsense", NONSENSE)
def test_what_is_no_request_tells_nothing_about_us(port: int, nonsense: bytes) -> None:
    answer = sent(port, nonsense + b"x" * 40_000)
    assert b"uvicorn" not in answer.lower() and b"Traceback" not in answer
