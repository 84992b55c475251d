"""What the chat says during a consultation, message by message."""

import json
from pathlib import Path

import pytest

from heard.consultations.service import Consultations
from heard.consultations.topic import ConsultationsTopic
from heard.messages import Card, Reply
from heard.store import Store
from heard.wording import Wording
from tests.heard.consultations.small import TODAY, a_choice, a_consultation, an_exchange

ROOT = Path(__file__).parents[3]


class Chat:
    """One person's chat: keeps the memory and counts the messages."""

    def __init__(self, topic: ConsultationsTopic, sender: str = "sam") -> None:
        self.topic, self.sender, self.memory, self.number = topic, sender, {}, 0
        self.last: tuple[Reply, ...] = ()

    def say(self, text: str, intent: str = "inform") -> Reply:
        return self._take(intent, text)

    def wish(self, intent: str) -> Reply:
        return self._take(intent, intent)

    def press(self, label: str) -> Reply:
        payload = next(c.payload for reply in self.last for c in reply.choices if c.label == label)
        return self.send(payload)

    def send(self, payload: str) -> Reply:
        intent, _, values = payload[1:].partition("{")
        return self._take(intent, payload, **json.loads("{" + values if values else "{}"))

    def _take(self, intent: str, text: str, **values: str) -> Reply:
        self.number += 1
        exchange = an_exchange(intent, text, self.sender, f"{self.sender}-{self.number}", self.memory, **values)
        ways = {"have_my_say": self.topic.have_my_say, "answer_consultation": self.topic.answer}
        outcome = ways.get(intent, self.topic.follow_up)(exchange)
        self.memory = {**self.memory, **outcome.memory}
        self.last = outcome.replies
        return outcome.replies[-1]


@pytest.fixture
def store(tmp_path) -> Store:
    opened = Store.open(f"sqlite:///{tmp_path / 'heard.db'}")
    yield opened
    opened.close()


@pytest.fixture
def topic(store) -> ConsultationsTopic:
    consultations = Consultations(store, "hertfordshire", lambda: TODAY)
    consultations.put([a_consultation()])
    wording = Wording.load(ROOT / "content" / "wording")
    return ConsultationsTopic(consultations, wording, lambda language: Card("hub", "person", "The hub", "Call us."))


@pytest.fixture
def chat(topic) -> Chat:
    return Chat(topic)


def labels(reply: Reply) -> list[str]:
    return [choice.label for choice in reply.choices]


def test_a_whole_consultation_with_buttons(chat):
    offer = chat.wish("have_my_say")
    assert "We want to know what to change." in offer.text
    assert "about 1 minute" in offer.text and "nobody sees who you are" in offer.text
    assert labels(offer) == ["Start", "Not now"]
    first = chat.press("Start")
    assert (first.text, labels(first)) == ("how-far?", ["Too far", "Just right", "Near", "Skip", "Stop"])
    assert (first.progress.done, first.progress.of) == (0, 3)
    second = chat.press("Near")
    assert (second.text, labels(second)) == ("own-words?", ["Skip", "Back", "Stop"])
    third = chat.press("Skip")
    assert third.progress.done == 2
    end = chat.press("Free")
    assert "Thank you! We read everything together." in end.text
    assert (end.progress.done, end.progress.of) == (3, 3)
    assert (chat.memory["topic"], chat.memory["asked"]) == (None, None)
    assert "everything that we are asking" in chat.wish("have_my_say").text


def test_a_whole_consultation_with_words(chat):
    chat.wish("have_my_say")
    assert chat.say("yes", "affirm").text == "how-far?"
    assert chat.say("not near").text.endswith("how-far?"), "no option says that"
    assert chat.say("it's near").text == "own-words?"
    assert chat.say("yes more drums please", "affirm").text == "how-dear?"
    assert "Thank you!" in chat.say("2").text


def test_payloads_are_small_enough_to_read_and_name_their_question(chat):
    chat.wish("have_my_say")
    first = chat.press("Start")
    assert [choice.payload for choice in first.choices] == [
        '/answer_consultation{"consultation":"more-music","question":"how-far","option":"too-far"}',
        '/answer_consultation{"consultation":"more-music","question":"how-far","option":"just-right"}',
        '/answer_consultation{"consultation":"more-music","question":"how-far","option":"near"}',
        '/skip{"question":"how-far"}',
        "/stop",
    ]
    assert chat.send('/answer_consultation{"question":"how-far","option":"near"}').text == "own-words?"


def test_not_now_is_fine(chat):
    chat.wish("have_my_say")
    assert "maybe later" in chat.press("Not now").text
    chat.wish("have_my_say")
    assert "maybe later" in chat.say("no thanks", "deny").text
    assert chat.topic.is_active("sam") is None


def test_words_that_match_no_option_are_met_with_the_options_again(chat):
    chat.wish("have_my_say")
    chat.press("Start")
    again = chat.say("the bus")
    assert "Nothing is lost" in again.text and again.text.endswith("how-far?")
    assert labels(again)[:3] == ["Too far", "Just right", "Near"]
    assert chat.press("Near").text == "own-words?"


def test_yep_is_the_option_that_says_yes(store, topic):
    Consultations(store, "hertfordshire", lambda: TODAY).put([a_consultation(a_choice("qa", ("Yes", "No")))])
    chat = Chat(topic)
    chat.wish("have_my_say")
    chat.press("Start")
    assert "Thank you!" in chat.say("yep", "affirm").text


def test_a_second_tap_on_a_button_does_nothing_to_the_next_question(chat):
    chat.wish("have_my_say")
    first = chat.press("Start")
    skip = next(choice.payload for choice in first.choices if choice.label == "Skip")
    assert chat.send(skip).text == "own-words?"
    assert chat.send(skip).text == "own-words?"
    back = next(choice.payload for choice in chat.last[0].choices if choice.label == "Back")
    assert chat.send(back).text.endswith("how-far?")
    assert chat.send(back).text.endswith("how-far?")


def test_an_old_button_changes_its_answer_and_says_so(chat):
    chat.wish("have_my_say")
    first = chat.press("Start")
    chat.send(first.choices[2].payload)
    changed = chat.send(first.choices[0].payload)
    assert "I have changed that answer" in changed.text and changed.text.endswith("own-words?")
    assert chat.send(first.choices[0].payload).text == "own-words?"


def test_stop_pauses_and_go_on_returns_to_the_question(chat):
    chat.wish("have_my_say")
    chat.press("Start")
    chat.press("Near")
    stopped = chat.press("Stop")
    assert "saved" in stopped.text and labels(stopped) == ["Go on with the questions"]
    assert chat.topic.is_active("sam") is chat.topic.current_reply("sam") is None
    on = chat.press("Go on with the questions")
    assert "Welcome back" in on.text and on.text.endswith("own-words?")


def test_a_button_of_a_finished_consultation_is_met_kindly(chat, store):
    chat.wish("have_my_say")
    first = chat.press("Start")
    chat.press("Near")
    chat.press("Skip")
    chat.press("Free")
    before = store.answers.of("hertfordshire", "more-music")
    assert "already" in chat.send(first.choices[0].payload).text
    assert "already" in chat.send('/answer_consultation{"consultation":"more-music","answer":"start"}').text
    assert store.answers.of("hertfordshire", "more-music") == before


def test_a_button_of_another_or_unknown_consultation_is_met_kindly_and_the_question_returns(chat):
    chat.wish("have_my_say")
    chat.press("Start")
    chat.send('/answer_consultation{"consultation":"no-such","question":"how-far","option":"near"}')
    assert "did nothing" in chat.last[0].text
    assert chat.last[1].text.endswith("how-far?")
    nobody = Chat(chat.topic, "alex")
    assert labels(nobody.send('/answer_consultation{"question":"how-far","option":"near"}')) == ["Have your say"]
    offer = nobody.send('/answer_consultation{"consultation":"more-music","question":"how-far","option":"near"}')
    assert labels(offer) == ["Start", "Not now"]


def test_after_an_interruption_the_door_can_ask_again(chat):
    chat.wish("have_my_say")
    chat.press("Start")
    active = chat.topic.is_active("sam")
    assert (active.consultation, active.question, active.kind) == ("more-music", "how-far", "choice")
    again = chat.topic.current_reply("sam", "en")
    assert again.text == "Now back to our questions.\n\nhow-far?"
    assert again.progress is not None and "Near" in labels(again)


def test_a_lost_memory_loses_no_place(chat):
    chat.wish("have_my_say")
    chat.press("Start")
    chat.memory = {}
    assert chat.say("near", "answer_consultation").text == "own-words?"


def test_of_several_consultations_one_is_chosen(store, topic):
    Consultations(store, "hertfordshire", lambda: TODAY).put([a_consultation(id="bands", title="Bands and choirs")])
    chat = Chat(topic)
    which = chat.wish("have_my_say")
    assert sorted(labels(which)) == ["Bands and choirs", "More music"]
    assert labels(chat.say("bands and choirs")) == ["Start", "Not now"]
    chat.wish("have_my_say")
    assert labels(chat.press("More music")) == ["Start", "Not now"]
    assert chat.press("Start").text == "how-far?"


def test_when_nothing_is_open_it_says_so(store, topic):
    store.consultations.close("hertfordshire", "more-music")
    assert "not asking anything" in Chat(topic).wish("have_my_say").text


def test_closing_in_the_middle_is_said(chat, store):
    chat.wish("have_my_say")
    chat.press("Start")
    store.consultations.close("hertfordshire", "more-music")
    assert "no question open" in chat.say("near").text


@pytest.mark.parametrize("name", ["join_youth_voice", "give_feedback", "make_complaint"])
def test_what_this_chat_does_not_keep_goes_to_the_hub(topic, name):
    (reply,) = getattr(topic, name)(an_exchange(name)).replies
    assert [card.id for card in reply.cards] == ["hub"]
    assert labels(reply) == ["Have your say"]


def test_you_said_we_did_promises_nothing(topic):
    (reply,) = topic.you_said_we_did(an_exchange("ask_you_said_we_did")).replies
    assert "Nothing has been decided yet" in reply.text


def test_replies_never_repeat_what_somebody_answered(chat):
    chat.wish("have_my_say")
    chat.press("Start")
    chat.press("Near")
    said = chat.say("my very own words")
    assert "my very own words" not in said.text
