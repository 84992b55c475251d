"""Help with the cost."""

from actions.base import TopicAction
from heard.bootstrap import Heard


def actions(heard: Heard) -> tuple[TopicAction, ...]:
    """The actions of this topic."""
    return (
        TopicAction("action_ask_bursary", lambda e: heard.bursaries.bursaries(e)),
        TopicAction("action_check_eligibility", lambda e: heard.bursaries.eligibility(e)),
        TopicAction("action_how_to_apply", lambda e: heard.bursaries.how_to_apply(e)),
        TopicAction("action_deadline", lambda e: heard.bursaries.deadline(e)),
    )
