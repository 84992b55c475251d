"""The form of a consultation: what a hub asks young people."""

from typing import Literal

from pydantic import Field, model_validator

from heard.content.fields import Date, Slug, Strict, Text


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
