"""Every entry by its id, whatever its kind."""

from collections.abc import Iterator
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Literal

from heard.cards import page_of
from heard.content.load import Content
from heard.content.schema import Bursary, Helpline, Opportunity, Pathway

Kind = Literal["opportunity", "bursary", "pathway", "helpline"]
AnyEntry = Opportunity | Bursary | Pathway | Helpline
_NEAR = 5
_ALIKE = 0.55
"""As alike as "mid-herts-music-centr" and "mid-herts-music-centre", and somewhat less."""


@dataclass(frozen=True, slots=True)
class Listed:
    """An entry and what kind it is."""

    entry: AnyEntry
    kind: Kind

    @property
    def id(self) -> str:
        """The entry's id in content/."""
        return self.entry.id

    @property
    def address(self) -> str:
        """Its page, from the root of the site."""
        return page_of(self.entry.id)


class Entries:
    """What a hub shows: its own entries and those that it includes, as far as they are for its areas."""

    def __init__(self, content: Content) -> None:
        here = {*content.hub.areas, "national", "online"}
        kinds: tuple[tuple[Kind, tuple[AnyEntry, ...]], ...] = (
            ("opportunity", content.opportunities),
            ("bursary", content.bursaries),
            ("pathway", content.pathways),
            ("helpline", content.helplines),
        )
        self._by_id = {
            entry.id: Listed(entry, kind) for kind, entries in kinds for entry in entries if entry.area in here
        }

    def __iter__(self) -> Iterator[Listed]:
        return iter(self._by_id.values())

    def get(self, id_: str) -> Listed | None:
        """The entry of that id, or None."""
        return self._by_id.get(id_)

    def like(self, id_: str) -> tuple[Listed, ...]:
        """Entries whose ids look like a mistyped or an old one, the likest first."""
        return tuple(self._by_id[found] for found in get_close_matches(id_.casefold(), self._by_id, _NEAR, _ALIKE))
