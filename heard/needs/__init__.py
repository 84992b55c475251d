"""What was looked for and not found, counted for the needs analysis: without words and without a person."""

from heard.needs.gap import Gap

__all__ = ["Gap"]
