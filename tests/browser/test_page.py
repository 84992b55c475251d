"""The start page and the form, as they look and as they are heard: every size, colour scheme and way of using it."""

import pytest
from playwright.sync_api import Page, expect

from heard.messages import Card, Choice, Condition, Contact, Progress, Reply
from tests.browser.conftest import NewPage
from tests.browser.look import choice, focus_box, focused, overflows, say, small_targets, violations
from tests.browser.stage import Stage

pytestmark = pytest.mark.slow

LONG = "Llanfairpwllgwyngyllgogerychwyrndrobwllllantysiliogogogoch" * 3
EVERYTHING = (
    Reply(
        "Here is what I found:",
        (Choice("Show more", "/show_more"), Choice(LONG, "/help")),
        (
            Card(
                "a",
                "opportunity",
                f"A choir {LONG}",
                f"A group. {LONG}",
                ("in Hatfield", "cost not given", LONG),
                url=f"https://{LONG[:60]}.example/{LONG}",
                notice="not checked yet - please confirm with the provider",
                choices=(Choice("More details", '/ask_details{"id":"a"}'),),
            ),
            Card(
                "b",
                "bursary",
                "A fund",
                "For lessons.",
                outcome="need to know",
                conditions=(Condition("Meals", "met"), Condition("Age", "not met"), Condition(LONG, "not told")),
                notice="checked 2 November 2026",
            ),
            Card("c", "helpline", "Childline", "Call.", contacts=(Contact("Call 0800 1111", "tel:08001111"),)),
        ),
    ),
    Reply("What stops you from making music?", (Choice("Skip", "/skip"),), progress=Progress(2, 7)),
)

APART = """* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }
p { margin-bottom: 2em !important } html { font-size: 200% } .heard { font-size: 32px }"""
"""Text as far apart as WCAG 2.2, 1.4.12, asks for, and twice as big (1.4.4)."""

SIZES = {
    "small phone": {"width": 320, "height": 568},
    "phone": {"width": 390, "height": 844},
    "400 %": {"width": 320, "height": 256},
    "tablet": {"width": 768, "height": 1024},
    "desk": {"width": 1280, "height": 900},
}


LOOKS: list[tuple[str, dict[str, str]]] = [
    *((name, {}) for name in SIZES),
    ("small phone", {"color_scheme": "dark"}),
    ("desk", {"color_scheme": "dark"}),
    ("phone", {"contrast": "more"}),
    ("phone", {"forced_colors": "active"}),
]


@pytest.mark.parametrize(("size", "look"), LOOKS, ids=str)
def test_axe_finds_nothing_and_nothing_sticks_out(
    new_page: NewPage, stage: Stage, size: str, look: dict[str, str]
) -> None:
    stage.script.on("everything", *EVERYTHING, safeguarding=True)
    page = new_page(viewport=SIZES[size], **look)
    page.goto(stage.url)
    assert (violations(page), overflows(page), small_targets(page, 24)) == ([], [], [])
    say(page, "everything")
    expect(choice(page, "Skip")).to_be_visible()
    assert (violations(page), overflows(page), small_targets(page, 24)) == ([], [], [])


@pytest.mark.parametrize(("size", "colours"), [("small phone", "light"), ("400 %", "light"), ("desk", "dark")])
def test_the_form_has_nothing_against_it_either(new_page: NewPage, stage: Stage, size: str, colours: str) -> None:
    stage.script.on("everything", *EVERYTHING, safeguarding=True)
    page = new_page(viewport=SIZES[size], color_scheme=colours)
    page.goto(f"{stage.url}/chat")
    say(page, "everything")
    expect(choice(page, "Skip")).to_be_visible()
    assert (violations(page), overflows(page), small_targets(page, 24)) == ([], [], [])


def test_what_the_finger_presses_is_44_pixels_high(phone: Page, stage: Stage) -> None:
    stage.script.on("everything", *EVERYTHING)
    phone.goto(stage.url)
    say(phone, "everything")
    expect(choice(phone, "Skip")).to_be_visible()
    low = small_targets(phone, 44)
    assert [target for target in low if not target.startswith(("Website", "Call", "Go to"))] == []


def test_letters_twice_as_big_and_lines_further_apart_lose_nothing(new_page: NewPage, stage: Stage) -> None:
    stage.script.on("everything", *EVERYTHING)
    page = new_page(viewport={"width": 390, "height": 844})
    page.goto(stage.url)
    page.evaluate(
        """css => {
            const sheet = new CSSStyleSheet();
            sheet.replaceSync(css);
            const { shadowRoot } = document.querySelector("heard-chat");
            document.adoptedStyleSheets = [sheet];
            shadowRoot.adoptedStyleSheets = [...shadowRoot.adoptedStyleSheets, sheet];
        }""",
        APART,
    )
    say(page, "everything")
    expect(choice(page, "Skip")).to_be_visible()
    assert overflows(page) == []


def test_what_has_the_focus_is_never_under_the_message_box(new_page: NewPage, stage: Stage) -> None:
    stage.script.on("everything", *EVERYTHING)
    page = new_page(viewport={"width": 390, "height": 700})
    page.goto(stage.url)
    say(page, "everything")
    choice(page, "Skip").focus()
    form = page.locator("heard-chat form")
    for _ in range(6):
        top, bottom = focus_box(page)
        covered = form.bounding_box()
        assert covered is not None
        assert (top >= 0 and bottom <= covered["y"] + 1) or focused(page)["name"] == "log"
        page.keyboard.press("Shift+Tab")


@pytest.mark.parametrize("size", [(390, 700), (1280, 800)])
def test_a_long_answer_is_read_from_its_beginning(new_page: NewPage, stage: Stage, size: tuple[int, int]) -> None:
    stage.script.on("everything", *EVERYTHING)
    page = new_page(viewport={"width": size[0], "height": size[1]})
    page.goto(stage.url)
    say(page, "hello")
    expect(page.get_by_text("You said: hello").first).to_be_visible()
    say(page, "everything")
    expect(page.get_by_text("Here is what I found:").first).to_be_in_viewport()
    expect(page.locator("heard-chat .mine").last).to_be_in_viewport()


def test_the_whole_chat_goes_by_keyboard_from_the_top_of_the_page(desk: Page, stage: Stage) -> None:
    stage.script.on("drums?", *EVERYTHING)
    desk.goto(stage.url)
    order = []
    for _ in range(20):
        desk.keyboard.press("Tab")
        order.append(focused(desk)["text"] or focused(desk)["tag"])
        if order[-1] == "TEXTAREA":
            break
    assert order[0] == "Skip to the main part"
    assert order.index("Clear this chat") < order.index("Find music to join") < order.index("TEXTAREA")
    desk.keyboard.type("drums?")
    desk.keyboard.press("Enter")
    expect(choice(desk, "Skip")).to_be_visible()
    desk.keyboard.press("Shift+Tab")
    assert focused(desk)["text"] == "Skip"
    desk.keyboard.press("Enter")
    expect(desk.get_by_text("You said: /skip").first).to_be_visible()


def test_the_skip_link_and_the_help_link_go_where_they_say(desk: Page, stage: Stage) -> None:
    desk.goto(stage.url)
    desk.keyboard.press("Tab")
    desk.keyboard.press("Enter")
    assert desk.evaluate("document.activeElement.id") == "main"
    desk.get_by_role("link", name="Need help now?").click()
    expect(desk.get_by_role("heading", name="Need help now?")).to_be_in_viewport()
    expect(desk.get_by_role("link", name="Call 0800 1111")).to_have_attribute("href", "tel:08001111")


def test_nothing_moves_for_those_who_want_no_movement(new_page: NewPage, stage: Stage) -> None:
    stage.script.seconds = 1
    for wish, name in (("reduce", "none"), ("no-preference", "hum")):
        page = new_page(reduced_motion=wish)
        page.goto(stage.url)
        say(page, "hello")
        expect(page.locator("heard-chat .busy i").first).to_have_css("animation-name", name)


def test_nothing_is_fetched_from_anywhere_else_and_not_much_from_us(desk: Page, stage: Stage) -> None:
    fetched: dict[str, int] = {}
    desk.on("requestfinished", lambda request: fetched.update({request.url: request.sizes()["responseBodySize"]}))
    desk.goto(stage.url, wait_until="networkidle")
    assert all(url.startswith(stage.url) for url in fetched), fetched
    assert sum(fetched.values()) < 40_000, fetched


def test_without_javascript_the_start_page_is_the_chat(new_page: NewPage, stage: Stage) -> None:
    stage.script.on("drums?", *EVERYTHING)
    page = new_page(java_script_enabled=False, viewport={"width": 360, "height": 640})
    page.goto(stage.url)
    say(page, "drums?")
    expect(page.get_by_text("Here is what I found:")).to_be_in_viewport()
    page.get_by_role("button", name="More details (A choir").click()
    expect(page.locator(".mine")).to_contain_text("More details: A choir")
    expect(page.get_by_text("You said: /ask_details")).to_be_visible()
    page.reload()
    expect(page.get_by_text("You said: /ask_details")).to_be_visible()
    assert len(stage.script.said) == 2
    assert len({message.sender for message in stage.script.said}) == 1
    page.get_by_role("button", name="Clear this chat").click()
    assert stage.script.asked()[-1] == '/delete_my_data{"answer":"yes"}'
