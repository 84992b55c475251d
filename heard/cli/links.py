"""`heard check-links`: whether the directory's web addresses still work."""

import sys
from collections.abc import Mapping, Sequence

import typer

from heard.cli.directory import open_directory
from heard.content.addresses import addresses_of
from heard.errors import HeardError
from heard.links import Look, Pace, State, check_links
from heard.store.entry_rows import StoredEntry

_ORDER: Sequence[State] = ("broken", "unsure", "moved", "ok")


def add_to(app: typer.Typer) -> None:
    """Adds the command."""
    app.command("check-links")(_check_links)


def _check_links(
    everything: bool = typer.Option(False, "--all", help="print the addresses that are in order too"),
    at_once: int = typer.Option(Pace.at_once, min=1, max=32, help="how many addresses at once"),
    seconds: float = typer.Option(Pace.seconds_each, min=1, max=120, help="how long to wait for one answer"),
    pause: float = typer.Option(Pace.pause, min=0, max=60, help="seconds between two questions to one host"),
) -> None:
    """Looks at every web address of the directory; broken ones make their entries due for a check.

    Exit status 1 where one is broken.
    """
    with open_directory() as directory:
        named = _addresses(directory.store.entries.all(directory.hub))
        looks = check_links(named, Pace(at_once, seconds, pause), _Progress(len(named)))
        if len(looks) > 1 and not any(look.answered for look in looks):
            raise HeardError("no address answered at all, so nothing is kept: is this machine on the internet?")
        directory.store.links.put(looks)
    for look in sorted(looks, key=lambda look: (_ORDER.index(look.state), look.url)):
        if everything or look.state != "ok":
            print(_line(look, named[look.url]))
    print(", ".join(f"{sum(look.state == state for look in looks)} {state}" for state in reversed(_ORDER)))
    if any(look.state == "broken" for look in looks):
        raise typer.Exit(1)


def _addresses(stored: Sequence[StoredEntry]) -> Mapping[str, list[str]]:
    """Each address with the ids of the entries that name it."""
    named: dict[str, list[str]] = {}
    for one in stored:
        for url in addresses_of(one.entry):
            named.setdefault(url, []).append(one.entry.id)
    return named


class _Progress:
    """A line that counts, for somebody who is watching."""

    def __init__(self, total: int) -> None:
        self._total, self._done = total, 0

    def __call__(self, look: Look) -> None:
        self._done += 1
        if sys.stderr.isatty():
            print(f"\r{self._done} of {self._total}", end="\n" if self._done == self._total else "", file=sys.stderr)


def _line(look: Look, ids: Sequence[str]) -> str:
    status = look.status if look.status is not None else "---"
    names = ", ".join(ids[:3]) + (f" and {len(ids) - 3} more" if len(ids) > 3 else "")
    return f"{look.state:<7} {status}  {look.url}  [{names}]" + (f"  {look.note}" if look.note else "")
