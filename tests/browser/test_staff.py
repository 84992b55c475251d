"""A member of staff in a real browser: from the one-time password to what young people said, and out again."""

import subprocess
import sys
from collections.abc import Iterator
from functools import partial

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from tests.browser.conftest import NewPage
from tests.browser.look import overflows, small_targets, violations
from tests.conversation import Conversation
from tests.system import ROOT, RunningSystem, running_system

pytestmark = pytest.mark.slow

HUB = "Octagon Music Hub (Dorset and Somerset)"
OWN_PASSWORD = "seven quiet trombones"
OPEN_ANSWER = "<script>document.title = 'gone'</script> more drums"


@pytest.fixture(scope="module")
def system(trained: None) -> Iterator[RunningSystem]:
    """Dorset, with nobody's answers in it yet and the first account untouched."""
    with running_system(HUB="dorset") as system:
        yield system


def account(system: RunningSystem, name: str) -> str:
    """Makes an account as the person who runs Heard does; returns the one-time password."""
    environ = {name: value for name, value in system.environ.items() if name.startswith(("HEARD_", "HUB", "PATH"))}
    command = [sys.executable, "-m", "heard", "staff", "add", name]
    done = subprocess.run(command, cwd=ROOT, env=environ, capture_output=True, text=True, check=True)
    return done.stdout.splitlines()[0].rpartition(" ")[2]


def sign_in(page: Page, url: str, name: str, password: str) -> None:
    page.goto(f"{url}/staff")
    page.get_by_label("Your name here").fill(name)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in").click()


def choose_password(page: Page, one_time: str) -> None:
    page.get_by_label("The password you have now").fill(one_time)
    page.get_by_label("New password", exact=True).fill(OWN_PASSWORD)
    page.get_by_label("New password again").fill(OWN_PASSWORD)
    page.get_by_role("main").get_by_role("button", name="Change password").click()


def answer_everything(system: RunningSystem, words: str, pick: int = 0) -> None:
    """One young person takes part by the chat API: `pick` says which choice, and `words` go to open questions."""
    chat = Conversation(system.url)
    chat.say("i want to have my say")
    chat.press("start")
    while chat.progress is not None and chat.progress["done"] < chat.progress["of"]:
        options = [c["payload"] for c in chat.choices if c["payload"].startswith("/answer_consultation")]
        if options:
            chat.send_payload(options[pick % len(options)])
        else:
            chat.say(words)
    assert chat.progress is not None


def serve(html: str, route: Route) -> None:
    """Another site's page."""
    route.fulfill(body=html, content_type="text/html")


def session_cookie(context: BrowserContext) -> dict[str, object]:
    return next(dict(cookie) for cookie in context.cookies() if cookie["name"] == "heard_staff")


def test_from_the_one_time_password_to_the_answers_and_out_by_keyboard_alone(system: RunningSystem, desk: Page) -> None:
    desk.goto(f"{system.url}/staff")
    expect(desk).to_have_title(f"Sign in - {HUB}")
    press, write = desk.keyboard.press, desk.keyboard.type
    desk.get_by_label("Your name here").focus()
    write("admin")
    press("Tab")
    write(system.password())
    press("Enter")
    expect(desk.get_by_role("heading", level=1)).to_have_text("Change password")
    desk.goto(f"{system.url}/staff")
    expect(desk.get_by_role("heading", level=1)).to_have_text("Change password")
    desk.get_by_label("The password you have now").focus()
    for text in (system.password(), OWN_PASSWORD, OWN_PASSWORD):
        write(text)
        press("Tab")
    press("Enter")
    expect(desk.get_by_role("status")).to_contain_text("Your new password holds from now on.")

    link = desk.get_by_role("main").get_by_role("link").first
    title = link.inner_text()
    link.focus()
    press("Enter")
    expect(desk.get_by_role("heading", level=1)).to_have_text(title)
    for pick in (1, 2, 3):
        answer_everything(system, "my own idea", pick)
    desk.reload()
    expect(desk.get_by_text("Fewer than 10 people have answered so far.")).to_be_visible()
    expect(desk.get_by_text("my own idea")).to_have_count(0)
    expect(desk.get_by_role("table")).to_have_count(0)

    for pick in (*range(9), *[0] * 12):
        answer_everything(system, OPEN_ANSWER, pick)
    desk.reload()
    expect(desk.get_by_text("At least 25 people have taken part.")).to_be_visible()
    first = desk.get_by_role("table").first.get_by_role("row")
    expect(first.nth(1).get_by_role("cell").first).to_have_text("15")
    expect(first.nth(2).get_by_role("cell").first).to_have_text("hidden")
    expect(desk.get_by_text(OPEN_ANSWER).first).to_be_visible()
    expect(desk).to_have_title(f"{title} - {HUB}")

    cookie = session_cookie(desk.context)
    assert (cookie["httpOnly"], cookie["sameSite"], cookie["path"], cookie["expires"]) == (True, "Strict", "/staff", -1)
    desk.get_by_role("button", name="Sign out admin").focus()
    press("Enter")
    expect(desk.get_by_role("status")).to_have_text("You have signed out.")
    desk.go_back()
    expect(desk.get_by_role("heading", level=1)).to_have_text("Sign in")
    expect(desk.get_by_text("At least 25 people")).to_have_count(0)
    desk.context.add_cookies([cookie])
    desk.goto(f"{system.url}/staff")
    expect(desk.get_by_role("heading", level=1)).to_have_text("Sign in")
    expect(desk.get_by_role("status")).to_contain_text("You have been signed out")


def test_everything_works_without_javascript(system: RunningSystem, new_page: NewPage) -> None:
    page = new_page(java_script_enabled=False, viewport={"width": 360, "height": 640})
    one_time = account(system, "Bea Reader")
    sign_in(page, system.url, "Bea Reader", "wrong")
    expect(page.get_by_role("alert")).to_have_text("The name or the password is wrong.")
    sign_in(page, system.url, "bea reader", one_time)
    choose_password(page, one_time)
    page.get_by_role("main").get_by_role("link").first.click()
    expect(page.get_by_role("link", name="All consultations")).to_be_visible()
    page.get_by_role("button", name="Sign out Bea Reader").click()
    expect(page.get_by_role("status")).to_have_text("You have signed out.")


def test_another_sites_form_changes_nothing(system: RunningSystem, new_page: NewPage) -> None:
    page = new_page()
    one_time = account(system, "Cem")
    sign_in(page, system.url, "Cem", one_time)
    choose_password(page, one_time)
    expect(page.get_by_role("heading", level=1)).to_have_text("Consultations")
    forms = {
        "sign-out": "",
        "password": f"<input name=current value='{OWN_PASSWORD}'><input name=new value='evil evil evil'>"
        "<input name=again value='evil evil evil'>",
    }
    for address, fields in forms.items():
        action = f"{system.url}/staff/{address}"
        evil = f"<form method=post action='{action}'>{fields}<input name=csrf value=x><button>Win</button></form>"
        page.route("http://elsewhere.example/*", partial(serve, evil))
        page.goto("http://elsewhere.example/prize")
        page.get_by_role("button", name="Win").click()
        page.wait_for_url(f"{system.url}/staff/**")
        page.unroute("http://elsewhere.example/*")
        page.goto(f"{system.url}/staff")
        expect(page.get_by_role("heading", level=1)).to_have_text("Consultations")
    fresh = new_page()
    sign_in(fresh, system.url, "Cem", OWN_PASSWORD)
    expect(fresh.get_by_role("heading", level=1)).to_have_text("Consultations")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 360, 1280])
def test_every_page_can_be_read_by_everybody(system: RunningSystem, new_page: NewPage, width: int, scheme: str) -> None:
    page = new_page(viewport={"width": width, "height": 720}, color_scheme=scheme)
    name = f"Dee {width} {scheme}"
    one_time = account(system, name)
    trouble = {}

    def look(where: str) -> None:
        found = [*violations(page), *overflows(page), *small_targets(page, 24)]
        if found:
            trouble[where] = found

    page.goto(f"{system.url}/staff")
    look("the sign-in page")
    if width == 320:  # not at every width: five wrong tries would lock this address
        sign_in(page, system.url, name, "wrong")
        look("a wrong password")
    sign_in(page, system.url, name, one_time)
    look("the first password")
    choose_password(page, one_time)
    look("the list")
    page.get_by_role("main").get_by_role("link").first.click()
    look("a summary")
    page.goto(f"{system.url}/staff/nothing")
    look("an error")
    assert trouble == {}
