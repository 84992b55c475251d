"""How much one network may ask: by its address if that is known, never by what somebody writes into a header."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.gate import HoldBack, Networks, network
from bot.limits import Limiter, Rate
from bot.server import options
from heard.settings import Settings
from tests.bot.whole import TestClient
from tests.system import ROOT

TWO_AT_ONCE = Rate(burst=2, per_second=0.01)


@pytest.mark.parametrize(
    ("host", "name"),
    [
        ("203.0.113.7", "203.0.113.7"),
        ("::ffff:203.0.113.7", "203.0.113.7"),
        ("2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"),
        ("2001:db8:1:2::9", "2001:db8:1:2::/64"),
        ("2001:db8:1:3::9", "2001:db8:1:3::/64"),
        ("fe80::1%eth0", "fe80::/64"),
        ("127.0.0.1", None),
        ("127.8.9.1", None),
        ("::1", None),
        ("::ffff:127.0.0.1", None),
        ("testclient", "testclient"),
        ("", ""),
        (None, None),
    ],
)
def test_a_network_is_an_ipv4_address_or_the_64_of_an_ipv6_one(host: str | None, name: str | None) -> None:
    assert network(host) == name


@given(st.ip_addresses().map(str) | st.text(max_size=60))
def test_whatever_a_server_calls_an_address_has_an_answer(host: str) -> None:
    Networks().wait(host)


def test_no_address_is_kept_and_no_two_processes_call_it_the_same() -> None:
    limiters = Limiter(TWO_AT_ONCE), Limiter(TWO_AT_ONCE)
    for limiter in limiters:
        Networks(limiter).wait("203.0.113.7")
    (one,), (other,) = (list(limiter._buckets) for limiter in limiters)
    assert "203.0.113.7" not in one and one != other


def an_app(*proxies: str) -> TestClient:
    """An application that is held back, served as bot.server serves."""
    import uvicorn

    async def answer(request: Request) -> Response:
        return PlainTextResponse(f"{request.client.host if request.client else ''} {request.url.scheme}")

    inner = Starlette(routes=[Route("/{rest:path}", answer, methods=["GET", "POST"])])
    page = lambda seconds: PlainTextResponse("please wait", 429)  # noqa: E731
    held = HoldBack(inner, Networks(Limiter(TWO_AT_ONCE)), page)
    settings = Settings.from_env({"HEARD_TRUSTED_PROXIES": ",".join(proxies)}, ROOT)
    config = uvicorn.Config(held, **options(settings))
    config.load()
    return TestClient(config.loaded_app, "http://heard.example", client=("203.0.113.7", 4000))


@pytest.mark.parametrize(
    ("path", "kind"),
    [("/", "text/plain"), ("/chat", "text/plain"), ("/staff/sign-in", "text/plain"), ("/api/chat", "problem")],
)
def test_the_third_at_once_waits_wherever_it_asks(path: str, kind: str) -> None:
    client = an_app()
    assert [client.get(path).status_code for _ in range(3)] == [200, 200, 429]
    refused = client.get(path)
    assert kind in refused.headers["content-type"]
    assert 1 <= int(refused.headers["retry-after"]) <= 100


def test_files_cost_nothing() -> None:
    client = an_app()
    for path in ("/assets/site.css", "/widget.js", "/healthz"):
        assert [client.get(path).status_code for _ in range(5)] == [200] * 5


def test_nobody_escapes_by_naming_another_address() -> None:
    client = an_app()
    headers = [{"X-Forwarded-For": f"198.51.100.{n}", "X-Forwarded-Proto": "https"} for n in range(3)]
    assert [client.get("/", headers=each).status_code for each in headers] == [200, 200, 429]


def test_nobody_but_a_named_proxy_is_believed() -> None:
    forwarded = {"X-Forwarded-For": "198.51.100.9", "X-Forwarded-Proto": "https"}
    assert an_app().get("/", headers=forwarded).text == "203.0.113.7 http"
    assert an_app("192.0.2.1").get("/", headers=forwarded).text == "203.0.113.7 http"
    assert an_app("203.0.113.0/24").get("/", headers=forwarded).text == "198.51.100.9 https"
    assert an_app("192.0.2.1", "203.0.113.7").get("/", headers=forwarded).text == "198.51.100.9 https"


def test_behind_a_proxy_what_a_visitor_wrote_into_the_header_is_not_believed() -> None:
    """A proxy adds the address that it saw at the end; what stands before it is the visitor's own word."""
    client = an_app("203.0.113.7")
    headers = [{"X-Forwarded-For": f"192.0.2.{n}, 198.51.100.9"} for n in range(3)]
    assert [client.get("/", headers=each).status_code for each in headers] == [200, 200, 429]
