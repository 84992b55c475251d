"""One entry: what it says, who changed what, and what can be done about it."""

from typing import Annotated, Final

from fastapi import APIRouter, Depends, Form
from fastapi.responses import Response

from bot.staff.directory.desk import Desk, to, today
from bot.staff.door import StaffDoor, Visit
from heard.disclosure_control import protect_count
from heard.forms import EntryForm
from heard.store.entry_edits import BringBack, Checked, Retire

_DONE: Final = frozenset({"saved", "added", "checked", "retired", "brought_back", "nothing"})


def entries_router(desk: Desk, door: StaffDoor) -> APIRouter:
    """An entry's page, and the buttons on it."""
    router = APIRouter(prefix="/entry")
    reading = Annotated[Visit, Depends(door.needs("read_summaries"))]
    changing = Annotated[Visit, Depends(door.changes("edit_content"))]

    @router.get("/{id_}")
    def entry(visit: reading, id_: str, done: str = "") -> Response:
        stored = desk.entry(id_)
        votes = desk.store.votes.of(desk.hub, id_)
        return desk.page(
            "entry.html",
            visit,
            stored=stored,
            fields=EntryForm(stored.collection).fields,
            due=next((due for due in desk.due() if due.stored.entry.id == id_), None),
            history=desk.store.entries.history(desk.hub, id_),
            right=protect_count(votes.right, desk.threshold),
            wrong=protect_count(votes.wrong, desk.threshold),
            threshold=desk.threshold,
            done=done if done in _DONE else "",
        )

    @router.post("/{id_}/checked")
    def checked(visit: changing, id_: str, back: Annotated[str, Form()] = "") -> Response:
        stored = desk.entry(id_)
        desk.do(visit, Checked(stored.entry.id, today()))
        desk.store.votes.looked_at(desk.hub, id_)
        return to("/due", done="checked") if back == "due" else to(f"/entry/{id_}", done="checked")

    @router.post("/{id_}/retire")
    def retire(visit: changing, id_: str) -> Response:
        desk.do(visit, Retire(desk.entry(id_).entry.id))
        return to(f"/entry/{id_}", done="retired")

    @router.post("/{id_}/bring-back")
    def bring_back(visit: changing, id_: str) -> Response:
        desk.do(visit, BringBack(desk.entry(id_).entry.id))
        return to(f"/entry/{id_}", done="brought_back")

    return router
