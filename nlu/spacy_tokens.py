"""The first component of the pipeline: spaCy's tokens for every message."""

from __future__ import annotations

from typing import Any

from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.nlu.constants import SPACY_DOCS
from rasa.nlu.tokenizers.tokenizer import Token, Tokenizer
from rasa.shared.nlu.constants import TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.mentions import plain
from nlu.tokens import english


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_TOKENIZER, is_trainable=False)
class SpacyTokens(Tokenizer):
    """Cuts messages into tokens with blank English (no model, no download).

    The tokens of `message.text` keep their own letters and offsets; the spaCy document in plain small letters goes on
    with the message, so that later components need not cut it again.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Intents are never split into words."""
        return {"intent_tokenization_flag": False, "intent_split_symbol": "_"}

    def tokenize(self, message: Message, attribute: str) -> list[Token]:
        """The words and punctuation marks of one attribute."""
        text = message.get(attribute)
        doc = english().make_doc(plain(text))
        if attribute == TEXT:
            message.set(SPACY_DOCS[TEXT], doc)
        return [
            Token(text[token.idx : token.idx + len(token)], token.idx, lemma=token.text)
            for token in doc
            if not token.is_space
        ]

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Cuts the training examples. Their documents are not kept: Rasa would hash and store them."""
        training_data = super().process_training_data(training_data)
        for example in training_data.training_examples:
            example.data.pop(SPACY_DOCS[TEXT], None)
        return training_data
