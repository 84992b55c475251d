"""Which words mean nearly the same in a search: families, related genres, kinds of activity, days."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

EARLY_YEARS_END: Final = 7
"""Where an early-years entry names no upper age: nobody expects a ten-year-old at a toddlers' group."""

SCHOOL_START: Final = 4
"""Under this age only what says that it is for little ones: where a page gives no ages, it does not mean babies."""

SOME_EXPERIENCE_FROM: Final = 7
"""Under this age nobody is meant by "players with some experience", where a page gives no ages."""

SAME_INSTRUMENT: Final[Mapping[str, str]] = MappingProxyType(
    {"fiddle": "violin", "computer": "music technology", "singing": "voice", "decks": "dj decks"}
)
"""How pages write it and what it is called here."""

RELATED_GENRES: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "classical": ("orchestral", "chamber", "choral", "early music"),
        "orchestral": ("classical",),
        "choral": ("sacred", "gospel", "classical"),
        "jazz": ("soul", "r&b"),
        "rock": ("pop", "metal", "contemporary"),
        "pop": ("rock", "contemporary", "acoustic"),
        "metal": ("rock",),
        "rap": ("hip hop", "grime", "drill"),
        "hip hop": ("rap", "grime", "r&b"),
        "grime": ("rap", "hip hop", "drill"),
        "drill": ("rap", "hip hop", "grime"),
        "r&b": ("soul", "hip hop", "pop"),
        "electronic": ("dj", "production"),
        "dj": ("electronic", "production"),
        "production": ("electronic", "dj"),
        "folk": ("acoustic",),
        "world": ("samba", "bollywood", "reggae", "folk"),
        "bollywood": ("world",),
        "samba": ("world",),
        "reggae": ("world",),
        "gospel": ("choral", "soul"),
        "musical theatre": ("theatre",),
        "brass band": ("wind band",),
        "songwriting": ("composing",),
        "composing": ("songwriting",),
    }
)

GENRE_SIGNS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "songwriting": ("songwrit", "write songs", "write, play"),
        "composing": ("compos",),
        "production": ("producing", "production", "producer", "recording studio", "studios"),
        "dj": ("djing", " dj "),
        "rap": ("rap ", "rapping"),
        "jazz": ("jazz",),
        "folk": ("folk",),
        "musical theatre": ("musical theatre", "musicals"),
        "samba": ("samba",),
        "gospel": ("gospel",),
    }
)
"""Signs of a genre in an entry's own words, for pages that name the thing and not the genre."""

PRODUCED_WITH: Final = "music technology"
"""Whoever asks for production or electronic music is served by an entry with this instrument."""

MADE_ON_COMPUTERS: Final = frozenset({"production", "electronic"})

BROADER_ACTIVITIES: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        "group": frozenset({"group", "ensemble", "orchestra", "band", "choir"}),
        "ensemble": frozenset({"group", "ensemble", "orchestra", "band", "choir"}),
        "course": frozenset({"course", "holiday course", "workshop"}),
        "holiday course": frozenset({"holiday course"}),
        "workshop": frozenset({"workshop", "course", "holiday course"}),
        "event": frozenset({"event", "workshop"}),
        "job": frozenset({"job", "apprenticeship"}),
        "apprenticeship": frozenset({"apprenticeship", "job"}),
    }
)
"""A wish for the first is met by an entry with any of the second."""

WORK: Final = frozenset({"job", "apprenticeship", "work experience", "volunteering"})
"""To an adult who looks for one of these, nothing else comes close."""

ACTIVITIES_OF_KIND: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "lesson": ("lesson",),
        "ensemble": ("ensemble", "group"),
        "music-centre": ("lesson", "group", "ensemble"),
        "course": ("course",),
        "workshop": ("workshop",),
        "early-years": ("early years", "group"),
        "competition": ("competition",),
        "volunteering": ("volunteering",),
        "send-provision": ("group",),
    }
)
"""What an entry of a kind does, where it does not say."""

ACTIVITY_SIGNS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "choir": ("choir", "chorister", "choral"),
        "orchestra": ("orchestra",),
        "band": (" band", "bands"),
    }
)
"""Signs in the words of an ensemble or a music centre."""

DAYS: Final[Mapping[str, frozenset[str]]] = MappingProxyType(
    {
        "weekday": frozenset({"weekday"}),
        "after school": frozenset({"weekday"}),
        "weekend": frozenset({"saturday", "sunday"}),
        "saturday": frozenset({"saturday"}),
        "sunday": frozenset({"sunday"}),
    }
)
SEASONS: Final = frozenset({"holidays", "term time"})

NEAR_NEEDS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "wheelchair": ("physical disability",),
        "one-handed": ("physical disability",),
        "anxiety": ("mental health",),
        "adhd": ("autism",),
        "dyslexia": ("learning disability",),
    }
)
"""An entry that welcomes the second has probably thought of the first."""

SEND_NEEDS: Final = frozenset(
    {"autism", "adhd", "dyslexia", "learning disability", "physical disability", "wheelchair", "blind", "deaf"}
)

CIRCUMSTANCE_SIGNS: Final[Mapping[str, tuple[str, ...]]] = MappingProxyType(
    {
        "looked after": ("in care", "care-experienced", "looked after", "care leavers"),
        "care leaver": ("care leaver", "care-experienced"),
        "young carer": ("young carer", "caring"),
        "refugee": ("refugee", "asylum"),
        "service family": ("service famil", "armed forces", "military"),
        "low income": (
            "low income",
            "low-income",
            "lower-income",
            "barriers",
            "obstacles",
            "challenging circumstances",
        ),
        "free school meals": ("low income", "low-income", "lower-income", "free school meals"),
        "universal credit": ("low income", "low-income", "lower-income"),
        "pupil premium": ("pupil premium", "low-income", "lower-income"),
        "ehcp": ("special educational", "send ", "disab"),
        "home educated": ("home educat", "home-educat"),
    }
)
"""Signs that an entry has somebody's circumstances in mind."""

WELLBEING: Final = "wellbeing"
"""The circumstance of somebody who wants music in order to feel better."""
WELLBEING_SIGNS: Final = ("wellbeing", "well-being", "confidence", "mental health", "emotional", "lonel", "isolation")
