"""What browsers are told, and which pages of other sites may talk to the chat."""

import re
from collections.abc import Iterator

import pytest

from tests.bot.whole import HERE, TestClient, is_problem, public_routes, whole, with_telegram

SCHOOL = "https://school.example"
HELLO = {"session": None, "message_id": "12345678", "text": "hello"}


@pytest.fixture(scope="module")
def browser() -> Iterator[TestClient]:
    """As it is without any setting."""
    with whole() as made:
        yield made


@pytest.fixture(scope="module")
def named() -> Iterator[TestClient]:
    """Reached by https, with two sites named for the widget."""
    with whole(HEARD_WIDGET_SITES=f"{SCHOOL} https://hub.example:8443", **with_telegram()) as made:
        yield made


def directives(policy: str) -> dict[str, list[str]]:
    return {name: sources for name, *sources in (part.split() for part in policy.split(";") if part.strip())}


def every_page(browser: TestClient) -> Iterator[str]:
    paths = {str(route.path) for method, route in public_routes(browser) if method == "GET"}
    for path in sorted(paths | {"/staff/sign-in", "/staff/nothing", "/nothing", "/assets/site.css"}):
        yield path.replace("{id_}", "nothing").replace("{id}", "nothing")


def test_every_answer_forbids_scripts_and_styles_from_anywhere_else_and_within_pages(browser: TestClient) -> None:
    for path in every_page(browser):
        answer = browser.get(path)
        policy = directives(answer.headers["content-security-policy"])
        assert policy["default-src"] == ["'none'"], path
        assert policy["script-src"] == policy["style-src"] == policy["connect-src"] == ["'self'"], path
        assert policy["frame-ancestors"] == policy["base-uri"] == ["'none'"], path
        assert policy["form-action"] == ["'self'"], path
        assert "unsafe" not in answer.headers["content-security-policy"], path
        assert answer.headers["x-content-type-options"] == "nosniff"
        assert answer.headers["referrer-policy"] == "no-referrer"
        assert answer.headers["x-frame-options"] == "DENY"
        assert "server" not in answer.headers


def test_no_page_holds_a_script_or_a_style_of_its_own_or_asks_another_site_for_one(browser: TestClient) -> None:
    seen = 0
    for path in every_page(browser):
        answer = browser.get(path)
        if not answer.headers.get("content-type", "").startswith("text/html"):
            continue
        seen += 1
        inline = re.findall(r"<script(?![^>]*\bsrc=)[^>]*>", answer.text)
        assert all("application/ld+json" in tag for tag in inline), path
        assert not re.search(r"<style|\sstyle=|\son[a-z]+=", answer.text), path
        fetched = re.findall(
            r"<(?:script|img|iframe|link|source|video|audio)[^>]*\s(?:src|href)=\"([^\"]*)\"", answer.text
        )
        assert [address for address in fetched if re.match(r"[a-z]+:|//", address)] == [], path
    assert seen >= 6


def test_https_is_asked_for_ever_after_once_we_are_reached_by_it(browser: TestClient, named: TestClient) -> None:
    assert "strict-transport-security" not in browser.get("/healthz").headers
    assert named.get("/healthz").headers["strict-transport-security"] == "max-age=31536000"
    assert "strict-transport-security" in browser.get("https://heard.example/staff/sign-in").headers


def test_named_sites_may_show_the_chat_in_a_frame_and_nothing_else(named: TestClient) -> None:
    browser = named
    framed = browser.get("/chat").headers
    sources = directives(framed["content-security-policy"])["frame-ancestors"]
    assert sources == ["'self'", SCHOOL, "https://hub.example:8443"]
    assert "x-frame-options" not in framed
    for path in ("/", "/find", "/staff/sign-in", "/api/docs", "/chat/"):
        headers = browser.get(path).headers
        assert directives(headers["content-security-policy"])["frame-ancestors"] == ["'none'"], path
        assert headers["x-frame-options"] == "DENY"


def test_without_named_sites_every_page_may_ask_the_chat_and_none_may_frame_it(browser: TestClient) -> None:
    answer = browser.post("/api/chat", json=HELLO, headers={"Origin": "https://anywhere.example"})
    assert (answer.status_code, answer.headers["access-control-allow-origin"]) == (200, "*")
    assert "access-control-allow-credentials" not in answer.headers


@pytest.mark.parametrize("origin", [SCHOOL, "https://hub.example:8443", HERE, "https://heard.example", None])
def test_a_named_site_our_own_pages_and_programs_may_ask_the_chat(named: TestClient, origin: str | None) -> None:
    headers = {"Origin": origin} if origin else {}
    answer = named.post("/api/chat", json=HELLO, headers=headers)
    assert answer.status_code == 200
    if origin in {SCHOOL, "https://hub.example:8443"}:
        assert answer.headers["access-control-allow-origin"] == origin


@pytest.mark.parametrize(
    "origin",
    ["https://evil.example", "http://school.example", "https://school.example.evil.example", "null", "", "https://"],
)
def test_another_site_is_refused_by_name(named: TestClient, origin: str) -> None:
    browser = named
    for answer in (
        browser.post("/api/chat", json=HELLO, headers={"Origin": origin}),
        browser.options("/api/chat", headers={"Origin": origin, "Access-Control-Request-Method": "POST"}),
    ):
        assert is_problem(answer, 403)
        assert "access-control-allow-origin" not in answer.headers


@pytest.mark.parametrize(
    ("headers", "refused"),
    [
        ({"Sec-Fetch-Site": "cross-site", "Origin": "null"}, True),
        ({"Sec-Fetch-Site": "same-site"}, True),
        ({"Sec-Fetch-Site": "same-origin", "Origin": "null"}, False),
        ({"Sec-Fetch-Site": "none"}, False),
        ({"Origin": "https://evil.example"}, True),
        ({"Origin": HERE}, False),
        ({"Origin": "null"}, False),
        ({}, False),
    ],
)
def test_a_form_is_taken_from_our_own_pages_alone(browser: TestClient, headers: dict[str, str], refused: bool) -> None:
    form = {"text": "hello", "message_id": "12345678"}
    assert is_problem(browser.post("/chat", data=form, headers=headers), 403) is refused
    token = browser.get("/staff/sign-in").text.partition('name="form_token" value="')[2].partition('"')[0]
    sign_in = {"name": "Ada", "password": "wrong", "form_token": token}
    assert browser.post("/staff/sign-in", data=sign_in, headers=headers).status_code == (403 if refused else 401)


def test_the_page_for_programmers_starts_itself_from_a_file(browser: TestClient) -> None:
    page = browser.get("/api/docs").text
    for address in ("/api/static/swagger-ui-bundle.js", "/api/static/swagger-ui.css", "/assets/api-docs.js"):
        assert f'"{address}"' in page
        assert browser.get(address).status_code == 200
