"""A directory entry as a row of the database, and a row as an entry."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from types import MappingProxyType
from typing import Any, Final

from heard.content.schema import Bursary, Helpline, Opportunity, Pathway

AnyEntry = Opportunity | Bursary | Pathway | Helpline

COLLECTIONS: Final[Mapping[str, type[AnyEntry]]] = MappingProxyType(
    {"opportunities": Opportunity, "bursaries": Bursary, "pathways": Pathway, "helplines": Helpline}
)
"""The kinds of entry, in the order in which content is read."""

CONTENT, STAFF = "content", "staff"
"""Where an entry came from. The third is import:<source>."""


@dataclass(frozen=True, slots=True)
class StoredEntry:
    """An entry as it stands in the database. `digest` names this state of it."""

    collection: str
    entry: AnyEntry
    origin: str
    edited: bool
    retired: bool
    digest: str
    changed_at: datetime


def collection_of(entry: AnyEntry) -> str:
    """The collection that an entry belongs to."""
    return next(name for name, model in COLLECTIONS.items() if isinstance(entry, model))


def values_of(hub: str, entry: AnyEntry) -> dict[str, Any]:
    """The columns that an entry fills by itself."""
    body = as_json(entry.model_dump())
    return {
        "hub": hub,
        "collection": collection_of(entry),
        "id": entry.id,
        "body": body,
        "digest": digest(body),
        "checked": entry.checked,
    }


def entry_of(collection: str, body: str) -> AnyEntry:
    """The entry that a row holds."""
    return COLLECTIONS[collection].model_validate(from_json(body))


def differences(before: AnyEntry | None, after: AnyEntry | None) -> tuple[dict[str, Any], dict[str, Any]]:
    """The fields in which two states of an entry differ, as they were and as they are; all where one is None."""
    old, new = (entry.model_dump() if entry else {} for entry in (before, after))
    names = [name for name in {**old, **new} if name not in old or name not in new or old[name] != new[name]]
    return {n: old[n] for n in names if n in old}, {n: new[n] for n in names if n in new}


def as_json(value: Any) -> str:
    """JSON text of plain values, days and sums."""
    return json.dumps(value, default=_json, ensure_ascii=False)


def from_json(text: str) -> Any:
    """The plain values again; a sum with a fraction is a Decimal."""
    return json.loads(text, parse_float=Decimal)


def digest(text: str) -> str:
    """A short name for a text: another text has another."""
    return hashlib.sha256(text.encode()).hexdigest()


def _json(value: Any) -> Any:
    """Sums stay numbers: as text, a criterion's 12.50 would come back as a word."""
    if isinstance(value, Decimal):
        return float(value)
    if isinstance(value, date):
        return value.isoformat()
    raise TypeError(f"an entry holds a {type(value).__name__}, which has no form in the database")
