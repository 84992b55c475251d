"""Signing in and out as a member of staff does it, and as somebody does who should not be there."""

from http.cookies import SimpleCookie
from pathlib import Path

import httpx
import pytest

from tests.bot.staff.office import CONSULTATION, OWN_PASSWORD, Office, TestClient, an_office, hidden, reads, sign_in

SUMMARY = f"/staff/consultations/{CONSULTATION}"
NEW_PASSWORD = "nine loud oboes at dawn"


def change(browser: TestClient, current: str, new: str, again: str | None = None) -> httpx.Response:
    csrf = hidden(browser.get("/staff/password"), "csrf")
    fields = {"csrf": csrf, "current": current, "new": new, "again": new if again is None else again}
    return browser.post("/staff/password", data=fields)


def sign_out(browser: TestClient) -> httpx.Response:
    return browser.post("/staff/sign-out", data={"csrf": hidden(browser.get("/staff/password"), "csrf")})


def test_a_one_time_password_leads_to_an_own_one_before_anything_else(office: Office) -> None:
    one_time, browser = office.account(), office.browser()
    assert sign_in(browser, "Ada", one_time).headers["location"] == "/staff/password"
    assert "one-time password" in reads(browser.get("/staff/password"))
    for address in ("/staff", SUMMARY):
        assert browser.get(address).headers["location"] == "/staff/password"
    assert change(browser, one_time, NEW_PASSWORD).headers["location"] == "/staff?done=password"
    assert "Your new password holds" in reads(browser.get("/staff?done=password"))
    assert "Is your music heard?" in reads(browser.get("/staff"))
    fresh = office.browser()
    assert sign_in(fresh, "Ada", one_time).status_code == 401
    assert sign_in(fresh, "ada", NEW_PASSWORD).headers["location"] == "/staff"


@pytest.mark.parametrize(
    ("current", "new", "again", "status", "says"),
    [
        ("", "", "", 422, "Please fill in the password you have now and the new one."),
        (OWN_PASSWORD, "", "", 422, "Please fill in the password you have now and the new one."),
        (OWN_PASSWORD, NEW_PASSWORD, "nine loud oboes at dusk", 422, "are not the same"),
        ("wrong", NEW_PASSWORD, NEW_PASSWORD, 401, "The password you have now is another one."),
        (OWN_PASSWORD, "short", "short", 422, "too short"),
        (OWN_PASSWORD, "x" * 201, "x" * 201, 422, "too long"),
        (OWN_PASSWORD, "adas own password", "adas own password", 422, "your name"),
        (OWN_PASSWORD, "password1234", "password1234", 422, "many people use"),
        (OWN_PASSWORD, OWN_PASSWORD, OWN_PASSWORD, 422, "not the old one"),
    ],
)
def test_a_password_that_will_not_do_is_said_on_the_page(
    office: Office, current: str, new: str, again: str, status: int, says: str
) -> None:
    browser = office.signed_in()
    page = change(browser, current, new, again)
    assert page.status_code == status
    assert says in reads(page)
    assert 'role="alert"' in page.text and "<title>Please check: " in page.text
    assert NEW_PASSWORD not in page.text and OWN_PASSWORD not in page.text
    assert sign_in(office.browser(), "Ada", OWN_PASSWORD).status_code == 303


def test_a_new_password_ends_every_other_session(office: Office) -> None:
    browser, elsewhere = office.signed_in(), office.browser()
    sign_in(elsewhere, "Ada", OWN_PASSWORD)
    old = browser.cookies["heard_staff"]
    change(browser, OWN_PASSWORD, NEW_PASSWORD)
    assert browser.get("/staff").status_code == 200
    assert elsewhere.get("/staff").status_code == 303
    browser.cookies.set("heard_staff", old, path="/staff")
    assert office.browser().get("/staff", headers={"Cookie": f"heard_staff={old}"}).status_code == 303


@pytest.mark.parametrize(("name", "password"), [("", ""), ("Ada", ""), ("  ", OWN_PASSWORD)])
def test_an_empty_field_is_asked_for(office: Office, name: str, password: str) -> None:
    page = sign_in(office.browser(), name, password)
    assert page.status_code == 422
    assert "Please fill in both your name and your password." in reads(page)


def test_a_wrong_name_and_a_wrong_password_look_the_same(office: Office) -> None:
    office.signed_in()
    wrong = {sign_in(office.browser(), name, "wrong").text.count(name) and name for name in ("Ada", "Nobody")}
    pages = [reads(sign_in(office.browser(), name, "wrong")) for name in ("Ada", "Nobody")]
    assert wrong == {"Ada", "Nobody"}
    assert pages[0] == pages[1]
    assert "The name or the password is wrong." in pages[0]


@pytest.mark.parametrize("name", ["A\x00da", "Ada\x1b[31m", "x" * 5000, "'; DROP TABLE staff; --", "Ada\u202e"])
def test_names_that_nobody_can_have_are_wrong_and_nothing_more(office: Office, name: str) -> None:
    office.signed_in()
    page = sign_in(office.browser(), name, OWN_PASSWORD)
    assert page.status_code == 401
    assert "The name or the password is wrong." in reads(page)


def test_a_name_comes_back_as_text(office: Office) -> None:
    page = sign_in(office.browser(), '"><script>alert(1)</script>', "wrong")
    assert "<script>" not in page.text
    assert "&#34;&gt;&lt;script&gt;" in page.text


def test_five_wrong_tries_lock_and_the_page_says_for_how_long(office: Office) -> None:
    office.signed_in()
    browser = office.browser()
    for _ in range(5):
        assert sign_in(browser, "Ada", "wrong").status_code == 401
    locked = sign_in(browser, "Ada", OWN_PASSWORD)
    assert locked.status_code == 429
    assert "Please wait 15 minutes and try again." in reads(locked)
    office.clock.wait(minutes=15)
    assert sign_in(browser, "Ada", OWN_PASSWORD).headers["location"] == "/staff"


def test_wrong_tries_at_the_password_page_count_too(office: Office) -> None:
    browser = office.signed_in()
    for _ in range(5):
        assert change(browser, "wrong", NEW_PASSWORD).status_code == 401
    assert "Too many wrong tries" in reads(change(browser, OWN_PASSWORD, NEW_PASSWORD))


def test_a_sign_in_form_from_elsewhere_is_refused(office: Office) -> None:
    office.signed_in()
    fields = {"name": "Ada", "password": OWN_PASSWORD}
    stranger = office.browser()
    assert stranger.post("/staff/sign-in", data=fields).status_code == 403
    assert stranger.post("/staff/sign-in", data={**fields, "form_token": ""}).status_code == 403
    stranger.get("/staff/sign-in")
    for token in ("", "wrong", "\u00e9", "\x00"):
        refused = stranger.post("/staff/sign-in", data={**fields, "form_token": token})
        assert refused.status_code == 403
        assert "This form can't be used any more" in reads(refused)
    assert "heard_staff" not in stranger.cookies


@pytest.mark.parametrize("csrf", [None, "", "wrong", "\u00e9\u0000"])
@pytest.mark.parametrize("address", ["/staff/sign-out", "/staff/password"])
def test_a_form_without_the_sessions_own_token_does_nothing(office: Office, address: str, csrf: str | None) -> None:
    browser = office.signed_in()
    fields = {"current": OWN_PASSWORD, "new": NEW_PASSWORD, "again": NEW_PASSWORD}
    refused = browser.post(address, data=fields if csrf is None else {**fields, "csrf": csrf})
    assert refused.status_code == 403
    assert "Open the page again" in reads(refused)
    assert browser.get("/staff").status_code == 200
    assert sign_in(office.browser(), "Ada", OWN_PASSWORD).status_code == 303


def test_the_token_of_another_session_does_nothing(office: Office) -> None:
    browser, other = office.signed_in(), office.signed_in("Bea")
    csrf = hidden(other.get("/staff/password"), "csrf")
    assert browser.post("/staff/sign-out", data={"csrf": csrf}).status_code == 403


def test_signing_out_ends_the_session_and_not_only_the_cookie(office: Office) -> None:
    browser = office.signed_in()
    token = browser.cookies["heard_staff"]
    assert sign_out(browser).headers["location"] == "/staff/sign-in?out=1"
    assert "heard_staff" not in browser.cookies
    assert "You have signed out." in reads(browser.get("/staff/sign-in?out=1"))
    assert office.browser().get("/staff", headers={"Cookie": f"heard_staff={token}"}).status_code == 303


@pytest.mark.parametrize(("waited", "holds"), [({"minutes": 14}, True), ({"minutes": 15}, False)])
def test_a_quarter_of_an_hour_without_a_click_ends_the_session(
    office: Office, waited: dict[str, float], holds: bool
) -> None:
    browser = office.signed_in()
    office.clock.wait(**waited)
    page = browser.get(SUMMARY)
    assert page.status_code == (200 if holds else 303)
    if not holds:
        sign_in_page = browser.get(page.headers["location"])
        assert "You have been signed out" in reads(sign_in_page)
        assert sign_in(browser, "Ada", OWN_PASSWORD, to=hidden(sign_in_page, "to")).headers["location"] == SUMMARY


def test_eight_hours_end_the_session_however_busy_it_was(office: Office) -> None:
    browser = office.signed_in()
    for _ in range(47):
        office.clock.wait(minutes=10)
        assert browser.get("/staff").status_code == 200
    office.clock.wait(minutes=10)
    assert browser.get("/staff").status_code == 303


def test_a_form_of_a_session_that_is_over_changes_nothing(office: Office) -> None:
    browser = office.signed_in()
    csrf = hidden(browser.get("/staff/password"), "csrf")
    office.clock.wait(minutes=31)
    fields = {"csrf": csrf, "current": OWN_PASSWORD, "new": NEW_PASSWORD, "again": NEW_PASSWORD}
    assert browser.post("/staff/password", data=fields).headers["location"] == "/staff/sign-in?over=1"
    assert sign_in(office.browser(), "Ada", OWN_PASSWORD).status_code == 303


def test_signing_in_leads_to_what_was_asked_for(office: Office) -> None:
    office.signed_in()
    browser = office.browser()
    asked = browser.get(SUMMARY)
    assert "You have been signed out" not in reads(browser.get(asked.headers["location"]))
    to = hidden(browser.get(asked.headers["location"]), "to")
    assert sign_in(browser, "Ada", OWN_PASSWORD, to=to).headers["location"] == SUMMARY


@pytest.mark.parametrize(
    "to",
    [
        "https://elsewhere.example/staff",
        "//elsewhere.example",
        "/staff//elsewhere.example",
        "/staff/../chat",
        "/staff\r\nSet-Cookie: a=b",
        "javascript:alert(1)",
        "/staff/sign-out",
        "/staff\\@elsewhere.example",
        f"{SUMMARY}\n",
    ],
)
def test_signing_in_leads_nowhere_else(office: Office, to: str) -> None:
    office.signed_in()
    browser = office.browser()
    assert hidden(browser.get("/staff/sign-in", params={"to": to}), "to") == "/staff"
    assert sign_in(browser, "Ada", OWN_PASSWORD, to=to).headers["location"] == "/staff"


def test_who_is_signed_in_is_not_asked_again_and_a_new_sign_in_ends_the_old(office: Office) -> None:
    browser = office.signed_in()
    assert browser.get("/staff/sign-in").headers["location"] == "/staff"
    first = browser.cookies["heard_staff"]
    form_token = browser.cookies["heard_form"]
    fields = {"name": "Ada", "password": OWN_PASSWORD, "form_token": form_token}
    assert browser.post("/staff/sign-in", data=fields).status_code == 303
    assert browser.cookies["heard_staff"] != first
    assert office.browser().get("/staff", headers={"Cookie": f"heard_staff={first}"}).status_code == 303


@pytest.mark.parametrize("given", ["", "x", "\u00e9", "A" * 4000, "../../etc", "' OR 1=1 --"])
def test_a_made_up_session_is_none(office: Office, given: str) -> None:
    stranger = office.browser()
    page = stranger.get("/staff", headers={"Cookie": b"heard_staff=" + given.encode()})
    assert page.status_code == 303


@pytest.mark.parametrize(("https", "public_url"), [(False, ""), (True, ""), (True, "https://heard.example")])
def test_the_cookies_are_for_these_pages_alone(tmp_path: Path, https: bool, public_url: str) -> None:
    office = an_office(tmp_path, PUBLIC_URL=public_url)
    office.heard.staff.create_account("Ada", password=OWN_PASSWORD, one_time=False)
    browser = office.browser(https=https)
    given: SimpleCookie = SimpleCookie()
    given.load(browser.get("/staff/sign-in").headers["set-cookie"])
    answer = sign_in(browser, "Ada", OWN_PASSWORD)
    given.load(answer.headers["set-cookie"])
    assert set(given) == {"heard_form", "heard_staff"}
    for cookie in given.values():
        assert cookie["path"] == "/staff"
        assert cookie["httponly"] is True
        assert cookie["samesite"].lower() == "strict"
        assert bool(cookie["secure"]) is https
        assert not cookie["expires"] and not cookie["max-age"] and not cookie["domain"]
    assert len(given["heard_staff"].value) >= 40
    assert given["heard_staff"].value not in answer.headers["location"]
    assert sign_out(browser).status_code == 303
    assert "heard_staff" not in browser.cookies
    office.heard.store.close()


def test_the_database_holds_no_password_and_no_token(office: Office) -> None:
    browser = office.signed_in()
    stored = b"".join(path.read_bytes() for path in office.heard.settings.var.iterdir())
    for secret in (OWN_PASSWORD, browser.cookies["heard_staff"], hidden(browser.get("/staff/password"), "csrf")):
        assert secret.encode() not in stored
