"""Finding opportunities, and more about one that was found."""

from actions.base import TopicAction
from heard.bootstrap import Heard


def actions(heard: Heard) -> tuple[TopicAction, ...]:
    """The actions of this topic."""
    directory = heard.directory
    return (
        TopicAction("action_find_opportunity", directory.find),
        TopicAction("action_refine_search", directory.refine),
        TopicAction("action_ask_details", directory.details),
        TopicAction("action_ask_inclusion", directory.inclusion),
        TopicAction("action_ask_wellbeing", directory.wellbeing),
        TopicAction("action_ask_workforce", directory.workforce),
    )
