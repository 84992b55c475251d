"""`heard purge`: lets go of what has outlived its use."""

import typer

from heard.bootstrap import build
from heard.cli.here import settings


def add_to(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("purge")(_purge)


def _purge(dry_run: bool = typer.Option(False, "--dry-run", help="Only say what would go.")) -> None:
    """Deletes answered messages, sessions and unsent answers that are past their time."""
    heard = build(settings())
    for what, count in heard.purge(dry_run=dry_run).items():
        print(f"{what}: {count} {'would go' if dry_run else 'gone'}")
    heard.store.close()
