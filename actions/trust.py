"""A person to speak to, help in trouble, and one's own data."""

from actions.base import TopicAction
from heard.bootstrap import Heard


def actions(heard: Heard) -> tuple[TopicAction, ...]:
    """The actions of this topic."""
    return (
        TopicAction("action_contact", heard.talk.contact),
        TopicAction("action_delete_my_data", heard.talk.delete_my_data),
        TopicAction("action_remind_me", heard.reminding.remind_me, blocking=True),
        TopicAction("action_helplines", lambda e: heard.safeguarding.helplines(e)),
    )
