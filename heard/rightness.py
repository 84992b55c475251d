""" "Was this right?" under an entry: counted by entry and month, once in a talk, and nobody is kept with it."""

from collections.abc import Callable
from datetime import date
from typing import Final, Literal

from heard.directory.wish import Wish
from heard.store.votes import VoteStore
from heard.visits import Visits

Answer = Literal["right", "wrong"]
ANSWERS: Final[tuple[Answer, ...]] = ("right", "wrong")
_NOTE: Final = "right:"


class Rightness:
    """Where topics and pages hand on what somebody said about an entry."""

    def __init__(self, store: VoteStore, hub: str, later: Callable[[Callable[[], None]], None]) -> None:
        self._store = store
        self._hub = hub
        self._later = later
        self._visits = Visits[frozenset[str]]()

    def was_asked(self, wish: Wish, entry: str) -> bool:
        """Whether this talk has an answer about the entry already."""
        return f"{_NOTE}{entry}" in wish.asked

    def in_talk(self, wish: Wish, entry: str, answer: Answer, today: date) -> Wish:
        """Counts an answer, once in a talk; gives the wish with a note of that."""
        if not self.was_asked(wish, entry):
            self._count(entry, answer, today)
        return wish.with_asked(f"{_NOTE}{entry}")

    def on_page(self, address: str, entry: str, answer: Answer, today: date) -> None:
        """Counts an answer from a page, once an hour for a network address."""
        said = self._visits.of(address) or frozenset[str]()
        if entry not in said:
            self._count(entry, answer, today)
            self._visits.keep(address, said | {entry})

    def _count(self, entry: str, answer: Answer, today: date) -> None:
        self._later(lambda: self._store.count(self._hub, entry, f"{today:%Y-%m}", right=answer == "right"))
