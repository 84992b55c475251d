"""The public pages as they go over the line: headers, forms that are not what we made, and what must not happen."""

import re
import uuid
from collections.abc import Iterator

import httpx
import pytest

from heard.messages import Card, Choice, Contact, Progress, Reply
from tests.browser.stage import Script, Stage, standing

FORM = "application/x-www-form-urlencoded"


@pytest.fixture(scope="module")
def stage() -> Iterator[Stage]:
    with standing() as stage:
        yield stage


@pytest.fixture
def script(stage: Stage) -> Script:
    stage.script.__dict__.update(Script().__dict__)
    return stage.script


@pytest.fixture
def client(stage: Stage, script: Script) -> Iterator[httpx.Client]:
    with httpx.Client(base_url=stage.url) as client:
        yield client


def say(client: httpx.Client, **fields: str) -> str:
    return client.post("/chat", data={"message_id": str(uuid.uuid4()), **fields}).text


def hidden(page: str, name: str) -> list[str]:
    return re.findall(rf'name="{name}" value="([^"]*)"', page)


def test_the_start_page_works_before_and_without_its_script(client: httpx.Client) -> None:
    page = client.get("/").text
    assert '<form method="post" action="/chat#answer" class="ask">' in page
    assert page.index("<heard-chat") < page.index('action="/chat#answer"') < page.index("</heard-chat>")
    assert "<script>" not in page and "onclick" not in page and "style=" not in page


def test_helplines_are_on_every_page(client: httpx.Client) -> None:
    for path in ("/", "/chat"):
        assert 'href="tel:08001111"' in client.get(path).text


def test_the_form_goes_on_with_its_session(client: httpx.Client, script: Script) -> None:
    first = say(client, text="drums")
    assert "You said: drums" in first
    session = hidden(first, "session")[0]
    assert session in say(client, text="free", session=session)
    assert len({message.sender for message in script.said}) == 1


def test_the_same_form_twice_is_one_message_and_back_to_another_button_is_a_second(
    client: httpx.Client, script: Script
) -> None:
    session = hidden(say(client, text="hello"), "session")[0]
    for payload in ("/skip", "/skip", "/stop"):
        say(client, message_id="the-same-page", payload=payload, session=session)
    assert script.asked() == ["hello", "/skip", "/stop"]


def test_a_session_that_is_none_of_ours_starts_a_new_chat(client: httpx.Client, script: Script) -> None:
    page = say(client, text="hello", session="A" * 40)
    assert hidden(page, "session")[0] not in {"", "A" * 40}


@pytest.mark.parametrize(
    ("fields", "words"),
    [
        ({}, "Please type something"),
        ({"text": "   "}, "Please type something"),
        ({"text": "x" * 2001}, "That was too long for me"),
        ({"payload": "rm -rf"}, "That button is from an older chat"),
        ({"payload": '/inform{"age": ["9"]}'}, "That button is from an older chat"),
        ({"payload": "/x" * 400}, "That button is from an older chat"),
    ],
)
def test_a_form_that_goes_no_further_gets_a_kind_word(
    client: httpx.Client, script: Script, fields: dict[str, str], words: str
) -> None:
    answer = client.post("/chat", data={"message_id": "12345678", **fields})
    assert answer.status_code == 200
    assert words in answer.text
    assert script.said == []


@pytest.mark.parametrize("body", ["text=" + "x" * 70_000, "text=" + "%F0%9F%8E%BB" * 6_000])
def test_a_form_of_no_browsers_size_is_refused_unread(client: httpx.Client, script: Script, body: str) -> None:
    answer = client.post("/chat", content=body, headers={"Content-Type": FORM})
    assert answer.status_code == 413
    assert "That was too long for me" in answer.text
    assert script.said == []


@pytest.mark.parametrize(
    ("body", "kind"),
    [(b"\xff\xfe=%zz&&&", FORM), (b"{}", "application/json"), (b"no boundary", "multipart/form-data; boundary=x")],
)
def test_what_is_no_form_is_an_empty_one(client: httpx.Client, script: Script, body: bytes, kind: str) -> None:
    assert client.post("/chat", content=body, headers={"Content-Type": kind}).status_code in {200, 400}
    assert script.said == []


def test_a_file_is_not_taken_for_words(client: httpx.Client, script: Script) -> None:
    answer = client.post("/chat", files={"text": ("song.mp3", b"la la la")}, data={"message_id": "12345678"})
    assert "Please type something" in answer.text
    assert script.said == []


def test_markup_comes_back_as_text(client: httpx.Client, script: Script) -> None:
    bad = "<script>alert(1)</script>\"'>"
    script.on(bad, Reply(bad, (Choice(bad, "/help"),), (Card("x", "person", bad, bad, (bad,), notice=bad),)))
    page = say(client, text=bad, label=bad)
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_too_much_at_once_is_answered_with_a_request_to_wait(client: httpx.Client, script: Script) -> None:
    session = hidden(say(client, text="hello"), "session")[0]
    pages = [say(client, text=f"again {n}", session=session) for n in range(320)]
    assert "Please wait a moment" in pages[-1]
    assert len(script.said) < 320


def test_an_answer_is_kept_in_no_cache_and_the_start_page_may_be_gone_back_to(client: httpx.Client) -> None:
    assert client.post("/chat", data={"text": "hello"}).headers["cache-control"] == "no-store"
    assert client.get("/").headers["cache-control"] == "no-cache"


def test_a_reply_shows_all_that_the_widget_shows(client: httpx.Client, script: Script) -> None:
    card = Card(
        "a",
        "person",
        "Ms Hub",
        "Ask her.",
        ("near you",),
        "https://www.hub.example/a?b",
        contacts=(Contact("Call", "tel:1"),),
    )
    script.on("who?", Reply("Here.\nShe is kind.", (Choice("More", "/show_more"),), (card,), Progress(6, 7)))
    page = say(client, text="who?")
    for words in ("Here.", "She is kind.", "near you", "Website (hub.example)", "Question 7 of 7", ">More</button>"):
        assert words in page


def test_the_lines_of_a_card_stand_out_by_their_first_words(client: httpx.Client, script: Script) -> None:
    script.on(
        "fund?", Reply("Here.", cards=(Card("b", "bursary", "A fund", "How much: <b>50%</b>.\nNo date is given."),))
    )
    page = say(client, text="fund?")
    assert "<p><b>How much:</b> &lt;b&gt;50%&lt;/b&gt;.</p><p>No date is given.</p>" in page


def test_an_urgent_answer_stands_out(client: httpx.Client, script: Script) -> None:
    script.on("help me", Reply("Call now."), safeguarding=True)
    assert 'class="theirs urgent"' in say(client, text="help me")
