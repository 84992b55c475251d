"""What a button may send back: a choice's payload, checked before it goes anywhere."""

import re
from dataclasses import dataclass
from typing import Any

import orjson

LONGEST = 512
_FORM = re.compile(r"^/([a-z_]{2,40})(\{.*\})?$", re.DOTALL)
_KEY = re.compile(r"^[a-z_]{1,30}$")
_VALUE = re.compile(r"^[\w &.,:'’()+#-]{0,80}$")
"""Ids, canonical values and numbers; no markup, no line breaks."""
_MOST_KEYS = 8
_INTENTS = frozenset(
    """
    greet goodbye thank affirm deny help bot_challenge start_over stop skip go_back show_more change_language
    out_of_scope find_opportunity refine_search ask_details borrow_instrument ask_inclusion ask_wellbeing ask_pathway
    ask_workforce ask_bursary check_eligibility ask_how_to_apply ask_deadline have_my_say join_youth_voice
    give_feedback ask_you_said_we_did make_complaint ask_privacy delete_my_data ask_human ask_about_hub disclose_harm
    remind_me inform answer_consultation
    """.split()
)
"""The intents of domain.yml that a button may stand for (a test compares them). Rasa's own, "/restart" and the like,
are for the door alone."""


class PayloadError(ValueError):
    """The payload is none of ours; the message says which part."""


@dataclass(frozen=True, slots=True)
class Payload:
    """A pressed choice: the intent it stands for and the values it carries."""

    intent: str
    values: dict[str, str]


def read_payload(text: str) -> Payload:
    """Takes '/intent{"key": "value"}' apart. Raises PayloadError where it is not of that form."""
    if len(text) > LONGEST:
        raise PayloadError(f"a payload has at most {LONGEST} characters")
    form = _FORM.match(text)
    if form is None or form[1] not in _INTENTS:
        raise PayloadError("a payload is a choice's value, as it was given")
    return Payload(form[1], _values(form[2]) if form[2] else {})


def _values(text: str) -> dict[str, str]:
    try:
        plain: Any = orjson.loads(text)
    except orjson.JSONDecodeError as error:
        raise PayloadError("the values in the payload are not JSON") from error
    if not isinstance(plain, dict) or len(plain) > _MOST_KEYS:
        raise PayloadError(f"a payload carries at most {_MOST_KEYS} values")
    for key, value in plain.items():
        if not _KEY.match(key) or not isinstance(value, str | int) or not _VALUE.match(str(value)):
            raise PayloadError("a value in the payload is none that we gave")
    return {key: str(value) for key, value in plain.items()}


def spoken_text(text: str) -> str:
    """What somebody typed, so that Rasa reads it as words: a typed "/stop{...}" is no pressed button."""
    return text.lstrip().lstrip("/").lstrip() or "-"
