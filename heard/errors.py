"""The errors that Heard raises, each saying what a person can do about it."""

from pathlib import Path


class HeardError(Exception):
    """The root of everything that Heard raises on purpose."""


class SettingsError(HeardError):
    """An environment variable is missing or wrong."""

    def __init__(self, name: str, advice: str) -> None:
        super().__init__(f"{name}: {advice}")
        self.name = name
        self.advice = advice


class ContentError(HeardError):
    """A content file holds a mistake; the message names the file and the entry."""

    def __init__(self, path: Path | str, advice: str) -> None:
        super().__init__(f"{path}: {advice}")
        self.path = Path(path)
        self.advice = advice


class EntryError(HeardError):
    """A change to a directory entry that cannot be made; the message names the entry."""

    def __init__(self, id_: str, advice: str) -> None:
        super().__init__(f"{id_}: {advice}")
        self.id = id_
        self.advice = advice


class WordingError(HeardError):
    """A text that the program wants to say is missing from content/wording/."""


class StoreError(HeardError):
    """The database cannot be reached or is not of the version that we need."""
