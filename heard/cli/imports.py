"""`heard import`: entries from spreadsheets and from Open Referral feeds."""

import sys
from collections.abc import Iterable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, get_args

import typer

from heard.cli.directory import OpenDirectory, open_directory
from heard.content.schema import Area
from heard.errors import HeardError
from heard.imports import Checker, Plan, make_plan
from heard.imports.from_sheet import proposal_from_sheets
from heard.openreferral.propose import origin_of, propose
from heard.openreferral.reading import read_feed
from heard.sheets import Sheet, SheetError, read_csv, read_xlsx
from heard.store.entry_rows import COLLECTIONS
from heard.wording import Wording

imports = typer.Typer(help="Puts entries into the directory: all that a file says, or nothing.", no_args_is_help=True)

_DRY_RUN = typer.Option(False, "--dry-run", help="only show what would change")
_WHOLE = typer.Option(False, "--whole", help="the file is the whole list: retire what it does not have")


def add_to(app: typer.Typer) -> None:
    """Adds the commands."""
    app.add_typer(imports, name="import")


@imports.command("csv")
def _csv(
    file: Path,
    collection: str = typer.Option("", help="opportunities, bursaries, pathways or helplines; else the file's name"),
    whole: bool = _WHOLE,
    dry_run: bool = _DRY_RUN,
) -> None:
    """Reads one collection from a CSV file, as `heard export csv` writes it."""
    name = collection or file.stem
    if name not in COLLECTIONS:
        raise HeardError(f"{file.name}: say what it lists with --collection: {', '.join(COLLECTIONS)}")
    _import_sheets([read_csv(_bytes(file), name)], file, whole=whole, dry_run=dry_run)


@imports.command("xlsx")
def _xlsx(file: Path, whole: bool = _WHOLE, dry_run: bool = _DRY_RUN) -> None:
    """Reads a workbook whose sheets are named after collections, as `heard export xlsx` writes it."""
    _import_sheets(read_xlsx(_bytes(file), file.name), file, whole=whole, dry_run=dry_run)


@imports.command("openreferral")
def _openreferral(
    source: str = typer.Argument(metavar="URL_OR_PATH"),
    area: str = typer.Option("", help="where its services are, whatever the feed says: hertfordshire, dorset, bcp ..."),
    dry_run: bool = _DRY_RUN,
) -> None:
    """Reads an Open Referral UK feed. Its good records are kept, each bad one is named; what it has lost is retired."""
    if area and area not in get_args(Area):
        raise HeardError(f"--area: {area!r} is not one of {', '.join(get_args(Area))}")
    with open_directory() as directory:
        feed = read_feed(source)
        wording = Wording.load(directory.settings.content / "wording")
        stored = directory.store.entries.all(directory.hub, retired=True)
        proposal = propose(feed, stored, directory.content, wording, date.today(), area or None)
        plan = make_plan(proposal, stored, origin_of(feed), by_hand=False)
        carry_out(directory, plan, dry_run=dry_run, all_or_nothing=False)


def carry_out(directory: OpenDirectory, plan: Plan, *, dry_run: bool, all_or_nothing: bool) -> None:
    """Prints what changes and what is wrong, and makes the changes; exit status 1 where that cannot be."""
    for line in preview(plan):
        print(line)
    for mistake in plan.mistakes:
        print(mistake, file=sys.stderr)
    if plan.mistakes and all_or_nothing:
        print(f"{_count(len(plan.mistakes), 'mistake')}: nothing is imported.", file=sys.stderr)
        raise typer.Exit(1)
    if dry_run:
        print("Nothing is changed: this was a dry run.")
        return
    directory.store.entries.apply(directory.hub, plan.edits(), who=plan.origin)
    left_out = f" {_count(len(plan.mistakes), 'mistake')}: those records are left out." if plan.mistakes else ""
    print(f"Nothing had to be changed.{left_out}" if plan.empty else f"Done.{left_out}")


def preview(plan: Plan) -> Iterable[str]:
    """What a plan would change, in lines: + added, ~ changed with its fields, - retired."""
    for entry in plan.added:
        yield f"+ {entry.id}  {entry.name}"
    for change in plan.changed:
        yield f"~ {change.entry.id}  {change.entry.name}{'  (no longer retired)' if change.back else ''}"
        yield from (f"    {f.field}: {_shown(f.before)} -> {_shown(f.after)}" for f in change.fields)
    for entry in plan.retired:
        yield f"- {entry.id}  {entry.name}"
    for kept in plan.kept:
        yield f"= {kept.id}  stays as it is: {kept.why}"
    for note in plan.notes:
        yield f"! {note}"
    counts = (len(plan.added), len(plan.changed), len(plan.retired), plan.unchanged)
    yield "{} added, {} changed, {} retired, {} unchanged".format(*counts)


def _import_sheets(sheets: Sequence[Sheet], file: Path, *, whole: bool, dry_run: bool) -> None:
    with open_directory() as directory:
        stored = directory.store.entries.all(directory.hub, retired=True)
        proposal = proposal_from_sheets(sheets, stored, Checker(directory.content.districts), whole=whole)
        plan = make_plan(proposal, stored, f"import:{file.name}"[:200], by_hand=True)
        carry_out(directory, plan, dry_run=dry_run, all_or_nothing=True)


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise SheetError(f"{file}: it cannot be read ({error.strerror})") from error


def _shown(value: Any) -> str:
    text = "nothing" if value in (None, (), []) else str(value).replace("\n", " / ")
    return text if len(text) <= 80 else f"{text[:79]}…"


def _count(number: int, word: str) -> str:
    return f"{number} {word}" if number == 1 else f"{number} {word}s"
