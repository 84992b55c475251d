"""A result as a page shows it: all of it at once, with what fits and what to check apart."""

from collections.abc import Iterable
from dataclasses import dataclass

from heard.cards import fits, opportunity_card, to_check
from heard.content.schema import Hub
from heard.directory.match import Match
from heard.directory.notes import Notes
from heard.directory.sayings import understood
from heard.directory.search import Directory, Result
from heard.messages import Card
from heard.wording import DEFAULT_LANGUAGE, Wording


@dataclass(frozen=True, slots=True)
class Line:
    """One entry of a result."""

    card: Card
    fits: tuple[str, ...]
    check: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """What there is for a wish."""

    said: str
    """What was understood, in one line."""
    notes: tuple[str, ...]
    lines: tuple[Line, ...]
    total: int
    is_local: bool
    near: tuple[Line, ...] = ()
    """What nearly fits, where too little does."""
    near_said: str = ""
    """Which conditions would have to go for those."""
    dropped: tuple[str, ...] = ()
    """The names of these conditions."""
    which: tuple[str, ...] = ()
    """The places of that name, where there are several and somebody has to say which."""


class FoundPages:
    """Results of one directory, for pages."""

    def __init__(self, directory: Directory, wording: Wording, hub: Hub) -> None:
        self._wording = wording
        self._notes = Notes(directory.places, wording, hub)

    def of(self, result: Result, language: str = DEFAULT_LANGUAGE) -> Found:
        """The result with all that is to be said about it."""
        near = result.nearest
        said = understood(result.wish, result.origin.one, self._wording, language)
        return Found(
            said=said,
            notes=tuple(self._notes.on_the_place(result, language)),
            lines=self._lines(result.matches, language),
            total=result.total,
            is_local=result.is_local,
            near=self._lines(near.matches, language) if near else (),
            near_said=self._notes.way(near.dropped, language) if near else "",
            dropped=near.dropped if near else (),
            which=tuple(place.name for place in result.ambiguous),
        )

    def _lines(self, matches: Iterable[Match], language: str) -> tuple[Line, ...]:
        return tuple(line_of(match, self._wording, language) for match in matches)


def line_of(match: Match, wording: Wording, language: str = DEFAULT_LANGUAGE) -> Line:
    """One entry beside a wish, in words."""
    card = opportunity_card(match.opportunity, wording, language, with_details=False)
    return Line(card, fits(match, wording, language), to_check(match, wording, language))
