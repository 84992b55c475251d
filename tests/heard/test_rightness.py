"""Whether an entry was right: asked under its details only, counted once, and nobody is kept with it."""

import json
from typing import Any

import pytest

from heard.directory import Directory
from heard.directory.topic import DirectoryTopic
from heard.exchange import Outcome
from heard.rightness import Rightness
from heard.store.votes import Votes
from heard.wording import Wording
from tests.builders import CONTENT, TODAY, a_hub, an_exchange, an_opportunity, some_places

WORDING = Wording.load(CONTENT / "wording")
CHOIR, BAND = an_opportunity(id="choir"), an_opportunity(id="band")
MONTH = f"{TODAY:%Y-%m}"


class Told:
    """The counts, as the store would keep them."""

    def __init__(self) -> None:
        self.votes: list[tuple[str, str, bool]] = []

    def count(self, hub: str, entry: str, month: str, *, right: bool) -> None:
        self.votes.append((entry, month, right))


class Talk:
    def __init__(self, told: Told) -> None:
        rightness = Rightness(told, "hertfordshire", lambda write: write())  # type: ignore[arg-type]
        self.topic = DirectoryTopic(Directory([CHOIR, BAND], some_places()), WORDING, a_hub(), rightness=rightness)
        self.memory: dict[str, Any] = {}

    def presses(self, **values: Any) -> Outcome:
        outcome = self.topic.details(an_exchange("/ask_details", intent="ask_details", memory=self.memory, **values))
        self.memory |= json.loads(json.dumps(dict(outcome.memory)))
        return outcome


def labels(outcome: Outcome) -> list[str]:
    return [choice.label for reply in outcome.replies for choice in reply.choices]


def test_the_question_stands_under_the_details_with_two_buttons_of_words_of_the_hub():
    outcome = Talk(Told()).presses(id="choir")
    assert outcome.replies[-1].text.endswith("Was this right?")
    assert labels(outcome)[-2:] == ["Yes, this is right", "No, something is wrong"]
    assert json.loads(outcome.replies[-1].choices[-1].payload.removeprefix("/ask_details")) == {
        "id": "choir", "answer": "wrong",
    }  # fmt: skip


def test_a_list_of_results_does_not_ask():
    talk = Talk(Told())
    outcome = talk.topic.find(an_exchange(place="Hatfield"))
    assert "Was this right?" not in str(outcome.replies)


@pytest.mark.parametrize(
    ("answer", "says"), [("right", "That helps"), ("wrong", "Somebody at the hub will look at it")]
)
def test_an_answer_is_counted_by_entry_and_month_and_thanked_for(answer, says):
    told = Told()
    outcome = Talk(told).presses(id="choir", answer=answer)
    assert told.votes == [("choir", MONTH, answer == "right")]
    assert says in outcome.replies[0].text


def test_a_second_press_in_one_talk_counts_nothing_and_the_question_is_not_put_again():
    told = Told()
    talk = Talk(told)
    for answer in ("wrong", "wrong", "right"):
        talk.presses(id="choir", answer=answer)
    assert len(told.votes) == 1
    assert "Was this right?" not in talk.presses(id="choir").replies[-1].text
    assert "Was this right?" in talk.presses(id="band").replies[-1].text


@pytest.mark.parametrize(
    "values", [{"id": "no-such", "answer": "wrong"}, {"id": "choir", "answer": "call 07700 900123"}]
)
def test_what_none_of_our_buttons_says_is_not_counted(values):
    told = Told()
    Talk(told).presses(**values)
    assert told.votes == []


def test_on_a_page_an_address_counts_once_an_hour_for_each_entry():
    told = Told()
    rightness = Rightness(told, "hertfordshire", lambda write: write())  # type: ignore[arg-type]
    for address, entry in (
        ("192.0.2.1", "choir"),
        ("192.0.2.1", "choir"),
        ("192.0.2.1", "band"),
        ("192.0.2.2", "choir"),
    ):
        rightness.on_page(address, entry, "wrong", TODAY)
    assert [entry for entry, _, _ in told.votes] == ["choir", "band", "choir"]


def test_no_goes_into_the_list_of_what_is_due(store):
    store.entries.add("hertfordshire", an_opportunity(id="choir", checked=TODAY), who="Bo")
    rightness = Rightness(store.votes, "hertfordshire", lambda write: write())
    rightness.on_page("192.0.2.1", "choir", "wrong", TODAY)
    due = store.entries.due_for_check("hertfordshire", TODAY, doubted=store.votes.doubted("hertfordshire"))
    assert [(one.stored.entry.id, one.why) for one in due] == [("choir", ("said to be wrong",))]
    assert store.votes.of("hertfordshire", "choir") == Votes(0, 1)
