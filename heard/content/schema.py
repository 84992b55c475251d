"""The form of every entry under content/. A mistake becomes a sentence in heard/content/mistakes.py."""

import re
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from difflib import get_close_matches
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Discriminator,
    Field,
    StringConstraints,
    Tag,
    model_validator,
)

from heard.content import vocabulary

Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{1,79}$")]
Text = Annotated[str, StringConstraints(min_length=1, max_length=2000, strip_whitespace=True)]
Area = Literal["hertfordshire", "dorset", "bcp", "national", "online"]
Level = Literal["beginner", "intermediate", "advanced", "any"]
Cost = Literal["free", "subsidised", "paid", "unknown"]
OpportunityKind = Literal[
    "careers",
    "competition",
    "course",
    "creative-tech",
    "early-years",
    "ensemble",
    "lesson",
    "music-centre",
    "online",
    "send-provision",
    "volunteering",
    "workshop",
]
Day = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
When = Literal["weekday", "evening", "weekend", "saturday", "sunday", "holidays", "after school", "term time"]
"""The values of the `when` entity in domain.yml."""


def _web_address(value: str) -> str:
    if not value.startswith(("https://", "http://")):
        raise ValueError("a web address starts with https:// or http://")
    if re.search(r"""[\s<>"\\]""", value):
        raise ValueError("a web address has no spaces, quotes or angle brackets in it")
    return value


def _known(words: tuple[str, ...]) -> Callable[[str], str]:
    def check(value: str) -> str:
        if value not in words:
            near = get_close_matches(value.lower(), words, n=1)
            hint = f"did you mean {near[0]!r}?" if near else f"use one of: {', '.join(words)}"
            raise ValueError(f"{value!r} is not a known word here; {hint}")
        return value

    return check


def _day(value: Any) -> Any:
    # pydantic would read a bare number as seconds since 1970.
    if isinstance(value, int | float):
        raise ValueError("write a day as 2026-11-30")
    return value


WebAddress = Annotated[str, AfterValidator(_web_address)]
Date = Annotated[date, BeforeValidator(_day)]
Instrument = Annotated[str, AfterValidator(_known(vocabulary.ENTRY_INSTRUMENTS))]
Genre = Annotated[str, AfterValidator(_known(vocabulary.ENTRY_GENRES))]
Activity = Annotated[str, AfterValidator(_known(vocabulary.ACTIVITIES))]
AccessNeed = Annotated[str, AfterValidator(_known(vocabulary.ACCESS_NEEDS))]
HelplineKind = Annotated[str, AfterValidator(_known(vocabulary.HELPLINE_KINDS))]
CriterionField = Annotated[str, AfterValidator(_known(vocabulary.CRITERIA))]
Circumstance = Annotated[str, AfterValidator(_known(vocabulary.CIRCUMSTANCES))]
Need = Literal["lesson", "group", "course", "instrument", "travel", "exam", "other"]


class Strict(BaseModel):
    """Unknown names are mistakes: a typo in a file must not be lost silently."""

    model_config = ConfigDict(extra="forbid", frozen=True)


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
    seen: str | None = None
    """A date found on that page, as it stood there."""
    confidence: Literal["page", "memory"]
    check_note: str | None = None
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
    cost_note: str | None = None
    area: Area
    place: str | None
    """Where, in the words of the page."""
    places: tuple[str, ...] = ()
    """The same as names of content/places.yml, for distances; empty where it has no fixed place."""
    postcode: str | None = None
    when: str | None
    """When, in the words of the page."""
    times: tuple[When, ...] = ()
    """The same as values of the `when` entity, only as far as the page says so."""
    online: bool = False
    accessibility: str | None = None
    access_needs: tuple[AccessNeed, ...] = ()
    """Values of the `access_need` entity that the entry says it welcomes."""
    activities: tuple[Activity, ...] = ()
    """Values of the `activity` entity that describe it."""
    audience: Literal["young people", "adults", "schools"] = "young people"


class Criterion(Strict):
    """One condition that a bursary's publisher names."""

    field: CriterionField
    value: bool | int | Decimal | str | tuple[str, ...]
    note: str | None = None


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
    amount_note: str | None
    ages: Ages | None
    eligibility: tuple[EligibilityCondition, ...]
    """All must hold."""
    how_to_apply: str | None
    evidence_needed: str | None
    deadline_note: str | None
    needs: tuple[Need, ...] = ()
    """What it can be spent on, for "help with the cost of ..."."""


class Stage(Strict):
    """One step of a pathway."""

    id: Slug
    title: Text
    typical_age: str | None
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
    check_note: str | None = None
    checked: Date | None = None
    area: Area = "national"
    instruments: tuple[Instrument, ...] = ()
    genres: tuple[Genre, ...] = ()
    words: tuple[str, ...] = ()
    """Other words by which people ask for this route ("producer", "rapper")."""


class HelplineContact(Strict):
    """Ways to reach a service, as a checked page gave them."""

    phone: str | None = None
    text: str | None = None
    web: str | None = None
    web_chat: str | None = None
    email: str | None = None


class Helpline(Entry):
    """Somebody to turn to in trouble."""

    area: Area
    for_whom: Text
    contact: HelplineContact
    contact_unconfirmed: HelplineContact | None = None
    """From memory: never shown."""
    hours: str | None
    when_to_use: Text
    must_check: bool = True
    kinds: tuple[HelplineKind, ...] = ()
    """What it is for: kinds of harm (heard/safeguarding/kinds.py) and of need."""
    ages: Ages | None = None
    for_adults: bool = False
    """For an adult who is worried about a child."""


class HubContact(Strict):
    """How to reach a person at the hub; null where we do not know."""

    name: Text
    phone: str | None = None
    email: str | None = None
    web: WebAddress
    address: str | None = None
    hours: str | None = None
    checked: Date | None = None


class Hub(Strict):
    """One installation's hub."""

    id: Slug
    name: Text
    lead: Text
    """Who leads the hub."""
    about: Text
    """Who it is and what it stands for, in two or three plain sentences."""
    county: Text
    areas: tuple[Area, ...]
    """The areas that the hub's own directory covers, its own first."""
    includes: tuple[str, ...] = ()
    """Folders under content/ whose entries belong to this directory too (national)."""
    contact: HubContact
    safeguarding_contact: str | None = None
    partners: tuple[HubContact, ...] = ()
    """Others that a family may need to reach: the service that gives the lessons, the hub next door."""


class Place(Strict):
    """A town, village or suburb. Coordinates in degrees, about 1 km exact."""

    name: Text
    kind: str
    lat: float = Field(ge=49, le=61)
    lon: float = Field(ge=-9, le=3)
    outcodes: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    """Other spellings and short forms (bmth)."""
    note: str | None = None


class County(Strict):
    """What people call the whole of an area ("Herts")."""

    id: Slug
    name: Text
    areas: tuple[Area, ...]
    also: tuple[str, ...] = ()


class District(Strict):
    """A district or an old district, with its places."""

    id: Slug
    name: Text
    area: Area
    council: str | None = None
    note: str | None = None
    also: tuple[str, ...] = ()
    places: tuple[Place, ...]


class Outcode(Strict):
    """The first half of a postcode and about where it is."""

    outcode: Annotated[str, StringConstraints(pattern=r"^[A-Z]{1,2}[0-9][0-9A-Z]?$")]
    post_town: Text
    area: str
    lat: float = Field(ge=49, le=61)
    lon: float = Field(ge=-9, le=3)
    note: str | None = None


class Option(Strict):
    """One answer that can be picked."""

    id: Slug
    label: Text


class Question(Strict):
    """One question of a consultation."""

    id: Slug
    kind: Literal["choice", "open"]
    text: Text
    options: tuple[Option, ...] = ()
    optional: bool = True
    strategy_area: str | None = None
    objective: str | None = None
    """The part of the hub's strategy or plan that the answers speak to, for the summary."""

    @model_validator(mode="after")
    def _options_fit_kind(self) -> "Question":
        if self.kind == "choice" and len(self.options) < 2:
            raise ValueError("a choice question needs two options or more")
        if self.kind == "open" and self.options:
            raise ValueError("an open question has no options")
        if len({o.id for o in self.options}) != len(self.options):
            raise ValueError("two options have the same id")
        return self


class Consultation(Strict):
    """What the hub asks young people."""

    id: Slug
    title: Text
    purpose: Text
    """What it is for and what will happen with the answers, in plain words."""
    audience: Text
    minutes: int = Field(ge=1, le=30)
    opens: Date
    closes: Date
    strategy_area: str | None = None
    objective: str | None = None
    thanks: Text
    """What happens next, said at the end."""
    questions: tuple[Question, ...] = Field(min_length=1)

    @model_validator(mode="after")
    def _in_order(self) -> "Consultation":
        if self.opens > self.closes:
            raise ValueError(f"opens ({self.opens}) is after closes ({self.closes})")
        if len({q.id for q in self.questions}) != len(self.questions):
            raise ValueError("two questions have the same id")
        return self


class Term(Strict):
    """A word that families and music services use, in plain words."""

    id: Slug
    term: Text
    full: Text
    also: tuple[str, ...] = ()
    """Synonyms, abbreviations and slang; some have several meanings (pp, college, bass)."""
    group: Text
    means: Text
    for_the_bot: str | None = None
    """How to ask about it; never shown."""
    field: Circumstance | None = None
    """What the word hints at; never proof."""


class SchoolYear(Strict):
    """A school year of England, from 1 September to 31 August."""

    label: Text
    starts_year_aged: int = Field(ge=0, le=25)
    ends_year_aged: int = Field(ge=0, le=25)
    key_stage: Text
    stage: Text
    also: tuple[str, ...] = ()
    note: str | None = None
