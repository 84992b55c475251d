"""The widget on somebody else's page: a button in the corner, whatever that page's own style and script are."""

import pytest
from playwright.sync_api import Locator, Page, expect

from heard.messages import Reply
from tests.browser.conftest import NewPage
from tests.browser.look import focused, message_box, overflows, say, small_targets, violations
from tests.browser.stage import Stage

pytestmark = pytest.mark.slow


def test_one_button_waits_in_the_corner_and_opens_the_chat(desk: Page, stage: Stage) -> None:
    desk.goto(stage.foreign)
    button = desk.get_by_role("button", name="Ask about music")
    expect(button).to_have_count(1)
    button.click()
    expect(desk.get_by_role("dialog", name="Ask about music")).to_be_visible()
    expect(message_box(desk)).to_be_focused()
    say(desk, "hello")
    expect(desk.get_by_text("You said: hello").first).to_be_visible()
    assert stage.script.asked() == ["hello"]


def test_escape_and_close_give_the_focus_back_and_the_chat_stays_as_it_is(desk: Page, stage: Stage) -> None:
    desk.goto(stage.foreign)
    button = desk.get_by_role("button", name="Ask about music")
    button.press("Enter")
    say(desk, "hello")
    expect(desk.get_by_text("You said: hello").first).to_be_visible()
    desk.keyboard.press("Escape")
    expect(button).to_be_focused()
    expect(desk.get_by_role("dialog")).to_have_count(0)
    button.press("Enter")
    expect(desk.get_by_text("You said: hello").first).to_be_visible()
    desk.get_by_role("button", name="Close").click()
    expect(button).to_be_focused()


def test_the_pages_style_does_not_reach_in_and_ours_does_not_reach_out(desk: Page, stage: Stage) -> None:
    desk.goto(stage.foreign)
    link = desk.get_by_role("link", name="with a link")
    expect(link).to_have_css("color", "rgb(255, 0, 0)")
    desk.get_by_role("button", name="Ask about music").click()
    welcome = desk.locator("heard-chat .theirs p").first
    for name, value in (
        ("color", "rgb(43, 28, 46)"),
        ("font-size", "16px"),
        ("font-style", "normal"),
        ("letter-spacing", "normal"),
        ("text-transform", "none"),
        ("text-align", "start"),
    ):
        expect(welcome).to_have_css(name, value)


def test_on_a_desktop_one_can_tab_on_to_the_page(desk: Page, stage: Stage) -> None:
    desk.goto(stage.foreign)
    desk.get_by_role("button", name="Ask about music").click()
    expect(desk.get_by_role("dialog")).to_have_attribute("aria-modal", "false")
    desk.get_by_role("link", name="with a link").focus()
    expect(desk.get_by_role("link", name="with a link")).to_be_focused()


def test_on_a_phone_it_fills_the_screen_keeps_the_focus_and_no_keyboard_hides_the_welcome(
    phone: Page, stage: Stage
) -> None:
    phone.goto(stage.foreign)
    phone.get_by_role("button", name="Ask about music").tap()
    dialog = phone.get_by_role("dialog", name="Ask about music")
    expect(dialog).to_have_attribute("aria-modal", "true")
    assert dialog.bounding_box() == {"x": 0, "y": 0, "width": 360, "height": 640}
    assert focused(phone)["tag"] == "H2"
    seen = []
    for _ in range(30):
        phone.keyboard.press("Tab")
        at = focused(phone)
        assert at["text"] != "with a link"
        seen.append(at["text"])
    assert seen.count("Close") >= 2
    phone.keyboard.press("Escape")
    expect(phone.get_by_role("button", name="Ask about music")).to_be_focused()


def test_the_panel_ends_where_the_phones_keyboard_begins(phone: Page, stage: Stage) -> None:
    phone.goto(stage.foreign)
    phone.get_by_role("button", name="Ask about music").tap()
    phone.evaluate(
        """() => {
            Object.defineProperty(visualViewport, "height", { value: 320 });
            visualViewport.dispatchEvent(new Event("resize"));
        }"""
    )
    box = phone.get_by_role("button", name="Send").bounding_box()
    assert box is not None and box["y"] + box["height"] <= 320


@pytest.mark.parametrize(("size", "colours"), [((320, 640), "dark"), ((320, 256), "light"), ((1280, 800), "dark")])
def test_axe_finds_nothing_in_it(new_page: NewPage, stage: Stage, size: tuple[int, int], colours: str) -> None:
    page = new_page(viewport={"width": size[0], "height": size[1]}, color_scheme=colours)
    page.goto(stage.foreign)
    page.get_by_role("button", name="Ask about music").click()
    found = [one for one in violations(page) if "heard-chat" in one or "class=" in one or "id=" in one]
    assert [one for one in found if "there" not in one and not one.startswith(("landmark", "region", "page-has"))] == []
    assert overflows(page) == []
    assert [target for target in small_targets(page, 44) if "with a link" not in target] == []


def _left(part: Locator) -> float:
    box = part.bounding_box()
    assert box is not None
    return box["x"]


def test_in_a_script_from_right_to_left_everything_is_mirrored(desk: Page, stage: Stage) -> None:
    desk.goto(stage.foreign.removesuffix("en") + "ar")
    button = desk.get_by_role("button", name="اسأل عن الموسيقى")
    assert _left(button) < 100
    button.click()
    assert _left(desk.get_by_role("dialog")) < 100
    written, send = desk.get_by_role("textbox", name="رسالتك"), desk.get_by_role("button", name="أرسل")
    assert _left(send) < _left(written)
    stage.script.on("hello", Reply("مرحبا"), language="ar")
    written.fill("hello")
    send.click()
    expect(desk.get_by_text("مرحبا").first).to_be_visible()
    mine = desk.locator("heard-chat .mine")
    expect(mine).to_have_css("direction", "ltr")
    assert _left(mine) < 100
    assert overflows(desk) == []


def test_the_language_of_an_answer_becomes_the_chats(desk: Page, stage: Stage) -> None:
    stage.script.on("arabic please", Reply("مرحبا"), language="ar")
    desk.goto(stage.url)
    say(desk, "arabic please")
    expect(desk.get_by_role("button", name="أرسل")).to_be_visible()
    turn = desk.locator("heard-chat .turn").last
    expect(turn).to_have_attribute("lang", "ar")
    expect(turn).to_have_css("direction", "rtl")


def test_an_old_browser_on_another_site_gets_a_link(desk: Page, stage: Stage) -> None:
    desk.add_init_script("CSS.supports = () => false")
    desk.goto(stage.foreign)
    expect(desk.get_by_role("link", name="Ask about music")).to_have_attribute("href", f"{stage.url}/chat")
