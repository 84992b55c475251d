"""What a file or a feed proposes, and what is wrong with it."""

from dataclasses import dataclass

from heard.store.entry_rows import AnyEntry


@dataclass(frozen=True, slots=True)
class Mistake:
    """What is wrong with one record and what to do about it. `where` finds it in the file or feed."""

    where: str
    id: str | None
    advice: str

    def __str__(self) -> str:
        return f"{self.where} ({self.id}): {self.advice}" if self.id else f"{self.where}: {self.advice}"


@dataclass(frozen=True, slots=True)
class Proposed:
    """An entry that is in order by itself."""

    where: str
    entry: AnyEntry
    seen: str | None = None
    """The digest of the state here that it was made from, where it was."""


@dataclass(frozen=True, slots=True)
class Proposal:
    """Everything that a file or a feed says.

    `retire` are ids that it wants retired; of the collections in `whole` it has all entries, so that those it does
    not have are to be retired too, but for those in `spared`, whose record has a mistake. `notes` say what was left
    out of records that are kept.
    """

    entries: tuple[Proposed, ...]
    retire: tuple[str, ...] = ()
    whole: frozenset[str] = frozenset()
    mistakes: tuple[Mistake, ...] = ()
    notes: tuple[Mistake, ...] = ()
    spared: frozenset[str] = frozenset()
