"""The form of the directory's entries: opportunities, bursaries, pathways and helplines."""

from decimal import Decimal
from typing import Annotated, Any, Literal

from pydantic import Discriminator, Field, Tag, model_validator

from heard.content.dates import KeyDate, Session, Worth
from heard.content.fields import (
    AccessNeed,
    Activity,
    Applicant,
    Area,
    Cost,
    CriterionField,
    Date,
    Genre,
    HelplineKind,
    Instrument,
    Level,
    Need,
    Note,
    OpportunityKind,
    People,
    Slug,
    Strict,
    Text,
    WebAddress,
    When,
)


class Ages(Strict):
    """From and to, in whole years, both included; null where there is no limit."""

    min: int | None = Field(default=None, ge=0, le=99)
    max: int | None = Field(default=None, ge=0, le=99)

    @model_validator(mode="after")
    def _in_order(self) -> "Ages":
        if self.min is not None and self.max is not None and self.min > self.max:
            raise ValueError(f"min ({self.min}) is more than max ({self.max})")
        return self


class Entry(Strict):
    """What every directory entry carries about itself."""

    id: Slug
    name: Text
    url: WebAddress | None = None
    source: WebAddress | None = None
    """The page that the facts were read on."""
    seen: Note = None
    """A date found on that page, as it stood there."""
    confidence: Literal["page", "memory"]
    check_note: Note = None
    """For staff: what to check first. Never shown to the public."""
    checked: Date | None = None
    """The day somebody at the hub last confirmed the entry; null until somebody has."""


class Opportunity(Entry):
    """Something a young person can join: a service, in the words of Open Referral."""

    provider: Text
    kind: OpportunityKind
    summary: Text
    ages: Ages | None
    """Null means that nobody said, not that everybody may come."""
    instruments: tuple[Instrument, ...]
    """Canonical instruments, the families (strings, brass, woodwind ...) or "any"."""
    genres: tuple[Genre, ...]
    level: Level
    cost: Cost
    cost_note: Note = None
    area: Area
    place: Note
    """Where, in the words of the page."""
    places: tuple[Text, ...] = ()
    """The same as names of content/places.yml, for distances; empty where it has no fixed place."""
    postcode: Note = None
    when: Note
    """When, in the words of the page."""
    times: tuple[When, ...] = ()
    """The same as values of the `when` entity, only as far as the page says so."""
    online: bool = False
    accessibility: Note = None
    access_needs: tuple[AccessNeed, ...] = ()
    """Values of the `access_need` entity that the entry says it welcomes."""
    only_for: tuple[People, ...] = ()
    """Values of the `access_need` or `circumstance` entity, where it is for these people alone (children in care);
    empty for an entry that is open to all, whomever it welcomes."""
    activities: tuple[Activity, ...] = ()
    """Values of the `activity` entity that describe it."""
    audience: Literal["young people", "adults", "schools"] = "young people"
    sessions: tuple[Session, ...] = ()
    """Its times in every week, as far as the page gives the hour."""
    dates: tuple[KeyDate, ...] = ()
    """Its own days, as far as the page gives the year."""


class Criterion(Strict):
    """One condition that a bursary's publisher names."""

    field: CriterionField
    value: bool | int | Decimal | str | tuple[str, ...]
    note: Note = None


class AnyOf(Strict):
    """One of these is enough."""

    any_of: tuple[Criterion, ...] = Field(min_length=1)


def _criterion_form(value: Any) -> str:
    group = "any_of" in value if isinstance(value, dict) else isinstance(value, AnyOf)
    return "any_of" if group else "criterion"


EligibilityCondition = Annotated[
    Annotated[Criterion, Tag("criterion")] | Annotated[AnyOf, Tag("any_of")], Discriminator(_criterion_form)
]


class Bursary(Entry):
    """Help with the cost of music: a bursary, a discount, a loan or an entitlement."""

    funder: Text
    area: Area
    what_it_pays: Text
    amount_note: Note
    ages: Ages | None
    eligibility: tuple[EligibilityCondition, ...]
    """All must hold."""
    how_to_apply: Note
    evidence_needed: Note
    deadline_note: Note
    needs: tuple[Need, ...] = ()
    """What it can be spent on, for "help with the cost of ..."."""
    applicants: tuple[Applicant, ...] = ()
    """Who applies; empty where nobody said."""
    worth: Worth | None = None
    """What it gives at most today, for what is worth most; null where only an older sum, or none, is known."""
    dates: tuple[KeyDate, ...] = ()
    """When it opens and closes, as far as the page gives the year."""


class Stage(Strict):
    """One step of a pathway."""

    id: Slug
    title: Text
    typical_age: Note
    what_happens: Text
    examples: tuple[Slug, ...] = ()
    help_with_cost: tuple[Slug, ...] = ()


class Pathway(Strict):
    """A typical route, from the first try onwards. Nobody has to follow it in order."""

    id: Slug
    name: Text
    for_whom: Text
    stages: tuple[Stage, ...] = Field(min_length=1)
    confidence: Literal["page", "memory"]
    check_note: Note = None
    checked: Date | None = None
    area: Area = "national"
    instruments: tuple[Instrument, ...] = ()
    genres: tuple[Genre, ...] = ()
    words: tuple[Text, ...] = ()
    """Other words by which people ask for this route ("producer", "rapper")."""


class HelplineContact(Strict):
    """Ways to reach a service, as a checked page gave them."""

    phone: Note = None
    text: Note = None
    web: Note = None
    web_chat: Note = None
    email: Note = None


class Helpline(Entry):
    """Somebody to turn to in trouble."""

    area: Area
    for_whom: Text
    contact: HelplineContact
    contact_unconfirmed: HelplineContact | None = None
    """From memory: never shown."""
    hours: Note
    when_to_use: Text
    must_check: bool = True
    kinds: tuple[HelplineKind, ...] = ()
    """What it is for: kinds of harm (heard/safeguarding/kinds.py) and of need."""
    ages: Ages | None = None
    for_adults: bool = False
    """For an adult who is worried about a child."""
