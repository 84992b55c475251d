"""What can be done to the directory's entries, each as a value, and how it is done."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, RowMapping, func, insert, select, update

from heard.errors import EntryError
from heard.store.entry_rows import (
    STAFF,
    AnyEntry,
    as_json,
    collection_of,
    differences,
    entry_of,
    values_of,
)
from heard.store.tables import EntryChangeRow, EntryRow


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


def carry_out(connection: Connection, hub: str, edit: Edit, who: str, now: datetime) -> None:
    """Does it and keeps in the history who did. Raises EntryError where it cannot be done."""
    match edit:
        case Add(entry, origin):
            _add(connection, hub, entry, origin, who, now)
        case Change():
            _change(connection, _row(connection, hub, edit.entry.id), edit, who, now)
        case Retire(id_, by_hand) | BringBack(id_, by_hand):
            row, gone = _row(connection, hub, id_), isinstance(edit, Retire)
            if row["retired"] != gone:
                _write(connection, row, {"retired": gone, "edited": row["edited"] or by_hand}, now)
                _keep(connection, row, "retired" if gone else "brought back", who, now)
        case Checked(id_, day):
            row = _row(connection, hub, id_)
            before = entry_of(row["collection"], row["body"])
            after = before.model_copy(update={"checked": day})
            _write(connection, row, values_of(hub, after), now)
            _keep(connection, row, "checked", who, now, before, after)


def _add(connection: Connection, hub: str, entry: AnyEntry, origin: str, who: str, now: datetime) -> None:
    taken = _find(connection, hub, entry.id)
    if taken is not None:
        state = "a retired entry: bring that back, or choose another" if taken["retired"] else "another; choose a new"
        raise EntryError(entry.id, f"the id is taken by {state} id")
    last = connection.scalar(select(func.max(EntryRow.position)).where(EntryRow.hub == hub))
    values = values_of(hub, entry) | {"origin": origin, "edited": False, "retired": False, "changed_at": now}
    connection.execute(insert(EntryRow).values(**values, position=0 if last is None else last + 1))
    _keep(connection, values, "added", who, now, None, entry)


def _change(connection: Connection, row: RowMapping, change: Change, who: str, now: datetime) -> None:
    entry = change.entry
    if row["collection"] != collection_of(entry):
        raise EntryError(entry.id, f"the id is taken by another entry, among the {row['collection']}; choose a new id")
    if change.seen is not None and change.seen != row["digest"]:
        raise EntryError(entry.id, "somebody else has changed it meanwhile; look at it again")
    values = values_of(row["hub"], entry)
    if values["digest"] != row["digest"]:
        _write(connection, row, values | {"edited": row["edited"] or change.by_hand}, now)
        _keep(connection, row, "changed", who, now, entry_of(row["collection"], row["body"]), entry)


def _row(connection: Connection, hub: str, id_: str) -> RowMapping:
    row = _find(connection, hub, id_)
    if row is None:
        raise EntryError(id_, "there is no such entry any more")
    return row


def _find(connection: Connection, hub: str, id_: str) -> RowMapping | None:
    query = select(EntryRow.__table__).where(EntryRow.hub == hub, EntryRow.id == id_)
    return connection.execute(query).mappings().first()


def _write(connection: Connection, row: RowMapping, values: dict[str, Any], now: datetime) -> None:
    mine = (EntryRow.hub == row["hub"], EntryRow.collection == row["collection"], EntryRow.id == row["id"])
    connection.execute(update(EntryRow).where(*mine).values(**values, changed_at=now))


def _keep(
    connection: Connection,
    row: RowMapping | dict[str, Any],
    did: str,
    who: str,
    now: datetime,
    before: AnyEntry | None = None,
    after: AnyEntry | None = None,
) -> None:
    old, new = differences(before, after)
    values = {
        "hub": row["hub"],
        "collection": row["collection"],
        "id": row["id"],
        "at": now,
        "who": who,
        "what": as_json({"did": did, "before": old, "after": new}),
    }
    connection.execute(insert(EntryChangeRow).values(**values))
