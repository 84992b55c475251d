"""A parent's walk over the page of the running system: search, details, help with the cost, a whole consultation."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import NewPage
from tests.browser.look import focused, message_box, overflows, say, violations
from tests.system import RunningSystem

pytestmark = pytest.mark.slow

QUESTION = "free drum lessons near Hatfield for my 9 year old"
NOTICE = re.compile(r"^checked \d{1,2} [A-Z][a-z]+ \d{4}$|^not checked yet - please confirm with the provider$")
WAYS = {"Skip", "Back", "Stop"}


class Chat:
    """The chat as its newest answer stands there: in the widget, or on the page without JavaScript."""

    def __init__(self, page: Page, answer: Locator) -> None:
        self.page = page
        self._answer = answer

    def say(self, text: str) -> None:
        """Types, sends, and waits for the answer."""
        before = self._mark()
        say(self.page, text)
        self._wait(before)

    def press(self, button: Locator) -> None:
        """Presses a button and waits for the answer."""
        before = self._mark()
        button.click()
        self._wait(before)

    @property
    def answer(self) -> Locator:
        """All that came after what the parent said last."""
        return self._answer

    def cards(self) -> list[Locator]:
        """The newest answer's cards."""
        return self.answer.locator(".card").all()

    def choices(self) -> list[Locator]:
        """The newest answer's buttons, without those of its cards."""
        return [b for b in self.answer.locator(".choices button").all() if not b.locator("xpath=ancestor::li").count()]

    def choice(self, label: str) -> Locator:
        """One of them."""
        return next(button for button in self.choices() if button.inner_text() == label)

    def _mark(self) -> str:
        return self.page.locator(".mine").last.inner_text() + str(self.page.locator(".mine").count()) + self.page.url

    def _wait(self, before: str) -> None:
        raise NotImplementedError


class WidgetChat(Chat):
    """In the widget the answer is what follows the newest line of ours."""

    def __init__(self, page: Page) -> None:
        super().__init__(page, page.locator("heard-chat .mine").last.locator("xpath=following-sibling::div"))

    def _mark(self) -> str:
        return str(self.page.locator("heard-chat .mine").count())

    def _wait(self, before: str) -> None:
        expect(self.page.locator("heard-chat .mine")).to_have_count(int(before) + 1)
        expect(self.page.locator("heard-chat .busy")).to_have_count(0)


class FormChat(Chat):
    """Without JavaScript the answer is the page."""

    def __init__(self, page: Page) -> None:
        super().__init__(page, page.locator(".chat"))

    def _mark(self) -> str:
        return ""

    def _wait(self, before: str) -> None:
        self.page.wait_for_load_state()
        expect(self.page.locator(".mine")).to_have_count(1)


def walk(chat: Chat) -> None:
    """The whole way, as a parent goes it."""
    chat.say(QUESTION)
    shown = look_at_cards(chat)
    assert any("Hatfield" in text for text in shown)
    first = chat.cards()[0]
    title = first.get_by_role("heading").inner_text()
    chat.press(first.get_by_role("button").first)
    assert title in chat.answer.first.inner_text() or title in "".join(chat.answer.all_inner_texts())

    chat.say(QUESTION)
    chat.press(chat.choice("Show more"))
    assert not set(look_at_cards(chat)) & set(shown)

    chat.say("can I get help with the cost?")
    assert look_at_cards(chat)
    outcomes = chat.answer.locator(".outcome").all_inner_texts()
    assert outcomes and not [outcome for outcome in outcomes if "you qualify" in outcome.lower()]

    chat.say("I want to have my say")
    chat.press(chat.choices()[0])
    asked = answer_all(chat)
    assert asked == [f"Question {n} of {len(asked)}" for n in range(1, len(asked) + 1)]
    assert len(asked) >= 5


def look_at_cards(chat: Chat) -> list[str]:
    """The titles of the cards; each says why it is there and when somebody checked it."""
    titles = []
    for card in chat.cards():
        titles.append(card.get_by_role("heading").inner_text())
        assert NOTICE.match(card.locator(".notice").inner_text())
        assert card.locator(".why li, .conditions li").count()
        assert card.get_by_role("link").count()
    assert titles
    return titles


def answer_all(chat: Chat) -> list[str]:
    """Answers a consultation to its end; returns how far each question said it was."""
    asked = []
    while chat.answer.locator(".progress").count():
        asked.append(chat.answer.locator(".progress").last.inner_text().strip())
        answers = [button for button in chat.choices() if button.inner_text() not in WAYS]
        if answers:
            chat.press(answers[0])
        else:
            chat.say("More drum lessons that we can reach by bus")
        assert len(asked) < 30
    return asked


def test_a_parent_with_a_phone(phone: Page, running: RunningSystem) -> None:
    phone.goto(running.url)
    walk(WidgetChat(phone))
    assert overflows(phone) == []


def test_a_parent_at_a_desk(desk: Page, running: RunningSystem) -> None:
    desk.goto(running.url)
    walk(WidgetChat(desk))


def test_a_parent_without_javascript(new_page: NewPage, running: RunningSystem) -> None:
    page = new_page(java_script_enabled=False, viewport={"width": 360, "height": 640})
    page.goto(running.url)
    walk(FormChat(page))


def test_a_parent_with_a_keyboard_alone(desk: Page, running: RunningSystem) -> None:
    desk.goto(running.url)
    tab_to(desk, "TEXTAREA")
    desk.keyboard.type(QUESTION)
    desk.keyboard.press("Enter")
    expect(desk.locator("heard-chat .card").first).to_be_visible()
    # The answer stands before the box, and its last button is one step back.
    desk.keyboard.press("Shift+Tab")
    assert focused(desk)["tag"] == "BUTTON"
    tab_to(desk, "Show more", "Shift+Tab")
    before = desk.locator("heard-chat .card").count()
    desk.keyboard.press("Space")
    expect(desk.locator("heard-chat .busy")).to_have_count(0)
    assert desk.locator("heard-chat .card").count() > before
    # From the line that was pressed the next step is the new answer.
    desk.keyboard.press("Tab")
    assert focused(desk)["tag"] in {"A", "BUTTON"}
    tab_to(desk, "TEXTAREA")
    desk.keyboard.type("I want to have my say")
    desk.keyboard.press("Enter")
    expect(desk.get_by_role("button", name="Start")).to_be_visible()
    tab_to(desk, "Start", "Shift+Tab")
    desk.keyboard.press("Enter")
    expect(desk.get_by_text(re.compile(r"^Question 1 of \d"))).to_be_visible()
    desk.keyboard.press("Tab")
    desk.keyboard.press("Enter")
    expect(desk.get_by_text(re.compile(r"^Question 2 of \d"))).to_be_visible()


def tab_to(page: Page, wanted: str, key: str = "Tab") -> None:
    """Presses a key until what is wanted (a tag, or a text) has the focus."""
    for _ in range(60):
        page.keyboard.press(key)
        at = focused(page)
        if wanted in {at["tag"], at["text"]}:
            return
    raise AssertionError(f"no way to {wanted!r} by {key}")


@pytest.mark.parametrize(("width", "colours"), [(320, "light"), (320, "dark"), (1280, "light"), (1280, "dark")])
def test_axe_finds_nothing_in_real_answers(new_page: NewPage, running: RunningSystem, width: int, colours: str) -> None:
    page = new_page(viewport={"width": width, "height": 800}, color_scheme=colours)
    page.goto(running.url)
    chat = WidgetChat(page)
    for text in (QUESTION, "can I get help with the cost?", "I want to have my say"):
        chat.say(text)
    assert (violations(page), overflows(page)) == ([], [])


def test_a_child_in_need_gets_numbers_to_call_at_once(phone: Page, running: RunningSystem) -> None:
    phone.goto(running.url)
    WidgetChat(phone).say("my dad hits me and I am scared to go home")
    urgent = phone.locator("heard-chat .turn").filter(has=phone.locator(".urgent"))
    expect(urgent.first).to_be_visible()
    assert urgent.locator("a[href^='tel:']").count()
    expect(message_box(phone)).to_be_enabled()


def test_the_pages_of_both_hubs_are_their_own(
    new_page: NewPage, running: RunningSystem, running_dorset: RunningSystem
) -> None:
    for system, name in ((running, "Hertfordshire"), (running_dorset, "Dorset")):
        page = new_page()
        page.goto(system.url)
        expect(page.get_by_role("banner")).to_contain_text(name)
        assert violations(page) == []
