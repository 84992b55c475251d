"""The directory out of the database: back into the content files, and into spreadsheets."""

import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from heard.content.load import check_content
from heard.content.write_back import WrittenBack, write_back
from heard.errors import ContentError
from heard.sheets import write_csv, write_xlsx
from heard.sheets.writing import rows_of
from heard.store import Store
from heard.store.entry_rows import COLLECTIONS, AnyEntry


def content_files(root: Path, hub: str, store: Store) -> WrittenBack:
    """What the content files under `root` would say with the hub's entries as they are now. Raises ContentError."""
    stored = store.entries.all(hub, retired=True)
    entries: dict[str, list[AnyEntry]] = {collection: [] for collection in COLLECTIONS}
    for one in stored:
        if not one.retired:
            entries[one.collection].append(one.entry)
    return write_back(root, hub, entries, [one.entry.id for one in stored if one.retired])


def put_in_place(root: Path, texts: Mapping[Path, str]) -> None:
    """Writes the files, after a trial in a copy that must make no mistakes. Raises ContentError with the first one."""
    with tempfile.TemporaryDirectory() as folder:
        copy = Path(folder) / root.name
        shutil.copytree(root, copy)
        for path, text in texts.items():
            (copy / path.relative_to(root)).write_text(text, encoding="utf-8")
        if mistakes := check_content(copy):
            raise ContentError(
                mistakes[0].path, f"nothing is written, for this would be a mistake: {mistakes[0].advice}"
            )
    for path, text in texts.items():
        new = path.with_name(f".{path.name}.new")
        new.write_text(text, encoding="utf-8")
        new.replace(path)


def csv_files(hub: str, store: Store) -> Mapping[str, bytes]:
    """A file for each collection, by its name."""
    return {f"{name}.csv": write_csv(*rows_of(name, _entries(hub, store, name))) for name in COLLECTIONS}


def workbook(hub: str, store: Store) -> bytes:
    """One workbook with a sheet for each collection."""
    return write_xlsx({name: rows_of(name, _entries(hub, store, name)) for name in COLLECTIONS})


def _entries(hub: str, store: Store, collection: str) -> list[AnyEntry]:
    return [stored.entry for stored in store.entries.all(hub, collection)]
