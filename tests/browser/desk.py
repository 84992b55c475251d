"""The staff pages on a port of their own, without Rasa: for what a member of staff sees and does in a browser."""

import contextlib
from collections.abc import Iterator
from pathlib import Path

from fastapi.staticfiles import StaticFiles

from bot.web.pages import ASSETS
from tests.bot.staff.office import Office, an_office
from tests.browser.stage import serving
from tests.system import free_ports


@contextlib.contextmanager
def open_office(folder: Path, **environ: str) -> Iterator[tuple[Office, str]]:
    """An office and its address."""
    office = an_office(folder, **environ)
    office.app.mount("/assets", StaticFiles(directory=ASSETS), name="assets")
    (port,) = free_ports(1)
    with serving(office.app, port):
        yield office, f"http://127.0.0.1:{port}"
    office.heard.store.close()
