"""What answers from the directory's entries, as they stood at one moment."""

from collections.abc import Callable
from dataclasses import dataclass

from heard.bursaries.criteria import Criteria
from heard.bursaries.topic import BursariesTopic
from heard.content.load import Content
from heard.directory.search import Directory
from heard.directory.topic import DirectoryTopic
from heard.directory.typed import TypedSearch
from heard.entries import Entries
from heard.instruments.topic import InstrumentsTopic
from heard.needs.counting import Needs
from heard.pathways.topic import PathwaysTopic
from heard.places import Places
from heard.rightness import Rightness
from heard.safeguarding import Safeguarding, Screen
from heard.wording import Wording


@dataclass(frozen=True, slots=True)
class Topics:
    """One state of the entries and everything that was built of it."""

    content: Content
    safeguarding: Safeguarding
    directory: DirectoryTopic
    bursaries: BursariesTopic
    pathways: PathwaysTopic
    instruments: InstrumentsTopic
    typed: TypedSearch
    entries: Entries
    opportunities: Directory


def topics_builder(
    criteria: Criteria, screen: Screen, wording: Wording, needs: Needs | None = None, rightness: Rightness | None = None
) -> Callable[[Content], Topics]:
    """A function that builds the topics; what the entries have no part in is made once."""

    def build(content: Content) -> Topics:
        hub = content.hub
        places = Places(content.districts, content.outcodes, content.counties, content.beyond)
        opportunities = Directory(content.opportunities, places)
        return Topics(
            content=content,
            safeguarding=Safeguarding(screen, content.helplines, wording, hub.areas),
            directory=DirectoryTopic(opportunities, wording, hub, needs, rightness),
            bursaries=BursariesTopic(content.bursaries, criteria, places, hub, wording),
            pathways=PathwaysTopic(
                content.pathways, content.opportunities, content.bursaries, criteria, places, hub, wording
            ),
            instruments=InstrumentsTopic(content.bursaries, criteria, places, hub, wording),
            typed=TypedSearch(opportunities, wording, hub),
            entries=Entries(content),
            opportunities=opportunities,
        )

    return build
