"""The talk about what comes next: which route, where on it, the next two steps."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from heard.bursaries.case import SLOT as CIRCUMSTANCES
from heard.bursaries.case import Case
from heard.bursaries.criteria import Criteria
from heard.bursaries.learn import from_wish, learn
from heard.content.schema import Bursary, Hub, Opportunity, Pathway
from heard.directory import Wish
from heard.exchange import Exchange, Outcome
from heard.messages import Choice, Reply
from heard.pathways.choose import Chosen, alternative, choose, clear
from heard.pathways.levels import grade_in
from heard.pathways.pages import RoutePages
from heard.pathways.steps import AHEAD, Steps
from heard.pathways.walk import NOT_STARTED, SLOT, Walk
from heard.pathways.whereabouts import described, whereabouts
from heard.places import Places
from heard.wording import Wording

TOPIC = "pathways"
OFFERED = 5
"""Routes offered at once when we have to ask."""


class PathwaysTopic:
    """Answers "what next": nobody is told what they must do, only what others often do."""

    def __init__(
        self,
        pathways: Sequence[Pathway],
        opportunities: Sequence[Opportunity],
        bursaries: Sequence[Bursary],
        criteria: Criteria,
        places: Places,
        hub: Hub,
        wording: Wording,
    ) -> None:
        here = (*hub.areas, "national", "online")
        self._routes = {route.id: route for route in pathways if route.area in here}
        near = [o for o in opportunities if o.area in here]
        self._steps = Steps(self._routes.values(), near, bursaries, criteria, places, wording)
        self.pages = RoutePages(self._routes, self._steps, wording)
        """The same for pages."""
        self._criteria = criteria
        self._places = places
        self._wording = wording

    def pathway(self, exchange: Exchange) -> Outcome:
        """The next two steps, once the route and the place on it are known; asks for what is missing."""
        case, walk = self._told(exchange)
        chosen = self._routes.get(exchange.understood.first("id") or "")
        if chosen:
            same = walk.route == chosen.id
            return self._where(exchange, case, replace(walk, route=chosen.id, stage=walk.stage if same else None))
        ranked = choose(self._routes.values(), exchange.understood, case.circumstances)
        open_route = self._routes.get(walk.route or "")
        if open_route and exchange.memory.get("asked") == "stage" and clear(ranked) in (None, open_route):
            # "I make beats at home" says where somebody is, however much it sounds like the question again.
            return self._stage(exchange, case, walk, open_route, None)
        if walk.route in self._routes and ranked[0].score <= 1:
            return self._where(exchange, case, walk)
        if ranked[0].score <= 1:
            # The message itself says little: what a search was told may say more.
            remembered = case.circumstances.instruments
            ranked = choose(self._routes.values(), exchange.understood, case.circumstances, remembered)
            walk = replace(walk, instruments=remembered)
        likely = clear(ranked)
        if likely:
            also = tuple(c.route.id for c in ranked if c.score > 0 and c.route is not likely)
            stage = walk.stage if walk.route == likely.id else None
            return self._where(exchange, case, replace(walk, route=likely.id, stage=stage, also=also))
        return self._which(exchange, case, walk, ranked)

    def follow_up(self, exchange: Exchange) -> Outcome:
        """Takes the answer to "which of these" and "where are you now", and skip, back, stop and more."""
        understood, asked = exchange.understood, exchange.memory.get("asked")
        case, walk = self._told(exchange)
        route = self._routes.get(walk.route or "")
        question, answer = understood.first("question") or asked, understood.first("answer")
        match understood.intent:
            case "stop" | "deny":
                return self._answer(
                    exchange, case, walk, Reply(self._say("stopped", exchange), (self._cost(exchange),))
                )
            case "go_back":
                return self._which(exchange, case, replace(walk, route=None, stage=None), ())
            case "show_more" if route:
                return self._later(exchange, case, walk, route)
            case "skip" if route:
                return self._ahead(exchange, case, replace(walk, stage=NOT_STARTED), route, "start")
        if question == "route" and answer == "other":
            return self._which(exchange, case, walk, (), more=True)
        if question == "route" and answer in self._routes:
            return self._where(exchange, case, replace(walk, route=answer, stage=None))
        if route and question == "stage":
            return self._stage(exchange, case, walk, route, answer)
        return self.pathway(exchange)

    def _where(self, exchange: Exchange, case: Case, walk: Walk) -> Outcome:
        route = self._routes[walk.route or ""]
        found = whereabouts(route, case.circumstances)
        understood = exchange.understood
        new = grade_in(understood.text) or any(understood.values(t) for t in ("level", "age", "school_year"))
        if found and (new or not walk.stage):
            value = self._say(f"level.{found.value}", exchange) if found.because == "level" else found.value
            stage = route.stages[found.stage]
            placed = replace(walk, stage=stage.id)
            return self._ahead(exchange, case, placed, route, found.because, value=value)
        if walk.stage:
            return self._ahead(exchange, case, walk, route, "start" if walk.stage == NOT_STARTED else "said")
        return self._ask_stage(exchange, case, walk, route, "where_now")

    def _stage(self, exchange: Exchange, case: Case, walk: Walk, route: Pathway, answer: str | None) -> Outcome:
        if answer == "choose":
            return self._ask_stage(exchange, case, walk, route, "where_now")
        if answer == NOT_STARTED:
            return self._ahead(exchange, case, replace(walk, stage=NOT_STARTED), route, "start")
        text = exchange.understood.text.casefold()
        said = [s.id for s in route.stages if s.id == answer or (answer is None and s.title.casefold() in text)]
        if said:
            return self._ahead(exchange, case, replace(walk, stage=said[0]), route, "said")
        meant = described(route, text) if answer is None else None
        if meant is not None:
            return self._ahead(exchange, case, replace(walk, stage=route.stages[meant].id), route, "said")
        if answer is None and exchange.understood.entities:
            return self._where(exchange, case, walk)
        return self._ask_stage(exchange, case, walk, route, "not_understood")

    def _ask_stage(self, exchange: Exchange, case: Case, walk: Walk, route: Pathway, key: str) -> Outcome:
        choices = [Choice(self._say("choice.not_started", exchange), _payload("stage", NOT_STARTED))]
        choices += [Choice(stage.title, _payload("stage", stage.id)) for stage in route.stages]
        choices.append(Choice(self._say("choice.skip", exchange), "/skip"))
        reply = Reply(self._say(key, exchange, route=route.name), tuple(choices))
        return self._answer(exchange, case, walk, reply, asked="stage")

    def _ahead(
        self, exchange: Exchange, case: Case, walk: Walk, route: Pathway, because: str, value: str = ""
    ) -> Outcome:
        at = _position(route, walk.stage)
        stage = route.stages[at] if at >= 0 else route.stages[0]
        if at == len(route.stages) - 1 and because != "age":
            reply = Reply(
                self._say("last", exchange, route=route.name, stage=stage.title), self._choices(exchange, walk)
            )
            return self._answer(exchange, case, walk, reply)
        placed = self._say(f"placed.{because}", exchange, route=route.name, stage=stage.title, value=value)
        elsewhere = Choice(self._say("choice.elsewhere", exchange), _payload("stage", "choose"))
        # An age says what is usual now, not that it has been done: the stage itself comes first.
        first = at if because == "age" else at + 1
        steps = self._steps.replies(route, first, walk, case.circumstances, exchange.language)
        more = first + AHEAD < len(route.stages)
        steps = self._ended(exchange, walk, steps, later=more)
        walk = replace(walk, shown=min(first + AHEAD, len(route.stages)))
        return self._answer(exchange, case, walk, Reply(placed, (elsewhere,)), *steps)

    def _later(self, exchange: Exchange, case: Case, walk: Walk, route: Pathway) -> Outcome:
        first = walk.shown
        if first >= len(route.stages):
            reply = Reply(self._say("no_more", exchange), self._choices(exchange, walk))
            return self._answer(exchange, case, walk, reply)
        steps = self._steps.replies(route, first, walk, case.circumstances, exchange.language)
        more = first + AHEAD < len(route.stages)
        steps = self._ended(exchange, walk, steps, later=more)
        walk = replace(walk, shown=min(first + AHEAD, len(route.stages)))
        return self._answer(exchange, case, walk, *steps)

    def _ended(self, exchange: Exchange, walk: Walk, steps: Sequence[Reply], *, later: bool) -> tuple[Reply, ...]:
        """The steps with the way on under the last of them."""
        *first, last = steps
        text = f"{last.text}\n{self._say('notes', exchange)}"
        return *first, replace(last, text=text, choices=self._choices(exchange, walk, later=later))

    def _which(
        self, exchange: Exchange, case: Case, walk: Walk, ranked: Sequence[Chosen], *, more: bool = False
    ) -> Outcome:
        likely = [c.route for c in ranked if c.score > 0]
        routes = list(dict.fromkeys(r.id for r in (*likely, *self._routes.values())))
        offered = routes[OFFERED:] if more else routes[:OFFERED]
        choices = [Choice(self._routes[id_].name, _payload("route", id_)) for id_ in offered]
        if not more and len(routes) > OFFERED:
            choices.append(Choice(self._say("choice.other", exchange), _payload("route", "other")))
        choices.append(self._person(exchange))
        reply = Reply(self._say("other_routes" if more else "which_route", exchange), tuple(choices))
        return self._answer(exchange, case, walk, reply, asked="route")

    def _choices(self, exchange: Exchange, walk: Walk, *, later: bool = False) -> tuple[Choice, ...]:
        route = self._routes[walk.route or ""]
        other = alternative(route, self._routes.values(), walk.also, played=bool(walk.instruments))
        choices = [
            Choice(self._say("choice.later", exchange), "/show_more") if later else None,
            Choice(
                self._say("choice.alternative", exchange, route=other.name),
                f'/ask_pathway{{"id": "{other.id}"}}',
            )
            if other
            else None,
            Choice(self._say("choice.find", exchange), "/find_opportunity"),
            self._cost(exchange),
            self._person(exchange),
        ]
        return tuple(c for c in choices if c)

    def _told(self, exchange: Exchange) -> tuple[Case, Walk]:
        case, walk = Case.from_memory(exchange.memory), Walk.from_memory(exchange.memory)
        wish = Wish.from_dict(exchange.memory.get("wish"))
        told = learn(case.circumstances, exchange.understood, self._criteria, self._places)
        told = from_wish(told, wish, self._criteria, self._places)
        understood = exchange.understood
        place = understood.first("postcode") or understood.first("place") or walk.place or wish.outcode or wish.place
        instruments = tuple(map(str, understood.values("instrument"))) or walk.instruments
        return replace(case, circumstances=told), replace(walk, place=place, instruments=instruments)

    def _cost(self, exchange: Exchange) -> Choice:
        return Choice(self._say("choice.cost", exchange), "/ask_bursary")

    def _person(self, exchange: Exchange) -> Choice:
        return Choice(self._say("choice.person", exchange), "/ask_human")

    def _say(self, key: str, exchange: Exchange, **values: object) -> str:
        return self._wording.say(f"pathways.{key}", exchange.language, **values)

    def _answer(self, exchange: Exchange, case: Case, walk: Walk, *replies: Reply, asked: str | None = None) -> Outcome:
        memory: Mapping[str, object] = {
            "topic": TOPIC,
            "asked": asked,
            SLOT: walk.as_dict(),
            CIRCUMSTANCES: case.as_dict(),
        }
        return Outcome(replies, memory)


def _position(route: Pathway, stage: str | None) -> int:
    """The index of a stage; -1 before the first."""
    return next((n for n, s in enumerate(route.stages) if s.id == stage), -1)


def _payload(question: str, answer: str) -> str:
    return f'/inform{{"question": "{question}", "answer": "{answer}"}}'
