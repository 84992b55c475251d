"""The check of help with the cost over the line: by POST, kept nowhere, and the same as in the chat and the command."""

import hashlib
import html
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from fastapi.testclient import TestClient
from hypothesis import given, settings
from hypothesis import strategies as st
from typer.testing import CliRunner

from heard.bursaries.check import Check
from heard.cli.main import app as command
from tests.browser.stage import Script, stage_app
from tests.heard.bursaries.test_check import CHECKS, HUBS, answers_for, in_chat
from tests.system import RunningSystem

CLIENTS = {hub: TestClient(stage_app(Script(), hub=hub)) for hub in HUBS}


@pytest.fixture
def client() -> TestClient:
    return CLIENTS["hertfordshire"]


@pytest.fixture
def check() -> Check:
    return CHECKS["hertfordshire"]


def by_group(page: str) -> tuple[list[str], list[str]]:
    """The ids on a page: those that may fit or depend, in order, and those that do not fit."""
    shown, _, rest = page.split('<form method="post"')[0].partition("What does not fit, and why")
    rest = rest.split("All the other help")[0]
    return tuple(re.findall(r'<h3><a href="/entry/([a-z0-9-]+)">', part) for part in (shown, rest))  # type: ignore[return-value]


def test_the_form_works_without_any_script(client: TestClient) -> None:
    page = client.get("/bursaries").text
    assert '<form method="post" action="/bursaries#results"' in page
    assert "<script" not in page and "onclick" not in page and "style=" not in page


def test_every_question_can_be_left_out_and_says_why_it_is_asked(client: TestClient, check: Check) -> None:
    page = html.unescape(client.get("/bursaries").text)
    for question in check.questions():
        assert question.text in page
        assert f"Why we ask: {question.why}" in page
    radios = set(re.findall(r'type="radio" name="([a-z_]+)"', page))
    skipped = re.findall(r'type="radio" name="([a-z_]+)" value="" checked', page)
    assert radios == set(skipped) and len(skipped) == len(radios) >= 9


def test_the_answer_is_what_may_fit_with_all_that_is_needed_to_apply(client: TestClient) -> None:
    answers = {"need": "lesson", "lives_in": "hertfordshire", "age": "9", "pupil_premium": "yes"}
    page = html.unescape(client.post("/bursaries", data=answers).text)
    assert by_group(page)[0][0] == "hms-bursary-stage-1"
    first = page.split('<li class="card bursary">')[1]
    for words in ("You may qualify", "What it pays:", "How much:", "Who applies: the school", "How to apply:",
                  "What to show:", "When:", "Still open:", "not checked yet"):  # fmt: skip
        assert words in re.sub(r"</?b>", "", first), words
    assert "you qualify" not in page.lower().replace("may qualify", "")


def test_what_does_not_fit_is_there_on_request_with_the_reason(client: TestClient) -> None:
    page = client.post("/bursaries", data={"age": "24", "lives_in": "elsewhere"}).text
    folded = re.search(
        r"<details>\s*<summary>What does not fit, and why \((\d+)\)</summary>(.*?)</details>", page, re.S
    )
    assert folded is not None
    assert int(folded[1]) == folded[2].count('class="card bursary"') > 3
    assert folded[2].count('class="not-met"') >= int(folded[1])
    assert "We are the hub for Hertfordshire" in page


def test_answers_stay_in_no_cache_no_address_and_no_cookie(client: TestClient) -> None:
    for answer in (client.get("/bursaries"), client.post("/bursaries", data={"age": "9"})):
        assert answer.headers["cache-control"] == "no-store"
        assert "set-cookie" not in answer.headers
    assert client.get("/bursaries", params={"age": "9", "pupil_premium": "yes"}).text == client.get("/bursaries").text


def test_what_was_answered_is_still_there_to_be_changed(client: TestClient) -> None:
    page = client.post("/bursaries", data={"age": "9", "send": "yes", "need": ["lesson", "exam"]}).text
    assert 'name="age" type="text" value="9"' in page
    assert re.search(r'name="send" value="yes" checked', page)
    assert len(re.findall(r'name="need" value="(?:lesson|exam)" checked', page)) == 2


@pytest.mark.parametrize(
    ("answers", "field", "words"),
    [
        ({"age": "ninety"}, "age", "I don't understand this age"),
        ({"lives_in_place": "Atlantis"}, "lives_in_place", "I don't know this place"),
        ({"send": "perhaps"}, "send", "Please pick one of these"),
        ({"household_income_max": "12.34"}, "household_income_max", "Please pick one of these"),
        ({"instrument": "vuvuzela"}, "instrument", "Please pick one of these"),
        ({"also": "rich"}, "also", "Please pick one of these"),
    ],
)
def test_an_answer_that_is_none_is_said_beside_its_question(
    client: TestClient, answers: dict[str, str], field: str, words: str
) -> None:
    answer = client.post("/bursaries", data=answers)
    page = html.unescape(answer.text)
    assert answer.status_code == 422
    assert re.search(rf'<p class="error" id="{field}-problem">{words}', page)
    assert f'href="#{field}"' in page and f'id="{field}"' in page
    assert by_group(page) == ([], [])


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"age=" + b"9" * 70_000, "application/x-www-form-urlencoded"),
        (b"\xff\xfe=%zz&&&", "application/x-www-form-urlencoded"),
        (b"{}", "application/json"),
        (b"no boundary", "multipart/form-data; boundary=x"),
        (b"age=%3Cscript%3Ealert(1)%3C/script%3E", "application/x-www-form-urlencoded"),
        (b"age=9&age=10&age=11&" + b"x=1&" * 500, "application/x-www-form-urlencoded"),
    ],
)
def test_what_is_no_form_of_ours_gets_a_page_or_a_refusal(client: TestClient, body: bytes, kind: str) -> None:
    answer = client.post("/bursaries", content=body, headers={"Content-Type": kind})
    assert answer.status_code in {200, 400, 413, 422}
    assert "<script>alert" not in answer.text


def test_a_file_is_not_taken_for_an_answer(client: TestClient) -> None:
    answer = client.post("/bursaries", files={"age": ("age.txt", b"9")})
    assert answer.status_code == 200


@pytest.mark.parametrize("hub", HUBS)
@settings(max_examples=25, deadline=None)
@given(data=st.data())
def test_chat_and_page_give_the_same_schemes_for_the_same_answers(hub: str, data: st.DataObject) -> None:
    answers = data.draw(answers_for(hub))
    form = {("lives_in_place" if name == "lives_in" else name): values for name, values in answers.items()}
    shown, unlikely = by_group(CLIENTS[hub].post("/bursaries", data=form).text)
    assert shown == in_chat(hub, answers)
    assert unlikely == [a.bursary.id for a in CHECKS[hub].checked(answers).weighing.unlikely]


FAMILIES: list[dict[str, list[str]]] = [
    {"age": ["9"], "need": ["lesson"], "pupil_premium": ["yes"], "lives_in": ["Hatfield"]},
    {"age": ["year 9"], "need": ["instrument"], "household_income_max": ["32500"], "instrument": ["cello"]},
    {"age": ["17"], "also": ["dla", "one-handed"], "child_looked_after": ["yes"], "lives_in": ["elsewhere"]},
]


@pytest.mark.parametrize("hub", HUBS)
@pytest.mark.parametrize("family", range(len(FAMILIES)))
def test_chat_page_and_command_give_the_same_schemes(
    hub: str, family: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HUB", hub)
    monkeypatch.setenv("HEARD_VAR", str(tmp_path))
    answers = {n: v for n, v in FAMILIES[family].items() if n in CHECKS[hub].names}
    words = [part for name, values in answers.items() for value in values for part in ("-a", f"{name}={value}")]
    result = CliRunner().invoke(command, ["bursaries", "--json", *words])
    assert result.exit_code == 0, result.output
    ids = json.loads(result.stdout)
    shown, unlikely = by_group(CLIENTS[hub].post("/bursaries", data=_form(answers)).text)
    assert [*ids["may"], *ids["depends"]] == shown == in_chat(hub, answers)
    assert ids["unlikely"] == unlikely


def _form(answers: dict[str, list[str]]) -> dict[str, list[str]]:
    return {("lives_in_place" if name == "lives_in" else name): values for name, values in answers.items()}


def test_the_command_asks_and_an_empty_line_skips(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEARD_VAR", str(tmp_path))
    asked = CliRunner().invoke(command, ["bursaries", "--for", "lesson", "--unlikely"], input="ninety\n9\n1\n\n\n\n\n")
    assert asked.exit_code == 0
    for words in (
        "You can skip any of them",
        "Sorry, I didn't get that",
        "Why I ask:",
        "You may qualify",
        "Who applies",
    ):
        assert words in asked.stdout, words


@pytest.mark.parametrize("answer", ["age", "age=ninety", "surprise=1", "=", "lives_in=Atlantis"])
def test_the_command_names_an_answer_that_is_none(answer: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HEARD_VAR", str(tmp_path))
    result = CliRunner().invoke(command, ["bursaries", "-a", answer])
    assert result.exit_code != 0 and "answer" in str(result.exception)


@pytest.fixture(autouse=True)
def _nothing_is_written_here(tmp_path: Path) -> Iterator[None]:
    """What the command leaves behind: a database with the directory in it, and no answer."""
    yield
    for path in tmp_path.rglob("*"):
        if path.is_file() and "heard.db" in path.name:
            assert b"ninety" not in path.read_bytes() and b"pupil_premium=yes" not in path.read_bytes()


@pytest.mark.slow
def test_what_is_answered_is_in_no_file_and_no_log(running: RunningSystem) -> None:
    """Nothing at all changes in the installation's folder, and nothing is said in its log."""

    def left() -> dict[str, str]:
        files = (path for path in sorted(running.var.rglob("*")) if path.is_file())
        return {str(path): hashlib.sha256(path.read_bytes()).hexdigest() for path in files}

    with running.client() as client:
        client.get("/bursaries")
        before, said = left(), len(running.log)
        for age in range(5, 15):
            answers = {"age": str(age), "send": "yes", "household_income_max": "32500", "also": ["refugee", "dla"]}
            assert client.post("/bursaries", data=answers | {"lives_in_place": "SG13 8DE"}).status_code == 200
    assert left() == before
    assert running.log[said:] == []
