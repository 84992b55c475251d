"""Presidio's analyser with our recognisers in it and nothing of its own: no network, no model to download."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from presidio_analyzer import AnalyzerEngine, ContextAwareEnhancer, RecognizerRegistry, RecognizerResult
from presidio_analyzer.nlp_engine import NlpArtifacts, NlpEngine

from heard.redaction.recognisers.recogniser import Recogniser
from heard.redaction.said import Said
from heard.redaction.spans import SPAN_TYPES, Span, type_of

_LANGUAGE = "en"


class Words(NlpEngine):
    """Gives Presidio the words of a text. Our recognisers look around a word themselves, so it needs no more."""

    def load(self) -> None:
        """Needs nothing."""

    def is_loaded(self) -> bool:
        return True

    def process_text(self, text: str, language: str) -> Said:
        return Said(text)

    def process_batch(
        self, texts: Iterable[str], language: str, batch_size: int = 1, n_process: int = 1, **kwargs: Any
    ) -> Iterator[tuple[str, NlpArtifacts]]:
        return ((text, Said(text)) for text in texts)

    def is_stopword(self, word: str, language: str) -> bool:
        return False

    def is_punct(self, word: str, language: str) -> bool:
        return False

    def get_supported_entities(self) -> list[str]:
        return list(SPAN_TYPES)

    def get_supported_languages(self) -> list[str]:
        return [_LANGUAGE]


class _NoContext(ContextAwareEnhancer):
    """A recogniser that needs a word beside what it finds asks for it itself."""

    def __init__(self) -> None:
        super().__init__(0.0, 0.0, 0, 0)

    def enhance_using_context(
        self, text: str, raw_results: list[RecognizerResult], *args: Any, **kwargs: Any
    ) -> list[RecognizerResult]:
        return raw_results


class Engine:
    """Asks the recognisers, in the order in which they are given."""

    def __init__(self, recognisers: Sequence[Recogniser]) -> None:
        registry = RecognizerRegistry(recognizers=list(recognisers), supported_languages=[_LANGUAGE])
        self._analyser = AnalyzerEngine(
            registry=registry,
            nlp_engine=Words(),
            supported_languages=[_LANGUAGE],
            context_aware_enhancer=_NoContext(),
        )

    def find(self, text: str) -> list[Span]:
        """What was found, in the order of the text; no two overlap."""
        results = self._analyser.analyze(text, _LANGUAGE)
        return sorted((Span(r.start, r.end, type_of(r.entity_type)) for r in results), key=lambda span: span.start)
