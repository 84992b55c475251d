"""The form of what surrounds the entries: the hub itself, its places, and the words that families use."""

from typing import Annotated

from pydantic import Field, StringConstraints

from heard.content.fields import Area, Circumstance, Date, Slug, Strict, Text, WebAddress


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


class Neighbour(Strict):
    """A town just beyond our border. Coordinates in degrees, about 1 km exact."""

    name: Text
    lat: float = Field(ge=49, le=61)
    lon: float = Field(ge=-9, le=3)


class Beyond(Strict):
    """A county or a city that no directory here covers, so that its towns are known as not ours."""

    name: Text
    places: tuple[Text, ...] = ()
    near: tuple[Neighbour, ...] = ()
    """Those of its towns that are nearer to some of ours than our next town may be."""
    note: str | None = None
    """What else to say to somebody from there."""


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
