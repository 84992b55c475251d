"""The content files as they would be with the entries of the database: only what changed is written anew."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from heard.content.dump import dump_block
from heard.content.entries import Bursary, Helpline, Opportunity, Pathway, Stage
from heard.content.folder import ENTRY_FILES, Folder, Reader
from heard.content.local import local_pathways

AnyEntry = Opportunity | Bursary | Pathway | Helpline


@dataclass(frozen=True, slots=True)
class WrittenBack:
    """New texts by file, for those that change. `shared` are retired entries that other hubs show too: they stay."""

    texts: Mapping[Path, str]
    shared: tuple[str, ...]


def write_back(root: Path, hub: str, entries: Mapping[str, Sequence[AnyEntry]], retired: Iterable[str]) -> WrittenBack:
    """The texts of the hub's content files with these entries in them.

    An entry that a file has stays in that file; a new one goes into the hub's own. What says the same as before
    keeps its text to the letter, and so do comments between the entries and at the top. Raises ContentError.

    Args:
        root: the content folder.
        hub: the hub's id.
        entries: by collection, what the database has and shows.
        retired: the ids of what the database has and does not show.
    """
    reader = Reader(root)
    own = reader.folder(hub)
    included = yaml.safe_load((root / hub / "hub.yml").read_text(encoding="utf-8")).get("includes", ())
    folders = [own, *(reader.folder(name) for name in included)]
    if reader.mistakes:
        raise reader.mistakes[0]
    retired = set(retired)
    removed = {located.entry.id for located in own if located.entry.id in retired}
    shared = tuple(located.entry.id for folder in folders[1:] for located in folder if located.entry.id in retired)
    texts = {}
    in_a_file = {located.entry.id for folder in folders for located in folder}
    local = _Local(folders)
    for folder in folders:
        for collection in ENTRY_FILES:
            path = root / folder.name / f"{collection}.yml"
            before = [located.entry for located in getattr(folder, collection)]
            here = {entry.id: entry for entry in entries[collection]}
            after = [local.merged(e, here.get(e.id, e), removed) for e in before if e.id not in removed]
            if folder is own:
                after += [entry for entry in entries[collection] if entry.id not in in_a_file]
            if after != before:
                texts[path] = _text(path.read_text(encoding="utf-8"), collection, before, after)
    return WrittenBack(texts, shared)


class _Local:
    """A shared pathway may name entries of other hubs, which this hub's database does not have."""

    def __init__(self, folders: Sequence[Folder]) -> None:
        self._opportunities = {located.entry.id for f in folders for located in f.opportunities}
        self._bursaries = {located.entry.id for f in folders for located in f.bursaries}

    def merged(self, before: AnyEntry, after: AnyEntry, removed: set[str]) -> AnyEntry:
        if not isinstance(before, Pathway) or not isinstance(after, Pathway):
            return after
        seen = local_pathways([before], self._opportunities.__contains__, self._bursaries.__contains__)[0]
        if after in (seen, before):
            merged = before
        else:
            stages = {stage.id: stage for stage in before.stages}
            merged = after.model_copy(update={"stages": tuple(self._stage(stages.get(s.id), s) for s in after.stages)})
        return local_pathways([merged], lambda id_: id_ not in removed, lambda id_: id_ not in removed)[0]

    def _stage(self, before: Stage | None, after: Stage) -> Stage:
        if before is None:
            return after
        examples = (id_ for id_ in before.examples if id_ not in self._opportunities)
        helps = (id_ for id_ in before.help_with_cost if id_ not in self._bursaries)
        return after.model_copy(
            update={
                "examples": tuple(dict.fromkeys((*after.examples, *examples))),
                "help_with_cost": tuple(dict.fromkeys((*after.help_with_cost, *helps))),
            }
        )


def _text(text: str, key: str, before: Sequence[AnyEntry], after: Sequence[AnyEntry]) -> str:
    head, blocks = _blocks(text, key)
    old = {entry.id: entry for entry in before}
    written = dict(zip((entry.id for entry in before), blocks, strict=True)) if len(blocks) == len(before) else {}
    parts = []
    for entry in after:
        block = written.get(entry.id)
        if block is None:
            parts.append(dump_block(entry))
        else:
            comments, body = block
            parts.append(comments + (body if entry == old[entry.id] else dump_block(entry)))
    return f"{head}{key}:\n" + "\n\n".join(parts) + "\n" if parts else f"{head}{key}: []\n"


def _blocks(text: str, key: str) -> tuple[str, list[tuple[str, str]]]:
    """What stands above the list, and each entry's text with the comments above it; no entries where one has no
    line of its own."""
    lines = text.splitlines()
    root: Any = yaml.compose(text, Loader=yaml.SafeLoader)
    name, listed = next((name, value) for name, value in root.value if name.value == key)
    head = "".join(f"{line}\n" for line in lines[: name.start_mark.line])
    starts = [item.start_mark.line for item in listed.value]
    if any(not lines[start].lstrip().startswith("- ") for start in starts) or len(set(starts)) < len(starts):
        return head, []
    tops = list(_tops(lines, name.start_mark.line, starts))
    ends = [*tops[1:], len(lines)]
    return head, [
        ("".join(f"{line}\n" for line in lines[top:start] if line.strip()), "\n".join(lines[start:end]).rstrip())
        for top, start, end in zip(tops, starts, ends, strict=True)
    ]


def _tops(lines: Sequence[str], after: int, starts: Sequence[int]) -> Iterator[int]:
    """Where the comments above each entry begin."""
    for start in starts:
        top = start
        while top - 1 > after and lines[top - 1].lstrip().startswith("#"):
            top -= 1
        yield top
        after = start
