"""What young people say: consultations, feedback, youth voice."""

from functools import partial

from actions.base import TopicAction
from heard.bootstrap import Heard

_Stored = partial(TopicAction, blocking=True)


def actions(heard: Heard) -> tuple[TopicAction, ...]:
    """The actions of this topic."""
    consultations = heard.consultations
    return (
        _Stored("action_have_my_say", consultations.have_my_say),
        _Stored("action_answer_consultation", consultations.answer),
        _Stored("action_you_said_we_did", consultations.you_said_we_did),
        _Stored("action_join_youth_voice", consultations.join_youth_voice),
        _Stored("action_give_feedback", consultations.give_feedback),
        _Stored("action_make_complaint", consultations.make_complaint),
    )
