"""What all recognisers have in common."""

import re
from abc import abstractmethod
from collections.abc import Iterable, Iterator
from typing import ClassVar

from presidio_analyzer import LocalRecognizer, RecognizerResult
from presidio_analyzer.nlp_engine import NlpArtifacts

from heard.redaction.said import Said
from heard.redaction.spans import Span, SpanType


class Recogniser(LocalRecognizer):
    """Finds details of one sort. Presidio calls `analyze`; each recogniser says what it finds in `find`."""

    type: ClassVar[SpanType]
    score: ClassVar[float] = 1.0

    def __init__(self) -> None:
        super().__init__(supported_entities=[self.type], supported_language="en")

    def load(self) -> None:
        """Nothing is loaded late."""

    @abstractmethod
    def find(self, said: Said) -> Iterable[Span]:
        """Every detail of this sort; they may overlap, and the first one given wins."""

    def analyze(self, text: str, entities: list[str], nlp_artifacts: NlpArtifacts) -> list[RecognizerResult]:
        """Presidio's door to `find`."""
        if not isinstance(nlp_artifacts, Said):
            raise TypeError("our recognisers read what heard.redaction.engine.Words gives")
        return [
            RecognizerResult(span.type, span.start, span.end, self.score)
            for span in nlp_artifacts.take(self.find(nlp_artifacts))
        ]

    def spans(self, matches: Iterable[re.Match[str]], group: int | str = 0) -> Iterator[Span]:
        """The matches of a pattern, or one group of each, as spans of this recogniser's type."""
        return (Span(m.start(group), m.end(group), self.type) for m in matches)
