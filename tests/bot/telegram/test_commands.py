"""Commands, and cries for help that begin like one."""

import pytest

from bot.telegram.commands import FORGET, MENU, read_command


@pytest.mark.parametrize(
    ("text", "payload"),
    [
        ("/start", "/greet"),
        ("/START", "/greet"),
        ("/start from-the-poster", "/greet"),
        ("/help@heard_bot", "/help"),
        (" /privacy ", "/ask_privacy"),
        ("/language", "/change_language"),
        ("/language PL", '/change_language{"language": "pl"}'),
        ("/forget", FORGET),
        ("/stop", "/stop"),
        ("/skip", "/skip"),
        ("/back", "/go_back"),
    ],
)
def test_a_command_stands_for_an_intent(text, payload):
    assert read_command(text) == payload


@pytest.mark.parametrize(
    "text",
    [
        "/help my dad hits me",
        "/help\nhe hurts me",
        "/suicide",
        "/start i want to die",
        "/language polski",
        "/forget everything, nobody cares if i live",
        "/stop{}",
        '/inform{"age": "9"}',
        "/restart",
        "/",
        "//",
        "help",
        "",
    ],
)
def test_what_is_no_command_of_ours_is_words_and_is_screened_as_words(text):
    assert read_command(text) is None


def test_every_command_that_telegram_shows_works():
    assert all(read_command(f"/{name}") for name in MENU)
