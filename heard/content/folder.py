"""One folder of content (a hub's, or one that hubs share), read into entries with all its mistakes."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from pydantic import ValidationError

from heard.content.mistakes import sentences
from heard.content.reading import read_yaml, unsafe_texts
from heard.content.schema import Bursary, Consultation, Helpline, Opportunity, Pathway, Strategy, Strict
from heard.errors import ContentError

ENTRY_FILES = ("opportunities", "bursaries", "pathways", "helplines")


@dataclass(frozen=True, slots=True)
class Located[M: Strict]:
    """An entry and where it stands, for what can only be checked among several."""

    entry: M
    file: Path
    where: str

    def mistake(self, advice: str) -> ContentError:
        """A mistake of this entry."""
        return ContentError(self.file, f"{self.where}: {advice}" if self.where else advice)


@dataclass(frozen=True, slots=True)
class Folder:
    """The entries of one folder, without those that have mistakes."""

    name: str
    opportunities: tuple[Located[Opportunity], ...] = ()
    bursaries: tuple[Located[Bursary], ...] = ()
    pathways: tuple[Located[Pathway], ...] = ()
    helplines: tuple[Located[Helpline], ...] = ()
    consultations: tuple[Located[Consultation], ...] = ()
    strategy: Located[Strategy] | None = None
    spoiled: frozenset[str] = frozenset()
    """The ids of entries that have mistakes: another entry may name them all the same."""
    whole: bool = True
    """Whether the files of opportunities and bursaries could be read."""

    def __iter__(self) -> Iterator[Located[Any]]:
        for kind in (*ENTRY_FILES, "consultations"):
            yield from getattr(self, kind)


@dataclass(slots=True)
class Reader:
    """Reads files under one content folder and keeps every mistake that it meets."""

    root: Path
    mistakes: list[ContentError] = field(default_factory=list)
    spoiled: set[str] = field(default_factory=set)
    unread: set[Path] = field(default_factory=set)

    def shown(self, path: Path) -> Path:
        """A path as a person knows it: content/dorset/hub.yml."""
        return Path(self.root.name) / path.relative_to(self.root)

    def folder(self, name: str) -> Folder:
        """Every entry of a folder."""
        base = self.root / name
        opportunities = self.entries(base / "opportunities.yml", "opportunities", Opportunity)
        bursaries = self.entries(base / "bursaries.yml", "bursaries", Bursary)
        strategy = base / "strategy.yml"
        asked = (self.whole(path, Consultation) for path in sorted((base / "consultations").glob("*.yml")))
        return Folder(
            name,
            opportunities=opportunities,
            bursaries=bursaries,
            pathways=self.entries(base / "pathways.yml", "pathways", Pathway),
            helplines=self.entries(base / "helplines.yml", "helplines", Helpline),
            consultations=tuple(located for located in asked if located),
            strategy=self.whole(strategy, Strategy) if strategy.exists() else None,
            spoiled=frozenset(self.spoiled),
            whole=not {base / "opportunities.yml", base / "bursaries.yml"} & self.unread,
        )

    def plain(self, path: Path) -> dict[str, Any]:
        """A file's names with values; empty, with a mistake kept, where it has none."""
        shown = self.shown(path)
        try:
            plain = read_yaml(path, shown)
        except ContentError as mistake:
            self.mistakes.append(mistake)
            self.unread.add(path)
            return {}
        if not isinstance(plain, dict):
            self.mistakes.append(ContentError(shown, "expected names with values at the top, like `hub: ...`"))
            self.unread.add(path)
            return {}
        return plain

    def whole[M: Strict](self, path: Path, model: type[M]) -> Located[M] | None:
        """A file that is one entry (hub.yml, a consultation)."""
        plain = self.plain(path)
        return self._validated(plain, model, self.shown(path), "") if plain else None

    def entries[M: Strict](self, path: Path, key: str, model: type[M]) -> tuple[Located[M], ...]:
        """A file that is one list under `key`."""
        plain = self.plain(path)
        if not plain:
            return ()
        for name in plain.keys() - {key}:
            self.mistakes.append(
                ContentError(self.shown(path), f"{name}: is not a name that we know here; expected {key}")
            )
        return self.listed(plain, path, key, model)

    def listed[M: Strict](self, plain: dict[str, Any], path: Path, key: str, model: type[M]) -> tuple[Located[M], ...]:
        """The entries of the list `key` in a file that has been read."""
        shown = self.shown(path)
        listed = plain.get(key)
        if not isinstance(listed, list):
            self.mistakes.append(ContentError(shown, f"{key}: expected a list ([] where there are none)"))
            self.unread.add(path)
            return ()
        found = (self._validated(item, model, shown, _where(key, n, item)) for n, item in enumerate(listed))
        return tuple(located for located in found if located)

    def _validated[M: Strict](self, plain: Any, model: type[M], shown: Path, where: str) -> Located[M] | None:
        advice = list(unsafe_texts(plain))
        entry = None
        try:
            entry = model.model_validate(plain)
        except ValidationError as error:
            advice += sentences(error, plain)
        for text in advice:
            self.mistakes.append(ContentError(shown, f"{where}: {text}" if where else text))
        if entry is None or advice:
            self.spoiled.add(str(plain.get("id")) if isinstance(plain, dict) else "")
            return None
        return Located(entry, shown, where)


def _where(key: str, index: int, item: Any) -> str:
    name = item.get("id") or item.get("name") or item.get("label") if isinstance(item, dict) else None
    return f"{key}[{index}] ({name})" if isinstance(name, str) else f"{key}[{index}]"
