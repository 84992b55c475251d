"""The second factor as a member of staff meets it: setting it up, the code after the password, a lost phone."""

import re
import xml.etree.ElementTree as ElementTree

import pytest

from heard.staff import Role
from tests.bot.staff.office import CONSULTATION, OWN_PASSWORD, Office, hidden, reads, sign_in

SUMMARY = f"/staff/consultations/{CONSULTATION}"


def test_setting_it_up_shows_a_picture_a_secret_and_then_the_recovery_codes(office: Office) -> None:
    browser = office.signed_in()
    page = browser.get("/staff/second-factor")
    svg = re.search(r"<svg.*?</svg>", page.text, re.DOTALL)
    assert svg and ElementTree.fromstring(svg[0]).attrib["class"] == "qr"
    assert "style=" not in page.text and "<style" not in page.text
    phone = office.phone(browser)
    assert len(phone.recovery_codes) == 10
    page = browser.get("/staff/second-factor")
    assert "Recovery codes that you have left: 10." in reads(page)
    assert phone.secret not in page.text.replace(" ", "") and phone.recovery_codes[0] not in page.text


def test_a_wrong_code_sets_nothing_up_and_keeps_the_picture(office: Office) -> None:
    browser = office.signed_in()
    page = browser.get("/staff/second-factor")
    fields = {"csrf": hidden(page, "csrf"), "code": "000000"}
    again = browser.post("/staff/second-factor", data=fields)
    assert again.status_code == 422 and "That is not the code" in reads(again)
    assert re.search(r'class="secret">([^<]*)', again.text)[1] == re.search(r'class="secret">([^<]*)', page.text)[1]
    assert sign_in(office.browser(), "Ada", OWN_PASSWORD).headers["location"] == "/staff"


def test_after_the_password_comes_the_code_and_then_what_was_asked_for(office: Office) -> None:
    phone = office.phone(office.signed_in())
    browser = office.browser()
    half = sign_in(browser, "Ada", OWN_PASSWORD, to=SUMMARY)
    assert half.headers["location"] == f"/staff/code?to={SUMMARY.replace('/', '%2F')}"
    for page in ("/staff", SUMMARY, "/staff/password", "/staff/second-factor"):
        assert browser.get(page).headers["location"] == "/staff/code"
    first = browser.cookies["heard_staff"]
    code = browser.get(half.headers["location"])
    assert 'href="/staff/password"' not in code.text
    fields = {"csrf": hidden(code, "csrf"), "to": hidden(code, "to")}
    wrong = browser.post("/staff/code", data={**fields, "code": "000000"})
    assert (wrong.status_code, "The code is wrong" in reads(wrong)) == (401, True)
    assert browser.post("/staff/code", data={**fields, "code": " "}).status_code == 422
    done = browser.post("/staff/code", data={**fields, "code": phone.code(steps=1)})
    assert (done.status_code, done.headers["location"]) == (303, SUMMARY)
    assert browser.cookies["heard_staff"] != first
    assert office.browser().get("/staff", headers={"Cookie": f"heard_staff={first}"}).status_code == 303
    assert browser.get(SUMMARY).status_code == 200
    assert browser.get("/staff/code").headers["location"] == "/staff"


def test_a_lost_phone_is_met_with_a_recovery_code_and_a_new_factor(office: Office) -> None:
    phone = office.phone(office.signed_in())
    browser = office.browser()
    sign_in(browser, "Ada", OWN_PASSWORD)
    code = browser.get("/staff/code")
    browser.post("/staff/code", data={"csrf": hidden(code, "csrf"), "code": phone.recovery_codes[0]})
    page = browser.get("/staff/second-factor")
    assert "that you have left: 9." in reads(page)
    fields = {"csrf": hidden(page, "csrf"), "code": phone.recovery_codes[0]}
    assert browser.post("/staff/second-factor/anew", data=fields).status_code == 401
    anew = browser.post("/staff/second-factor/anew", data={**fields, "code": phone.recovery_codes[1]})
    assert anew.headers["location"] == "/staff/second-factor"
    other = office.phone(browser)
    assert other.secret != phone.secret
    fresh = office.browser()
    sign_in(fresh, "Ada", OWN_PASSWORD)
    csrf = hidden(fresh.get("/staff/code"), "csrf")
    for old in (phone.code(steps=1), phone.recovery_codes[2]):
        assert fresh.post("/staff/code", data={"csrf": csrf, "code": old}).status_code == 401


def test_five_wrong_codes_lock_and_the_page_says_for_how_long(office: Office) -> None:
    phone = office.phone(office.signed_in())
    browser = office.browser()
    sign_in(browser, "Ada", OWN_PASSWORD)
    csrf = hidden(browser.get("/staff/code"), "csrf")
    for _ in range(5):
        assert browser.post("/staff/code", data={"csrf": csrf, "code": "000000"}).status_code == 401
    locked = browser.post("/staff/code", data={"csrf": csrf, "code": phone.code(steps=1)})
    assert locked.status_code == 429
    assert "Please wait 15 minutes" in reads(locked)


@pytest.mark.parametrize("path", ["/staff/code", "/staff/second-factor", "/staff/second-factor/anew"])
def test_a_form_of_another_site_does_nothing(office: Office, path: str) -> None:
    browser = office.signed_in(second_factor=True)
    assert browser.post(path, data={"code": "000000", "csrf": "x"}).status_code == 403
    assert "The second factor is on." in reads(browser.get("/staff/second-factor"))


@pytest.mark.parametrize(
    ("role", "told"), [("viewer", False), ("editor", False), ("moderator", True), ("safeguarding_lead", True)]
)
def test_who_may_read_more_is_told_that_it_takes_a_second_factor(office: Office, role: Role, told: bool) -> None:
    page = office.signed_in("Bea", role).get("/staff/second-factor")
    assert ("Please set it up first." in reads(page)) is told
