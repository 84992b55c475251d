"""The component that finds entities: the words of content/, numbers, phrases, misspellings and negation."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import SPACY_DOCS
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.shared.exceptions import RasaException
from rasa.shared.nlu.constants import ENTITIES, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.context import Context
from nlu.entity_reader import EntityReader
from nlu.fingerprint import of_this_package
from nlu.vocabulary import Vocabulary, VocabularyError

MENTIONED = "mentioned"
"""The message attribute with the types of what is mentioned, for the intent classifier."""


@DefaultV1Recipe.register(
    [DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR],
    is_trainable=True,
)
class VocabularyEntities(GraphComponent, EntityExtractorMixin):
    """Finds what a message mentions and gives it its canonical value.

    Training only copies the vocabulary into the model, so that a model is whole. It counts as a featurizer too because
    the intent classifier learns from what is mentioned, in the training examples as well.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Where the vocabulary is, from the project's root."""
        return {"vocabulary": "content/vocabulary.yml", "places": "content/places.yml"}

    def __init__(self, storage: ModelStorage, resource: Resource, vocabulary: Vocabulary) -> None:
        self._storage = storage
        self._resource = resource
        self._vocabulary = vocabulary
        self._reader = EntityReader(vocabulary)

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> VocabularyEntities:
        """A component with today's vocabulary, for training."""
        return cls(model_storage, resource, _read(config))

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> VocabularyEntities:
        """The component with the vocabulary that the model was trained with."""
        with model_storage.read_from(resource) as folder:
            stored = json.loads((folder / "vocabulary.json").read_text(encoding="utf-8"))
        return cls(model_storage, resource, Vocabulary.from_dict(stored))

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str | None:
        """Makes Rasa train anew when the vocabulary or this package changed, which it does not see by itself."""
        # For a node whose output is cached, Rasa asks with a config that is not the component's.
        files = {**cls.get_default_config(), **config}
        content = b"".join(Path(files[name]).read_bytes() for name in ("vocabulary", "places"))
        return hashlib.sha256(content + of_this_package().encode()).hexdigest()

    def train(self, training_data: TrainingData) -> Resource:
        """Puts the vocabulary into the model."""
        with self._storage.write_to(self._resource) as folder:
            text = json.dumps(self._vocabulary.as_dict(), ensure_ascii=False)
            (folder / "vocabulary.json").write_text(text, encoding="utf-8")
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Notes for each example the types of what it mentions."""
        for example in training_data.training_examples:
            if example.get(TEXT):
                example.set(MENTIONED, [mention.type for mention in self._reader.read(example.get(TEXT))])
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Adds the entities to each message. (Those of a payload, "/inform{...}", replace them afterwards.)"""
        for message in messages:
            text = message.get(TEXT)
            if not text:
                continue
            asks_age = Context.of(message).asks_age
            mentions = self._reader.read(text, asked_age=asks_age, doc=message.get(SPACY_DOCS[TEXT]))
            entities = [mention.as_entity(self.name) for mention in mentions]
            message.set(ENTITIES, [*message.get(ENTITIES, []), *entities], add_to_output=True)
            message.set(MENTIONED, [mention.type for mention in mentions])
        return messages


def _read(config: dict[str, Any]) -> Vocabulary:
    try:
        return Vocabulary.read(Path(config["vocabulary"]), Path(config["places"]))
    except VocabularyError as error:
        # Rasa prints a fault of its own kind as one line.
        raise RasaException(str(error)) from error
