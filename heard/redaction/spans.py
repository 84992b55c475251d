"""What redaction found: where, and of which type; and what stands there instead."""

from dataclasses import dataclass
from typing import Literal, get_args

from heard.redaction.redacted import Redacted

SpanType = Literal[
    "PERSON",
    "PHONE",
    "EMAIL",
    "POSTCODE",
    "ADDRESS",
    "SCHOOL",
    "HANDLE",
    "DATE_OF_BIRTH",
    "ID_NUMBER",
    "URL",
]

SPAN_TYPES: tuple[SpanType, ...] = get_args(SpanType)

PLACEHOLDERS: dict[SpanType, str] = {
    "PERSON": "[name]",
    "PHONE": "[phone]",
    "EMAIL": "[email]",
    "POSTCODE": "[postcode]",
    "ADDRESS": "[address]",
    "SCHOOL": "[school]",
    "HANDLE": "[username]",
    "DATE_OF_BIRTH": "[date of birth]",
    "ID_NUMBER": "[number]",
    "URL": "[link]",
}
"""They keep the sense of the sentence. A postcode becomes its outcode, for distances, wherever it is one."""


def type_of(name: str) -> SpanType:
    """The type of this name. Raises ValueError where there is none."""
    for known in SPAN_TYPES:
        if known == name:
            return known
    raise ValueError(f"{name!r} is no type of detail")


@dataclass(frozen=True, slots=True)
class Span:
    """A personal detail: offsets in the original text, and its type."""

    start: int
    end: int
    type: SpanType


@dataclass(frozen=True, slots=True)
class Redaction:
    """The text without personal details, and where they were."""

    text: Redacted
    spans: tuple[Span, ...] = ()

    @property
    def kinds(self) -> tuple[SpanType, ...]:
        """The types that were removed, each once; all that may be logged."""
        return tuple(sorted({span.type for span in self.spans}))
