"""One page for each entry of the directory: what it says, as data for other programs, and for a calendar."""

from heard.entries.entries import Entries, Listed
from heard.entries.facts import Fact, Facts

__all__ = ["Entries", "Fact", "Facts", "Listed"]
