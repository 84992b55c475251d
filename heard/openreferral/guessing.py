"""What another directory's service is in our words, as far as its own words say so."""

import re
from collections.abc import Iterable, Mapping

from heard.content import vocabulary

_SIGNS: Mapping[str, tuple[str, ...]] = {
    "voice": ("sing", "sings", "singing", "singer", "singers", "choir", "choirs", "vocal", "vocals", "chorus"),
    "drums": ("drum", "drumming", "drummer"),
    "music technology": ("music tech", "music production"),
    "dj decks": ("djing", "dj skills"),
    "steel pan": ("steel pans", "steel band"),
}
_PLAIN = frozenset({"organ", "recorder", "harp", "keyboard", "bass guitar"})
"""Words that also mean something else: they count only where music is spoken of."""
_MUSIC = re.compile(
    r"\b(music\w*|sing(s|ing|ers?)?|choirs?|orchestras?|bands?|ensembles?|instruments?|songs?|songwriting|drumming)\b"
)
_KINDS: tuple[tuple[str, str], ...] = (
    ("early-years", r"toddlers?|bab(y|ies)|pre-?school|early years|under (five|5)s?"),
    ("send-provision", r"special educational needs|disabilit(y|ies)|disabled"),
    ("competition", r"competitions?|contests?"),
    ("volunteering", r"volunteer(s|ing)?"),
    ("ensemble", r"choirs?|orchestras?|bands?|ensembles?|chorus"),
    ("lesson", r"lessons?|tuition|tutors?"),
    ("course", r"courses?|classes"),
    ("workshop", r"workshops?"),
)
_ACTIVITIES: Mapping[str, str] = {
    "choir": r"choirs?",
    "orchestra": r"orchestras?",
    "band": r"bands?",
    "ensemble": r"ensembles?",
    "lesson": r"lessons?|tuition",
    "workshop": r"workshops?",
    "course": r"courses?",
    "group": r"groups?|clubs?",
}


def kind_of(text: str) -> str:
    """The kind of offer; a workshop where nothing speaks for another."""
    return next((kind for kind, sign in _KINDS if re.search(rf"\b({sign})\b", text.casefold())), "workshop")


def instruments_in(text: str) -> list[str]:
    """The instruments that a text names, if it speaks of music."""
    text = text.casefold()
    if not _MUSIC.search(text) and not any(_says(text, (i, f"{i}s")) for i in set(vocabulary.INSTRUMENTS) - _PLAIN):
        return []
    return [i for i in vocabulary.INSTRUMENTS if _says(text, (i, f"{i}s", *_SIGNS.get(i, ())))]


def genres_in(text: str) -> list[str]:
    """The kinds of music that a text names as such ("jazz band")."""
    text = text.casefold()
    after = "music|bands?|choirs?|groups?|orchestras?|singing"
    return [g for g in vocabulary.GENRES if re.search(rf"(?<!\w){re.escape(g)} ({after})\b", text)]


def activities_in(text: str) -> list[str]:
    """What people do there."""
    return [activity for activity, sign in _ACTIVITIES.items() if re.search(rf"\b({sign})\b", text.casefold())]


def _says(text: str, words: Iterable[str]) -> bool:
    return any(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", text) for word in words)
