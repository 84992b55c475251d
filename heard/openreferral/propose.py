"""A feed that was read as a proposal: an entry for each good record, a mistake for each other."""

from collections.abc import Iterable, Sequence
from datetime import date

from heard.content.load import Content
from heard.content.schema import Opportunity
from heard.imports import Checker, Mistake, Proposal, Proposed
from heard.openreferral import from_ours, from_theirs
from heard.openreferral.reading import FeedRead, Record
from heard.openreferral.values import Json, text_of
from heard.openreferral.whereabouts import Whereabouts, whereabouts_of
from heard.places import Places
from heard.store.entry_rows import StoredEntry
from heard.wording import Wording

COLLECTION = "opportunities"


def origin_of(feed: FeedRead) -> str:
    """The origin of what comes from this feed."""
    return f"import:{feed.source}"[:200]


def propose(
    feed: FeedRead,
    stored: Iterable[StoredEntry],
    content: Content,
    wording: Wording,
    today: date,
    area: str | None = None,
) -> Proposal:
    """What the feed proposes to this hub. `area` is where its services are, whatever it says itself.

    Its records are the whole of what comes from it: an entry that it no longer has is to be retired.
    """
    reader = _Reader(feed, stored, content, wording, today, area)
    for record in feed.records:
        reader.read(record)
    return Proposal(
        entries=tuple(reader.entries),
        whole=frozenset({COLLECTION}),
        mistakes=(*feed.mistakes, *reader.mistakes),
        notes=tuple(reader.notes),
        spared=frozenset(reader.spared | {reader.known(m.id) for m in feed.mistakes if m.id}),
    )


class _Reader:
    def __init__(
        self,
        feed: FeedRead,
        stored: Iterable[StoredEntry],
        content: Content,
        wording: Wording,
        today: date,
        area: str | None,
    ) -> None:
        self._feed = feed
        self._hub = content.hub
        self._places = Places(content.districts, content.outcodes, content.counties, content.beyond)
        self._checker = Checker(content.districts)
        self._wording = wording
        self._today = today
        self._area = area
        self._stored = {s.entry.id: s for s in stored}
        origin = origin_of(feed)
        self._by_suffix = {s.entry.id[-8:]: s.entry.id for s in self._stored.values() if s.origin == origin}
        self.entries: list[Proposed] = []
        self.mistakes: list[Mistake] = []
        self.notes: list[Mistake] = []
        self.spared: set[str] = set()

    def known(self, service_id: str) -> str:
        """The entry that this service is here already; "" where there is none."""
        return self._by_suffix.get(from_theirs.suffix_of(service_id), "")

    def read(self, record: Record) -> None:
        service, id_ = record.service, str(record.service["id"])
        status = text_of(service, "status")
        if status and status != "active":
            self.notes.append(Mistake(record.where, id_, f"its status is {status}; left out"))
            return
        values, wrong, notes = self._values(service)
        self.notes += [Mistake(record.where, id_, text) for text in notes]
        entry, found = self._checker.entry(COLLECTION, values) if not wrong else (None, ())
        if isinstance(entry, Opportunity):
            self.entries.append(Proposed(record.where, self._settled(entry)))
        else:
            self.mistakes += [Mistake(record.where, id_, text) for text in (*wrong, *found)]
            self.spared |= {str(values.get("id")), self.known(id_)}

    def _values(self, service: Json) -> tuple[Json, Sequence[str], Sequence[str]]:
        if from_ours.is_ours(service):
            return from_ours.entry_values(service, self._wording), (), ()
        where = whereabouts_of(service, self._places)
        area, refusal = self._area_of(where)
        read = from_theirs.entry_values(
            service, where, area, self._feed.source, self._feed.base, self._wording, self._today
        )
        id_ = self.known(str(service["id"])) or read.values["id"]
        return read.values | {"id": id_}, (*read.mistakes, *refusal), read.notes

    def _area_of(self, where: Whereabouts) -> tuple[str, Sequence[str]]:
        ours = (*self._hub.areas, "national", "online")
        if self._area is not None:
            return self._area, ()
        if where.elsewhere is not None or (where.area is not None and where.area not in ours):
            name = where.elsewhere or where.area
            return ours[0], (f"it is not in this hub's area ({name}); import it with --area if it shall be here",)
        return where.area or ours[0], ()

    def _settled(self, entry: Opportunity) -> Opportunity:
        """The entry with what the feed cannot know: staff's note, and a later day on which staff checked the same."""
        stored = self._stored.get(entry.id)
        if stored is None or not isinstance(stored.entry, Opportunity):
            return entry
        if entry.check_note is None:
            entry = entry.model_copy(update={"check_note": stored.entry.check_note})
        checked = stored.entry.checked
        later = checked is not None and (entry.checked is None or entry.checked < checked)
        same = entry.model_copy(update={"checked": checked})
        return same if later and same == stored.entry else entry
