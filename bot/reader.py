"""What typed words mention, read outside the chat by the very code that Rasa's pipeline reads with."""

import threading
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from heard.exchange import Entity

if TYPE_CHECKING:
    from nlu.entity_reader import EntityReader


class TypedReader:
    """Reads instruments, places, ages and so on out of a typed search, also while Rasa is down.

    spaCy and the vocabulary take some seconds to load, so they are loaded on first use, or by `warm_up`.
    """

    def __init__(self, content: Path) -> None:
        self._content = content
        self._loading = threading.Lock()

    def read(self, text: str, *, asked_age: bool = False) -> tuple[Entity, ...]:
        """What a text mentions, in its order, as it would come from the chat.

        `asked_age` says that a number on its own is an age.
        """
        with self._loading:
            reader = self._reader
        found = reader.read(text, asked_age=asked_age)
        return tuple(Entity(m.type, m.value, m.start, m.end, m.negated) for m in found)

    def warm_up(self) -> None:
        """Begins to load in the background; nobody waits for it and nothing depends on it."""
        threading.Thread(target=self.read, args=("drums",), name="typed reader", daemon=True).start()

    @cached_property
    def _reader(self) -> "EntityReader":
        from nlu.entity_reader import EntityReader
        from nlu.vocabulary import Vocabulary

        return EntityReader(Vocabulary.read(self._content / "vocabulary.yml", self._content / "places.yml"))
