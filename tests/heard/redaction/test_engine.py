"""Presidio carries our recognisers and nothing else."""

import socket
import subprocess
import sys

import pytest
from presidio_analyzer import AnalyzerEngine

from heard.redaction import Redactor
from heard.redaction.engine import Engine, Words
from heard.redaction.lexicon import Lexicon
from heard.redaction.recognisers import recognisers
from heard.redaction.recognisers.recogniser import Recogniser
from heard.redaction.redactor import CONTENT


def test_only_our_own_recognisers_are_asked_each_one_once_and_in_their_order() -> None:
    ours = recognisers(Lexicon.load(CONTENT))
    engine: AnalyzerEngine = Engine(ours)._analyser
    assert engine.registry.get_recognizers("en", all_fields=True) == ours
    assert len({type(each) for each in ours}) == len(ours)
    assert all(isinstance(each, Recogniser) for each in ours)


def test_a_text_that_presidio_did_not_read_with_our_engine_is_refused() -> None:
    with pytest.raises(TypeError):
        recognisers(Lexicon.load(CONTENT))[0].analyze("x", [], None)  # type: ignore[arg-type]
    assert [text for text, _ in Words().process_batch(["a", "b"], "en")] == ["a", "b"]


def test_nothing_is_asked_of_a_network(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*args: object) -> None:
        raise AssertionError("redaction asked a network")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    assert Redactor.load().redact("im josh, josh@example.com").kinds == ("EMAIL", "PERSON")


def test_the_action_server_does_not_pay_for_what_it_does_not_use() -> None:
    asked = "import actions.server, sys; print([m for m in ('presidio_analyzer', 'spacy') if m in sys.modules])"
    assert subprocess.run([sys.executable, "-c", asked], capture_output=True, text=True, check=True).stdout == "[]\n"
