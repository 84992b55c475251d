"""The type that promises: no personal details in here."""

from typing import NewType

Redacted = NewType("Redacted", str)
"""Text that has been through `redact()`. Only heard/redaction makes one."""
