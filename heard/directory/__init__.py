"""Finding something to join: a wish goes in, entries with reasons come out."""

from heard.directory.match import Match, Reason
from heard.directory.search import Directory, Nearest, Result
from heard.directory.wish import Wish

__all__ = ["Directory", "Match", "Nearest", "Reason", "Result", "Wish"]
