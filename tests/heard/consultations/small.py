"""Builders for small consultations and the messages in them."""

from datetime import date
from typing import Any

from heard.content.schema import Consultation, Option, Question
from heard.exchange import Entity, Exchange, Understood
from heard.redaction import Redacted

TODAY = date(2026, 11, 21)


def a_choice(
    id_: str = "how-far", labels: tuple[str, ...] = ("Too far", "Just right", "Near"), **more: Any
) -> Question:
    options = tuple(Option(id=label.lower().replace(" ", "-"), label=label) for label in labels)
    return Question(id=id_, kind="one_choice", text=f"{id_}?", options=options, **more)


def an_open_one(id_: str = "own-words", **more: Any) -> Question:
    return Question(id=id_, kind="open", text=f"{id_}?", **more)


def a_consultation(*questions: Question, **more: Any) -> Consultation:
    """Three questions (choice, open, choice), open today."""
    plain = {
        "id": "more-music",
        "title": "More music",
        "purpose": "We want to know what to change.",
        "audience": "Everybody",
        "opens": date(2026, 11, 1),
        "closes": date(2026, 12, 24),
        "thanks": "Thank you! We read everything together.",
        "questions": questions or (a_choice(), an_open_one(), a_choice("how-dear", ("Free", "Cheap", "Dear"))),
    }
    return Consultation(**(plain | more))


def an_exchange(
    intent: str = "inform", text: str = "", sender: str = "sam", key: str = "", memory: Any = None, **values: Any
) -> Exchange:
    """A message; `values` are those of a pressed button."""
    entities = tuple(Entity(name, value) for name, value in values.items())
    understood = Understood(intent, Redacted(text), entities)
    return Exchange(understood, memory or {}, sender, key, TODAY)
