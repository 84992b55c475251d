"""Builds the whole once: settings in, everything that the doors and the actions need out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from heard.bursaries.topic import BursariesTopic
from heard.consultations.topic import ConsultationsTopic
from heard.content.load import Content
from heard.directory.topic import DirectoryTopic
from heard.exchange import Exchange, Outcome
from heard.instruments.topic import InstrumentsTopic
from heard.pathways.topic import PathwaysTopic
from heard.redaction import Redaction
from heard.safeguarding import Safeguarding
from heard.settings import Settings
from heard.staff import StaffAccounts
from heard.store import Store
from heard.talk import TalkTopic
from heard.wording import Wording


@dataclass(frozen=True, slots=True)
class Heard:
    """One hub's installation, built and ready."""

    settings: Settings
    content: Content
    wording: Wording
    store: Store
    redact: Callable[[str], Redaction]
    safeguarding: Safeguarding
    talk: TalkTopic
    directory: DirectoryTopic
    bursaries: BursariesTopic
    pathways: PathwaysTopic
    instruments: InstrumentsTopic
    consultations: ConsultationsTopic
    staff: StaffAccounts

    def follow_up(self, exchange: Exchange) -> Outcome:
        """Hands a bare yes, no, skip or value to the topic that is open.

        A topic's open question comes before a consultation's: the door asks the latter again afterwards.
        """
        topics: Mapping[str, Callable[[Exchange], Outcome]] = {
            "search": self.directory.follow_up,
            "bursaries": self.bursaries.follow_up,
            "pathways": self.pathways.follow_up,
            "instruments": self.instruments.follow_up,
            "consultation": self.consultations.follow_up,
        }
        nothing_else_open = exchange.memory.get("asked") is None and exchange.understood.intent != "show_more"
        if nothing_else_open and self.consultations.is_active(exchange.sender):
            return self.consultations.follow_up(exchange)
        return topics.get(exchange.memory.get("topic") or "", self.talk.follow_up)(exchange)
