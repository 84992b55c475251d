"""Finding opportunities, and more about one that was found."""

from actions.base import TopicAction
from heard.bootstrap import Heard


def actions(heard: Heard) -> tuple[TopicAction, ...]:
    """The actions of this topic."""
    return (
        TopicAction("action_find_opportunity", lambda e: heard.directory.find(e)),
        TopicAction("action_refine_search", lambda e: heard.directory.refine(e)),
        TopicAction("action_ask_details", lambda e: heard.directory.details(e)),
        TopicAction("action_ask_inclusion", lambda e: heard.directory.inclusion(e)),
        TopicAction("action_ask_wellbeing", lambda e: heard.directory.wellbeing(e)),
        TopicAction("action_ask_workforce", lambda e: heard.directory.workforce(e)),
    )
