"""`heard redact` and `heard screen`: JSON lines in, JSON lines out, to measure them on texts of one's own."""

import sys
from collections.abc import Callable, Iterable, Iterator

import typer

from heard.cli.here import ROOT
from heard.redaction.lines import redact_lines
from heard.safeguarding.lines import screen_lines


def add_to(app: typer.Typer) -> None:
    """Adds the commands."""
    app.command("redact")(_redact)
    app.command("screen")(_screen)


def _redact() -> None:
    """Takes {"text"} lines and gives {"text", "spans"}: what would be kept, and what was taken out."""
    _through(lambda lines: redact_lines(lines, ROOT / "content"))


def _screen() -> None:
    """Takes {"text"} lines and gives {"disclosure", "kind", "score"}."""
    _through(lambda lines: screen_lines(lines, ROOT / "content"))


def _through(convert: Callable[[Iterable[str]], Iterator[str]]) -> None:
    for line in convert(sys.stdin):
        print(line)
