"""What can be done to the directory's entries, each as a value, and how it is done."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, func, insert, select, update

from heard.errors import EntryError
from heard.store.entry_rows import (
    COLLECTIONS,
    STAFF,
    AnyEntry,
    as_json,
    collection_of,
    differences,
    entry_of,
    values_of,
)
from heard.store.tables import EntryChangeRow, EntryRow

_AT_ONCE = 500
"""Ids in one question to the database."""


@dataclass(frozen=True, slots=True)
class Add:
    """Puts a new entry in. `origin` is staff or import:<source>."""

    entry: AnyEntry
    origin: str = STAFF


@dataclass(frozen=True, slots=True)
class Change:
    """Gives an entry new values. `seen` is the digest of the state that was edited; None writes over any.

    `by_hand` marks it as edited: neither the content files nor an import replaces it from then on.
    """

    entry: AnyEntry
    seen: str | None = None
    by_hand: bool = True


@dataclass(frozen=True, slots=True)
class Retire:
    """Shows an entry to nobody any more."""

    id: str
    by_hand: bool = True


@dataclass(frozen=True, slots=True)
class BringBack:
    """Shows a retired entry again."""

    id: str
    by_hand: bool = True


@dataclass(frozen=True, slots=True)
class Checked:
    """Somebody at the hub confirmed the entry on that day."""

    id: str
    day: date


Edit = Add | Change | Retire | BringBack | Checked


def entry_of_id(hub: str, id_: str) -> tuple[ColumnElement[bool], ...]:
    """The condition for one entry. All collections are named, so that the key's index finds it."""
    return EntryRow.hub == hub, EntryRow.collection.in_(COLLECTIONS), EntryRow.id == id_


@dataclass(frozen=True, slots=True)
class Prepared:
    """An edit with what can be worked out before the transaction, which others wait for."""

    edit: Edit
    values: Mapping[str, Any]
    """The columns of the new entry; none where there is no new entry."""
    added: str = ""
    """The history's text for an entry that is added."""


def prepared(hub: str, edit: Edit) -> Prepared:
    """The edit, ready."""
    if not isinstance(edit, Add | Change):
        return Prepared(edit, {})
    return Prepared(edit, values_of(hub, edit.entry), _what("added", None, edit.entry) if isinstance(edit, Add) else "")


class Editing:
    """Carries edits out in one transaction, and keeps in the history who did them."""

    def __init__(self, connection: Connection, hub: str, who: str, now: datetime) -> None:
        self._connection = connection
        self._hub = hub
        self._who = who
        self._now = now
        self._rows: dict[str, Mapping[str, Any]] = {}
        self._new: list[dict[str, Any]] = []
        self._history: list[dict[str, Any]] = []

    def carry_out(self, edits: Sequence[Prepared]) -> None:
        """Does them all, in their order. Raises EntryError where one cannot be done."""
        self._look_up([_id(one.edit) for one in edits])
        query = select(func.max(EntryRow.position)).where(EntryRow.hub == self._hub)
        last = self._connection.scalar(query) or 0
        for one in edits:
            match one.edit:
                case Add(entry, origin):
                    last += 1
                    self._add(entry, {**one.values, "origin": origin, "position": last}, one.added)
                case Change():
                    self._change(self._row(one.edit.entry.id), one.edit, one.values)
                case Retire(id_, by_hand) | BringBack(id_, by_hand):
                    self._show(self._row(id_), gone=isinstance(one.edit, Retire), by_hand=by_hand)
                case Checked(id_, day):
                    row = self._row(id_)
                    before = entry_of(row["collection"], row["body"])
                    after = before.model_copy(update={"checked": day})
                    self._write(row, values_of(self._hub, after), _what("checked", before, after))
        self._put_new()
        if self._history:
            self._connection.execute(insert(EntryChangeRow), self._history)

    def _put_new(self) -> None:
        if self._new:
            self._connection.execute(insert(EntryRow), self._new)
            self._new = []

    def _look_up(self, ids: Sequence[str]) -> None:
        """Reads the rows of all these ids, some hundreds at a time."""
        for start in range(0, len(ids), _AT_ONCE):
            some = (EntryRow.hub == self._hub, EntryRow.collection.in_(COLLECTIONS))
            query = select(EntryRow.__table__).where(*some, EntryRow.id.in_(ids[start : start + _AT_ONCE]))
            self._rows |= {row["id"]: dict(row) for row in self._connection.execute(query).mappings()}

    def _row(self, id_: str) -> Mapping[str, Any]:
        row = self._rows.get(id_)
        if row is None:
            raise EntryError(id_, "there is no such entry any more")
        return row

    def _add(self, entry: AnyEntry, values: Mapping[str, Any], what: str) -> None:
        taken = self._rows.get(entry.id)
        if taken is not None:
            state = "a retired entry: bring that back, or choose" if taken["retired"] else "another: choose"
            raise EntryError(entry.id, f"the id is taken by {state} another id")
        row = {**values, "edited": False, "retired": False, "changed_at": self._now}
        self._rows[entry.id] = row
        self._new.append(row)
        self._keep(row, what)

    def _change(self, row: Mapping[str, Any], change: Change, values: Mapping[str, Any]) -> None:
        entry = change.entry
        if row["collection"] != collection_of(entry):
            advice = f"the id is taken by another entry, among the {row['collection']}; choose a new id"
            raise EntryError(entry.id, advice)
        if change.seen is not None and change.seen != row["digest"]:
            raise EntryError(entry.id, "somebody else has changed it meanwhile; look at it again")
        if values["digest"] != row["digest"]:
            before = entry_of(row["collection"], row["body"])
            edited = {"edited": row["edited"] or change.by_hand}
            self._write(row, {**values, **edited}, _what("changed", before, entry))

    def _show(self, row: Mapping[str, Any], *, gone: bool, by_hand: bool) -> None:
        if row["retired"] != gone:
            values = {"retired": gone, "edited": row["edited"] or by_hand}
            self._write(row, values, _what("retired" if gone else "brought back", None, None))

    def _write(self, row: Mapping[str, Any], values: Mapping[str, Any], what: str) -> None:
        self._put_new()
        mine = (EntryRow.hub == self._hub, EntryRow.collection == row["collection"], EntryRow.id == row["id"])
        self._connection.execute(update(EntryRow).where(*mine).values(**values, changed_at=self._now))
        self._rows[row["id"]] = {**row, **values}
        self._keep(row, what)

    def _keep(self, row: Mapping[str, Any], what: str) -> None:
        where = {"hub": self._hub, "collection": row["collection"], "id": row["id"]}
        self._history.append({**where, "at": self._now, "who": self._who, "what": what})


def _id(edit: Edit) -> str:
    return edit.entry.id if isinstance(edit, Add | Change) else edit.id


def _what(did: str, before: AnyEntry | None, after: AnyEntry | None) -> str:
    old, new = differences(before, after)
    return as_json({"did": did, "before": old, "after": new})
