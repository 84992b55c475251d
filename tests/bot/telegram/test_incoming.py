"""What is read of an update: little of a real one, and nothing at all of a wrong one."""

from contextlib import suppress
from copy import deepcopy

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.telegram.incoming import Incoming, UpdateError, read_update

PERSON = {"id": 7318450901, "is_bot": False, "first_name": "Aoife", "username": "aoife_b", "language_code": "pl-PL"}
CHAT = {"id": 7318450901, "type": "private", "first_name": "Aoife"}
MESSAGE = {"message_id": 5, "date": 1_795_000_000, "from": PERSON, "chat": CHAT}
WORDS = {"update_id": 1, "message": {**MESSAGE, "text": "drums"}}
PRESS = {"update_id": 2, "callback_query": {"id": "99", "from": PERSON, "data": "/show_more", "message": MESSAGE}}

json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=6), inner, max_size=3),
    max_leaves=8,
)


def test_words():
    assert read_update(WORDS) == Incoming(1, 7318450901, "words", text="drums", language="pl")


def test_a_press():
    expected = Incoming(2, 7318450901, "press", press="99", button_of=5, data="/show_more", language="pl")
    assert read_update(PRESS) == expected


def test_nothing_that_names_a_person_is_taken_out_of_an_update():
    for update in (WORDS, PRESS):
        incoming = read_update(update)
        parts = [getattr(incoming, name) for name in Incoming.__slots__]
        assert not any("aoife" in str(part).lower() for part in parts)


def test_what_was_said_does_not_show_when_an_update_is_printed():
    assert "drums" not in repr(read_update(WORDS))


@pytest.mark.parametrize(
    ("content", "kind", "text"),
    [
        ({"photo": []}, "attachment", None),
        ({"photo": [], "caption": "what he did"}, "attachment", "what he did"),
        ({"voice": {}}, "attachment", None),
        ({"sticker": {}}, "attachment", None),
        ({"something_new": {}}, "attachment", None),
        ({"pinned_message": {}}, "nothing", None),
        ({"message_auto_delete_timer_changed": {}}, "nothing", None),
    ],
)
def test_what_is_not_words(content, kind, text):
    incoming = read_update({"update_id": 1, "message": {**MESSAGE, **content}})
    assert (incoming.kind, incoming.text) == (kind, text)


@pytest.mark.parametrize("place", ["group", "supergroup", "channel", "something_new"])
def test_nothing_is_read_of_what_is_said_elsewhere_than_in_a_private_chat(place):
    chat = {"id": -100123, "type": place, "title": "Year 9"}
    said = read_update({"update_id": 1, "message": {**MESSAGE, "chat": chat, "text": "secret"}})
    assert said.text is None and said.kind in {"group", "channel"}
    pressed = read_update({"update_id": 2, "callback_query": {"id": "9", "data": "/x", "message": {"chat": chat}}})
    assert pressed.data is None and pressed.press == "9"


def test_half_characters_and_nul_never_get_in():
    incoming = read_update({"update_id": 1, "message": {**MESSAGE, "text": "dr\ud83dums\0"}})
    assert incoming.text == "dr\ufffdums"


@given(json)
def test_what_is_no_update_is_said_to_be_none(plain):
    with suppress(UpdateError):
        assert isinstance(read_update(plain), Incoming)


@settings(max_examples=400)
@given(st.data())
def test_an_update_with_a_wrong_part_is_read_or_refused_but_never_breaks(data):
    update = deepcopy(data.draw(st.sampled_from([WORDS, PRESS])))
    path = data.draw(st.sampled_from(list(_paths(update))))
    holder = update
    for name in path[:-1]:
        holder = holder[name]
    holder[path[-1]] = data.draw(json)
    try:
        incoming = read_update(update)
    except UpdateError:
        return
    assert isinstance(incoming.update_id, int) and isinstance(incoming.chat_id, int)
    assert isinstance(incoming.text, str | None) and isinstance(incoming.data, str | None)


def _paths(holder, before=()):
    for name, value in holder.items():
        yield (*before, name)
        if isinstance(value, dict):
            yield from _paths(value, (*before, name))
