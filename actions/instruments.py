"""Borrowing, hiring and buying instruments."""

from actions.base import TopicAction
from heard.bootstrap import Heard


def actions(heard: Heard) -> tuple[TopicAction, ...]:
    """The actions of this topic."""
    return (TopicAction("action_borrow_instrument", lambda e: heard.instruments.borrow(e)),)
