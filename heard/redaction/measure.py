"""How well details are found in labelled texts: recall and precision by type."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields

from heard.redaction.labelled import Labelled
from heard.redaction.spans import SPAN_TYPES, Span

Finder = Callable[[str], Sequence[Span]]

STRUCTURED = ("PHONE", "EMAIL", "POSTCODE", "ADDRESS", "HANDLE", "DATE_OF_BIRTH", "ID_NUMBER", "URL")
ALL, NAMED = "all", ("PERSON", "SCHOOL")


@dataclass(slots=True)
class Score:
    """Counts of one type. A detail is *found* where a span of its type touches it, *exact* where the two are the same,
    and *gone* where none of its letters and digits is left, whatever the types; a span is *right* where it touches a
    detail of its type."""

    details: int = 0
    found: int = 0
    exact: int = 0
    gone: int = 0
    spans: int = 0
    right: int = 0

    def __iadd__(self, other: "Score") -> "Score":
        for field in fields(self):
            setattr(self, field.name, getattr(self, field.name) + getattr(other, field.name))
        return self


@dataclass(frozen=True, slots=True)
class Measured:
    """The scores of one way to redact, by type; how many texts hold no detail, and how many of those stayed whole."""

    scores: dict[str, Score]
    clean: int
    whole: int

    def of(self, types: Iterable[str]) -> Score:
        """Several types as one."""
        total = Score()
        for name in types:
            total += self.scores[name]
        return total


def measure(find: Finder, texts: Iterable[Labelled]) -> Measured:
    """Asks `find` for the spans of each text and compares them with the labels."""
    scores: dict[str, Score] = {name: Score() for name in SPAN_TYPES}
    clean = whole = 0
    for labelled in texts:
        spans = find(labelled.text)
        clean += not labelled.spans
        whole += not labelled.spans and not spans
        for detail in labelled.spans:
            score = scores[detail.type]
            alike = [s for s in spans if s.type == detail.type and _touch(s, detail)]
            score.details += 1
            score.found += bool(alike)
            score.exact += detail in alike
            score.gone += _is_gone(labelled.text, detail, spans)
        for span in spans:
            score = scores[span.type]
            score.spans += 1
            score.right += any(span.type == d.type and _touch(span, d) for d in labelled.spans)
    return Measured(scores, clean, whole)


def _touch(one: Span, other: Span) -> bool:
    return one.start < other.end and other.start < one.end


def _is_gone(text: str, detail: Span, spans: Sequence[Span]) -> bool:
    covered = {i for s in spans if _touch(s, detail) for i in range(s.start, s.end)}
    return all(i in covered for i in range(detail.start, detail.end) if text[i].isalnum())
