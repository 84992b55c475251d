"""The lists: every entry, searched and filtered, and what should be checked."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Annotated, Any, Final

from fastapi import APIRouter, Depends
from fastapi.responses import Response

from bot.staff.directory.desk import Desk
from bot.staff.door import StaffDoor, Visit
from heard.store.entries import Due
from heard.store.entry_rows import COLLECTIONS, CONTENT, STAFF, StoredEntry

PAGE: Final = 50
STATES: Final[Mapping[str, Callable[[StoredEntry], bool]]] = {
    "shown": lambda stored: not stored.retired,
    "retired": lambda stored: stored.retired,
    "edited": lambda stored: stored.origin == CONTENT and stored.edited and not stored.retired,
    "added": lambda stored: stored.origin == STAFF,
    "imported": lambda stored: stored.origin not in (CONTENT, STAFF),
}
DUE: Final = "due"
_SEARCHED: Final = ("id", "name", "provider", "funder", "for_whom", "place", "postcode")
_DONE: Final = frozenset({"imported", "nothing"})


@dataclass(frozen=True, slots=True)
class Page:
    """One page of a longer list."""

    items: Sequence[Any]
    number: int
    pages: int
    total: int


def lists_router(desk: Desk, door: StaffDoor) -> APIRouter:
    """The lists, to read for everybody who has signed in."""
    router = APIRouter()
    reading = Annotated[Visit, Depends(door.needs("read_summaries"))]

    @router.get("")
    def entries(
        visit: reading,
        q: str = "",
        collection: str = "",
        state: str = "",
        page: str = "",
        done: str = "",
        added: str = "0",
        changed: str = "0",
        retired: str = "0",
    ) -> Response:
        due = {due.stored.entry.id: due for due in desk.due()}
        wanted = [
            stored
            for stored in desk.store.entries.all(
                desk.hub, collection if collection in COLLECTIONS else None, retired=True
            )
            if _is(stored, state, due) and _has(stored, q)
        ]
        wanted.sort(key=lambda stored: (stored.entry.name.casefold(), stored.entry.id))
        return desk.page(
            "directory.html",
            visit,
            shown=_page(wanted, page),
            due=due,
            q=q[:200],
            collection=collection,
            state=state,
            collections=tuple(COLLECTIONS),
            states=("shown", DUE, *(name for name in STATES if name != "shown")),
            done=done if done in _DONE else "",
            counts={"added": _number(added), "changed": _number(changed), "retired": _number(retired)},
        )

    @router.get("/due")
    def due_for_check(visit: reading, collection: str = "", page: str = "", done: str = "") -> Response:
        due = [one for one in desk.due() if collection not in COLLECTIONS or one.stored.collection == collection]
        shown = _page(due, page)
        return desk.page(
            "due.html",
            visit,
            shown=shown,
            collection=collection,
            collections=tuple(COLLECTIONS),
            done=done == "checked",
        )

    return router


def _is(stored: StoredEntry, state: str, due: Mapping[str, Due]) -> bool:
    if state == DUE:
        return stored.entry.id in due
    return STATES[state](stored) if state in STATES else True


def _has(stored: StoredEntry, words: str) -> bool:
    said = " ".join(str(getattr(stored.entry, name, None) or "") for name in _SEARCHED).casefold()
    return all(word in said for word in words.casefold().split())


def _page(items: Sequence[Any], number: str) -> Page:
    pages = max(1, -(-len(items) // PAGE))
    at = min(max(1, _number(number)), pages)
    return Page(items[(at - 1) * PAGE : at * PAGE], at, pages, len(items))


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 0
