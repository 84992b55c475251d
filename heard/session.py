"""What every answer leaves behind, whichever topic gave it."""

from collections.abc import Callable
from dataclasses import replace

from heard.bursaries.interview import SCHOOL_IN
from heard.directory.wish import SLOT as WISH
from heard.directory.wish import Wish
from heard.exchange import Exchange, Outcome
from heard.talk import ASKED_TO_FORGET

Answers = Callable[[Exchange], Outcome]
"""A topic's method."""

_NOT_ABOUT_THE_WISH = frozenset({"answer_consultation", "disclose_harm", "delete_my_data", "start_over"})
"""An answer in a consultation is given to the hub, and what somebody tells of harm steers no search."""


def answered(exchange: Exchange, answers: Answers) -> Outcome:
    """The topic's answer, with what the message tells about the person put where the search finds it.

    So nobody is asked for an age or a town that they gave while they spoke of money or of what comes next.
    """
    outcome = answers(exchange)
    memory = dict(outcome.memory)
    if WISH not in memory and exchange.understood.intent not in _NOT_ABOUT_THE_WISH:
        before = Wish.from_dict(exchange.memory.get(WISH))
        wish = before.overhearing(e for e in exchange.understood.entities if e.type not in _not_theirs(exchange))
        if wish != before:
            memory[WISH] = wish.to_dict()
    if exchange.memory.get("asked") == ASKED_TO_FORGET:
        # "Delete now?" is answered at once or not at all: a "yes" to something later must not delete.
        memory.setdefault("asked", None)
    return replace(outcome, memory=memory)


def _not_theirs(exchange: Exchange) -> frozenset[str]:
    """A school's town is no home."""
    return frozenset({"place", "postcode"}) if exchange.memory.get("asked") == SCHOOL_IN else frozenset()
