"""Our questions to a family: how they are put, and what an answer to one tells."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from heard.bursaries.assess import AGE, Assessment, assess
from heard.bursaries.case import Case
from heard.bursaries.circumstances import INCOME, Circumstances, limit_of
from heard.bursaries.criteria import Criteria
from heard.bursaries.learn import ELSEWHERE, age_range, areas_of
from heard.bursaries.questions import MOST, next_question
from heard.content.schema import Bursary
from heard.content.vocabulary import INSTRUMENTS
from heard.directory.wish import ages_of_year
from heard.exchange import Exchange
from heard.messages import Choice, Reply
from heard.places import Places
from heard.wording import Wording

_AGES = ("0-4", "5-7", "8-10", "11-13", "14-15", "16-17", "18", "19-21", "22-25")
"""Cut where the age limits of schemes lie, so that a band answers as well as a year."""
INCOMES = 2
"""Questions about income at most: each is the same question with another sum in it."""
UNSURE = "unsure"
SCHOOL_IN = "attends_school_in"
_PLACED = ("lives_in", SCHOOL_IN)
_OPEN_QUESTIONS = ("lives_in", SCHOOL_IN, AGE, "instrument")
"""No answer to these is yes or no: a bare "no" means that somebody would rather not say."""


@dataclass(frozen=True, slots=True)
class Question:
    """One question: what it settles, how it is put, why, and what can be answered (value and label)."""

    fact: str
    text: str
    why: str
    options: tuple[tuple[str, str], ...]


class Interview:
    """Asks one question at a time, each once, each with a way past it."""

    most = MOST

    def __init__(
        self, bursaries: Iterable[Bursary], criteria: Criteria, places: Places, areas: Sequence[str], wording: Wording
    ) -> None:
        nothing = Circumstances()
        conditions = (c for b in bursaries for c in assess(nothing, b, criteria).conditions)
        self._questions = {AGE} | {fact for condition in conditions for fact in condition.asks}
        self._criteria = criteria
        self._places = places
        self._areas = tuple(areas)
        self._wording = wording

    def next(self, assessments: Iterable[Assessment], case: Case) -> str | None:
        """The question to put next, or None when enough was asked or nothing more would decide."""
        if case.about is None and len(case.asked) >= MOST:
            return None
        return next_question(assessments, (*case.asked, *self._enough_of_income(case)), self._criteria)

    def _enough_of_income(self, case: Case) -> Iterator[str]:
        """Every limit of income, once somebody would rather not say, or has been asked about two."""
        asked = [fact for fact in case.asked if fact.startswith(INCOME)]
        if len(asked) >= INCOMES or any(fact not in case.circumstances.facts for fact in asked):
            yield from (fact for fact in self._questions if fact.startswith(INCOME))

    def question(self, fact: str, language: str = "en") -> Reply:
        """A question with its reason and its choices."""
        asked = self.put(fact, language)
        choices = [self._choice(label, fact, value) for value, label in asked.options]
        choices.append(Choice(self._wording.say("bursaries.choice.skip", language), "/skip"))
        return Reply(self._wording.say("bursaries.why", language, question=asked.text, why=asked.why), tuple(choices))

    def put(self, fact: str, language: str = "en") -> Question:
        """A question in words."""
        text, why = self._criteria.question(fact)
        options = tuple((value, label) for label, value in self._options(fact, language))
        return Question(fact, text, why, options)

    @property
    def everything(self) -> tuple[str, ...]:
        """Every fact that we ask about, those that are easiest to ask first."""
        limits = {fact: limit_of(fact) for fact in self._questions if fact.startswith(INCOME)}
        return tuple(sorted(self._questions, key=lambda f: (self._criteria.position(f), limits.get(f, 0), f)))

    def told(self, told: Circumstances, fact: str, answer: str) -> Circumstances | None:
        """The circumstances with one plain answer; None where it answers nothing.

        Plain are the values of our buttons, an age ("9", "8-10", "year 4"), a town or an outcode, an instrument.
        """
        if fact not in self._questions:
            return None
        if fact in _PLACED:
            areas = self._areas_named(answer)
            return _placed(told, fact, areas) if areas else None
        if fact == AGE:
            age = age_range(answer) or ages_of_year(answer)
            return replace(told, age=age) if age else None
        if fact == "instrument":
            return replace(told, instruments=(answer,)) if answer in INSTRUMENTS else None
        return told.with_fact(fact, "yes" if answer == "yes" else "no") if answer in ("yes", "no") else None

    def answered(self, case: Case, exchange: Exchange) -> Case | None:
        """The case with what an answer tells; None where the message answers nothing that we asked.

        An old button answers its own question, not the one that is open now. `case` has already learnt what
        the message mentions, such as an age or a town.
        """
        understood = exchange.understood
        fact = understood.first("question") or exchange.memory.get("asked")
        if not isinstance(fact, str) or fact not in self._questions:
            return None
        answer = understood.first("answer")
        if answer is None and understood.intent in ("affirm", "deny"):
            answer = "yes" if understood.intent == "affirm" else "no"
        if answer == UNSURE or (answer == "no" and fact in _OPEN_QUESTIONS):
            return replace(case, asked=_with(case.asked, fact))
        told = self._told(case.circumstances, fact, answer, exchange)
        return replace(case, circumstances=told, asked=_with(case.asked, fact)) if told is not None else None

    def _told(self, told: Circumstances, fact: str, answer: Any, exchange: Exchange) -> Circumstances | None:
        if fact in _PLACED:
            return self._area(told, fact, answer, exchange)
        if fact == "instrument" and exchange.understood.values("instrument"):
            return told
        if answer is not None:
            return self.told(told, fact, str(answer))
        if fact in _OPEN_QUESTIONS:
            return told if fact == AGE and told.age else None
        # "we get universal credit" said in words
        before = Case.from_memory(exchange.memory).circumstances
        return told if told.facts != before.facts else None

    def _area(self, told: Circumstances, fact: str, answer: Any, exchange: Exchange) -> Circumstances | None:
        named = exchange.understood.first("postcode") or exchange.understood.first("place")
        areas = self._areas_named(str(named or answer or ""))
        if answer in (*self._areas, ELSEWHERE):
            areas = (answer,)
        elif answer == "yes" and len(self._areas) == 1:
            areas = self._areas
        if not areas:
            return None
        if fact == "lives_in":
            return _placed(told, fact, areas)
        # A town named as the school's says nothing about home.
        home = Case.from_memory(exchange.memory).circumstances.home
        return replace(_placed(told, fact, areas), home=home)

    def _areas_named(self, named: str) -> tuple[str, ...]:
        if named in (*self._areas, ELSEWHERE):
            return (named,)
        return areas_of(named, self._places) if named not in ("yes", "no", "") else ()

    def _options(self, fact: str, language: str) -> list[tuple[str, str]]:
        def say(key: str) -> str:
            return self._wording.say(f"bursaries.{key}", language)

        if fact in ("lives_in", SCHOOL_IN):
            areas = [(say(f"area.{area}"), area) for area in self._areas]
            return [*areas, (say("choice.elsewhere"), ELSEWHERE), (say("choice.unsure"), UNSURE)]
        if fact == AGE:
            return [(band.replace("-", "–"), band) for band in _AGES]
        if fact == "instrument":
            return [(say("choice.unsure"), UNSURE)]
        return [(say(f"choice.{answer}"), answer) for answer in ("yes", "no", UNSURE)]

    def _choice(self, label: str, fact: str, answer: str) -> Choice:
        return Choice(label, f'/inform{{"question": "{fact}", "answer": "{answer}"}}')


def _placed(told: Circumstances, fact: str, areas: tuple[str, ...]) -> Circumstances:
    return replace(told, home=areas) if fact == "lives_in" else replace(told, school=areas)


def _with(asked: tuple[str, ...], fact: str) -> tuple[str, ...]:
    return asked if fact in asked else (*asked, fact)
