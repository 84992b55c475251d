"""`heard purge` and `heard retention`: how long what is kept, and letting go of what is past its time."""

import typer

from heard.bootstrap import build
from heard.cli.here import settings
from heard.retention.lifetimes import LIFETIMES, as_markdown


def add_to(app: typer.Typer) -> None:
    """Adds the commands."""
    app.command("purge")(_purge)
    app.command("retention")(_retention)


def _purge(dry_run: bool = typer.Option(False, "--dry-run", help="Only say what would go.")) -> None:
    """Deletes what is past its time. A running installation does it every quarter of an hour."""
    heard = build(settings())
    for what, count in (heard.purging.count() if dry_run else heard.purging.purge()).items():
        print(f"{what}: {count} {'would go' if dry_run else 'gone'}")
    if dry_run:
        print("What is only in the memory of a running process goes there, on time, and is not counted here.")
    heard.store.close()


def _retention(markdown: bool = typer.Option(False, "--markdown", help="As the table of docs/privacy/.")) -> None:
    """Prints what is kept, where, until when and why."""
    if markdown:
        print(as_markdown())
        return
    for lifetime in LIFETIMES:
        print(f"{lifetime.name}\n  where: {lifetime.where}\n  until: {lifetime.ends}\n  why: {lifetime.why}")
