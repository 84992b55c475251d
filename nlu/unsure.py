"""The component that admits when it has not understood."""

from __future__ import annotations

from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.constants import DEFAULT_NLU_FALLBACK_INTENT_NAME
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=False)
class Unsure(GraphComponent, IntentClassifier):
    """Makes a guess that is too weak an `nlu_fallback`, so that the assistant asks "did you mean".

    Harm is the other way round: a message that may well be a disclosure is taken as one even when another reading is
    likelier. Too many helplines do less damage than one too few.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Confidences: below `threshold`, or with the second reading closer than `margin`, we ask.

        `careful` intents (money, safety, what is irreversible) need `careful_threshold`. `harm` is the confidence of
        `disclose_harm` from which it comes first.
        """
        return {
            "threshold": 0.3,
            "margin": 0.04,
            "careful": ["check_eligibility", "delete_my_data", "make_complaint", "stop", "start_over"],
            "careful_threshold": 0.4,
            "harm": 0.2,
        }

    def __init__(self, config: dict[str, Any]) -> None:
        self._config = config

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> Unsure:
        """The component; it holds only its thresholds."""
        return cls(config)

    def process(self, messages: list[Message]) -> list[Message]:
        """Puts `nlu_fallback` or `disclose_harm` first where that is due; the ranking keeps every reading."""
        for message in messages:
            text, ranking = message.get(TEXT), message.get(INTENT_RANKING_KEY)
            if not text or not ranking:
                continue
            harm = next((r for r in ranking if r["name"] == "disclose_harm"), None)
            if harm is not None and harm["confidence"] >= self._config["harm"]:
                first = harm
            elif self._is_weak(ranking):
                # Rasa's own fallback gives the threshold as confidence; the best reading's says more.
                first = {"name": DEFAULT_NLU_FALLBACK_INTENT_NAME, "confidence": 1.0 - ranking[0]["confidence"]}
            else:
                continue
            message.set(INTENT, first, add_to_output=True)
            message.set(INTENT_RANKING_KEY, [first, *(r for r in ranking if r is not first)], add_to_output=True)
        return messages

    def _is_weak(self, ranking: list[dict[str, Any]]) -> bool:
        best = ranking[0]
        needed = self._config["careful_threshold" if best["name"] in self._config["careful"] else "threshold"]
        close = len(ranking) > 1 and best["confidence"] - ranking[1]["confidence"] < self._config["margin"]
        return bool(best["confidence"] < needed or close)
