"""The hub's directory in the database: put there from content, changed by staff and imports, read by who searches."""

import dataclasses
from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Any, Final, Literal

import structlog
from sqlalchemy import Connection, RowMapping, select, update

from heard.content.addresses import addresses_of
from heard.content.load import Content
from heard.content.local import local_pathways
from heard.errors import EntryError
from heard.store.database import Database, insert_into, insert_new
from heard.store.entries_from_content import put_content
from heard.store.entry_edits import Add, BringBack, Change, Checked, Edit, Editing, Retire, entry_of_id, prepared
from heard.store.entry_rows import (
    COLLECTIONS,
    CONTENT,
    STAFF,
    AnyEntry,
    StoredEntry,
    digest,
    entry_of,
    from_json,
    values_of,
)
from heard.store.links import broken_links
from heard.store.tables import EntryChangeRow, EntryRow, EntrySetRow

log = structlog.get_logger()

GOES_STALE = timedelta(days=120)
"""How long a check of an entry holds."""

Why = Literal["broken link", "said to be wrong", "never checked", "long ago"]

_PRESSING: Final = ("broken link", "said to be wrong")
_MANY = 500
"""Bodies asked for by id at once; more are read as a whole."""


@dataclass(frozen=True, slots=True)
class HistoryItem:
    """One thing that somebody did to an entry; `before` and `after` have the fields that it changed."""

    collection: str
    id: str
    at: datetime
    who: str
    did: Literal["added", "changed", "retired", "brought back", "checked"]
    before: dict[str, Any]
    after: dict[str, Any]


@dataclass(frozen=True, slots=True)
class Due:
    """An entry that somebody should check, and why."""

    stored: StoredEntry
    why: tuple[Why, ...]


class EntryStore:
    """Opportunities, bursaries, pathways and helplines, one set for each hub.

    Every change is one transaction, raises the hub's `version` and leaves a line in the history.
    """

    def __init__(self, database: Database, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        self._database = database
        self._clock = clock
        self._known: dict[tuple[str, str], AnyEntry] = {}

    def replace_from_content(self, content: Content) -> bool:
        """Writes the content files' entries when they are not those of the last time; says whether it did.

        All at once: nobody ever reads half of the old and half of the new. What somebody here has changed,
        added or imported stays (heard/store/entries_from_content.py).
        """
        hub = content.hub.id
        entries = [entry for collection in COLLECTIONS for entry in getattr(content, collection)]
        rows = (values_of(hub, entry) for entry in entries)
        from_files = digest("\n".join(f"{row['collection']} {row['digest']}" for row in rows))

        def work(connection: Connection) -> bool:
            here = connection.scalar(select(EntrySetRow.digest).where(EntrySetRow.hub == hub).with_for_update())
            if here == from_files:
                return False
            put_content(connection, hub, entries, self._clock())
            put = insert_into(connection, EntrySetRow).values(hub=hub, digest=from_files, version=1)
            again = {"digest": from_files, "version": EntrySetRow.version + 1}
            connection.execute(put.on_conflict_do_update(index_elements=["hub"], set_=again))
            return True

        return self._database.write(work)

    def version(self, hub: str) -> int:
        """A number that grows with every change of the hub's entries."""
        query = select(EntrySetRow.version).where(EntrySetRow.hub == hub)
        return self._database.read(lambda connection: connection.scalar(query)) or 0

    def read(self, content: Content) -> Content:
        """The same content with the entries that the database has for its hub: those of content first.

        Retired ones are left out. What was read before and has not changed is not read again.
        """
        hub = content.hub.id
        keys = select(EntryRow.collection, EntryRow.id, EntryRow.digest, EntryRow.retired).where(EntryRow.hub == hub)
        keys = keys.order_by(EntryRow.origin != CONTENT, EntryRow.position, EntryRow.id)

        def work(connection: Connection) -> tuple[set[str], list[tuple[str, str, AnyEntry]]]:
            rows = [row._tuple() for row in connection.execute(keys)]
            retired = {id_ for _, id_, _, gone in rows if gone}
            rows = [row for row in rows if row[1] not in retired]
            unread = [id_ for collection, id_, name, _ in rows if (collection, name) not in self._known]
            fresh = {(c, id_): (digest(body), _read(c, id_, body)) for c, id_, body in _bodies(connection, hub, unread)}
            found = ((c, *fresh.get((c, id_), (name, self._known.get((c, name))))) for c, id_, name, _ in rows)
            return retired, [(c, name, entry) for c, name, entry in found if entry is not None]

        retired, entries = self._database.read(work)
        self._known = {(collection, name): entry for collection, name, entry in entries}
        found: dict[str, list[AnyEntry]] = {collection: [] for collection in COLLECTIONS}
        for collection, _, entry in entries:
            found[collection].append(entry)
        read: dict[str, Any] = {collection: tuple(some) for collection, some in found.items()}
        if retired:
            read["pathways"] = local_pathways(read["pathways"], *(lambda id_: id_ not in retired,) * 2)
        return dataclasses.replace(content, **read)

    def changed_at(self, hub: str) -> dict[str, datetime]:
        """When each of the hub's entries was last changed, by its id."""
        query = select(EntryRow.id, EntryRow.changed_at).where(EntryRow.hub == hub)
        return self._database.read(lambda connection: dict(row._tuple() for row in connection.execute(query)))

    def all(self, hub: str, collection: str | None = None, *, retired: bool = False) -> tuple[StoredEntry, ...]:
        """Every entry, or those of one collection, in the order of `read`; the retired ones only if asked for."""
        query = select(EntryRow.__table__).where(EntryRow.hub == hub)
        query = query.where(EntryRow.collection == collection) if collection else query
        query = query if retired else query.where(EntryRow.retired.is_(False))
        query = query.order_by(EntryRow.origin != CONTENT, EntryRow.position, EntryRow.id)
        rows = self._database.read(lambda connection: connection.execute(query).mappings().all())
        return tuple(_stored(row) for row in rows)

    def get(self, hub: str, id_: str) -> StoredEntry | None:
        """One entry, retired or not, or None. An id is one entry's alone, whatever its collection."""
        query = select(EntryRow.__table__).where(*entry_of_id(hub, id_))
        row = self._database.read(lambda connection: connection.execute(query).mappings().first())
        return _stored(row) if row is not None else None

    def add(self, hub: str, entry: AnyEntry, *, who: str, origin: str = STAFF) -> None:
        """Puts a new entry in. Raises EntryError where its id is taken."""
        self.apply(hub, [Add(entry, origin)], who=who)

    def change(self, hub: str, entry: AnyEntry, *, who: str, seen: str | None = None) -> None:
        """Gives an entry new values; from then on the content files do not replace it.

        `seen` is the digest of the state that was edited. Raises EntryError where there is no such entry, or
        where somebody else has changed it since it was `seen`.
        """
        self.apply(hub, [Change(entry, seen)], who=who)

    def retire(self, hub: str, id_: str, *, who: str) -> None:
        """Shows an entry to nobody any more, and keeps it. Raises EntryError where there is none."""
        self.apply(hub, [Retire(id_)], who=who)

    def bring_back(self, hub: str, id_: str, *, who: str) -> None:
        """Shows a retired entry again. Raises EntryError where there is none."""
        self.apply(hub, [BringBack(id_)], who=who)

    def mark_checked(self, hub: str, id_: str, day: date, *, who: str) -> None:
        """Keeps that somebody confirmed the entry on that day. Raises EntryError where there is none."""
        self.apply(hub, [Checked(id_, day)], who=who)

    def apply(self, hub: str, edits: Sequence[Edit], *, who: str, version: int | None = None) -> None:
        """Does all of this or, raising EntryError, nothing of it.

        `version` is that of the entries that the edits were made for: nothing is done where there is a later one.
        """

        ready = [prepared(hub, edit) for edit in edits]

        def work(connection: Connection) -> None:
            insert_new(connection, EntrySetRow, hub=hub, digest="", version=0)
            # Whoever changes entries of this hub at the same time waits here.
            further = update(EntrySetRow).where(EntrySetRow.hub == hub).values(version=EntrySetRow.version + 1)
            connection.execute(further)
            here = connection.scalar(select(EntrySetRow.version).where(EntrySetRow.hub == hub))
            if version is not None and here != version + 1:
                raise EntryError(hub, "somebody else has changed the directory meanwhile; look at it again")
            Editing(connection, hub, who, self._clock()).carry_out(ready)

        if ready:
            self._database.write(work)

    def history(self, hub: str, id_: str | None = None, limit: int = 200) -> tuple[HistoryItem, ...]:
        """What was done to the hub's entries, or to one of them, the latest first."""
        query = select(EntryChangeRow.__table__).where(EntryChangeRow.hub == hub)
        query = query.where(EntryChangeRow.id == id_) if id_ is not None else query
        query = query.order_by(EntryChangeRow.number.desc()).limit(limit)
        rows = self._database.read(lambda connection: connection.execute(query).mappings().all())
        return tuple(
            HistoryItem(row["collection"], row["id"], row["at"], row["who"], **from_json(row["what"])) for row in rows
        )

    def due_for_check(
        self,
        hub: str,
        today: date,
        *,
        after: timedelta = GOES_STALE,
        broken: Collection[str] | None = None,
        doubted: Collection[str] = (),
    ) -> tuple[Due, ...]:
        """What should be checked: what is said to be wrong first, then what nobody has checked, then the oldest checks.

        `broken` are web addresses that do not work; if they are not given, those that `heard check-links` found.
        `doubted` are the ids of entries that somebody said something was wrong with (`VoteStore.doubted`).
        """
        if broken is None:
            broken = self._database.read(lambda connection: broken_links(connection, self._clock()))
        known = ((stored, _why_due(stored, today - after, broken, doubted)) for stored in self.all(hub))
        due = (Due(stored, why) for stored, why in known if why)
        return tuple(sorted(due, key=lambda d: (d.why[0] not in _PRESSING, d.stored.entry.checked or date.min)))


def _why_due(stored: StoredEntry, before: date, broken: Collection[str], doubted: Collection[str]) -> tuple[Why, ...]:
    entry = stored.entry
    why: list[Why] = ["broken link"] if any(url in broken for url in addresses_of(entry)) else []
    if entry.id in doubted:
        why.append("said to be wrong")
    if entry.checked is None:
        why.append("never checked")
    elif entry.checked < before:
        why.append("long ago")
    return tuple(why)


def _bodies(connection: Connection, hub: str, ids: Sequence[str]) -> Iterable[tuple[str, str, str]]:
    query = select(EntryRow.collection, EntryRow.id, EntryRow.body).where(EntryRow.hub == hub)
    query = query.where(EntryRow.id.in_(ids)) if len(ids) <= _MANY else query
    return (row._tuple() for row in connection.execute(query)) if ids else ()


def _read(collection: str, id_: str, body: str) -> AnyEntry | None:
    try:
        return entry_of(collection, body)
    except ValueError:
        # Written by another version of this program. One entry must not take all the others with it.
        log.error("an entry of the database cannot be read and is left out", collection=collection, id=id_)
        return None


def _stored(row: RowMapping) -> StoredEntry:
    return StoredEntry(
        collection=row["collection"],
        entry=entry_of(row["collection"], row["body"]),
        origin=row["origin"],
        edited=row["edited"],
        retired=row["retired"],
        digest=row["digest"],
        changed_at=row["changed_at"],
    )
