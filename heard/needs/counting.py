"""Counts gaps, each wish once, however often it is said in one talk.

A talk remembers what was counted for it: in the memory of the conversation's slots, gone with them after an hour of
silence. When the same wish comes back with more in it (the age, the town), its count moves to where it then belongs.
The page `/find` has no talk. There the memory of one visit is kept under a keyed hash of the address that asks, in
this process alone and for an hour; so a family counts once, and so does a school behind one address.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import date
from typing import Final

from heard.content.schema import District
from heard.directory.search import Directory, Result
from heard.directory.wish import Wish
from heard.needs.gap import Gap, gap_of, narrowed
from heard.store.needs import NeedStore
from heard.visits import Visits

_NOTE: Final = "gap:"


class Needs:
    """Where topics and pages say what was not found."""

    def __init__(
        self, store: NeedStore, hub: str, districts: Iterable[District], later: Callable[[Callable[[], None]], None]
    ) -> None:
        """`districts` are the hub's own."""
        self._store = store
        self._hub = hub
        self._districts = frozenset(district.id for district in districts)
        self._later = later
        self._visits = Visits[tuple[Gap, ...]]()

    def in_talk(self, wish: Wish, result: Result, directory: Directory, today: date) -> Wish:
        """The wish, with a note of what was counted for this talk."""
        gap = self._gap(wish, result, directory, today)
        if gap is None:
            return wish
        before = [g for note in wish.asked if note.startswith(_NOTE) and (g := Gap.from_note(note[len(_NOTE) :]))]
        counted = self._count(gap, before)
        others = [note for note in wish.asked if not note.startswith(_NOTE)]
        return replace(wish, asked=(*others, *(f"{_NOTE}{g.note()}" for g in counted)))

    def on_page(self, address: str, result: Result, directory: Directory, today: date) -> None:
        """Counts a wish that was made on a page from this network address. A blank one is none."""
        gap = None if result.wish.is_blank else self._gap(result.wish, result, directory, today)
        if gap is not None:
            self._visits.keep(address, self._count(gap, self._visits.of(address) or ()))

    def _gap(self, wish: Wish, result: Result, directory: Directory, today: date) -> Gap | None:
        barrier = directory.barrier(result)
        return gap_of(wish, result, barrier, self._districts, today) if barrier is not None else None

    def _count(self, gap: Gap, before: Sequence[Gap]) -> tuple[Gap, ...]:
        """Counts a gap, unless it is one of those before; gives all that are counted now."""
        same = next((g for g in before if g.is_of_one_wish_with(gap)), None)
        if same is None:
            self._later(lambda: self._store.count(self._hub, gap.as_dict()))
            return (*before, gap)
        more = narrowed(same, gap)
        if more != same:
            self._later(lambda: self._store.move(self._hub, same.as_dict(), more.as_dict()))
        return tuple(more if g is same else g for g in before)
