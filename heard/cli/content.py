"""`heard check-content`: every mistake in content/, each with its file and entry."""

import typer

from heard.cli.here import ROOT
from heard.content.load import check_content
from heard.wording import Wording


def add_to(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("check-content")(_check_content)


def _check_content() -> None:
    """Checks every file under content/, for all hubs; names each mistake's file and entry."""
    Wording.load(ROOT / "content" / "wording")
    mistakes = check_content(ROOT / "content")
    for mistake in mistakes:
        print(mistake)
    if mistakes:
        print(f"{len(mistakes)} mistake{'s' if len(mistakes) > 1 else ''} to put right.")
        raise typer.Exit(1)
    print("Content is in order.")
