"""The next steps of a route as replies: what happens, who offers it near by, what helps with the cost."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace

from heard.bursaries.assess import Assessment, assess
from heard.bursaries.circumstances import Circumstances
from heard.bursaries.criteria import Criteria
from heard.cards import notice, opportunity_card, page_of
from heard.content.schema import Bursary, Opportunity, Pathway, Stage
from heard.directory import Directory, Match, Wish
from heard.directory.sayings import joined
from heard.messages import Card, Reply
from heard.pathways.walk import Walk
from heard.places import Places
from heard.wording import Wording

AHEAD = 2
"""How many steps are shown at once."""
ENTRIES = 1
"""How many entries a step shows: with two steps these are four cards, which is as much as anybody reads."""
HELPS = 2
"""How many schemes are named."""
_LIKELIEST = {"may qualify": 0, "need to know": 1}


class Steps:
    """Shows the stages of routes, with the hub's own entries."""

    def __init__(
        self,
        pathways: Iterable[Pathway],
        opportunities: Iterable[Opportunity],
        bursaries: Iterable[Bursary],
        criteria: Criteria,
        places: Places,
        wording: Wording,
    ) -> None:
        by_id = {o.id: o for o in opportunities}
        self._bursaries = {b.id: b for b in bursaries}
        self._criteria = criteria
        self._wording = wording
        self._entries = {
            (route.id, stage.id): Directory([by_id[e] for e in stage.examples if e in by_id], places)
            for route in pathways
            for stage in route.stages
        }

    def replies(self, route: Pathway, start: int, walk: Walk, told: Circumstances, language: str) -> tuple[Reply, ...]:
        """A reply for each of the two stages from `start` on; the last one names help with their cost."""
        ahead = route.stages[start : start + AHEAD]
        steps: list[Reply] = []
        shown: set[str] = set()
        for number, stage in enumerate(ahead, start=start + 1):
            new = [m for m in self.near(route, stage, walk, told) if m.opportunity.id not in shown][:ENTRIES]
            shown |= {match.opportunity.id for match in new}
            steps.append(self._step(route, stage, number, new, language))
        helpful = self.help_with_cost(ahead, told)
        if not helpful or not steps:
            return tuple(steps)
        names = joined([a.bursary.name for a in helpful], "and", self._wording, language)
        text = f"{steps[-1].text}\n{self._wording.say('pathways.help', language, names=names)}"
        return *steps[:-1], replace(steps[-1], text=text)

    def near(self, route: Pathway, stage: Stage, walk: Walk, told: Circumstances) -> tuple[Match, ...]:
        """The hub's entries for one step, the nearest and best fitting first."""
        return self._entries[route.id, stage.id].search(_wish(walk, told)).matches

    def help_with_cost(self, stages: Sequence[Stage], told: Circumstances) -> tuple[Assessment, ...]:
        """The schemes for these stages that nothing we know speaks against, the likeliest two."""
        ids = dict.fromkeys(id_ for stage in stages for id_ in stage.help_with_cost)
        weighed = [assess(told, self._bursaries[i], self._criteria) for i in ids if i in self._bursaries]
        possible = [a for a in weighed if a.outcome in _LIKELIEST]
        return tuple(sorted(possible, key=lambda a: (_LIKELIEST[a.outcome], -a.met))[:HELPS])

    def _step(self, route: Pathway, stage: Stage, number: int, entries: Sequence[Match], language: str) -> Reply:
        cards = [opportunity_card(match, self._wording, language) for match in entries]
        text = self._wording.say("pathways.step", language, number=number, title=stage.title)
        if not cards:
            text = f"{text}\n{self._wording.say('pathways.no_entries', language)}"
        return Reply(text, cards=(self._card(route, stage, language), *cards))

    def _card(self, route: Pathway, stage: Stage, language: str) -> Card:
        age = stage.typical_age
        return Card(
            id=route.id,
            kind="pathway",
            title=stage.title,
            summary=stage.what_happens,
            why=(self.usual_age(age, language),) if age else (),
            page=page_of(route.id),
            checked=route.checked,
            notice=notice(route.checked, self._wording, language),
        )

    def usual_age(self, age: str, language: str) -> str:
        """When people usually do it, as a guide."""
        if not re.search(r"\d", age):
            return self._wording.say("pathways.any_age", language)
        return self._wording.say("pathways.usual_age", language, age=age[0].lower() + age[1:])


def _wish(walk: Walk, told: Circumstances) -> Wish:
    """What narrows the entries of a step. Not the level: the next step asks for more than somebody has today."""
    outcode = walk.place if walk.place and re.fullmatch(r"[A-Z]{1,2}\d[\dA-Z]?", walk.place) else None
    return Wish(
        instruments=walk.instruments,
        ages=(told.age,) if told.age else (),
        place=None if outcode else walk.place,
        outcode=outcode,
    )
