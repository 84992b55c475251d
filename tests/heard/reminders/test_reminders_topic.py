"""Asking to be told, in the chat: what is offered says what is kept, and only a button keeps anything."""

import json
from datetime import date

import pytest

from heard.directory.listing import Listing
from heard.reminders.subject import KeyDay, NewEntries, read_subject
from tests.builders import a_wish
from tests.heard.reminders.office import Office, a_bursary, drums_in_hatfield

MAY = date(2027, 5, 1)
ON_SCREEN = {"topic": "search", "listing": Listing(page=("drum-club",), about="drum-club").to_dict()}


@pytest.fixture
def office(tmp_path):
    office = Office(f"sqlite:///{tmp_path / 'heard.db'}", a_bursary(closes=MAY), drums_in_hatfield())
    yield office
    office.close()


def labels(outcome):
    return [choice.label for choice in outcome.replies[-1].choices]


def payload(outcome, label):
    return next(choice.payload for choice in outcome.replies[-1].choices if choice.label == label)


def text(outcome):
    return "\n".join(reply.text for reply in outcome.replies)


def test_a_named_scheme_is_offered_with_what_is_kept_and_until_when(office):
    outcome = office.say("remind me before the Benslow strings fund closes")
    assert "Benslow Strings Fund closes on 1 May 2027" in text(outcome)
    assert "keep the number of this chat" in text(outcome) and "until 1 May 2027" in text(outcome)
    assert "stop it with one tap" in text(outcome)
    assert labels(outcome) == ["Yes, a week before", "Yes, the day before", "No, thanks"]
    assert outcome.remind is None and office.reminders.of("sam") == ()


def test_a_pressed_yes_is_an_order_to_the_door_and_nothing_else_is(office):
    yes = office.say(id="strings-fund", option="closes", answer="day")
    assert yes.remind == KeyDay("entry", "strings-fund", "closes", "day", MAY).as_dict()
    for said in (office.go_on("affirm", "yes"), office.say("yes remind me", memory=ON_SCREEN)):
        assert said.remind is None
    assert "press one of the buttons" in text(office.go_on("affirm", "yes"))
    assert "keep nothing" in text(office.go_on("deny", "no"))


def test_what_the_talk_was_about_is_what_is_meant(office):
    outcome = office.say("remind me", memory=ON_SCREEN)
    assert text(outcome).startswith("Drum Club:")
    assert "I don't know the day yet" in text(outcome) and labels(outcome) == ["Yes, when you know it", "No, thanks"]
    case = {"topic": "bursaries", "circumstances": {"shown": ["strings-fund"]}}
    assert "Benslow Strings Fund closes" in text(office.say("tell me before it closes", memory=case))


def test_of_several_somebody_picks_one(office):
    office.entries(a_bursary(closes=MAY), drums_in_hatfield("one"), drums_in_hatfield("two"))
    memory = {"topic": "search", "listing": Listing(page=("one", "two")).to_dict()}
    outcome = office.say("remind me", memory=memory)
    assert labels(outcome) == ["One", "Two"]
    assert "I don't know the day yet" in text(office.say(id="two"))


def test_a_day_that_the_words_name_is_the_one(office):
    office.entries(a_bursary(closes=MAY, opens=date(2027, 2, 1)))
    assert "opens on 1 February 2027" in text(office.say("tell me when the strings fund opens"))
    assert "closes on 1 May 2027" in text(office.say("remind me of the strings fund"))
    yes = office.say(id="strings-fund", option="opens", answer="same")
    assert yes.remind["before"] == "same"


def test_a_day_without_a_date_says_what_their_page_says(office):
    office.entries(a_bursary())
    assert "They say: In spring." in text(office.say("remind me of the strings fund"))


def test_too_late_for_a_reminder_is_said_at_once(office):
    for day, words in ((21, "closes today"), (22, "closes tomorrow")):
        office.entries(a_bursary(closes=date(2026, 11, day)))
        outcome = office.say("remind me before the strings fund closes")
        assert words in text(outcome) and labels(outcome) == []
        assert office.say(id="strings-fund", option="closes", answer="day").remind is None


def test_something_new_is_offered_for_what_the_message_says(office):
    outcome = office.say(
        "tell me when there is a new drum group near Hatfield", instrument="drums", activity="group", place="Hatfield"
    )
    assert "something new: drum groups near Hatfield" in text(outcome)
    assert "never more than one a day" in text(outcome) and "6 months (until 23 May 2027)" in text(outcome)
    assert labels(outcome) == ["Yes, tell me", "No, thanks"]
    assert not any(sign.isdigit() for sign in payload(outcome, "Yes, tell me"))
    yes = office.say(memory=outcome.memory, **_values(payload(outcome, "Yes, tell me")))
    wish = a_wish(instruments=("drums",), activities=("group",), place="Hatfield")
    assert read_subject(yes.remind) == NewEntries(wish)


def test_what_somebody_looked_for_and_did_not_find_is_what_they_want_to_hear_of(office):
    memory = {"topic": "search", "wish": a_wish(instruments=("harp",), place="Hatfield").to_dict()}
    assert "harp" in text(office.say("shout when there is something", memory=memory))
    assert "harp" in text(office.say("let me know", memory=memory))


def test_needs_and_circumstances_stay_in_the_talk_and_are_not_kept(office):
    wish = a_wish(instruments=("drums",), place="Hatfield", access_needs=("autism",), circumstances=("free meals",))
    offered = office.say("tell me when there is something new", memory={"wish": wish.to_dict()})
    assert "autis" not in text(offered)
    assert offered.memory["wish"]["access_needs"] == ["autism"], "the search still knows"
    yes = office.say(memory=offered.memory, **_values(payload(offered, "Yes, tell me")))
    assert "access_needs" not in yes.remind["wish"] and "circumstances" not in yes.remind["wish"]


def test_a_yes_to_a_wish_that_has_changed_is_asked_again(office):
    offered = office.say("tell me when there are new drums", instrument="drums", place="Hatfield")
    press = _values(payload(offered, "Yes, tell me"))
    changed = {"wish": a_wish(instruments=("cello",), place="Hatfield").to_dict()}
    again = office.say(memory=changed, **press)
    assert again.remind is None and "cello" in text(again)
    gone = office.say(memory={}, **press)
    assert gone.remind is None and "I have forgotten what you were looking for" in text(gone)


def test_a_place_that_we_do_not_cover_is_not_watched(office):
    for place in ("Atlantis", "Charminster", "Poole"):
        outcome = office.say("tell me when there is something new", instrument="drums", place=place)
        assert "only look out for new things in Hertfordshire" in text(outcome), place
        assert labels(outcome) == []


def test_the_end_of_the_questions_can_be_told(office):
    offered = office.say("remind me before the survey closes")
    assert "our questions: More music closes on 24 December 2026" in text(offered)
    yes = office.say(**_values(payload(offered, "Yes, a week before")))
    assert read_subject(yes.remind) == KeyDay("consultation", "more-music", "closes", "week", date(2026, 12, 24))


def test_without_anything_to_go_by_it_says_how_to_ask(office):
    outcome = office.say("remind me")
    assert "new drum group near Hatfield" in text(outcome) and labels(outcome) == []
    office.keep(KeyDay("entry", "strings-fund", "closes", "week", MAY))
    assert labels(office.say("remind me")) == ["My reminders"]


def test_what_somebody_has_asked_for_is_listed_with_a_button_to_stop_each(office):
    for asked in ("what reminders have i got on", "stop the reminders", "cancel my reminder"):
        assert "You have no reminders" in text(office.say(asked))
    office.keep(KeyDay("entry", "strings-fund", "closes", "week", MAY))
    outcome = office.say("stop the reminders")
    assert "Benslow Strings Fund: a week before it closes" in text(outcome)
    assert labels(outcome) == ["Stop this reminder"]
    office.keep(NewEntries(a_wish(instruments=("drums",), place="Hatfield")))
    office.keep(KeyDay("entry", "drum-club", "opens", "same"))
    outcome = office.say(option="list")
    assert len(labels(outcome)) == 4 and labels(outcome)[-1] == "Stop all reminders"
    assert all(len(choice.payload.encode()) <= 64 for choice in outcome.replies[0].choices), "they work for ever"


def test_an_entry_that_is_gone_is_said_to_be_gone(office):
    outcome = office.say(id="no-such", option="closes", answer="week")
    assert outcome.remind is None and "not listed any more" in text(outcome)


def test_on_the_web_a_calendar_does_the_same_and_nothing_is_kept(office):
    office.entries(a_bursary(closes=MAY), drums_in_hatfield())
    dated = office.say("remind me before the strings fund closes", channel="web")
    (card,) = dated.replies[0].cards
    assert "your own calendar" in text(dated) and card.id == "strings-fund"
    assert [contact.href for contact in card.contacts] == ["/entry/strings-fund.ics"]
    pressed = office.say(channel="web", id="strings-fund", option="closes", answer="week")
    assert pressed.remind is None and "your own calendar" in text(pressed)
    assert "don't know the day" in text(office.say("remind me", channel="web", memory=ON_SCREEN))
    assert "closes on 24 December 2026" in text(office.say("remind me when the survey closes", channel="web"))
    new = office.say("tell me when there is a new one", channel="web", instrument="drums", place="Hatfield")
    assert new.remind is None and "can't write to you from this page" in text(new) and labels(new) == []


def _values(payload_text):
    return json.loads(payload_text.partition("remind_me")[2])
