"""A route as a page shows it: every step in order, the next two with what there is near by and what helps to pay."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from heard.bursaries.circumstances import Circumstances
from heard.cards import page_of
from heard.content.schema import Pathway, Stage
from heard.directory.found import Line, line_of
from heard.pathways.choose import alternative
from heard.pathways.steps import AHEAD, Steps
from heard.pathways.walk import NOT_STARTED, Walk
from heard.wording import DEFAULT_LANGUAGE, Wording

Where = Literal["before", "now", "next", "later"]
ENTRIES = 3
"""Entries of a step: what a phone shows without scrolling far."""


@dataclass(frozen=True, slots=True)
class Named:
    """Something with a page of its own."""

    name: str
    page: str


@dataclass(frozen=True, slots=True)
class Step:
    """One stage of a route."""

    number: int
    stage: Stage
    where: Where
    usual_age: str | None
    entries: tuple[Line, ...] = ()
    """What there is near by, for the next steps."""
    more: tuple[Named, ...] = ()
    """The other examples, by name."""
    help_with_cost: tuple[Named, ...] = ()


@dataclass(frozen=True, slots=True)
class RoutePage:
    """A route from one place on it."""

    route: Pathway
    steps: tuple[Step, ...]
    alternative: Named | None
    """One other way."""
    first_there: Step | None
    """The first step of the other way."""

    @property
    def now(self) -> Step | None:
        """Where somebody said that they are; None for somebody who has not started, or did not say."""
        return next((step for step in self.steps if step.where == "now"), None)

    @property
    def next(self) -> tuple[Step, ...]:
        """The next two steps."""
        return tuple(step for step in self.steps if step.where == "next")


class RoutePages:
    """The routes of one hub, for pages."""

    def __init__(self, routes: Mapping[str, Pathway], steps: Steps, wording: Wording) -> None:
        self._routes = routes
        self._steps = steps
        self._wording = wording

    @property
    def all(self) -> tuple[Pathway, ...]:
        """Every route, in the order of content."""
        return tuple(self._routes.values())

    def of(self, route: Pathway, walk: Walk, told: Circumstances, language: str = DEFAULT_LANGUAGE) -> RoutePage:
        """The page of a route. `walk` says where on it somebody is, and what narrows the entries."""
        at = next((n for n, stage in enumerate(route.stages) if stage.id == walk.stage), -1)
        steps = tuple(self._step(route, n, at, walk, told, language) for n in range(len(route.stages)))
        other = alternative(route, self.all, walk.also, played=bool(walk.instruments))
        if other is None:
            return RoutePage(route, steps, None, None)
        first = self._step(other, 0, -1, walk, told, language)
        return RoutePage(route, steps, Named(other.name, page_of(other.id)), first)

    def stages(self, route: Pathway, language: str = DEFAULT_LANGUAGE) -> tuple[tuple[str, str], ...]:
        """Where somebody can be on a route: value and label."""
        start = (NOT_STARTED, self._wording.say("pathways.choice.not_started", language))
        return (start, *((stage.id, stage.title) for stage in route.stages))

    def _step(self, route: Pathway, n: int, at: int, walk: Walk, told: Circumstances, language: str) -> Step:
        stage = route.stages[n]
        where: Where = "before" if n < at else "now" if n == at else "next" if n <= at + AHEAD else "later"
        age = self._steps.usual_age(stage.typical_age, language) if stage.typical_age else None
        found = self._steps.near(route, stage, walk, told)
        near = found[:ENTRIES] if where == "next" else ()
        return Step(
            number=n + 1,
            stage=stage,
            where=where,
            usual_age=age,
            entries=tuple(line_of(match, self._wording, language) for match in near),
            more=tuple(Named(m.opportunity.name, page_of(m.opportunity.id)) for m in found[len(near) :]),
            help_with_cost=tuple(
                Named(a.bursary.name, page_of(a.bursary.id)) for a in self._steps.help_with_cost([stage], told)
            ),
        )
