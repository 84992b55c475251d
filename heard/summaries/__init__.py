"""What was said, all together, as staff may read it."""

from heard.summaries.summarise import QuestionSummary, Summary, summarise

__all__ = ["QuestionSummary", "Summary", "summarise"]
