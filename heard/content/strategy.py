"""The form of a strategy: what a hub has said it wants to do, which a consultation serves."""

from typing import Literal

from heard.content.fields import Slug, Strict, Text

AimKind = Literal["area", "commitment", "value", "objective", "activity", "function"]
"""A strategy area, a commitment, a value, an objective of the plan, a type of activity, or one of the five functions
that the National Plan for Music Education asks of every hub."""


class Aim(Strict):
    """One thing that a strategy names."""

    id: Slug
    kind: AimKind
    number: int | None = None
    """The number that an objective has in its plan."""
    title: Text
    summary: Text | None = None


class Strategy(Strict):
    """A document with aims: content/<hub>/strategy.yml."""

    name: Text
    source: Text
    period: str | None = None
    aims: tuple[Aim, ...]
