"""What commands about the directory need: the hub's content and the database, with nothing else built."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from heard.cli.here import settings
from heard.content.load import Content, load_content
from heard.settings import Settings
from heard.store import Store


@dataclass(frozen=True, slots=True)
class OpenDirectory:
    """The hub's directory, open. `content` has the entries of the database."""

    settings: Settings
    content: Content
    store: Store

    @property
    def hub(self) -> str:
        """The hub's id."""
        return self.content.hub.id


@contextmanager
def open_directory() -> Iterator[OpenDirectory]:
    """Opens it, brings it up to the content files and closes it again. Raises HeardError."""
    mine = settings()
    from_files = load_content(mine.content, mine.hub)
    store = Store.open(mine.database_url)
    try:
        store.entries.replace_from_content(from_files)
        yield OpenDirectory(mine, store.entries.read(from_files), store)
    finally:
        store.close()
