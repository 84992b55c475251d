"""What an import would change: the preview, and the edits that carry it out."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from heard.content.schema import Pathway
from heard.imports.check import lost_in, named_by
from heard.imports.proposal import Mistake, Proposal, Proposed
from heard.store.entry_edits import Add, BringBack, Change, Edit, Retire
from heard.store.entry_rows import AnyEntry, StoredEntry, collection_of, differences


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field as it is and as it would be, as plain values."""

    field: str
    before: Any
    after: Any


@dataclass(frozen=True, slots=True)
class Changed:
    """An entry that gets other values; `back` where it was retired."""

    entry: AnyEntry
    fields: tuple[FieldChange, ...]
    seen: str
    back: bool = False


@dataclass(frozen=True, slots=True)
class Kept:
    """An entry that stays as it is although the import says something else."""

    id: str
    why: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import would do."""

    added: tuple[AnyEntry, ...]
    changed: tuple[Changed, ...]
    retired: tuple[AnyEntry, ...]
    unchanged: int
    kept: tuple[Kept, ...]
    mistakes: tuple[Mistake, ...]
    notes: tuple[Mistake, ...]
    origin: str
    by_hand: bool

    @property
    def empty(self) -> bool:
        """Whether there is nothing to do."""
        return not (self.added or self.changed or self.retired)

    def edits(self) -> list[Edit]:
        """What to hand to `EntryStore.apply`."""
        edits: list[Edit] = [Add(entry, self.origin) for entry in self.added]
        for change in self.changed:
            if change.back:
                edits.append(BringBack(change.entry.id, self.by_hand))
            edits.append(Change(change.entry, change.seen, self.by_hand))
        return [*edits, *(Retire(entry.id, self.by_hand) for entry in self.retired)]


def make_plan(proposal: Proposal, stored: Iterable[StoredEntry], origin: str, *, by_hand: bool) -> Plan:
    """Compares a proposal with all that is stored, retired entries too.

    `by_hand` says that staff mean what it says (a spreadsheet): it goes over everything. A feed's import owns
    only what came from it (`origin`) and what nobody here has edited since.
    """
    return _Planning(proposal, {s.entry.id: s for s in stored}, origin, by_hand).plan()


class _Planning:
    def __init__(self, proposal: Proposal, here: Mapping[str, StoredEntry], origin: str, by_hand: bool) -> None:
        self._proposal = proposal
        self._here = here
        self._origin = origin
        self._by_hand = by_hand
        self._added: list[AnyEntry] = []
        self._changed: list[Changed] = []
        self._kept: list[Kept] = []
        self._mistakes = list(proposal.mistakes)
        self._unchanged = 0

    def plan(self) -> Plan:
        proposed = list(self._without_twins(self._proposal.entries))
        gone = self._gone({p.entry.id for p in self._proposal.entries} | self._proposal.spared)
        going = {stored.entry.id for stored in gone}
        for one in self._without_lost([p for p in proposed if p.entry.id not in going], going):
            self._place(one)
        return Plan(
            added=tuple(self._added),
            changed=tuple(self._changed),
            retired=tuple(stored.entry for stored in gone),
            unchanged=self._unchanged,
            kept=tuple(self._kept),
            mistakes=tuple(self._mistakes),
            notes=self._proposal.notes,
            origin=self._origin,
            by_hand=self._by_hand,
        )

    def _without_twins(self, entries: Sequence[Proposed]) -> Iterator[Proposed]:
        first: dict[str, Proposed] = {}
        for one in entries:
            other = first.setdefault(one.entry.id, one)
            if other is one:
                yield one
            else:
                self._mistakes.append(Mistake(one.where, one.entry.id, f"the id is taken by {other.where}"))

    def _without_lost(self, entries: Sequence[Proposed], gone: set[str]) -> Iterator[Proposed]:
        """Leaves out pathways that come to name an entry that will not be there."""
        there = {(s.collection, s.entry.id) for s in self._here.values() if not s.retired and s.entry.id not in gone}
        there |= {(collection_of(p.entry), p.entry.id) for p in entries}
        for one in entries:
            lost = self._lost(one.entry, there) if isinstance(one.entry, Pathway) else ()
            self._mistakes += [Mistake(one.where, one.entry.id, advice) for advice in lost]
            if not lost:
                yield one

    def _lost(self, pathway: Pathway, there: set[tuple[str, str]]) -> tuple[str, ...]:
        stored = self._here.get(pathway.id)
        return tuple(lost_in(pathway, there | (_named(stored.entry) if stored else set())))

    def _gone(self, proposed: set[str]) -> list[StoredEntry]:
        """What is to be retired: by name, or because the whole list no longer has it."""
        gone = []
        for stored in self._here.values():
            id_ = stored.entry.id
            missing = stored.collection in self._proposal.whole and id_ not in proposed and self._ours(stored)
            if not stored.retired and (id_ in self._proposal.retire or missing):
                gone.append(stored)
        for id_ in self._proposal.retire:
            if id_ not in self._here:
                self._mistakes.append(Mistake("retired", id_, "there is no such entry; take the row out"))
        return gone

    def _ours(self, stored: StoredEntry) -> bool:
        return self._by_hand or (stored.origin == self._origin and not stored.edited)

    def _place(self, one: Proposed) -> None:
        stored, entry = self._here.get(one.entry.id), one.entry
        if stored is None:
            self._added.append(entry)
        elif stored.collection != collection_of(entry):
            advice = f"the id is taken by another entry, among the {stored.collection}; choose a new id"
            self._mistakes.append(Mistake(one.where, entry.id, advice))
        elif stored.entry == entry and not (stored.retired and self._ours(stored)):
            self._unchanged += 1
        elif not self._ours(stored):
            why = "somebody here has edited it" if stored.origin == self._origin else "the hub has its own entry"
            self._kept.append(Kept(entry.id, why))
        else:
            before, after = differences(stored.entry, entry)
            fields = tuple(FieldChange(name, before.get(name), after.get(name)) for name in after)
            self._changed.append(Changed(entry, fields, one.seen or stored.digest, stored.retired))


def _named(entry: AnyEntry) -> set[tuple[str, str]]:
    """What a pathway names already: that one of them was retired since is no mistake of this import."""
    stages = entry.stages if isinstance(entry, Pathway) else ()
    return {(collection, id_) for stage in stages for collection, ids in named_by(stage) for id_ in ids}
