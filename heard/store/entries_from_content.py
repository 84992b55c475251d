"""How the entries of the content files meet those that staff and imports have changed, at each start."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import structlog
from sqlalchemy import Connection, RowMapping, delete, insert, select, update

from heard.store.entry_rows import CONTENT, AnyEntry, entry_of, values_of
from heard.store.tables import EntryRow

log = structlog.get_logger()

_KEY = ("hub", "collection", "id")


def put_content(connection: Connection, hub: str, entries: Sequence[AnyEntry], now: datetime) -> None:
    """Makes the hub's entries those of the content files, as far as nobody here has changed them.

    Kept are entries that staff edited or retired, that staff added and that were imported. Where the file has
    come to say the same as such an entry (after `heard export`), the entry is the file's again. A day on which
    the hub checked an entry stays as long as the file says the same about everything else.
    """
    table = EntryRow.__table__
    rows = connection.execute(select(table).where(EntryRow.hub == hub)).mappings().all()
    here = {(row["collection"], row["id"]): row for row in rows}
    new = []
    elsewhere = {row["id"]: row["collection"] for row in rows if not _is_the_files(row)}
    for position, entry in enumerate(entries):
        values = values_of(hub, entry) | {"position": position, "origin": CONTENT, "changed_at": now}
        row = here.pop((values["collection"], values["id"]), None)
        if row is None and elsewhere.get(entry.id, values["collection"]) != values["collection"]:
            log.warning("an entry of the content files is left out: its id is taken", id=entry.id, hub=hub)
        elif row is None:
            new.append(values | {"edited": False, "retired": False})
        elif change := _change(row, entry, values):
            connection.execute(update(EntryRow).where(*_mine(row)).values(**change))
    for row in here.values():
        if _is_the_files(row):
            connection.execute(delete(EntryRow).where(*_mine(row)))
    if new:
        connection.execute(insert(EntryRow), new)


def _change(row: RowMapping, entry: AnyEntry, values: dict[str, Any]) -> dict[str, Any]:
    if row["digest"] == values["digest"] and not row["retired"]:
        return _different(row, {"position": values["position"], "origin": CONTENT, "edited": False})
    if not _is_the_files(row) or _only_checked_since(row, entry):
        return _different(row, {"position": values["position"]}) if row["origin"] == CONTENT else {}
    return {name: value for name, value in values.items() if name not in _KEY}


def _different(row: RowMapping, values: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in values.items() if row[name] != value}


def _is_the_files(row: RowMapping) -> bool:
    return row["origin"] == CONTENT and not row["edited"] and not row["retired"]


def _only_checked_since(row: RowMapping, entry: AnyEntry) -> bool:
    stored = entry_of(row["collection"], row["body"])
    if stored.checked is None or (entry.checked is not None and entry.checked > stored.checked):
        return False
    return stored.model_copy(update={"checked": entry.checked}) == entry


def _mine(row: RowMapping) -> tuple[Any, ...]:
    return EntryRow.hub == row["hub"], EntryRow.collection == row["collection"], EntryRow.id == row["id"]
