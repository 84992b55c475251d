"""The component that reads a whole message's meaning."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.encoder import SentenceEncoder
from nlu.fingerprint import of_this_package


@lru_cache(maxsize=1)
def encoder() -> SentenceEncoder:
    """The committed encoder, opened once in a process."""
    return SentenceEncoder.load()


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SentenceFeatures(DenseFeaturizer, GraphComponent):
    """Gives every message one dense sentence feature (1 x 384): its vector from nlu/encoder."""

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Nothing to set but Rasa's own alias."""
        return {**DenseFeaturizer.get_default_config()}

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """There is nothing to set wrong."""

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SentenceFeatures:
        """The component; it has learnt all it knows before. Raises EncoderError where nlu/encoder is not whole."""
        encoder()
        return cls(execution_context.node_name, config)

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Makes Rasa read everything anew when the encoder changed."""
        return of_this_package()

    def process(self, messages: list[Message]) -> list[Message]:
        """Adds the feature to messages that have words."""
        spoken = [message for message in messages if message.get(TEXT)]
        vectors = encoder().read([message.get(TEXT) for message in spoken]).sentence
        for message, vector in zip(spoken, vectors, strict=True):
            message.add_features(Features(vector[None, :], FEATURE_TYPE_SENTENCE, TEXT, self._identifier))
        return messages

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """The same for the examples, all at once."""
        self.process(training_data.training_examples)
        return training_data
