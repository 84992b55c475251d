"""A talk with the money, pathways and instruments topics over the real content of a hub."""

import json
from functools import cache
from typing import Any

from heard.bursaries.criteria import Criteria
from heard.bursaries.topic import BursariesTopic
from heard.content.load import Content, load_content
from heard.exchange import Outcome
from heard.instruments.topic import InstrumentsTopic
from heard.messages import Card, Choice
from heard.pathways.topic import PathwaysTopic
from heard.places import Places
from heard.wording import Wording
from tests.builders import CONTENT, an_exchange


@cache
def the_content(hub: str) -> Content:
    return load_content(CONTENT, hub)


@cache
def the_criteria() -> Criteria:
    return Criteria.load(CONTENT / "criteria.yml")


@cache
def the_places(hub: str) -> Places:
    content = the_content(hub)
    return Places(content.districts, content.outcodes, content.counties, content.beyond)


@cache
def the_wording() -> Wording:
    return Wording.load(CONTENT / "wording")


class Talk:
    """Keeps the memory between messages, as JSON, as Rasa's slots do."""

    def __init__(self, hub: str = "hertfordshire", **memory: Any) -> None:
        content, criteria, places = the_content(hub), the_criteria(), the_places(hub)
        wording = the_wording()
        money = BursariesTopic(content.bursaries, criteria, places, content.hub, wording)
        routes = PathwaysTopic(
            content.pathways, content.opportunities, content.bursaries, criteria, places, content.hub, wording
        )
        instruments = InstrumentsTopic(content.bursaries, criteria, places, content.hub, wording)
        self._starts = {
            "ask_bursary": money.bursaries,
            "check_eligibility": money.eligibility,
            "ask_how_to_apply": money.how_to_apply,
            "ask_deadline": money.deadline,
            "ask_pathway": routes.pathway,
            "borrow_instrument": instruments.borrow,
        }
        self._follow_ups = {"bursaries": money, "pathways": routes, "instruments": instruments}
        self.memory: dict[str, Any] = memory
        self.outcome = Outcome(())

    def say(self, intent: str, text: str = "", **entities: Any) -> "Talk":
        exchange = an_exchange(text, intent=intent, memory=self.memory, **entities)
        answer = self._starts.get(intent) or self._follow_ups[self.memory["topic"]].follow_up
        self.outcome = answer(exchange)
        self.memory = json.loads(json.dumps(self.memory | dict(self.outcome.memory)))
        return self

    def press(self, label: str) -> "Talk":
        """Presses the first button whose label begins so."""
        payload = next(c.payload for c in self.choices if c.label.startswith(label))
        intent, _, entities = payload.lstrip("/").partition("{")
        return self.say(intent, **(json.loads("{" + entities) if entities else {}))

    @property
    def text(self) -> str:
        return "\n".join(reply.text for reply in self.outcome.replies)

    @property
    def cards(self) -> tuple[Card, ...]:
        return tuple(card for reply in self.outcome.replies for card in reply.cards)

    @property
    def ids(self) -> list[str]:
        return [card.id for card in self.cards]

    @property
    def choices(self) -> tuple[Choice, ...]:
        own = tuple(choice for reply in self.outcome.replies for choice in reply.choices)
        return own + tuple(choice for card in self.cards for choice in card.choices)

    @property
    def labels(self) -> list[str]:
        return [choice.label for reply in self.outcome.replies for choice in reply.choices]
