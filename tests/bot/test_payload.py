"""What a button may send back."""

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.payload import PayloadError, read_payload, spoken_text
from tests.system import ROOT


def intents_of_the_domain() -> list[str]:
    domain = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
    return [next(iter(intent)) if isinstance(intent, dict) else intent for intent in domain["intents"]]


@pytest.mark.parametrize("intent", [intent for intent in intents_of_the_domain() if intent != "nlu_fallback"])
def test_a_button_may_stand_for_every_intent_of_the_domain(intent: str) -> None:
    assert read_payload(f"/{intent}").intent == intent


@pytest.mark.parametrize(
    "payload", ["/restart", "/session_start", "/back", "/nlu_fallback", "/EXTERNAL: x", "/", "x", ""]
)
def test_rasas_own_commands_and_other_words_are_refused(payload: str) -> None:
    with pytest.raises(PayloadError):
        read_payload(payload)


def test_values_are_taken_apart_as_text() -> None:
    assert read_payload('/inform{"question": "age", "answer": 9}').values == {"question": "age", "answer": "9"}


@given(st.text(max_size=600))
def test_any_text_is_read_or_refused(text: str) -> None:
    for payload in (text, "/inform" + text, "/inform{" + text + "}"):
        try:
            values = read_payload(payload).values
        except PayloadError:
            continue
        assert all("<" not in value and "\n" not in value for value in values.values())


@given(st.text(max_size=100))
def test_typed_words_are_never_a_command_to_rasa(text: str) -> None:
    assert not spoken_text("/" + text).startswith("/")
    assert spoken_text(text).strip()
