"""The widget in a real browser, with a scripted turn: what happens when all goes well, and when it does not."""

import pytest
from playwright.sync_api import Page, expect

from heard.messages import Card, Choice, Condition, Contact, Progress, Reply
from tests.browser.conftest import NewPage
from tests.browser.look import announced, choice, focused, lines, listen, message_box, say, sent
from tests.browser.stage import Stage

pytestmark = pytest.mark.slow

DETAILS = Choice("More details", '/ask_details{"id":"drum-club"}')
DRUM_CLUB = Card(
    "drum-club",
    "opportunity",
    "Hatfield Drum Club",
    "A group for young drummers.",
    why=("in Hatfield", "free", "ages 7 to 11"),
    url="https://www.drums.example/club?x=1",
    notice="not checked yet - please confirm with the provider",
    choices=(DETAILS,),
)
FOUND = Reply("I found this:", (Choice("Show more", "/show_more"), Choice("Nearer", "/refine_search")), (DRUM_CLUB,))


def test_a_question_gets_an_answer_with_reasons_and_a_notice(desk: Page, stage: Stage) -> None:
    stage.script.on("drums?", FOUND)
    desk.goto(stage.url)
    say(desk, "drums?")
    card = desk.get_by_role("listitem").filter(has_text="Hatfield Drum Club")
    expect(card.get_by_role("heading")).to_have_text("Hatfield Drum Club")
    for words in ("in Hatfield", "free", "ages 7 to 11", "not checked yet - please confirm with the provider"):
        expect(card).to_contain_text(words)
    website = card.get_by_role("link", name="Website (drums.example) (opens a new tab)")
    expect(website).to_have_attribute("rel", "noopener noreferrer")
    assert [" ".join(line.split()) for line in lines(desk)[1:]] == ["You: drums?", "Helper: I found this:"]


def test_each_answer_is_announced_once_and_alone(desk: Page, stage: Stage) -> None:
    stage.script.on("drums?", FOUND)
    desk.goto(stage.url)
    listen(desk)
    say(desk, "drums?")
    assert announced(desk, 1) == ["I found this: Hatfield Drum Club, Show more, Nearer"]
    say(desk, "hello")
    assert announced(desk, 2)[1:] == ["You said: hello"]
    say(desk, "hello")
    assert announced(desk, 3)[2:] == ["You said: hello"]


def test_two_answers_at_once_are_both_announced(desk: Page, stage: Stage) -> None:
    desk.goto(stage.url)
    listen(desk)
    say(desk, "one")
    say(desk, "two")
    assert " ".join(announced(desk, 1)) == "You said: one You said: two"


def test_what_is_pressed_becomes_a_line_with_the_focus_and_the_answer_comes_next(desk: Page, stage: Stage) -> None:
    stage.script.on("drums?", FOUND)
    stage.script.on("/show_more", Reply("No more, sorry.", (Choice("Start again", "/start_over"),)))
    desk.goto(stage.url)
    say(desk, "drums?")
    choice(desk, "Show more").focus()
    desk.keyboard.press("Enter")
    expect(choice(desk, "Start again")).to_be_visible()
    assert focused(desk) == {"tag": "P", "name": "mine", "text": "You: Show more"}
    expect(desk.get_by_role("button", name="Nearer")).to_have_count(0)
    desk.keyboard.press("Tab")
    assert focused(desk)["text"] == "Start again"


def test_a_typed_question_leaves_the_focus_where_one_types(desk: Page, stage: Stage) -> None:
    stage.script.on("drums?", FOUND)
    desk.goto(stage.url)
    message_box(desk).fill("drums?")
    message_box(desk).press("Enter")
    expect(choice(desk, "Show more")).to_be_visible()
    assert focused(desk)["tag"] == "TEXTAREA"
    expect(message_box(desk)).to_have_value("")


def test_on_a_phone_the_keyboard_makes_room_for_cards_but_not_while_somebody_types(phone: Page, stage: Stage) -> None:
    stage.script.on("drums?", FOUND)
    phone.goto(stage.url)
    message_box(phone).fill("drums?")
    message_box(phone).press("Enter")
    expect(choice(phone, "Show more")).to_be_visible()
    assert focused(phone)["name"] == "mine"
    stage.script.seconds = 0.5
    message_box(phone).fill("drums?")
    message_box(phone).press("Enter")
    message_box(phone).type("and a cello")
    expect(phone.get_by_text("I found this:")).to_have_count(2)
    assert focused(phone)["tag"] == "TEXTAREA"


def test_shift_enter_is_a_new_line_and_enter_sends(desk: Page, stage: Stage) -> None:
    desk.goto(stage.url)
    message_box(desk).type("one")
    message_box(desk).press("Shift+Enter")
    message_box(desk).type("two")
    message_box(desk).press("Enter")
    expect(desk.get_by_text("You said: one")).to_be_visible()
    assert stage.script.asked() == ["one\ntwo"]


def test_a_lost_connection_is_said_and_try_again_sends_the_same_message(desk: Page, stage: Stage) -> None:
    desk.goto(stage.url)
    bodies = sent(desk)
    desk.context.set_offline(True)
    say(desk, "hello")
    expect(desk.get_by_text("Sorry, that did not get through.").first).to_be_visible()
    assert stage.script.asked() == []
    desk.context.set_offline(False)
    choice(desk, "Try again").click()
    expect(desk.get_by_text("You said: hello").first).to_be_visible()
    assert stage.script.asked() == ["hello"]
    assert len({body["message_id"] for body in bodies}) == 1
    expect(desk.get_by_text("Sorry, that did not get through.")).to_have_count(0)
    assert focused(desk)["name"] == "mine"


def test_an_answer_that_got_lost_on_its_way_back_is_asked_for_again_and_nothing_happens_twice(
    desk: Page, stage: Stage
) -> None:
    desk.goto(stage.url)
    lost = 2

    def lose(route: object) -> None:
        nonlocal lost
        lost -= 1
        if lost < 0:
            route.continue_()  # type: ignore[attr-defined]
        else:
            route.fetch()  # type: ignore[attr-defined]
            route.abort()  # type: ignore[attr-defined]

    say(desk, "hello")
    expect(desk.get_by_text("You said: hello").first).to_be_visible()
    desk.route("**/api/chat", lose)
    say(desk, "once")
    expect(desk.get_by_text("You said: once").first).to_be_visible()
    assert stage.script.asked() == ["hello", "once"]


def test_two_faults_of_the_server_are_not_worth_a_word(desk: Page, stage: Stage) -> None:
    stage.script.refusals = [500, 503]
    desk.goto(stage.url)
    listen(desk)
    say(desk, "hello")
    assert announced(desk, 1) == ["You said: hello"]


@pytest.mark.parametrize(
    ("refusals", "words"),
    [
        ([429], "That was a bit fast for me."),
        ([413], "That is too long for me."),
        ([500, 500, 500], "Sorry, something went wrong here."),
        ([503, 503, 503], "Sorry, something went wrong here."),
    ],
)
def test_every_refusal_has_its_words_and_a_way_on(desk: Page, stage: Stage, refusals: list[int], words: str) -> None:
    stage.script.refusals = list(refusals)
    desk.goto(stage.url)
    say(desk, "hello")
    expect(desk.get_by_text(words).first).to_be_visible()
    choice(desk, "Try again").click()
    expect(desk.get_by_text("You said: hello").first).to_be_visible()
    assert stage.script.asked() == ["hello"]


def test_a_wifi_login_page_in_between_counts_as_no_connection(desk: Page, stage: Stage) -> None:
    desk.goto(stage.url)
    desk.route("**/api/chat", lambda route: route.fulfill(status=200, content_type="text/html", body="<h1>Pay</h1>"))
    say(desk, "hello")
    expect(desk.get_by_text("Sorry, that did not get through.").first).to_be_visible()


def test_a_session_of_yesterday_is_replaced_without_a_word(desk: Page, stage: Stage) -> None:
    desk.goto(stage.url)
    desk.evaluate("sessionStorage.setItem('heard', JSON.stringify({ session: 'A'.repeat(40), at: Date.now() }))")
    desk.reload()
    say(desk, "hello")
    expect(desk.get_by_text("You said: hello").first).to_be_visible()


def test_a_double_click_is_one_message(desk: Page, stage: Stage) -> None:
    stage.script.on("drums?", FOUND)
    stage.script.seconds = 0.2
    desk.goto(stage.url)
    message_box(desk).fill("drums?")
    desk.get_by_role("button", name="Send").dblclick()
    desk.get_by_role("button", name="More details (Hatfield Drum Club)").dblclick()
    expect(desk.get_by_text("You said: /ask_details").first).to_be_visible()
    choice(desk, "Talk to a person")
    assert stage.script.asked() == ["drums?", DETAILS.payload]


def test_each_answer_stands_under_its_question_however_slow_it_is(desk: Page, stage: Stage) -> None:
    stage.script.seconds = 0.4
    desk.goto(stage.url)
    say(desk, "one")
    say(desk, "two")
    expect(desk.get_by_text("You said: two").first).to_be_visible()
    assert [" ".join(line.split()) for line in lines(desk)[1:]] == [
        "You: one",
        "Helper: You said: one",
        "You: two",
        "Helper: You said: two",
    ]


def test_a_long_wait_is_said(desk: Page, stage: Stage) -> None:
    stage.script.seconds = 5.6
    desk.goto(stage.url)
    listen(desk)
    say(desk, "hello")
    assert announced(desk, 2) == ["This takes a bit longer than usual. Please wait.", "You said: hello"]


def test_markup_is_shown_as_the_text_it_is(desk: Page, stage: Stage) -> None:
    bad = "<img src=x onerror=window.hit=1><script>window.hit=1</script>"
    nasty = Card("x", "person", bad, bad, (bad,), notice=bad, contacts=(Contact(bad, "tel:1"),))
    stage.script.on(bad, Reply(bad, (Choice(bad, "/help"),), (nasty,)))
    desk.goto(stage.url)
    say(desk, bad)
    expect(desk.get_by_role("heading", name=bad)).to_be_visible()
    assert desk.locator("heard-chat img, heard-chat script").count() == 0
    assert desk.evaluate("window.hit") is None


@pytest.mark.parametrize("href", ["javascript:window.hit=1", " javascript:window.hit=1", "data:text/html,x", "x"])
def test_what_is_no_link_to_a_place_or_a_person_is_no_link(desk: Page, stage: Stage, href: str) -> None:
    stage.script.on(
        "who?", Reply("Here:", cards=(Card("x", "person", "X", "x", url=href, contacts=(Contact("Go", href),)),))
    )
    desk.goto(stage.url)
    say(desk, "who?")
    card = desk.locator("li.card").filter(has_text="X")
    expect(card.get_by_text("Go")).to_be_visible()
    expect(card.get_by_role("link")).to_have_count(0)


def test_a_bursary_shows_its_outcome_and_the_conditions_behind_it(desk: Page, stage: Stage) -> None:
    conditions = (Condition("Free school meals", "met"), Condition("Age", "not met"), Condition("Place", "not told"))
    bursary = Card(
        "b", "bursary", "A fund", "For lessons.", outcome="may qualify", conditions=conditions, notice="checked"
    )
    stage.script.on("help", Reply("Look:", cards=(bursary,)))
    desk.goto(stage.url)
    say(desk, "help")
    card = desk.get_by_role("listitem").filter(has_text="A fund")
    for words in ("You may qualify", "Free school meals: met", "Age: not met", "Place: not told"):
        expect(card).to_contain_text(words)


def test_a_consultation_says_how_far_it_is(desk: Page, stage: Stage) -> None:
    stage.script.on("ask me", Reply("What stops you?", (Choice("Skip", "/skip"),), progress=Progress(2, 7)))
    desk.goto(stage.url)
    listen(desk)
    say(desk, "ask me")
    expect(desk.get_by_text("Question 3 of 7").first).to_be_visible()
    assert announced(desk, 1) == ["Question 3 of 7. What stops you? Skip"]


def test_a_consultation_that_is_over_counts_no_further(desk: Page, stage: Stage) -> None:
    stage.script.on("last one", Reply("Thank you!", progress=Progress(7, 7)))
    desk.goto(stage.url)
    listen(desk)
    say(desk, "last one")
    assert announced(desk, 1) == ["Thank you!"]
    expect(desk.get_by_text("Question")).to_have_count(0)


def test_an_urgent_answer_stands_out_can_be_called_and_is_gone_after_a_reload(phone: Page, stage: Stage) -> None:
    line = Card(
        "childline", "helpline", "Childline", "Free to call.", contacts=(Contact("Call 0800 1111", "tel:08001111"),)
    )
    stage.script.on("bad words", Reply("You can get help now.", cards=(line,)), safeguarding=True)
    phone.goto(stage.url)
    say(phone, "bad words")
    expect(phone.locator("heard-chat .urgent")).to_contain_text("You can get help now.")
    call = phone.locator("heard-chat").get_by_role("link", name="Call 0800 1111")
    expect(call).to_have_attribute("href", "tel:08001111")
    expect(call).not_to_have_attribute("target", "_blank")
    phone.reload()
    expect(phone.get_by_text("You can get help now.")).to_have_count(0)
    expect(message_box(phone)).to_be_visible()


def test_a_reload_goes_on_where_we_were_and_nothing_typed_was_kept(desk: Page, stage: Stage) -> None:
    stage.script.on("drums for Peter?", FOUND)
    desk.goto(stage.url)
    bodies = sent(desk)
    say(desk, "drums for Peter?")
    expect(choice(desk, "Show more")).to_be_visible()
    assert "Peter" not in desk.evaluate("JSON.stringify([{ ...sessionStorage }, { ...localStorage }])")
    assert desk.context.cookies() == []
    desk.reload()
    expect(desk.get_by_text("Here is where we were.")).to_be_visible()
    expect(desk.get_by_role("heading", name="Hatfield Drum Club")).to_be_visible()
    choice(desk, "Show more").click()
    expect(desk.get_by_text("You said: /show_more").first).to_be_visible()
    assert bodies[0]["session"] is None
    assert bodies[1]["session"] is not None


def test_an_hour_later_the_chat_begins_anew(desk: Page, stage: Stage) -> None:
    desk.goto(stage.url)
    say(desk, "hello")
    expect(desk.get_by_text("You said: hello").first).to_be_visible()
    desk.evaluate(
        "sessionStorage.heard = JSON.stringify({ ...JSON.parse(sessionStorage.heard), at: Date.now() - 3601e3 })"
    )
    desk.reload()
    expect(desk.get_by_text("Hi! I'm the helper of")).to_be_visible()
    expect(desk.get_by_text("You said: hello")).to_have_count(0)


def test_clear_chat_empties_it_here_and_there(desk: Page, stage: Stage) -> None:
    desk.goto(stage.url)
    bodies = sent(desk)
    listen(desk)
    say(desk, "hello")
    assert announced(desk, 1) == ["You said: hello"]
    desk.get_by_role("button", name="Clear this chat").click()
    expect(desk.locator("heard-chat .theirs").get_by_text("You said: hello")).to_have_count(0)
    assert stage.script.seen('/delete_my_data{"answer":"yes"}')
    assert announced(desk, 2)[-1] == "The chat is cleared."
    assert desk.evaluate("sessionStorage.length") == 0
    assert focused(desk)["text"] == "Clear this chat"
    say(desk, "again")
    expect(desk.get_by_text("You said: again").first).to_be_visible()
    assert bodies[-1]["session"] is None


def test_an_answer_that_comes_after_clear_chat_is_not_shown_and_its_session_is_forgotten(
    desk: Page, stage: Stage
) -> None:
    stage.script.seconds = 0.5
    desk.goto(stage.url)
    say(desk, "hello")
    assert stage.script.seen("hello")
    desk.get_by_role("button", name="Clear this chat").click()
    assert stage.script.seen('/delete_my_data{"answer":"yes"}')
    assert len({message.sender for message in stage.script.said}) == 1
    assert len(lines(desk)) == 1
    assert desk.evaluate("sessionStorage.length") == 0


def test_a_text_over_the_limit_stays_to_be_shortened(desk: Page, stage: Stage) -> None:
    desk.goto(stage.url)
    say(desk, "é" * 2001)
    expect(desk.get_by_role("alert")).to_have_text("That is too long for me. Please use fewer words.")
    expect(message_box(desk)).to_have_attribute("aria-invalid", "true")
    message_box(desk).fill("🎻" * 2000)
    expect(desk.get_by_role("alert")).to_have_text("")
    desk.get_by_role("button", name="Send").click()
    expect(desk.get_by_text("You said: 🎻").first).to_be_visible()


def test_an_example_on_the_page_is_asked_in_the_chat(desk: Page, stage: Stage) -> None:
    desk.goto(stage.url)
    desk.get_by_role("button", name="Can I borrow a trumpet?").click()
    expect(desk.get_by_text("You said: Can I borrow a trumpet?").first).to_be_visible()
    assert desk.url == f"{stage.url}/"


def test_what_was_typed_before_the_script_came_is_still_there(desk: Page, stage: Stage) -> None:
    held = []
    desk.route("**/widget.js", lambda route: held.append(route))
    desk.goto(stage.url, wait_until="commit")
    message_box(desk).fill("I am quick")
    while not held:
        desk.wait_for_timeout(20)
    held[0].continue_()
    expect(desk.get_by_role("button", name="Clear this chat")).to_be_visible()
    expect(message_box(desk)).to_have_value("I am quick")


def test_an_old_browser_keeps_the_plain_form(desk: Page, stage: Stage) -> None:
    desk.add_init_script("CSS.supports = () => false")
    desk.goto(stage.url)
    say(desk, "hello")
    expect(desk.get_by_text("You said: hello").first).to_be_visible()
    assert desk.url.startswith(f"{stage.url}/chat")


def test_safari_before_16_4_gets_the_style_as_a_file(new_page: NewPage, stage: Stage) -> None:
    page = new_page()
    page.add_init_script("window.CSSStyleSheet = function () { throw new TypeError('Illegal constructor') }")
    page.goto(stage.url)
    expect(page.get_by_role("button", name="Clear this chat")).to_be_visible()
    expect(page.locator("heard-chat .panel")).to_have_css("display", "flex")
