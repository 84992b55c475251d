"""What a reminder of a day is about, as it stands now."""

from collections.abc import Callable
from dataclasses import dataclass

from heard.bursaries.assess import assess
from heard.bursaries.cards import bursary_card
from heard.bursaries.circumstances import Circumstances
from heard.bursaries.criteria import Criteria
from heard.cards import opportunity_card
from heard.consultations.service import Consultations
from heard.content.dates import KeyDate
from heard.content.load import Content
from heard.content.schema import Bursary, Opportunity
from heard.messages import Card
from heard.reminders.subject import Of
from heard.wording import Wording


@dataclass(frozen=True, slots=True)
class About:
    """An entry or a consultation, as far as its days go."""

    of: Of
    id: str
    name: str
    dates: tuple[KeyDate, ...]
    note: str | None = None
    """What its page says about when, where it gives no day."""
    card: Card | None = None
    weekly: bool = False
    """Whether it has times in every week."""


class Abouts:
    """Finds entries and consultations by id."""

    def __init__(
        self, content: Callable[[], Content], consultations: Consultations, criteria: Criteria, wording: Wording
    ) -> None:
        self._content = content
        self._consultations = consultations
        self._criteria = criteria
        self._wording = wording

    def of(self, of: Of, id_: str, language: str) -> About | None:
        """It, or None where it is gone or over."""
        return self.entry(id_, language) if of == "entry" else self.consultation(id_, language)

    def entry(self, id_: str, language: str) -> About | None:
        """An opportunity or a bursary."""
        content = self._content()
        entries: tuple[Bursary | Opportunity, ...] = (*content.bursaries, *content.opportunities)
        entry = next((each for each in entries if each.id == id_), None)
        if entry is None:
            return None
        note = entry.deadline_note if isinstance(entry, Bursary) else entry.when
        weekly = isinstance(entry, Opportunity) and bool(entry.sessions)
        return About("entry", entry.id, entry.name, entry.dates, note, self._card(entry, language), weekly)

    def consultation(self, id_: str, language: str) -> About | None:
        """A consultation that is open, and will not always be."""
        found = self._consultations.open_one(id_)
        if found is None or found.closes is None:
            return None
        name = self._wording.say("reminders.a_consultation", language, title=found.title)
        return About("consultation", found.id, name, (KeyDate(what="closes", day=found.closes),))

    def _card(self, entry: Opportunity | Bursary, language: str) -> Card:
        if isinstance(entry, Opportunity):
            return opportunity_card(entry, self._wording, language)
        return bursary_card(assess(Circumstances(), entry, self._criteria), self._wording, language)
