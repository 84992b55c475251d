"""Search, entries, help with the cost and routes: how they look and are heard, by keyboard and without JavaScript."""

import pytest
from playwright.sync_api import Page, expect

from heard.messages import Card, Reply
from tests.browser.conftest import NewPage
from tests.browser.look import overflows, small_targets, violations
from tests.browser.stage import Stage
from tests.browser.test_page import APART, SIZES

pytestmark = pytest.mark.slow

FOUND = "/find?text=free+drum+lessons&where=Hatfield&age=9&when=weekend"
WRONG = "/find?text=qwer&where=Atlantis&age=ninety&within=2"
ROUTE = "/entry/classical-orchestral-hertfordshire?stage=lessons&where=Hatfield"
PAGES = {
    "search": "/find",
    "found": FOUND,
    "wrong": WRONG,
    "help first": "/find?text=my+dad+hits+me+and+i+am+scared+to+go+home",
    "something to join": "/entry/mid-herts-music-centre",
    "scheme": "/entry/hms-bursary-stage-1",
    "helpline": "/entry/childline",
    "route": ROUTE,
    "routes": "/pathways",
    "no such entry": "/entry/mid-herts-music-center",
    "questions": "/bursaries",
}
EVERYWHERE: list[tuple[str, dict[str, str]]] = [("small phone", {}), ("desk", {"color_scheme": "dark"})]
SOMEWHERE: list[tuple[str, dict[str, str]]] = [
    ("400 %", {}),
    ("phone", {"forced_colors": "active"}),
    ("phone", {"contrast": "more"}),
]
LOOKS = [(name, *look) for name in PAGES for look in EVERYWHERE] + [
    (name, *look) for name in ("found", "wrong", "route", "questions") for look in SOMEWHERE
]


def answer_some_questions(page: Page, stage: Stage) -> None:
    page.goto(f"{stage.url}/bursaries")
    page.get_by_role("checkbox", name="Lessons").check()
    page.get_by_role("radio", name="Hertfordshire").first.check()
    page.get_by_role("textbox", name="How old is the person").fill("9")
    page.get_by_role("group", name="Does the school get Pupil Premium").get_by_label("Yes").check()
    page.get_by_role("button", name="See what may fit").click()


@pytest.mark.parametrize(("name", "size", "look"), LOOKS, ids=str)
def test_axe_finds_nothing_and_nothing_sticks_out(
    new_page: NewPage, stage: Stage, name: str, size: str, look: dict[str, str]
) -> None:
    page = new_page(viewport=SIZES[size], **look)
    page.goto(stage.url + PAGES[name])
    for closed in page.locator("details:not([open]) > summary").all():
        closed.click()
    assert (violations(page), overflows(page), small_targets(page, 24)) == ([], [], [])


@pytest.mark.parametrize(("size", "look"), [*EVERYWHERE, *SOMEWHERE], ids=str)
def test_what_may_fit_has_nothing_against_it_either(
    new_page: NewPage, stage: Stage, size: str, look: dict[str, str]
) -> None:
    page = new_page(viewport=SIZES[size], **look)
    answer_some_questions(page, stage)
    expect(page.get_by_role("heading", name="You may qualify for this")).to_be_visible()
    for closed in page.locator("details:not([open]) > summary").all():
        closed.click()
    assert (violations(page), overflows(page), small_targets(page, 24)) == ([], [], [])


@pytest.mark.parametrize("name", ["found", "questions", "route", "scheme"])
def test_letters_twice_as_big_and_lines_further_apart_lose_nothing(new_page: NewPage, stage: Stage, name: str) -> None:
    page = new_page(viewport={"width": 390, "height": 844})
    page.goto(stage.url + PAGES[name])
    page.evaluate(
        """css => {
            const sheet = new CSSStyleSheet();
            sheet.replaceSync(css);
            document.adoptedStyleSheets = [sheet];
        }""",
        APART,
    )
    assert overflows(page) == []


def test_a_search_goes_by_keyboard_alone(desk: Page, stage: Stage) -> None:
    desk.goto(f"{stage.url}/find")
    for _ in range(12):
        desk.keyboard.press("Tab")
        if desk.evaluate("document.activeElement.id") == "text":
            break
    desk.keyboard.type("drum lessons")
    desk.keyboard.press("Tab")
    desk.keyboard.type("Hatfield")
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("heading", name="Drum lessons near Hatfield")).to_be_in_viewport()
    desk.get_by_role("link", name="Mid Herts Music Centre (Hatfield)").first.focus()
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("heading", level=1)).to_have_text("Mid Herts Music Centre (Hatfield)")


def test_a_mistake_is_told_at_the_top_and_leads_to_its_field(desk: Page, stage: Stage) -> None:
    desk.goto(stage.url + WRONG)
    alert = desk.get_by_role("alert")
    expect(alert).to_contain_text("I don't know this place")
    alert.get_by_role("link", name="I don't understand this age").click()
    assert desk.evaluate("document.activeElement.id") == "age"
    age = desk.get_by_label("How old?")
    expect(age).to_have_attribute("aria-invalid", "true")
    said = desk.evaluate(
        "document.getElementById('age').getAttribute('aria-describedby').split(' ')"
        ".map((id) => document.getElementById(id).textContent).join(' ')"
    )
    assert "I don't understand this age" in said and "Year 4" in said


def test_everything_works_without_javascript(new_page: NewPage, stage: Stage) -> None:
    page = new_page(java_script_enabled=False, viewport={"width": 360, "height": 640})
    page.goto(stage.url)
    page.get_by_role("navigation", name="Main").get_by_role("link", name="Find music").click()
    page.get_by_label("What are you looking for?").fill("steel pan degree")
    page.get_by_label("Where?").fill("Hatfield")
    page.get_by_label("How old?").fill("3")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_text("Nothing fits all of that.")).to_be_in_viewport()
    page.get_by_role("link", name="Any activity").click()
    expect(page.locator("#results .card").first).to_be_visible()
    answer_some_questions(page, stage)
    assert page.url == f"{stage.url}/bursaries#results"
    expect(page.get_by_role("heading", name="HMS Bursary Award - Stage 1")).to_be_visible()
    page.get_by_text("What does not fit, and why").or_(page.get_by_text("All the other help")).first.click()
    page.goto(stage.url + ROUTE)
    expect(page.get_by_role("img", name="The route: Orchestral instruments in Hertfordshire")).to_be_visible()


def test_no_page_loads_anything_from_elsewhere_or_needs_a_script(desk: Page, stage: Stage) -> None:
    fetched: list[str] = []
    desk.on("request", lambda request: fetched.append(request.url))
    for path in PAGES.values():
        desk.goto(stage.url + path, wait_until="networkidle")
    assert all(url.startswith(stage.url) for url in fetched), fetched
    assert not [url for url in fetched if url.endswith(".js")]


def test_a_cards_name_in_the_chat_leads_to_its_page(new_page: NewPage, stage: Stage) -> None:
    card = Card("mid-herts-music-centre", "opportunity", "Mid Herts", "A centre.", page="/entry/mid-herts-music-centre")
    stage.script.on("centres?", Reply("Here:", cards=(card,)))
    page = new_page(viewport={"width": 1280, "height": 860})
    page.goto(stage.url)
    page.get_by_role("textbox", name="Your message").fill("centres?")
    page.get_by_role("button", name="Send").click()
    link = page.get_by_role("link", name="Mid Herts (opens a new tab)")
    expect(link).to_have_attribute("href", f"{stage.url}/entry/mid-herts-music-centre")
    with page.context.expect_page() as opened:
        link.click()
    expect(opened.value.get_by_role("heading", level=1)).to_have_text("Mid Herts Music Centre (Hatfield)")
