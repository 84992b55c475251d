"""Builds the whole once: settings in, everything that the doors and the actions need out."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from heard.bursaries.criteria import Criteria
from heard.bursaries.topic import BursariesTopic
from heard.consultations.service import Consultations
from heard.consultations.topic import ConsultationsTopic
from heard.content.load import Content, load_content
from heard.directory.topic import DirectoryTopic
from heard.directory.typed import TypedSearch
from heard.entries import Entries
from heard.exchange import Exchange, Outcome
from heard.instruments.topic import InstrumentsTopic
from heard.later import Later
from heard.live import Live
from heard.needs.counting import Needs
from heard.pathways.topic import PathwaysTopic
from heard.redaction import Redaction, Redactor
from heard.reminders import Reminders
from heard.reminders.about import Abouts
from heard.reminders.due import Dues
from heard.reminders.meaning import Meaning
from heard.reminders.topic import RemindersTopic
from heard.retention.purging import Purging
from heard.rightness import Rightness
from heard.safeguarding import Safeguarding, Screen
from heard.settings import Settings
from heard.staff import SecondFactor, StaffAccounts
from heard.store import Store
from heard.talk import TalkTopic
from heard.topics import Topics, topics_builder
from heard.wording import Wording


@dataclass(frozen=True, slots=True)
class Heard:
    """One hub's installation, built and ready.

    Entries change while it runs: take `content` and the topics from here anew for each piece of work, and keep
    neither of them. `live.now` is all of one moment, where two of them must fit together.
    """

    settings: Settings
    wording: Wording
    store: Store
    redact: Callable[[str], Redaction]
    talk: TalkTopic
    consultations: ConsultationsTopic
    staff: StaffAccounts
    second_factor: SecondFactor
    needs: Needs
    rightness: Rightness
    later: Later
    purging: Purging
    reminders: Reminders
    reminding: RemindersTopic
    dues: Dues
    live: Live[Topics]

    @property
    def content(self) -> Content:
        """The hub's content with its entries as they are now."""
        return self.live.now.content

    @property
    def safeguarding(self) -> Safeguarding:
        """Screens for disclosures and names who can help."""
        return self.live.now.safeguarding

    @property
    def directory(self) -> DirectoryTopic:
        """Finds opportunities."""
        return self.live.now.directory

    @property
    def typed(self) -> TypedSearch:
        """Finds opportunities by a form."""
        return self.live.now.typed

    @property
    def entries(self) -> Entries:
        """Every entry by its id."""
        return self.live.now.entries

    @property
    def bursaries(self) -> BursariesTopic:
        """Finds help with the cost."""
        return self.live.now.bursaries

    @property
    def pathways(self) -> PathwaysTopic:
        """Says what comes next."""
        return self.live.now.pathways

    @property
    def instruments(self) -> InstrumentsTopic:
        """Says how to get hold of an instrument."""
        return self.live.now.instruments

    def follow_up(self, exchange: Exchange) -> Outcome:
        """Hands a bare yes, no, skip or value to the topic that is open.

        A topic's open question comes before a consultation's: the door asks the latter again afterwards.
        """
        now = self.live.now
        topics: Mapping[str, Callable[[Exchange], Outcome]] = {
            "search": now.directory.follow_up,
            "bursaries": now.bursaries.follow_up,
            "pathways": now.pathways.follow_up,
            "instruments": now.instruments.follow_up,
            "consultation": self.consultations.follow_up,
            "reminders": self.reminding.follow_up,
        }
        nothing_else_open = exchange.memory.get("asked") is None and exchange.understood.intent != "show_more"
        if nothing_else_open and self.consultations.is_active(exchange.sender):
            return self.consultations.follow_up(exchange)
        return topics.get(exchange.memory.get("topic") or "", self.talk.follow_up)(exchange)


def build(settings: Settings) -> Heard:
    """Reads content, opens the database, puts content into it and hands out what works on both.

    Raises ContentError, WordingError or StoreError, each with one sentence that says what to do.
    """
    wording = Wording.load(settings.content / "wording")
    from_files = load_content(settings.content, settings.hub)
    store = Store.open(settings.database_url)
    store.entries.replace_from_content(from_files)
    hub = from_files.hub
    later = Later()
    own = [district for district in from_files.districts if district.area in hub.areas]
    needs = Needs(store.needs, hub.id, own, later)
    rightness = Rightness(store.votes, hub.id, later)
    criteria, screen = Criteria.load(settings.content / "criteria.yml"), Screen.load(settings.content)
    topics = topics_builder(criteria, screen, wording, needs, rightness)
    redactor = Redactor.load(settings.content)
    talk = TalkTopic(hub, wording)
    consultations = Consultations(store, hub.id)
    consultations.put(from_files.consultations)
    staff = StaffAccounts(store)
    live = Live(lambda: topics(store.entries.read(from_files)), lambda: store.entries.version(hub.id))
    reminders = Reminders(store, settings.secret, hub.id)
    abouts = Abouts(lambda: live.now.content, consultations, criteria, wording)
    meaning = Meaning(lambda: live.now, abouts, consultations.closing_for, criteria)
    return Heard(
        settings=settings,
        wording=wording,
        store=store,
        redact=redactor.redact,
        talk=talk,
        consultations=ConsultationsTopic(consultations, wording, talk.contact_card),
        staff=staff,
        second_factor=SecondFactor(store, staff, settings.secret),
        needs=needs,
        rightness=rightness,
        later=later,
        purging=Purging(store, consultations),
        reminders=reminders,
        reminding=RemindersTopic(lambda: live.now, reminders, abouts, meaning, wording),
        dues=Dues(abouts, lambda: live.now.opportunities, consultations, reminders, wording),
        live=live,
    )
