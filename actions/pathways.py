"""What comes next in music."""

from actions.base import TopicAction
from heard.bootstrap import Heard


def actions(heard: Heard) -> tuple[TopicAction, ...]:
    """The actions of this topic."""
    return (TopicAction("action_ask_pathway", lambda e: heard.pathways.pathway(e)),)
