"""A hub's content, read and checked once at the start.

The folder has one folder for each hub (with hub.yml in it) and folders that hubs share (`includes` in hub.yml);
places.yml, glossary.yml and about_you.yml are for all.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from heard.content import checks
from heard.content.folder import ENTRY_FILES, Folder, Located, Reader
from heard.content.local import local_pathways
from heard.content.schema import (
    AboutYou,
    Beyond,
    Bursary,
    Consultation,
    County,
    District,
    Helpline,
    Hub,
    Opportunity,
    Outcode,
    Pathway,
    SchoolYear,
    Strategy,
    Term,
)
from heard.errors import ContentError


@dataclass(frozen=True, slots=True)
class Content:
    """What one hub knows: its own entries first, then those of the folders that it includes.

    The stages of a pathway name only entries that this hub has.
    """

    hub: Hub
    opportunities: tuple[Opportunity, ...]
    bursaries: tuple[Bursary, ...]
    pathways: tuple[Pathway, ...]
    helplines: tuple[Helpline, ...]
    consultations: tuple[Consultation, ...]
    districts: tuple[District, ...]
    outcodes: tuple[Outcode, ...]
    glossary: tuple[Term, ...]
    school_years: tuple[SchoolYear, ...]
    counties: tuple[County, ...] = ()
    beyond: tuple[Beyond, ...] = ()
    strategies: tuple[Strategy, ...] = ()
    """The hub's own first, then the national one."""
    about_you: AboutYou | None = None
    """What may be asked about the person who answers."""

    @property
    def own_districts(self) -> tuple[District, ...]:
        """The districts of the hub's own area."""
        return tuple(district for district in self.districts if district.area in self.hub.areas)


@dataclass(frozen=True, slots=True)
class _Common:
    """places.yml, glossary.yml and about_you.yml."""

    counties: tuple[Located[County], ...]
    districts: tuple[Located[District], ...]
    outcodes: tuple[Located[Outcode], ...]
    glossary: tuple[Located[Term], ...]
    school_years: tuple[Located[SchoolYear], ...]
    beyond: tuple[Located[Beyond], ...]
    about_you: Located[AboutYou] | None


def hub_names(root: Path) -> tuple[str, ...]:
    """The hubs that there is content for: the folders with a hub.yml."""
    return tuple(sorted(path.parent.name for path in root.glob("*/hub.yml")))


def load_content(root: Path, hub: str) -> Content:
    """Everything that one hub says. `root` is the content folder.

    Raises ContentError with the first mistake in a file of this hub, and how many more there are.
    """
    reader = Reader(root)
    if hub not in hub_names(root):
        known = ", ".join(hub_names(root)) or "none"
        raise ContentError(reader.shown(root / hub), f"there is no hub {hub!r} (no hub.yml); the hubs are: {known}")
    common = _read_common(reader)
    described, folders = _read_hub(reader, hub)
    reader.mistakes += _among(folders, common)
    if folders:
        reader.mistakes += checks.lost_pathways(folders[0], folders)
    if reader.mistakes or described is None:
        raise _first(reader.mistakes)
    return _content(described.entry, folders, common)


def check_content(root: Path) -> tuple[ContentError, ...]:
    """Every mistake in every file of every hub, each once. `root` is the content folder."""
    reader = Reader(root)
    if not hub_names(root):
        return (ContentError(reader.shown(root), "there is no hub here: add a folder with a hub.yml in it"),)
    common = _read_common(reader)
    everything: dict[str, Folder] = {}
    for hub in hub_names(root):
        _, folders = _read_hub(reader, hub)
        reader.mistakes += _among(folders, common)
        everything |= {folder.name: folder for folder in folders}
        if folders:
            reader.mistakes += checks.lost_pathways(folders[0], folders)
            # A shared pathway may name entries of any hub: each hub shows its own.
            shared = everything.keys() - set(hub_names(root))
    for name in sorted(shared):
        reader.mistakes += checks.lost_pathways(everything[name], everything.values())
    reader.mistakes += _forgotten(reader, everything)
    return tuple({str(mistake): mistake for mistake in reader.mistakes}.values())


def _read_common(reader: Reader) -> _Common:
    places, glossary = reader.root / "places.yml", reader.root / "glossary.yml"
    plain_places, plain_glossary = reader.plain(places), reader.plain(glossary)
    _only(reader, places, plain_places, ("counties", "districts", "outcodes", "beyond"))
    _only(reader, glossary, plain_glossary, ("glossary", "school_years"))
    common = _Common(
        reader.listed(plain_places, places, "counties", County) if plain_places else (),
        reader.listed(plain_places, places, "districts", District) if plain_places else (),
        reader.listed(plain_places, places, "outcodes", Outcode) if plain_places else (),
        reader.listed(plain_glossary, glossary, "glossary", Term) if plain_glossary else (),
        reader.listed(plain_glossary, glossary, "school_years", SchoolYear) if plain_glossary else (),
        reader.listed(plain_places, places, "beyond", Beyond) if plain_places and "beyond" in plain_places else (),
        reader.whole(reader.root / "about_you.yml", AboutYou),
    )
    reader.mistakes += checks.repeated_place_names(common.districts)
    if common.outcodes:
        reader.mistakes += checks.unknown_outcodes(common.districts, [o.entry for o in common.outcodes])
    reader.mistakes += checks.repeated_terms(common.glossary)
    return common


def _only(reader: Reader, path: Path, plain: dict[str, object], names: Sequence[str]) -> None:
    for name in sorted(plain.keys() - set(names), key=str):
        advice = f"{name}: is not a name that we know here; expected {', '.join(names)}"
        reader.mistakes.append(ContentError(reader.shown(path), advice))


def _read_hub(reader: Reader, name: str) -> tuple[Located[Hub] | None, tuple[Folder, ...]]:
    hub = reader.whole(reader.root / name / "hub.yml", Hub)
    folders = [reader.folder(name)]
    if hub is not None:
        if hub.entry.id != name:
            reader.mistakes.append(hub.mistake(f"id: the folder is called {name}; give the hub the same id"))
        for included in hub.entry.includes:
            if (reader.root / included).is_dir():
                folders.append(reader.folder(included))
            else:
                reader.mistakes.append(hub.mistake(f"includes: there is no folder {included!r}"))
    return hub, tuple(folders)


def _among(folders: Sequence[Folder], common: _Common) -> list[ContentError]:
    mistakes = [*checks.repeated_ids(folders), *checks.unknown_stages(folders)]
    for folder in folders:
        if common.districts:
            mistakes += checks.unknown_places(folder, [d.entry for d in common.districts])
        mistakes += checks.misnamed_consultations(folder.consultations)
        mistakes += checks.unknown_aims(folder, folders)
        if common.about_you is not None:
            mistakes += checks.unknown_about_you(folder, common.about_you.entry)
    mistakes += checks.repeated_aims(folders)
    return mistakes


def _forgotten(reader: Reader, read: dict[str, Folder]) -> list[ContentError]:
    """Folders with entries that no hub shows."""
    folders = {path.parent for name in ENTRY_FILES for path in reader.root.glob(f"*/{name}.yml")}
    return [
        ContentError(reader.shown(folder), "no hub shows these entries; add a hub.yml, or name it in a hub's includes")
        for folder in sorted(folders)
        if folder.name not in read
    ]


def _first(mistakes: Sequence[ContentError]) -> ContentError:
    first, more = mistakes[0], len(mistakes) - 1
    if not more:
        return first
    others = "is 1 more mistake" if more == 1 else f"are {more} more mistakes"
    return ContentError(first.path, f"{first.advice} (there {others}: run heard check-content)")


def _content(hub: Hub, folders: Sequence[Folder], common: _Common) -> Content:
    opportunities = tuple(o.entry for f in folders for o in f.opportunities)
    bursaries = tuple(b.entry for f in folders for b in f.bursaries)
    pathways = (p.entry for f in folders for p in f.pathways)
    has_opportunity, has_bursary = {o.id for o in opportunities}.__contains__, {b.id for b in bursaries}.__contains__
    content = Content(
        hub=hub,
        opportunities=opportunities,
        bursaries=bursaries,
        pathways=local_pathways(pathways, has_opportunity, has_bursary),
        helplines=tuple(h.entry for f in folders for h in f.helplines),
        consultations=tuple(c.entry for f in folders for c in f.consultations),
        districts=tuple(d.entry for d in common.districts),
        outcodes=tuple(o.entry for o in common.outcodes),
        glossary=tuple(t.entry for t in common.glossary),
        school_years=tuple(y.entry for y in common.school_years),
        counties=tuple(c.entry for c in common.counties),
        beyond=tuple(b.entry for b in common.beyond),
        strategies=tuple(f.strategy.entry for f in folders if f.strategy is not None),
        about_you=common.about_you.entry if common.about_you is not None else None,
    )
    return replace(content, consultations=tuple(asked_by(content, c) for c in content.consultations))


def asked_by(content: Content, consultation: Consultation) -> Consultation:
    """A consultation as the hub puts it to people: with the questions about the person that it names."""
    if content.about_you is None:
        return consultation
    return content.about_you.asked_in(consultation, content.own_districts)
