"""Builds the whole once: settings in, everything that the doors and the actions need out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from heard.bursaries.criteria import Criteria
from heard.bursaries.topic import BursariesTopic
from heard.consultations.service import Consultations
from heard.consultations.topic import ConsultationsTopic
from heard.content.load import Content, load_content
from heard.directory.search import Directory
from heard.directory.topic import DirectoryTopic
from heard.exchange import Exchange, Outcome
from heard.instruments.topic import InstrumentsTopic
from heard.pathways.topic import PathwaysTopic
from heard.places import Places
from heard.redaction import Redaction, Redactor
from heard.safeguarding import Safeguarding, Screen
from heard.settings import Settings
from heard.staff import StaffAccounts
from heard.store import Store
from heard.talk import TalkTopic
from heard.wording import Wording

ANSWERED_LASTS = timedelta(hours=24)
"""How long a message is known again: Telegram keeps an update for as long (Bot API, getUpdates)."""

BUTTONS_LAST = timedelta(days=90)
"""How long a Telegram button whose payload is too long for it still works."""


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

    def purge(self, *, dry_run: bool = False) -> dict[str, int]:
        """Lets go of what has outlived its use; says of what how many there were."""
        now = datetime.now(UTC)
        before = now - ANSWERED_LASTS
        if dry_run:
            return {"answered messages": self.store.turns.count_before(before)}
        self.consultations.close_due()
        return {
            "answered messages": self.store.turns.purge_before(before),
            "Telegram buttons": self.store.buttons.purge_before(now - BUTTONS_LAST),
            "staff sessions and sign-in tries": self.staff.purge(),
        }


def build(settings: Settings) -> Heard:
    """Reads content, opens the database, puts content into it and hands out what works on both.

    Raises ContentError, WordingError or StoreError, each with one sentence that says what to do.
    """
    wording = Wording.load(settings.content / "wording")
    content = load_content(settings.content, settings.hub)
    store = Store.open(settings.database_url)
    store.entries.replace_from_content(content)
    content = store.entries.read(content)
    hub = content.hub
    criteria = Criteria.load(settings.content / "criteria.yml")
    places = Places(content.districts, content.outcodes, content.counties, content.beyond)
    redactor = Redactor.load(settings.content)
    talk = TalkTopic(hub, wording)
    consultations = Consultations(store, hub.id)
    consultations.put(content.consultations)
    return Heard(
        settings=settings,
        content=content,
        wording=wording,
        store=store,
        redact=redactor.redact,
        safeguarding=Safeguarding(Screen.load(settings.content), content.helplines, wording, hub.areas),
        talk=talk,
        directory=DirectoryTopic(Directory(content.opportunities, places), wording, hub),
        bursaries=BursariesTopic(content.bursaries, criteria, places, hub, wording),
        pathways=PathwaysTopic(
            content.pathways, content.opportunities, content.bursaries, criteria, places, hub, wording
        ),
        instruments=InstrumentsTopic(content.bursaries, criteria, places, hub, wording),
        consultations=ConsultationsTopic(consultations, wording, talk.contact_card),
        staff=StaffAccounts(store),
    )
