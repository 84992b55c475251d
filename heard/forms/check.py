"""Whether a form makes an entry, by the rules of the content files, and what is wrong beside which field."""

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from heard.bursaries.criteria import criteria_of
from heard.content.schema import Bursary, Entry, Pathway
from heard.forms.fields import Field, fields_of
from heard.forms.sent import Sent, tree_sent
from heard.forms.texts import ANY_OF, Tree, plain_of, tidied, tree_of
from heard.imports import Checker
from heard.imports.check import named_by
from heard.store.entry_rows import COLLECTIONS, AnyEntry, StoredEntry

MUST_BE_FILLED_IN: Final = ""
"""The advice for a field that was left empty and must not be: the page has better words for it than a file's."""
_LAST = tuple(Entry.model_fields)[2:]
"""What an entry says about itself comes after what it says to people, as in the content files."""
_PARTS = re.compile(r"\[\d+\]$|\.[a-z_]+$")


@dataclass(frozen=True, slots=True)
class Checked:
    """What came of checking a form: an entry, or mistakes by the name of the field ("" for the whole)."""

    entry: AnyEntry | None
    tree: Tree
    """The form as it was understood, without empty rows: the mistakes are about this."""
    mistakes: Mapping[str, tuple[str, ...]]


class EntryForm:
    """The form for one collection."""

    def __init__(self, collection: str) -> None:
        self.collection = collection
        fields = fields_of(COLLECTIONS[collection])
        self.fields: tuple[Field, ...] = tuple(sorted(fields, key=lambda field: field.name in _LAST))

    def of(self, entry: AnyEntry | None) -> Tree:
        """The form filled in with an entry; empty for None."""
        return tree_of(self.fields, entry)

    def sent(self, sent: Sent) -> Tree:
        """The form as a browser sent it."""
        return tree_sent(self.fields, sent)

    def check(
        self, tree: Tree, checker: Checker, stored: Iterable[StoredEntry], before: AnyEntry | None = None
    ) -> Checked:
        """The entry that the form makes, beside those that are `stored`.

        `before` is the entry that is edited: it keeps its id and, where the same words were chosen, their order.
        """
        tree = tidied(self.fields, tree)
        plain = plain_of(self.fields, tree)
        if before is not None:
            plain["id"] = before.id
            _keep_order(plain, self.fields, before)
        entry, advice = checker.entry(self.collection, plain)
        if entry is not None:
            advice = tuple(_among(entry, stored, new=before is None))
        elif not any(sentence.startswith("places") for sentence in advice):
            advice = (*advice, *checker.places(plain.get("places", ())))  # all that is wrong at once
        # The schema takes any text for what a criterion asks for, none at all included; nobody means that.
        empty = [name for name, text in _names(self.fields, tree) if name.endswith("].value") and not text]
        mistakes = self._placed(advice, tree) | dict.fromkeys(empty, (MUST_BE_FILLED_IN,))
        return Checked(entry if not mistakes else None, tree, mistakes)

    def _placed(self, advice: Iterable[str], tree: Tree) -> dict[str, tuple[str, ...]]:
        texts = dict(_names(self.fields, tree))
        placed: dict[str, tuple[str, ...]] = {}
        for sentence in advice:
            where, _, text = sentence.partition(": ")
            name = _nearest(re.sub(r" \([^)]*\)", "", where), texts)
            left_empty = name and texts[name] == "" and self._needed(name)
            text = MUST_BE_FILLED_IN if left_empty else text if name else sentence
            if text not in placed.get(name, ()):
                placed[name] = (*placed.get(name, ()), text)
        return placed

    def _needed(self, name: str) -> bool:
        fields: Sequence[Field] = self.fields
        found = None
        for part in re.findall(r"[a-z_]+", name):
            if part != ANY_OF:
                found = next((field for field in fields if field.name == part), None)
                fields = found.fields if found else ()
        return found is not None and found.needed


def _keep_order(plain: dict[str, Any], fields: Iterable[Field], before: AnyEntry) -> None:
    """Boxes have no order of their own: words that were there before stay where they were."""
    for field in fields:
        if field.kind == "words":
            were = list(getattr(before, field.name))
            chosen = plain[field.name]
            plain[field.name] = [w for w in were if w in chosen] + [w for w in chosen if w not in were]


def _among(entry: AnyEntry, stored: Iterable[StoredEntry], *, new: bool) -> Iterator[str]:
    """What only the other entries can tell: an id that is taken, a name of an entry that there is not."""
    others = tuple(stored)
    same = next((s for s in others if s.entry.id == entry.id), None) if new else None
    if same is not None:
        retired = ", which is retired: bring that back, or" if same.retired else f" ({same.entry.name}):"
        yield f"id: the id is taken by another entry{retired} choose another id"
    known = {(s.collection, s.entry.id) for s in others if not s.retired}
    if isinstance(entry, Pathway):
        yield from _of_stages(entry, known)
    if isinstance(entry, Bursary):
        for criterion in criteria_of(entry):
            is_stage = criterion.field == "completed_stage" and isinstance(criterion.value, str)
            if is_stage and ("bursaries", criterion.value) not in {*known, ("bursaries", entry.id)}:
                yield f"eligibility: completed_stage names no bursary: {criterion.value!r}"


def _of_stages(pathway: Pathway, known: Collection[tuple[str, str]]) -> Iterator[str]:
    ids = [stage.id for stage in pathway.stages]
    for n, stage in enumerate(pathway.stages):
        if stage.id in ids[:n]:
            yield f"stages[{n}].id: two stages have the same id"
        for field, (collection, named) in zip(("examples", "help_with_cost"), named_by(stage), strict=True):
            for id_ in named:
                if (collection, id_) not in known:
                    yield f"stages[{n}].{field}: there is no such entry among the {collection}: {id_!r}"


def _names(fields: Iterable[Field], tree: Mapping[str, Any], prefix: str = "") -> Iterator[tuple[str, Any]]:
    """Every field of the form by its name, groups and rows included, with its text."""
    for field in fields:
        name, value = prefix + field.name, tree.get(field.name)
        yield name, value
        if field.kind == "group":
            yield from _names(field.fields, value or {}, f"{name}.")
        for n, row in enumerate(value or [] if field.kind in ("rows", "conditions") else []):
            yield f"{name}[{n}]", None
            if field.kind == "rows":
                yield from _names(field.fields, row, f"{name}[{n}].")
            else:
                for m, one in enumerate(row[ANY_OF]):
                    yield from _names(field.fields, one, f"{name}[{n}].{ANY_OF}[{m}].")


def _nearest(way: str, names: Mapping[str, Any]) -> str:
    """The field that a mistake belongs to: itself, or the next one around it; "" where there is none."""
    alone = re.fullmatch(r"(\w+\[\d+\])\.(\w+)", way)
    if alone and way not in names and f"{alone[1]}.{ANY_OF}[0].{alone[2]}" in names:
        return f"{alone[1]}.{ANY_OF}[0].{alone[2]}"  # a condition without alternatives stands for itself in the files
    while way and way not in names:
        shorter = _PARTS.sub("", way)
        way = shorter if shorter != way else ""
    return way
