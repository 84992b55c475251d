"""Whether plain values make an entry, by the rules of the content files."""

from collections.abc import Collection, Iterable, Iterator
from difflib import get_close_matches
from typing import Any

from pydantic import ValidationError

from heard.content.mistakes import sentences
from heard.content.reading import unsafe_texts
from heard.content.schema import District, Opportunity, Pathway, Stage
from heard.store.entry_rows import COLLECTIONS, AnyEntry


class Checker:
    """Checks entries one by one, and pathways against the entries that there will be."""

    def __init__(self, districts: Iterable[District]) -> None:
        self._places = {place.name for district in districts for place in district.places}

    def entry(self, collection: str, plain: Any) -> tuple[AnyEntry | None, tuple[str, ...]]:
        """The entry that these values make, or None and what is wrong with them, each as "field: advice"."""
        advice = list(unsafe_texts(plain))
        try:
            entry = COLLECTIONS[collection].model_validate(plain)
        except ValidationError as error:
            fields = {text.partition(":")[0] for text in advice}
            return None, (*advice, *(s for s in sentences(error, plain) if s.partition(":")[0] not in fields))
        advice += self.places(entry.places if isinstance(entry, Opportunity) else ())
        return (None, tuple(advice)) if advice else (entry, ())

    def places(self, names: Iterable[str]) -> Iterator[str]:
        """What is wrong with the places of an opportunity: those that are not in places.yml."""
        for name in names:
            if name not in self._places:
                yield f"places: {name!r} is not in places.yml{_meant(name, self._places)}"


def named_by(stage: Stage) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The ids that a stage names, with their collection."""
    return ("opportunities", stage.examples), ("bursaries", stage.help_with_cost)


def lost_in(pathway: Pathway, known: Collection[tuple[str, str]]) -> Iterator[str]:
    """The entries that a pathway names and nobody has. `known` are collections and ids."""
    for n, stage in enumerate(pathway.stages):
        for collection, ids in named_by(stage):
            for id_ in ids:
                if (collection, id_) not in known:
                    yield f"stages[{n}] ({stage.id}): there is no such entry among the {collection}: {id_!r}"


def _meant(name: str, names: Iterable[str]) -> str:
    near = get_close_matches(name, names, n=1)
    return f"; did you mean {near[0]!r}?" if near else ""
