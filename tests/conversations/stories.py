"""The stories of this folder: what people say, and what has to come of it.

A story is a mapping in test_<topic>.yml:

    name: what happens, as a sentence
    hub: hertfordshire, dorset or both
    steps:                        # what one person does, in order
      - say: words                # or press: a button's label
        expect: ...               # see `Expected`; every answer is also held to what is true of any answer
    phrasings: [[words, ...], ...]   # instead of steps: several ways to say one wish; they end with the same cards
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any

import yaml

HUBS = ("hertfordshire", "dorset")


@dataclass(frozen=True)
class Expected:
    """What an answer must hold. Texts are compared without case; cards are ids of content/."""

    says: tuple[str, ...] = ()
    """Each of these stands somewhere in the answer, cards included."""
    says_one_of: tuple[str, ...] = ()
    never: tuple[str, ...] = ()
    """None of these does."""
    cards: tuple[str, ...] = ()
    one_card_of: tuple[str, ...] = ()
    first: str | None = None
    """The first card."""
    no_cards: tuple[str, ...] = ()
    none_at_all: bool = False
    """There is no card."""
    kinds: tuple[str, ...] = ()
    """Every card is of one of these kinds."""
    areas: tuple[str, ...] = ()
    """Every opportunity is of one of these areas."""
    age: int | None = None
    """Every opportunity is for this age, or does not say."""
    instrument: str | None = None
    """Every opportunity has this instrument, its family or any."""
    costs: tuple[str, ...] = ()
    """Every opportunity costs this ("free", "unknown" ...)."""
    choices: tuple[str, ...] = ()
    """Some button's label begins with each of these."""
    progress: int | None = None
    """How many questions of the consultation are done."""
    asks_nothing: bool = False
    """No consultation question is open in the answer."""
    safeguarding: bool = False

    @classmethod
    def read(cls, plain: dict[str, Any]) -> "Expected":
        """Takes one text where a list is meant; a name that is none of ours is a mistake in the story."""
        known = {f.name for f in fields(cls)}
        assert plain.keys() <= known, f"unknown: {sorted(plain.keys() - known)}"
        listed = {f.name for f in fields(cls) if f.default == ()}
        return cls(**{k: _listed(v) if k in listed else v for k, v in plain.items()})


@dataclass(frozen=True)
class Step:
    """One thing that a person does."""

    does: str
    """"say" or "press"."""
    words: str
    expected: Expected


@dataclass(frozen=True)
class Story:
    """One person's conversation, or several phrasings of one wish."""

    topic: str
    name: str
    hub: str
    steps: tuple[Step, ...] = ()
    phrasings: tuple[tuple[str, ...], ...] = field(default=())

    def __str__(self) -> str:
        return f"{self.topic}: {self.name} ({self.hub})"


def stories(folder: Path = Path(__file__).parent) -> Iterator[Story]:
    """Every story of every topic, once for each hub that it is about."""
    for path in sorted(folder.glob("test_*.yml")):
        for plain in yaml.safe_load(path.read_text(encoding="utf-8")):
            hubs = HUBS if plain["hub"] == "both" else (plain["hub"],)
            for hub in hubs:
                yield Story(
                    topic=path.stem.removeprefix("test_"),
                    name=plain["name"],
                    hub=hub,
                    steps=tuple(_step(step) for step in plain.get("steps", ())),
                    phrasings=tuple(_listed(p) for p in plain.get("phrasings", ())),
                )


def _step(plain: dict[str, Any]) -> Step:
    (does,) = plain.keys() & {"say", "press"}
    return Step(does, str(plain[does]), Expected.read(plain.get("expect", {})))


def _listed(value: Any) -> tuple[Any, ...]:
    return tuple(value) if isinstance(value, list) else (value,)
