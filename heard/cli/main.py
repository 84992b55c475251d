"""`heard`: runs, checks and looks after an installation."""

import os
import sys
from pathlib import Path

import typer
from dotenv import load_dotenv

from heard.cli import bursaries, chat, consultation, content, doctor, export, imports, lines, links, purge, run, staff
from heard.errors import HeardError

app = typer.Typer(
    help="Heard: a youth-voice and signposting chatbot for music hubs.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
for topic in (run, doctor, chat, bursaries, content, imports, export, links, consultation, staff, lines, purge):
    topic.add_to(app)


def main() -> None:
    """A known fault is one line that says what to do, and exit status 2."""
    load_dotenv(Path.cwd() / ".env")
    try:
        app()
    except HeardError as error:
        print(f"heard: {error}", file=sys.stderr)
        sys.exit(2)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(141)
