"""Personal details out, before anything is stored, logged or sent on."""

from heard.redaction.redacted import Redacted
from heard.redaction.redactor import Redactor, redact
from heard.redaction.spans import SPAN_TYPES, Redaction, Span, SpanType

__all__ = ["SPAN_TYPES", "Redacted", "Redaction", "Redactor", "Span", "SpanType", "redact"]
