"""The component that says what a person wants."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier as RasaIntentClassifier
from rasa.shared.exceptions import InvalidConfigException
from rasa.shared.nlu.constants import INTENT, INTENT_RANKING_KEY, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.fingerprint import of_this_package
from nlu.held_out import is_held_out
from nlu.intent_model import IntentModel, Voice
from nlu.ngrams import Ngrams
from nlu.vocabulary_entities import MENTIONED


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class IntentClassifier(GraphComponent, RasaIntentClassifier):
    """Ranks all intents for a message, with confidences that sum to one."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """`contextual` intents are given by the context alone and are not learnt from words."""
        return {"contextual": ["inform", "answer_consultation"]}

    def __init__(
        self,
        config: dict[str, Any],
        storage: ModelStorage,
        resource: Resource,
        ngrams: Ngrams | None = None,
        model: IntentModel | None = None,
    ) -> None:
        self._config = config
        self._storage = storage
        self._resource = resource
        self._ngrams = ngrams
        self._model = model

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> IntentClassifier:
        """An empty classifier, for training."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> IntentClassifier:
        """The trained classifier."""
        with model_storage.read_from(resource) as folder:
            words = json.loads((folder / "words.json").read_text(encoding="utf-8"))
            with np.load(folder / "numbers.npz") as numbers:
                ngrams = Ngrams({name: i for i, name in enumerate(words["features"])}, numbers["idf"])
                model = IntentModel(
                    tuple(words["intents"]),
                    Voice(numbers["words"], numbers["words_bias"]),
                    Voice(numbers["meaning"], numbers["meaning_bias"]),
                    (float(numbers["mix"][0]), float(numbers["mix"][1])),
                )
        return cls(config, model_storage, resource, ngrams, model)

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Makes Rasa train anew when this package changed."""
        return of_this_package()

    def train(self, training_data: TrainingData) -> Resource:
        """Learns from the examples of every intent that is not contextual."""
        contextual = set(self._config["contextual"])
        examples = [
            example
            for example in training_data.intent_examples
            if example.get(TEXT) and example.get(INTENT) not in contextual
        ]
        messages = [(example.get(TEXT), tuple(example.get(MENTIONED) or ())) for example in examples]
        self._ngrams = Ngrams.fit(messages)
        self._model = IntentModel.fit(
            self._ngrams.matrix(messages),
            np.stack([_vector(example) for example in examples]),
            [example.get(INTENT) for example in examples],
            [is_held_out(text) for text, _ in messages],
        )
        self._persist(self._ngrams, self._model)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Sets intent and ranking. (Of a payload, "/inform{...}", Rasa replaces both afterwards.)"""
        for message in messages:
            text = message.get(TEXT)
            if not text or self._ngrams is None or self._model is None:
                continue
            indices, weights = self._ngrams.row(text, message.get(MENTIONED) or ())
            confidences = self._model.confidences(indices, weights, _vector(message))
            ranking = [
                {"name": self._model.intents[i], "confidence": float(confidences[i])} for i in np.argsort(-confidences)
            ]
            message.set(INTENT, ranking[0], add_to_output=True)
            message.set(INTENT_RANKING_KEY, ranking, add_to_output=True)
        return messages

    def _persist(self, ngrams: Ngrams, model: IntentModel) -> None:
        with self._storage.write_to(self._resource) as folder:
            words = {"features": list(ngrams.index), "intents": list(model.intents)}
            (folder / "words.json").write_text(json.dumps(words, ensure_ascii=False), encoding="utf-8")
            np.savez(
                folder / "numbers.npz",
                idf=ngrams.idf,
                words=model.words.weights,
                words_bias=model.words.bias,
                meaning=model.meaning.weights,
                meaning_bias=model.meaning.bias,
                mix=np.array(model.mix),
            )


def _vector(message: Message) -> np.ndarray:
    """The sentence feature of SentenceFeatures, which comes before this component in config.yml."""
    _, sentence = message.get_dense_features(TEXT)
    if sentence is None:
        raise InvalidConfigException("IntentClassifier needs nlu.sentence_features.SentenceFeatures before it")
    return np.asarray(sentence.features[0])
