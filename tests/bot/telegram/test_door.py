"""The door: one effect and one answer for each update, whatever Telegram, the network or we ourselves do."""

import sqlite3
import threading
import time

import pytest

from bot.message import Message
from heard.errors import StoreError
from heard.messages import Choice, Reply
from tests.bot.telegram.bot_api import BotApi
from tests.bot.telegram.running_door import RunningDoor


def texts(messages):
    return [message.text for message in messages]


def test_words_are_answered_and_a_button_too(open_door, aoife, parrot):
    open_door()
    assert texts(aoife.say("hello")) == ["You said hello"]
    assert texts(aoife.press("More")) == ["You said /show_more"]
    assert parrot.said == ["hello", "/show_more"]


def test_the_commands_are_set_and_work(open_door, aoife, bot_api, parrot):
    open_door()
    aoife.say("/start")
    assert [command["command"] for command in bot_api.commands] == [
        "start",
        "help",
        "language",
        "reminders",
        "privacy",
        "forget",
    ]
    for command in ("/help", "/language", "/privacy"):
        aoife.say(command)
    assert parrot.said == ["/greet", "/help", "/change_language", "/ask_privacy"]
    assert texts(aoife.say("/forget")) == ["Gone."]
    assert parrot.forgotten == [parrot.messages[0].sender]


def test_the_same_update_ten_times_at_once_has_one_effect_and_one_answer(open_door, aoife, bot_api, parrot):
    open_door()
    assert texts(aoife.say("hello", copies=10)) == ["You said hello"]
    assert texts(aoife.press("More", copies=10)) == ["You said /show_more"]
    assert parrot.said == ["hello", "/show_more"]


def test_no_spinner_stays_on_any_button(open_door, aoife, bot_api):
    open_door()
    aoife.say("hello")
    aoife.press("More")
    for data in ("/no_such{", "#unknown", "x", '/inform{"a": "<b>"}', "/" + "x" * 60):
        bot_api.wait_until_done(aoife.presses_raw(data))
    assert bot_api.spinners() == 0


def test_a_spinner_stops_before_the_answer_is_there(open_door, aoife, bot_api, parrot):
    open_door()
    aoife.say("hello")
    parrot.slow = 1.5
    update = aoife.presses("More")
    bot_api.wait_until_called("answerCallbackQuery", seconds=1.2)
    assert bot_api.is_pending(update)
    bot_api.wait_until_done(update)


def test_a_double_tap_counts_once_even_while_the_first_is_being_answered(open_door, aoife, bot_api, parrot):
    open_door()
    aoife.say("hello")
    parrot.slow = 0.5
    taps = [aoife.presses("More") for _ in range(3)]
    for tap in taps:
        bot_api.wait_until_done(tap)
    assert parrot.said == ["hello", "/show_more"]
    assert bot_api.spinners() == 0


def test_the_same_button_again_after_something_else_is_no_double_tap(open_door, aoife, parrot):
    parrot.replies = lambda message: (
        (Reply("Once.", (Choice("More", "/show_more"),)),) if message.text else (Reply("!"),)
    )
    open_door()
    aoife.say("hello")
    for label in ("More", "More"):
        aoife.press(label)
    aoife.send_photo()
    aoife.press("More")
    assert parrot.said == ["hello", "/show_more", "/show_more"]


def test_an_old_or_foreign_button_leads_back_to_the_menu(open_door, aoife, bot_api, parrot):
    open_door()
    aoife.say("hello")
    before = len(aoife.messages)
    bot_api.wait_until_done(aoife.presses_raw("#0123456789abcdef0123456789abcdef"))
    (answer,) = aoife.messages[before:]
    assert answer.labels == ["Find music to join"]
    assert parrot.said == ["hello"]


def test_a_long_payload_travels_in_64_bytes_and_comes_back_whole_after_a_restart(open_door, aoife, parrot):
    long = (
        '/answer_consultation{"question": "what-gets-in-the-way", "option": "not-set-up-for-me", "consultation": "c"}'
    )
    parrot.replies = lambda message: (Reply("Which?", (Choice("That one", long),)),)
    open_door().kill()
    open_door()
    aoife.say("hello")
    aoife.press("That one")
    assert parrot.said[-1] == long


def test_pictures_and_voices_are_met_with_a_kind_line(open_door, aoife, parrot):
    open_door()
    (photo,), (voice,), (sticker,) = aoife.send_photo(), aoife.send_voice(), aoife.send(sticker={"file_id": "CAAC"})
    assert photo.text == voice.text == sticker.text
    assert "I can only read words" in photo.text
    assert parrot.said == []


def test_an_album_gets_one_kind_line(open_door, aoife):
    open_door()
    assert [len(aoife.send_photo(album="1357")) for _ in range(4)] == [1, 0, 0, 0]
    assert len(aoife.send_photo(album="2468")) == 1


def test_words_under_a_picture_are_read_as_words(open_door, aoife, parrot):
    open_door()
    answers = texts(aoife.send_photo(caption="he did this to me"))
    assert answers[1:] == ["You said he did this to me"]


def test_words_after_a_command_reach_the_turn_and_its_screening(open_door, aoife, parrot):
    open_door()
    aoife.say("/help my dad hits me")
    aoife.say("/suicide")
    assert [message.text for message in parrot.messages] == ["/help my dad hits me", "/suicide"]


def test_a_text_of_any_length_that_telegram_takes_is_read(open_door, aoife, parrot):
    open_door()
    long = ("and then " * 500)[:4096]
    aoife.say(long)
    assert parrot.messages[0].text == long


def test_a_group_is_told_once_and_left_and_nothing_said_there_is_read(open_door, aoife, bot_api, parrot):
    open_door()
    group = bot_api.group()
    updates = [aoife.add_bot_to(group), aoife.say_in(group, "/start"), aoife.say_in(group, "my secret")]
    for update in updates:
        bot_api.wait_until_done(update)
    assert texts(group.messages) == ["I only talk in private chats. Please write to me directly."]
    assert not group.bot_is_in
    assert parrot.said == []


def test_a_chat_that_telegram_makes_wait_does_not_hold_up_the_others(open_door, aoife, bot_api):
    open_door()
    aoife.say("hello")
    bot_api.fail("sendMessage", status=429, retry_after=3)
    slow = aoife.says("am I waiting?")
    bot_api.wait_until_called("sendMessage", 2)
    bilal = bot_api.young_person("Bilal")
    bilal.says("hi")
    assert texts(bilal.waits_for(1, seconds=2)) == ["You said hi"]
    assert bot_api.is_pending(slow)
    bot_api.wait_until_done(slow)
    assert aoife.last.text == "You said am I waiting?"


@pytest.mark.parametrize("fault", [{"status": 500}, {"status": 502}, {"status": 429, "retry_after": 1}])
def test_what_telegram_could_not_take_is_sent_again_once(open_door, aoife, bot_api, parrot, fault):
    open_door()
    bot_api.fail("sendMessage", times=2, **fault)
    assert texts(aoife.say("hello")) == ["You said hello"]
    assert parrot.said == ["hello"]


def test_a_cut_line_is_survived_at_every_call(open_door, aoife, bot_api, parrot):
    for method in ("getMe", "setMyCommands", "deleteWebhook", "getUpdates", "sendMessage", "answerCallbackQuery"):
        bot_api.drop(method)
    open_door()
    assert texts(aoife.say("hello")) == ["You said hello"]
    assert texts(aoife.press("More")) == ["You said /show_more"]
    assert parrot.said == ["hello", "/show_more"]


def test_updates_whose_handing_over_was_cut_off_come_again_and_are_known(open_door, aoife, bot_api, parrot):
    open_door()
    aoife.say("hello")
    bot_api.drop("getUpdates", afterwards=True)
    aoife.say("again")
    assert parrot.said == ["hello", "again"]
    assert texts(aoife.messages) == ["You said hello", "You said again"]


def test_answers_stay_in_the_order_of_the_questions(open_door, aoife, bot_api, parrot):
    open_door()
    parrot.slow = 0.05
    updates = [aoife.says(str(number)) for number in range(12)]
    for update in updates:
        bot_api.wait_until_done(update)
    assert texts(aoife.messages) == [f"You said {number}" for number in range(12)]


def test_killed_after_the_answer_and_before_it_was_confirmed_nothing_is_said_twice(open_door, aoife, bot_api, parrot):
    door = open_door()
    aoife.say("hello")
    bot_api.drop("getUpdates", times=50)  # the answer goes out, its confirmation does not
    update = aoife.says("once")
    door.kill()
    bot_api.mend()
    open_door()
    bot_api.wait_until_done(update)
    assert texts(aoife.messages).count("You said once") == 1


def test_killed_in_the_middle_of_an_answer_the_rest_comes_after_the_restart(open_door, aoife, bot_api, parrot):
    parrot.replies = lambda message: (Reply("one"), Reply("two"), Reply("three"))
    door = open_door()
    bot_api.wait_until_called("getUpdates")
    stuck = threading.Event()
    real = bot_api._send_message

    def slow_second(given):
        if given["text"] == "two" and not stuck.is_set():
            stuck.set()
            bot_api.fail("sendMessage", times=100)
            raise ConnectionError
        return real(given)

    bot_api._send_message = slow_second
    update = aoife.says("hello")
    assert stuck.wait(10)
    door.kill()
    bot_api.mend()
    open_door()
    bot_api.wait_until_done(update)
    assert texts(aoife.messages) == ["one", "two", "three"]


def test_a_fault_of_ours_is_tried_again_and_at_last_admitted(open_door, aoife, bot_api, parrot):
    open_door()
    parrot.trouble = [StoreError("gone")]
    assert texts(aoife.say("hello")) == ["You said hello"]
    parrot.trouble = [StoreError("gone")] * 9
    (answer,) = aoife.say("hello again")
    assert "something went wrong" in answer.text and "999" in answer.text
    parrot.trouble = []
    assert texts(aoife.say("and now?")) == ["You said and now?"]


def test_somebody_who_blocks_the_bot_gets_nothing_more_and_holds_nothing_up(open_door, aoife, bot_api):
    open_door()
    aoife.say("hello")
    aoife.block()
    assert aoife.say("bye") == []
    assert texts(bot_api.young_person("Bilal").say("hi")) == ["You said hi"]


def test_a_wrong_token_is_one_clear_line_and_no_trace(open_door, bot_api, capfd):
    door = open_door(token="5811223344:" + "B" * 35)
    until = time.monotonic() + 10
    while door.door.state != "wrong token" and time.monotonic() < until:
        time.sleep(0.05)
    said = "".join(capfd.readouterr())
    assert "TELEGRAM_BOT_TOKEN: Telegram does not know this token" in said
    assert "Traceback" not in said and "B" * 35 not in said


def test_a_token_that_is_taken_back_while_we_run_is_noticed(open_door, bot_api, aoife):
    door = open_door()
    aoife.say("hello")
    bot_api.token = "5811223344:" + "C" * 35
    aoife.says("anybody?")
    until = time.monotonic() + 10
    while door.door.state != "wrong token" and time.monotonic() < until:
        time.sleep(0.05)
    assert door.door.state == "wrong token"


def test_a_server_without_a_menu_of_commands_is_good_enough(open_door, bot_api, aoife):
    bot_api.fail("setMyCommands", status=404)
    open_door()
    assert texts(aoife.say("hello")) == ["You said hello"]


def test_two_programs_with_one_token_say_so(open_door, bot_api, capfd):
    open_door()
    bot_api.wait_until_called("getUpdates")
    bot_api.fail("getUpdates", status=409)
    until = time.monotonic() + 10
    said = ""
    open_door()
    while "another program" not in said and time.monotonic() < until:
        said += "".join(capfd.readouterr())
        time.sleep(0.05)
    assert "another program asks Telegram for this bot's updates" in said


def test_nothing_of_the_person_is_in_the_log_or_in_the_database(open_door, bot_api, tmp_path, parrot, capfd):
    parrot.replies = lambda message: (Reply("Thanks.", (Choice("More", "/inform" + '{"place": "' + "x" * 70 + '"}'),)),)
    person = bot_api.young_person("Saoirse", language="ga")
    door = open_door()
    person.say("I play the hurdygurdy")
    person.press("More")
    person.send_photo(caption="my hurdygurdy")
    parrot.trouble = [ValueError("hurdygurdy")] * 9
    person.say("hurdygurdy")
    bot_api.wait_until_done(bot_api.update(message={"chat": {"id": "hurdygurdy"}, "from": {"username": "Saoirse"}}))
    secrets = [str(person.id), person.username, "Saoirse", "Brightwater", "hurdygurdy", bot_api.token.partition(":")[2]]
    said = "".join(capfd.readouterr())
    assert not [secret for secret in secrets if secret in said]
    assert isinstance(parrot.messages[0], Message)
    assert not [secret for secret in secrets if secret in parrot.messages[0].sender + parrot.messages[0].key]
    with sqlite3.connect(tmp_path / "heard.db") as database:
        dump = "\n".join(database.iterdump())
    files = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert not [secret for secret in secrets if secret in dump or secret.encode() in files]
    assert door.door.state == "ready"


def test_a_person_has_one_pseudonym_and_two_people_have_two(open_door, bot_api, parrot):
    open_door()
    aoife, bilal = bot_api.young_person("Aoife"), bot_api.young_person("Bilal")
    for person in (aoife, bilal, aoife):
        person.say("hi")
    senders = [message.sender for message in parrot.messages]
    assert senders[0] == senders[2] != senders[1]
    assert len({message.key for message in parrot.messages}) == 3


def test_another_bot_server_with_the_same_numbers_is_not_taken_for_a_repeat(open_door, aoife, tmp_path, parrot):
    open_door().kill()
    with BotApi(token="9911223344:AAG-another_0123456789abcdefghij") as other:
        open_door()
        aoife.say("here")
        with RunningDoor(other, tmp_path, parrot):
            assert texts(other.young_person().say("there")) == ["You said there"]
