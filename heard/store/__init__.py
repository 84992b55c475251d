"""What is remembered: the one place that knows SQLAlchemy. Plain frozen values go in and come out."""

from heard.store.store import Store

__all__ = ["Store"]
