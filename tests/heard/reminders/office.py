"""A hub with a few entries, a clock that stands still, and a post that writes down what it was given."""

from datetime import UTC, date, datetime, timedelta
from types import SimpleNamespace
from typing import Any

from heard.bursaries.criteria import Criteria
from heard.consultations.service import Consultations
from heard.content.dates import KeyDate
from heard.content.schema import Bursary
from heard.directory.search import Directory
from heard.exchange import Exchange, Outcome
from heard.messages import Reply
from heard.reminders.about import Abouts
from heard.reminders.days import today
from heard.reminders.due import Dues
from heard.reminders.keeping import Reminder, Reminders
from heard.reminders.meaning import Meaning
from heard.reminders.posting import Posted
from heard.reminders.rounds import Rounds
from heard.reminders.subject import Subject
from heard.reminders.topic import RemindersTopic
from heard.schedule import Scheduler
from heard.store import Store
from heard.store.reminders import job_kind
from heard.wording import Wording
from tests.builders import CONTENT, a_hub, an_exchange, an_opportunity, some_places
from tests.heard.consultations.small import a_consultation

HUB = "hertfordshire"
SECRET = "a secret of the tests that is long enough, 0123456789"
NOON = datetime(2026, 11, 21, 12, tzinfo=UTC)
WORDING = Wording.load(CONTENT / "wording")
CRITERIA = Criteria.load(CONTENT / "criteria.yml")
CHAT = "7318450901"


def a_bursary(
    id_: str = "strings-fund", *, closes: date | None = None, opens: date | None = None, **more: Any
) -> Bursary:
    """A bursary; `closes` and `opens` are its days, where they are known."""
    dates = [KeyDate(what=what, day=day) for what, day in (("closes", closes), ("opens", opens)) if day]
    plain: dict[str, Any] = {
        "name": "Benslow Strings Fund",
        "funder": "Benslow",
        "area": "national",
        "what_it_pays": "Strings",
        "amount_note": None,
        "ages": None,
        "eligibility": (),
        "how_to_apply": None,
        "evidence_needed": None,
        "deadline_note": "In spring.",
        "confidence": "page",
    }
    return Bursary(id=id_, dates=tuple(dates), **(plain | more))


def drums_in_hatfield(id_: str = "drum-club", **more: Any):
    """A drum group in Hatfield."""
    return an_opportunity(
        id=id_, instruments=("drums",), activities=("group",), kind="ensemble", place="Hatfield", **more
    )


class Office:
    """Everything that reminders need, on one database. `sent` is what went out, with the address."""

    def __init__(self, url: str, *entries: Any, now: datetime = NOON) -> None:
        self.now = now
        self.sent: list[tuple[str, Reply]] = []
        self.posted = Posted("sent")
        self.store = Store.open(url, clock=lambda: self.now)
        self.consultations = Consultations(self.store, HUB, lambda: today(self.now))
        self.consultations.put([a_consultation()])
        self.reminders = Reminders(self.store, SECRET, HUB, lambda: self.now)
        abouts = Abouts(lambda: self.live.content, self.consultations, CRITERIA, WORDING)
        meaning = Meaning(lambda: self.live, abouts, self.consultations.closing_for, CRITERIA)  # type: ignore[arg-type]
        self.topic = RemindersTopic(lambda: self.live, self.reminders, abouts, meaning, WORDING)  # type: ignore[arg-type]
        self.dues = Dues(abouts, lambda: self.live.opportunities, self.consultations, self.reminders, WORDING)
        self.rounds = Rounds(self.reminders, self.dues.of, self._post, lambda: self.now)
        self.entries(*entries)

    def entries(self, *entries: Any) -> None:
        """These are the entries from now on."""
        bursaries = tuple(e for e in entries if isinstance(e, Bursary))
        opportunities = tuple(e for e in entries if not isinstance(e, Bursary))
        content = SimpleNamespace(hub=a_hub(), bursaries=bursaries, opportunities=opportunities)
        self.live = SimpleNamespace(content=content, opportunities=Directory(opportunities, some_places()))

    def keep(self, subject: Subject, sender: str = "sam", address: str = CHAT) -> Reminder:
        """Somebody agrees to a reminder."""
        day = getattr(subject, "day", None)
        kept = self.reminders.keep(sender, address, "en", subject, self.reminders.last_day(day))
        assert kept is not None
        return kept

    def say(self, text: str = "", *, channel: Any = "telegram", memory: Any = None, **values: Any) -> Outcome:
        """Somebody writes, or presses a button where there is no text."""
        exchange = an_exchange(text or "/remind_me", intent="remind_me", memory=memory, **values)
        return self.topic.remind_me(self._at_this_hour(exchange, channel))

    def go_on(self, intent: str, text: str = "", **values: Any) -> Outcome:
        """Somebody answers while reminders are the topic."""
        return self.topic.follow_up(self._at_this_hour(an_exchange(text, intent=intent, **values), "telegram"))

    async def work(self) -> None:
        """Everything that is due now is done."""
        scheduler = Scheduler(self.store.jobs, {job_kind(HUB): self.rounds.look}, lambda: self.now)
        while await scheduler.run_one():
            pass

    async def wait(self, **time: int) -> None:
        """Time goes by, hour by hour, and what is due is done."""
        until = self.now + timedelta(**time)
        while self.now < until:
            self.now = min(self.now + timedelta(hours=1), until)
            await self.work()

    @property
    def texts(self) -> list[str]:
        """What was sent, without the addresses."""
        return [reply.text for _, reply in self.sent]

    def close(self) -> None:
        """Lets the database go."""
        self.store.close()

    def _at_this_hour(self, exchange: Exchange, channel: Any) -> Exchange:
        return Exchange(exchange.understood, exchange.memory, "sam", exchange.key, today(self.now), "en", channel)

    async def _post(self, address: str, reply: Reply, language: str) -> Posted:
        if self.posted.how == "sent":
            self.sent.append((address, reply))
        return self.posted
