"""`heard export`: the directory back into the content files, or into spreadsheets."""

import difflib
from pathlib import Path

import typer

from heard.cli.directory import OpenDirectory, open_directory
from heard.errors import HeardError
from heard.exports import content_files, csv_files, put_in_place, workbook

export = typer.Typer(help="Writes the directory into content files, CSV files or a workbook.")


def add_to(app: typer.Typer) -> None:
    """Adds the commands."""
    app.add_typer(export, name="export")


@export.callback(invoke_without_command=True)
def _export(
    context: typer.Context, dry_run: bool = typer.Option(False, help="only show what would change in which file")
) -> None:
    """Writes what was edited, added, retired and imported back into content/, so that it can be kept in git."""
    if context.invoked_subcommand is None:
        with open_directory() as directory:
            _write_back(directory, dry_run=dry_run)


@export.command("csv")
def _csv(folder: Path) -> None:
    """Writes a CSV file for each collection into a folder."""
    with open_directory() as directory:
        files = csv_files(directory.hub, directory.store)
    try:
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in files.items():
            (folder / name).write_bytes(data)
            print(folder / name)
    except OSError as error:
        raise HeardError(f"{folder}: nothing can be written there ({error.strerror})") from error


@export.command("xlsx")
def _xlsx(file: Path) -> None:
    """Writes one workbook with a sheet for each collection."""
    with open_directory() as directory:
        data = workbook(directory.hub, directory.store)
    try:
        file.write_bytes(data)
    except OSError as error:
        raise HeardError(f"{file}: it cannot be written ({error.strerror})") from error
    print(file)


def _write_back(directory: OpenDirectory, *, dry_run: bool) -> None:
    root = directory.settings.content
    written = content_files(root, directory.hub, directory.store)
    for id_ in written.shared:
        print(f"{id_} is retired here, and other hubs show it too: it stays in the shared files.")
    if not written.texts:
        print("The content files say the same as the directory.")
        return
    if not dry_run:
        put_in_place(root, written.texts)
    for path, text in written.texts.items():
        shown = str(Path(root.name) / path.relative_to(root))
        if dry_run:
            before = path.read_text(encoding="utf-8").splitlines()
            print("\n".join(difflib.unified_diff(before, text.splitlines(), shown, shown, lineterm="", n=1)))
        else:
            print(f"{shown} is written.")
