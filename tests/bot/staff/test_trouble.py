"""An error on a staff page is a page that says what to do; nowhere else does anything change."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest
from sqlalchemy import text

from bot.app import make_app
from heard.settings import Settings
from tests.bot.staff.office import OWN_PASSWORD, SECRET, Office, TestClient, reads
from tests.system import ROOT


def is_page(response: httpx.Response) -> bool:
    return response.headers["content-type"].startswith("text/html") and "<h1>" in response.text


@pytest.mark.parametrize(
    ("method", "path", "status"),
    [
        ("GET", "/staff/nothing", 404),
        ("GET", "/staff/sign-in/", 404),
        ("GET", "/staff/consultations", 404),
        ("GET", "/staff/sign-out", 405),
        ("PUT", "/staff", 405),
        ("DELETE", "/staff/consultations/music-that-is-heard", 405),
        ("POST", "/staff/consultations/music-that-is-heard", 405),
    ],
)
def test_what_is_not_there_is_a_page(office: Office, method: str, path: str, status: int) -> None:
    response = office.signed_in().request(method, path, content=b"")
    assert is_page(response)
    assert response.status_code == status


@pytest.mark.parametrize("path", ["/staff/sign-in", "/staff/password", "/staff/sign-out"])
@pytest.mark.parametrize("signed_in", [False, True])
def test_a_form_that_is_too_long_is_not_read(office: Office, path: str, signed_in: bool) -> None:
    browser = office.signed_in() if signed_in else office.browser()
    for response in (
        browser.post(path, data={"name": "x" * 20_000}),
        browser.post(path, content=iter([b"name=" + b"x" * 100]), headers={"Content-Type": FORM}),
        browser.post(path, content=b"name=x", headers={"Content-Type": FORM, "Content-Length": "many"}),
    ):
        assert (response.status_code, is_page(response)) == (413, True)
        assert "Nothing was changed. Go back and write less." in reads(response)


FORM = "application/x-www-form-urlencoded"


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (b"", FORM),
        (b"%00=%00&&&==", FORM),
        (b"name=%FF%FE&password=%ED%A0%80", FORM),
        (b'{"name": "Ada"}', "application/json"),
        (b"--x\r\nnonsense", "multipart/form-data; boundary=x"),
        (b"--x", "multipart/form-data"),
        (b"name=" + b"&name=" * 2000, FORM),
    ],
)
@pytest.mark.parametrize("path", ["/staff/sign-in", "/staff/password", "/staff/sign-out"])
def test_a_form_that_is_none_of_ours_is_refused_with_a_page(
    office: Office, path: str, content: bytes, kind: str
) -> None:
    browser = office.signed_in()
    response = browser.post(path, content=content, headers={"Content-Type": kind})
    assert is_page(response)
    assert response.status_code in {400, 403, 422}
    assert browser.get("/staff").status_code == 200


def test_a_file_in_a_field_is_refused_with_a_page(office: Office) -> None:
    response = office.signed_in().post("/staff/sign-in", files={"name": ("a.txt", b"Ada")}, data={"password": "x"})
    assert (response.status_code, is_page(response)) == (422, True)
    assert "That form did not arrive as we made it" in reads(response)


def test_a_database_that_is_gone_is_said_calmly(office: Office) -> None:
    browser = office.signed_in()
    office.heard.store.close()
    database = office.heard.settings.var / "heard.db"
    for path in office.heard.settings.var.glob("heard.db*"):
        path.unlink()
    database.mkdir()
    response = browser.get("/staff")
    assert (response.status_code, is_page(response)) == (503, True)
    assert "Nothing is lost. Please try again in a few minutes." in reads(response)


def test_a_fault_of_ours_is_a_page_without_its_inside(office: Office) -> None:
    browser = office.signed_in()
    with office.heard.store.answers._database.engine.begin() as connection:
        connection.execute(text("UPDATE consultations SET body = '{\"secret\": '"))
    fault = TestClient(office.app, "http://heard.example", raise_server_exceptions=False)
    response = fault.get("/staff", headers={"Cookie": f"heard_staff={browser.cookies['heard_staff']}"})
    assert (response.status_code, is_page(response)) == (500, True)
    assert "It is not your fault." in reads(response)
    assert "secret" not in response.text and "Traceback" not in response.text


@pytest.fixture
def whole(tmp_path: Path) -> Iterator[TestClient]:
    """The application as it runs; nothing behind it."""
    settings = Settings.from_env({"HEARD_VAR": str(tmp_path), "HEARD_SECRET": SECRET}, ROOT)
    yield TestClient(make_app(settings), "http://heard.example", follow_redirects=False)


def test_in_the_whole_application_staff_errors_are_pages_and_the_others_problem_details(whole: TestClient) -> None:
    assert whole.get("/staff").headers["location"] == "/staff/sign-in"
    assert whole.get("/staff/").headers["location"] == "/staff"
    assert OWN_PASSWORD not in whole.get("/staff/sign-in").text
    assert is_page(whole.get("/staff/nothing"))
    for path in ("/nothing", "/staffroom", "/api/nothing"):
        assert whole.get(path).headers["content-type"] == "application/problem+json"
    assert "/staff" not in whole.get("/api/openapi.json").text
    assert whole.get("/staff/nothing").headers["x-frame-options"] == "DENY"
    assert "access-control-allow-origin" not in whole.get("/staff", headers={"Origin": "https://x.example"}).headers
