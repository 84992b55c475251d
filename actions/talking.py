"""Small talk, and the follow-ups that belong to whichever topic is open."""

from actions.base import TopicAction
from heard.bootstrap import Heard


def actions(heard: Heard) -> tuple[TopicAction, ...]:
    """The actions of this topic."""
    talk = heard.talk
    return (
        TopicAction("action_talk", talk.talk),
        TopicAction("action_start_over", talk.start_over),
        TopicAction("action_change_language", talk.change_language),
        TopicAction("action_did_you_mean", talk.did_you_mean),
        TopicAction("action_follow_up", heard.follow_up, blocking=True),
    )
