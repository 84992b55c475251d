"""The form for an entry: to add one, and to change one without undoing what somebody else has changed meanwhile."""

from collections.abc import Iterator
from typing import Annotated, Any

from fastapi import APIRouter, Depends
from fastapi.responses import Response

from bot.staff.directory.desk import Desk, sent, to
from bot.staff.door import RefusedError, StaffDoor, Visit
from heard.errors import EntryError
from heard.forms import EntryForm
from heard.forms.sent import moved_up, with_row
from heard.forms.texts import Tree
from heard.store.entry_edits import Add, Change
from heard.store.entry_rows import COLLECTIONS, AnyEntry, StoredEntry, differences

Sent = dict[str, list[str]]


def editing_router(desk: Desk, door: StaffDoor) -> APIRouter:
    """The form, for those who may change entries."""
    router = APIRouter()
    looking = Annotated[Visit, Depends(door.needs("edit_content"))]
    changing = Annotated[Visit, Depends(door.changes("edit_content"))]
    sending = Annotated[Sent, Depends(sent)]

    def page(visit: Visit, form: EntryForm, tree: Tree, status: int = 200, **values: Any) -> Response:
        usual = {"stored": None, "seen": "", "mistakes": {}, "conflict": (), "new_row": ""}
        return desk.page("entry_form.html", visit, status, form=form, tree=tree, **(usual | values))

    def with_rows(form: EntryForm, given: Sent) -> tuple[Tree, str] | None:
        """The form after a button that only changes its rows, and which row is new; None for any other button."""
        tree = form.sent(given)
        if more := next(iter(given.get("more", ())), ""):
            return with_row(form.fields, tree, more), more
        if up := next(iter(given.get("up", ())), ""):
            return moved_up(tree, up), ""
        return None

    @router.get("/new/{collection}")
    def new(visit: looking, collection: str) -> Response:
        form = _form(collection)
        return page(visit, form, form.of(None))

    @router.post("/new/{collection}")
    def add(visit: changing, collection: str, given: sending) -> Response:
        form = _form(collection)
        if (changed := with_rows(form, given)) is not None:
            return page(visit, form, changed[0], new_row=changed[1])
        checked = form.check(form.sent(given), desk.checker, desk.store.entries.all(desk.hub, retired=True))
        if checked.entry is None:
            return page(visit, form, checked.tree, 422, mistakes=checked.mistakes)
        try:
            desk.store.entries.apply(desk.hub, [Add(checked.entry)], who=visit.session.member.name)
        except EntryError as error:
            return page(visit, form, checked.tree, 409, mistakes={"id": (error.advice,)})
        return to(f"/entry/{checked.entry.id}", done="added")

    @router.get("/entry/{id_}/edit")
    def edit(visit: looking, id_: str) -> Response:
        stored = desk.entry(id_)
        form = EntryForm(stored.collection)
        return page(visit, form, form.of(stored.entry), stored=stored, seen=stored.digest)

    @router.post("/entry/{id_}/edit")
    def change(visit: changing, id_: str, given: sending) -> Response:
        stored, seen = desk.entry(id_), next(iter(given.get("made_from", ())), "")
        form = EntryForm(stored.collection)
        if (changed := with_rows(form, given)) is not None:
            return page(visit, form, changed[0], stored=stored, seen=seen, new_row=changed[1])
        everything = desk.store.entries.all(desk.hub, retired=True)
        checked = form.check(form.sent(given), desk.checker, everything, before=stored.entry)
        if checked.entry is None:
            return page(visit, form, checked.tree, 422, stored=stored, seen=seen, mistakes=checked.mistakes)
        try:
            desk.store.entries.apply(desk.hub, [Change(checked.entry, seen)], who=visit.session.member.name)
        except EntryError:
            now = desk.entry(id_)
            conflict = tuple(_differences(now, checked.entry))
            return page(visit, form, checked.tree, 409, stored=now, seen=now.digest, conflict=conflict)
        if checked.entry.checked is not None and checked.entry.checked != stored.entry.checked:
            desk.store.votes.looked_at(desk.hub, id_)
        return to(f"/entry/{id_}", done="saved" if checked.entry != stored.entry else "nothing")

    return router


def _form(collection: str) -> EntryForm:
    if collection not in COLLECTIONS:
        raise RefusedError("not_found", 404)
    return EntryForm(collection)


def _differences(now: StoredEntry, yours: AnyEntry) -> Iterator[tuple[str, Any, Any]]:
    here, there = differences(now.entry, yours)
    yield from ((name, here.get(name), there.get(name)) for name in there)
