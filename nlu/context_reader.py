"""The component that reads a message in the light of what was asked."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.constants import DEFAULT_NLU_FALLBACK_INTENT_NAME
from rasa.shared.nlu.constants import ENTITIES, INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message

from nlu.context import Context
from nlu.reading import Heard, Thresholds, read_in_context

CERTAIN = 1.0


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class ContextReader(GraphComponent, IntentClassifier):
    """Makes a bare value `inform`, an answer `answer_consultation`, "free?" after a list of results `refine_search`.

    The context comes with the message (its metadata, see nlu/context.py); without one nothing changes. The classifier's
    own reading stays in the ranking, in second place.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """How sure the classifier must be, for each kind of wish, to break through an open question."""
        return {"harm": 0.5, "steering": 0.45, "aside": 0.55, "other": 0.7, "request": 0.4, "other_talk": 0.9}

    def __init__(self, config: dict[str, Any]) -> None:
        self._thresholds = Thresholds(**{name: float(config[name]) for name in self.get_default_config()})

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> ContextReader:
        """The component; it holds only its thresholds."""
        return cls(config)

    def process(self, messages: list[Message]) -> list[Message]:
        """Rewrites the intent where the context says more than the words."""
        for message in messages:
            text, intent = message.get(TEXT), message.get(INTENT)
            if not text or not intent:
                continue
            ranking = message.get(INTENT_RANKING_KEY) or [intent]
            best = next((each for each in ranking if each["name"] != DEFAULT_NLU_FALLBACK_INTENT_NAME), intent)
            heard = Heard(
                text=text,
                intent=best["name"],
                confidence=best["confidence"],
                entities=message.get(ENTITIES) or (),
                ranking={each["name"]: each["confidence"] for each in ranking},
            )
            meant = read_in_context(heard, Context.of(message), self._thresholds)
            if meant is not None and meant != intent["name"]:
                first = {"name": meant, "confidence": CERTAIN}
                rest = [each for each in ranking if each["name"] != meant]
                message.set(INTENT, first, add_to_output=True)
                message.set(INTENT_RANKING_KEY, [first, *rest], add_to_output=True)
        return messages
