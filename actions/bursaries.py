"""Help with the cost."""

from actions.base import TopicAction
from heard.bootstrap import Heard


def actions(heard: Heard) -> tuple[TopicAction, ...]:
    """The actions of this topic."""
    bursaries = heard.bursaries
    return (
        TopicAction("action_ask_bursary", bursaries.bursaries),
        TopicAction("action_check_eligibility", bursaries.eligibility),
        TopicAction("action_how_to_apply", bursaries.how_to_apply),
        TopicAction("action_deadline", bursaries.deadline),
    )
