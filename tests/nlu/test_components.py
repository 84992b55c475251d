"""The components in Rasa's hands: trained, stored, loaded, and reading messages."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import numpy as np
import pytest
from rasa.engine.graph import ExecutionContext, GraphSchema
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.engine.storage.resource import Resource
from rasa.shared.exceptions import InvalidConfigException
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.context_reader import ContextReader
from nlu.intent_classifier import IntentClassifier
from nlu.intent_model import IntentModel
from nlu.ngrams import Ngrams
from nlu.sentence_features import SentenceFeatures, encoder
from nlu.spacy_tokens import SpacyTokens
from nlu.unsure import Unsure
from nlu.vocabulary_entities import VocabularyEntities

HERE = ExecutionContext(GraphSchema({}), "test")
EXAMPLES = [
    ("hello there", "greet"),
    ("hi", "greet"),
    ("good morning", "greet"),
    ("hey you", "greet"),
    ("violin lessons in Tring", "find_opportunity"),
    ("any choirs near Poole", "find_opportunity"),
    ("looking for drum lessons", "find_opportunity"),
    ("guitar groups in Hatfield", "find_opportunity"),
    ("i want to hurt myself", "disclose_harm"),
    ("he hits me", "disclose_harm"),
    ("i am not safe at home", "disclose_harm"),
    ("she hurts me", "disclose_harm"),
    ("9", "inform"),
    ("Hatfield", "inform"),
]


def a_message(text: str, **metadata: Any) -> Message:
    return Message({"text": text, "metadata": metadata})


def read(message: Message, *components: Any) -> Message:
    for component in components:
        [message] = component.process([message])
    return message


@pytest.fixture(scope="module")
def pipeline(tmp_path_factory: pytest.TempPathFactory) -> list[Any]:
    storage = LocalModelStorage.create(tmp_path_factory.mktemp("model"))
    data = TrainingData([Message({"text": text, "intent": intent}) for text, intent in EXAMPLES])
    tokens = SpacyTokens.create(SpacyTokens.get_default_config(), storage, Resource("tokens"), HERE)
    data = tokens.process_training_data(data)
    sentences = SentenceFeatures.create(SentenceFeatures.get_default_config(), storage, Resource("sentences"), HERE)
    data = sentences.process_training_data(data)
    found: list[Any] = [tokens, sentences]
    for component in (VocabularyEntities, IntentClassifier):
        config, resource = component.get_default_config(), Resource(component.__name__)
        resource = component.create(config, storage, resource, HERE).train(data)
        loaded = component.load(config, storage, resource, HERE)
        if isinstance(loaded, VocabularyEntities):
            data = loaded.process_training_data(data)
        found.append(loaded)
    found += [c.create(c.get_default_config(), storage, Resource("none"), HERE) for c in (Unsure, ContextReader)]
    return found


def test_a_message_gets_tokens_entities_and_a_ranking_of_all_learnt_intents(pipeline: list[Any]) -> None:
    message = read(a_message("Fiddle lessons in Tring, please"), *pipeline)
    assert [t.text for t in message.get("text_tokens")] == ["Fiddle", "lessons", "in", "Tring", ",", "please"]
    assert message.get("intent")["name"] == "find_opportunity"
    assert [(e["entity"], e["value"], e["start"], e["end"]) for e in message.get("entities")] == [
        ("instrument", "violin", 0, 6),
        ("activity", "lesson", 7, 14),
        ("place", "Tring", 18, 23),
    ]
    ranking = message.get("intent_ranking")
    assert {r["name"] for r in ranking} == {"greet", "find_opportunity", "disclose_harm"}
    assert sum(r["confidence"] for r in ranking) == pytest.approx(1.0)
    assert all(e["extractor"] == "VocabularyEntities" for e in message.get("entities"))


def test_contextual_intents_come_from_the_context_alone(pipeline: list[Any]) -> None:
    alone = read(a_message("9"), *pipeline)
    asked = read(a_message("9", context={"topic": "search", "asked": "search.age"}), *pipeline)
    assert alone.get("entities", []) == []
    assert asked.get("intent")["name"] == "inform"
    assert [(e["entity"], e["value"]) for e in asked.get("entities")] == [("age", 9)]


def test_the_classifiers_own_reading_stays_in_the_ranking(pipeline: list[Any]) -> None:
    message = read(a_message("hello there", consultation={"question": "q", "kind": "open"}), *pipeline)
    assert [r["name"] for r in message.get("intent_ranking")][:2] == ["answer_consultation", "greet"]


@pytest.mark.parametrize("metadata", [None, "nonsense", {"context": 3}, {"consultation": {"question": None}}, {}])
def test_metadata_of_any_form_is_survived(pipeline: list[Any], metadata: Any) -> None:
    message = read(Message({"text": "hello there", "metadata": metadata}), *pipeline)
    assert message.get("intent")["name"] == "greet"


@pytest.mark.parametrize(
    ("ranking", "first"),
    [
        ([("greet", 0.9), ("thank", 0.1)], "greet"),
        ([("greet", 0.25), ("thank", 0.1)], "nlu_fallback"),
        ([("greet", 0.45), ("thank", 0.44)], "nlu_fallback"),
        ([("delete_my_data", 0.35), ("thank", 0.1)], "nlu_fallback"),
        ([("delete_my_data", 0.6), ("thank", 0.1)], "delete_my_data"),
        ([("make_complaint", 0.7), ("disclose_harm", 0.3)], "disclose_harm"),
        ([("make_complaint", 0.9), ("disclose_harm", 0.1)], "make_complaint"),
    ],
)
def test_weak_guesses_are_asked_about_and_harm_comes_first(ranking: list[tuple[str, float]], first: str) -> None:
    given = [{"name": name, "confidence": confidence} for name, confidence in ranking]
    message = Message({"text": "anything", "intent": given[0], "intent_ranking": given})
    [message] = Unsure(Unsure.get_default_config()).process([message])
    assert message.get("intent")["name"] == first
    assert {r["name"] for r in message.get("intent_ranking")} >= {name for name, _ in ranking}


def test_the_same_examples_give_the_same_model() -> None:
    messages = [(text, ()) for text, _ in EXAMPLES]
    labels = [intent for _, intent in EXAMPLES]
    vectors = encoder().read([text for text, _ in EXAMPLES]).sentence
    held_out = [number % 4 == 0 for number in range(len(EXAMPLES))]
    one, two = (IntentModel.fit(Ngrams.fit(messages).matrix(messages), vectors, labels, held_out) for _ in range(2))
    assert np.array_equal(one.words.weights, two.words.weights)
    assert np.array_equal(one.meaning.weights, two.meaning.weights)
    assert one.mix == two.mix


def test_without_sentence_features_before_it_the_classifier_says_what_is_missing(pipeline: list[Any]) -> None:
    classifier = next(each for each in pipeline if isinstance(each, IntentClassifier))
    with pytest.raises(InvalidConfigException, match="SentenceFeatures"):
        classifier.process([a_message("hello")])


def test_tokens_do_not_stay_with_training_examples_as_documents() -> None:
    tokens = SpacyTokens(SpacyTokens.get_default_config())
    data = tokens.process_training_data(TrainingData([Message({"text": "hello there", "intent": "greet"})]))
    assert set(data.training_examples[0].data) == {"text", "intent", "text_tokens", "intent_tokens"}


def test_a_changed_vocabulary_is_trained_anew(tmp_path: Path) -> None:
    config = VocabularyEntities.get_default_config()
    before = VocabularyEntities.fingerprint_addon(config)
    changed = tmp_path / "vocabulary.yml"
    changed.write_bytes(Path(config["vocabulary"]).read_bytes() + b"\n")
    assert VocabularyEntities.fingerprint_addon({**config, "vocabulary": str(changed)}) != before
    assert VocabularyEntities.fingerprint_addon({}) == before
