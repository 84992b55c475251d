"""A young person walks through the whole system on Telegram: Rasa, the actions, the store and the door, all real."""

import re
import sqlite3

import pytest

from tests.bot.telegram.bot_api import BotApi
from tests.bot.telegram.young_person import YoungPerson
from tests.system import free_ports, running_system

pytestmark = pytest.mark.slow

SEARCH = "free drum lessons near Hatfield for my 9 year old"
NOTICE = re.compile(r"^(checked \d{1,2} \w+ \d{4}|not checked yet - please confirm with the provider)$", re.MULTILINE)
OPEN_ANSWER = "Cheaper buses. My teacher Mrs Okonkwo has more ideas, her number is 07700 900123"


@pytest.fixture(scope="module")
def api():
    with BotApi() as api:
        yield api
    assert api.refused == []


@pytest.fixture(scope="module")
def system(trained, api):
    """Hertfordshire on Telegram, by polling."""
    environ = {"TELEGRAM_BOT_TOKEN": api.token, "TELEGRAM_API_BASE": api.base}
    with running_system(HUB="hertfordshire", **environ) as system:
        api.wait_until_called("getUpdates")
        yield system


@pytest.fixture
def aoife(system, api) -> YoungPerson:
    """Somebody new each time."""
    person = api.young_person("Aoife")
    person.say("/start")
    return person


def together(messages):
    return "\n\n".join(message.text for message in messages)


def question(person):
    """Which question of how many is open: (3, 7)."""
    found = re.match(r"Question (\d+) of (\d+)", person.last.text)
    assert found, person.last.text
    return int(found[1]), int(found[2])


def begin_consultation(person):
    person.press("Have your say")
    person.press("Start")


def test_start_says_what_this_is_and_offers_the_menu(aoife):
    assert "computer program" in aoife.messages[0].text
    assert aoife.messages[0].labels[:2] == ["Find music to join", "Help with the cost"]


def test_a_search_gives_entries_with_the_reason_and_the_day_of_the_check_and_then_more(aoife, api):
    found = aoife.say(SEARCH)
    assert found[-1].links or "https://" in together(found)
    assert len(NOTICE.findall(together(found))) >= 2
    assert "drum" in found[0].text.lower() and "Hatfield" in found[0].text
    more = aoife.press("Show more")
    titles = re.findall(r"^\d\. .*$", together(found), re.MULTILINE)
    assert titles and not set(titles) & set(re.findall(r"^\d\. .*$", together(more), re.MULTILINE))
    assert len(NOTICE.findall(together(more))) >= 1
    assert api.spinners() == 0


def test_details_of_a_result_can_be_asked_with_its_button(aoife):
    found = aoife.say(SEARCH)
    label = next(label for label in found[-1].labels if label.startswith("1. "))
    title = re.search(r"^1\. (.*)$", together(found), re.MULTILINE)[1]
    assert title in together(aoife.press(label))


def test_help_with_the_cost_is_checked_with_a_few_questions_and_never_promised(aoife):
    offered = aoife.press("Help with the cost")
    assert "may" in together(offered).lower() or "decide" in together(offered)
    said = aoife.press("Check what may fit")
    for _ in range(15):
        labels = aoife.last.labels
        answer = next((label for label in ("Yes", "Not sure", "Skip") if label in labels), None)
        if answer is None or "Skip" not in labels:
            break
        said += aoife.press(answer)
    assert "you qualify" not in together(said).lower()
    assert re.search(r"may qualify|can't tell yet|looks likely|look unlikely", together(said))
    assert NOTICE.search(together(said))


def test_a_consultation_from_start_to_end_with_buttons_and_words(aoife, system, api):
    begin_consultation(aoife)
    number, of = question(aoife)
    assert number == 1 and of >= 5
    seen = []
    while question(aoife) not in seen:
        seen.append(question(aoife))
        options = [label for label in aoife.last.labels if label not in {"Skip", "Back", "Stop"}]
        aoife.press(options[0]) if options else aoife.say(OPEN_ANSWER)
        if not re.match("Question", aoife.last.text):
            break
    assert seen == [(n, of) for n in range(1, of + 1)]
    assert "That was the last question" in aoife.last.text and "Thank you" in aoife.last.text
    with sqlite3.connect(system.var / "heard.db") as database:
        dump = "\n".join(database.iterdump())
    assert "Cheaper buses" in dump
    for secret in ("Okonkwo", "900123", str(aoife.id), aoife.username):
        assert secret not in dump
    for said in (aoife.press("Have your say"), aoife.say("have my say")):
        assert "You have answered everything" in together(said)


def test_the_same_answer_ten_times_at_once_is_one_answer(aoife):
    begin_consultation(aoife)
    first = question(aoife)
    said = aoife.press(aoife.last.labels[0], copies=10)
    assert len(said) == 1
    assert question(aoife) == (first[0] + 1, first[1])


def test_a_question_in_between_is_answered_and_the_consultation_goes_on(aoife):
    begin_consultation(aoife)
    here = question(aoife)
    answered = aoife.say("what do you keep about me?")
    assert "don't keep your name" in together(answered)
    assert "Now back to our questions" in aoife.last.text
    assert aoife.last.text.count(f"Question {here[0]} of {here[1]}") == 1


def test_a_cry_for_help_is_answered_with_numbers_to_call(aoife):
    for words in ("i want to kill myself", "/help i want to kill myself"):
        text = together(aoife.say(words))
        assert "999" in text and "0800 1111" in text


def test_a_cry_for_help_under_a_picture_is_answered_too(aoife):
    assert "0800 1111" in together(aoife.send_photo(caption="my dad hit me again, this is my arm"))


def test_privacy_and_help_and_language(aoife):
    assert "don't keep your name" in together(aoife.say("/privacy"))
    assert "lessons" in together(aoife.say("/help"))
    assert "English" in together(aoife.say("/language"))


def test_forget_removes_unsent_answers_and_says_what_was_removed(aoife, system):
    begin_consultation(aoife)
    aoife.press(aoife.last.labels[0])
    text = together(aoife.say("/forget"))
    assert "I deleted" in text and "answers you had not sent" in text
    begin_consultation(aoife)
    assert question(aoife)[0] == 1


def test_somebody_who_wants_to_hear_of_something_new_says_yes_sees_it_and_stops_it(aoife, system):
    offered = together(aoife.say("tell me when there is a new drum group near Hatfield"))
    assert "drum" in offered and "Hatfield" in offered and "keep the number of this chat" in offered
    assert "I will write to you" in together(aoife.press("Yes, tell me"))
    with sqlite3.connect(system.var / "heard.db") as database:
        assert database.execute("SELECT count(*) FROM reminders").fetchone() == (1,)
    assert "Something new: drum" in together(aoife.say("what reminders have i got"))
    assert "Stopped" in together(aoife.press("Stop this reminder"))
    with sqlite3.connect(system.var / "heard.db") as database:
        assert database.execute("SELECT count(*) FROM reminders").fetchone() == (0,)


def test_a_picture_a_voice_and_a_group_get_a_kind_line(aoife, api):
    for sent in (aoife.send_photo(), aoife.send_voice()):
        assert together(sent) == "Thanks! I can only read words. Can you type it for me?"
    group = api.group()
    for update in (aoife.add_bot_to(group), aoife.say_in(group, "/start@heard_loopback_bot")):
        api.wait_until_done(update)
    assert [message.text for message in group.messages] == [
        "I only talk in private chats. Please write to me directly."
    ]
    assert not group.bot_is_in


@pytest.mark.parametrize("name", ["bot", "rasa", "actions"])
def test_a_process_is_killed_in_a_consultation_and_the_next_answer_goes_on(aoife, system, api, name):
    begin_consultation(aoife)
    number, of = question(aoife)
    system.kill(name)
    before = len(aoife.messages)
    aoife.press(aoife.last.labels[0], seconds=60)
    assert question(aoife) == (number + 1, of)
    assert len(aoife.messages) == before + 1
    system.wait_until_ready()
    aoife.press(aoife.last.labels[0])
    assert question(aoife) == (number + 2, of)


def test_nothing_in_the_log_or_on_disk_names_the_person(aoife, system):
    aoife.say("my name is Saoirse Brightwater and I play the hurdygurdy")
    secrets = [str(aoife.id), aoife.username, "Brightwater"]
    log = "\n".join(system.log)
    assert not [secret for secret in [*secrets, "hurdygurdy", system.environ["TELEGRAM_BOT_TOKEN"]] if secret in log]
    for path in system.var.rglob("*"):
        if path.is_file():
            raw = path.read_bytes()
            assert not [secret for secret in secrets if secret.encode() in raw], path


def test_the_same_walk_by_webhook(trained):
    with BotApi() as api:
        port = free_ports(1)[0]
        environ = {
            "TELEGRAM_BOT_TOKEN": api.token,
            "TELEGRAM_API_BASE": api.base,
            "HEARD_PORT": str(port),
            "PUBLIC_URL": f"http://127.0.0.1:{port}",
        }
        with running_system(HUB="dorset", **environ):
            api.wait_until_called("setWebhook")
            person = api.young_person("Bilal")
            assert "computer program" in together(person.say("/start", copies=10))
            assert len(person.messages) == 1
            assert NOTICE.search(together(person.say("guitar lessons in Dorchester for a 12 year old")))
            assert api.spinners() == 0
            assert api.count("getUpdates") == 0
        assert api.refused == []
