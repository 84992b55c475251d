"""What somebody wants to be told of."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from typing import Any, Literal, cast, get_args

from heard.content.dates import WhatHappens
from heard.directory.wish import Wish

Before = Literal["week", "day", "same"]
"""How long before a day: a week, a day, or on the day itself."""
Of = Literal["entry", "consultation"]


@dataclass(frozen=True, slots=True)
class KeyDay:
    """A day of one entry or consultation. `day` is the one that was known when it was said, None where none was."""

    of: Of
    id: str
    what: WhatHappens
    before: Before
    day: date | None = None

    @property
    def name(self) -> str:
        """The same for the same day, however long before."""
        return f"{self.of}:{self.id}:{self.what}"

    def as_dict(self) -> dict[str, Any]:
        """JSON values."""
        day = self.day.isoformat() if self.day else None
        return {"of": self.of, "id": self.id, "what": self.what, "before": self.before, "day": day}


@dataclass(frozen=True, slots=True)
class NewEntries:
    """Whatever comes to fit a wish. `known` are the marks of what fitted when it was said, which is no news."""

    wish: Wish
    known: frozenset[str] = frozenset()

    @property
    def name(self) -> str:
        """The same for the same wish."""
        return f"new:{self.wish.digest}"

    def as_dict(self) -> dict[str, Any]:
        """JSON values."""
        return {"wish": self.wish.to_dict(), "known": sorted(self.known)}


Subject = KeyDay | NewEntries


def watched(wish: Wish) -> Wish:
    """As much of a wish as has to be kept to find what is new: nothing that was told about a person's needs or means.

    Age, place and what is played leave entries out; needs and circumstances only put them in another order.
    """
    return replace(wish, access_needs=(), circumstances=(), asked=())


def read_subject(plain: Mapping[str, Any]) -> Subject | None:
    """The inverse of `as_dict`; None for anything else."""
    if isinstance(plain.get("wish"), Mapping):
        return NewEntries(Wish.from_dict(plain["wish"]), frozenset(map(str, plain.get("known", ()))))
    of, id_, what, before = (str(plain.get(name)) for name in ("of", "id", "what", "before"))
    if of not in get_args(Of) or what not in get_args(WhatHappens) or before not in get_args(Before):
        return None
    day = date.fromisoformat(plain["day"]) if plain.get("day") else None
    return KeyDay(cast(Of, of), id_, cast(WhatHappens, what), cast(Before, before), day)


def as_bytes(value: Mapping[str, Any]) -> bytes:
    """Compact JSON."""
    return json.dumps(value, separators=(",", ":"), sort_keys=True).encode()
