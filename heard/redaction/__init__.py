"""Personal details out, before anything is stored, logged or sent on."""

from heard.redaction.redacted import Redacted

__all__ = ["Redacted"]
