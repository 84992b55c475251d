"""The whole interview at once: answers in, schemes out, for a page and for the command line.

It is the chat's own interview and the chat's own weighing, so the same answers come to the same schemes. Nothing
here keeps or logs an answer.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Final

from heard.bursaries.assess import AGE
from heard.bursaries.case import Case
from heard.bursaries.circumstances import INCOME, Circumstances, limit_of
from heard.bursaries.criteria import Criteria
from heard.bursaries.finder import Finder, Weighing
from heard.bursaries.interview import UNSURE, Interview, Question
from heard.content.schema import Bursary
from heard.content.vocabulary import INSTRUMENTS
from heard.directory.sayings import name_of
from heard.wording import DEFAULT_LANGUAGE, Wording

NEEDS: Final = ("lesson", "instrument", "group", "course", "travel", "exam")
"""What help can be for."""
NEED, ALSO, INCOME_AT_MOST = "need", "also", INCOME.rstrip(".")
"""Questions of the check that are none of the chat's: they stand for its words and for several of its questions."""
MORE: Final = "more"
"""The answer of a household that earns more than every limit."""
_WORDS: Final = ("circumstance", "access_need")

Answers = Mapping[str, Sequence[str]]
"""By question: the values that were picked or typed; an empty one, or "unsure", is no answer."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What answers come to, and which of them could not be read."""

    case: Case
    weighing: Weighing
    unread: tuple[str, ...]


class Check:
    """All that the interview could ask, on one sheet."""

    def __init__(self, finder: Finder, interview: Interview, criteria: Criteria, wording: Wording) -> None:
        self._finder = finder
        self._interview = interview
        self._criteria = criteria
        self._wording = wording
        every = interview.everything
        self._limits = tuple(fact for fact in every if fact.startswith(INCOME))
        self._asked = tuple(fact for fact in every if fact not in self._limits)
        self._words = {
            word: fact
            for type_ in _WORDS
            for word, fact in criteria.words.get(type_, {}).items()
            if fact not in self._asked
        }

    @property
    def most(self) -> int:
        """As many questions as the chat asks at most."""
        return self._interview.most

    @property
    def names(self) -> tuple[str, ...]:
        """Everything that may be answered: on the page a household's income is one question, in the chat several."""
        return (NEED, *self._asked, INCOME_AT_MOST, *self._limits, ALSO)

    def questions(self, language: str = DEFAULT_LANGUAGE) -> tuple[Question, ...]:
        """Every question of the interview, easy ones first. Each may be left out."""
        put = [self._put(fact, language) for fact in self._asked]
        if self._limits:
            at = next((n for n, fact in enumerate(self._asked) if self._after_income(fact)), len(put))
            put.insert(at, self._income(language))
        return tuple(put)

    def needs(self, language: str = DEFAULT_LANGUAGE) -> tuple[tuple[str, str], ...]:
        """What help can be for: value and label."""
        return tuple((need, self._say(f"choice.for_{need}", language)) for need in NEEDS)

    def also(self, language: str = DEFAULT_LANGUAGE) -> tuple[tuple[str, str], ...]:
        """What is not asked of everybody, and counts where somebody says it: value and label."""
        return tuple((word, self._say(f"also.{word.replace(' ', '_')}", language)) for word in self._words)

    def checked(self, answers: Answers) -> Checked:
        """The schemes for some answers. What is not answered counts neither for nor against."""
        told, unread = Circumstances(), []
        for fact in (*self._asked, *self._limits):
            for answer in _given(answers, fact):
                better = self._interview.told(told, fact, answer)
                unread += [fact] if better is None else []
                told = better or told
        for answer in _given(answers, INCOME_AT_MOST)[:1]:
            better = self._income_told(told, answer)
            unread += [INCOME_AT_MOST] if better is None else []
            told = better or told
        for word in _given(answers, ALSO):
            unread += [] if word in self._words else [ALSO]
            told = told.with_fact(self._words[word], "yes") if word in self._words else told
        needs = tuple(n for n in _given(answers, NEED) if n in NEEDS)
        unread += [NEED] if len(needs) < len(_given(answers, NEED)) else []
        case = Case(told, needs=needs)
        return Checked(case, self._finder.weighing(case), tuple(dict.fromkeys(unread)))

    def next(self, answers: Answers, asked: Sequence[str], language: str = DEFAULT_LANGUAGE) -> Question | None:
        """The question that the chat would put next; None when nothing more would decide anything."""
        case = replace(self.checked(answers).case, asked=tuple(asked))
        fact = self._interview.next(self._finder.candidates(case), case)
        return self._interview.put(fact, language) if fact else None

    def conditions_of(self, bursary: Bursary) -> tuple[str, ...]:
        """What must hold for one scheme, in words."""
        return tuple(c.text for c in self._finder.assess(Case(), bursary).conditions)

    def others(self, weighing: Weighing) -> tuple[Bursary, ...]:
        """The schemes that were not weighed: for groups and schools, or for a place that few have."""
        weighed = {a.bursary.id for some in (weighing.likely, weighing.unlikely) for a in some}
        return tuple(b for b in self._finder.bursaries if b.id not in weighed)

    def _put(self, fact: str, language: str) -> Question:
        question = self._interview.put(fact, language)
        if fact == AGE:
            return replace(question, options=())
        if fact == "instrument":
            named = [(i, name_of("instrument", i, self._wording, language)) for i in INSTRUMENTS]
            options = [(value, label[:1].upper() + label[1:]) for value, label in named]
            return replace(question, options=tuple(sorted(options, key=lambda option: option[1].casefold())))
        return question

    def _income(self, language: str) -> Question:
        """One question in place of one for each limit: the first line that is true says all that counts."""
        sums = [f"{limit_of(fact):,.0f}" for fact in self._limits]
        options = [
            (fact.removeprefix(INCOME), self._say("income.at_most", language, sum=sum_))
            for fact, sum_ in zip(self._limits, sums, strict=True)
        ]
        options.append((MORE, self._say("income.more", language, sum=sums[-1])))
        _, why = self._criteria.question(self._limits[0])
        text = self._say("income.question", language)
        return Question(INCOME_AT_MOST, text, why, (*options, (UNSURE, self._say("choice.unsure", language))))

    def _income_told(self, told: Circumstances, answer: str) -> Circumstances | None:
        if answer == MORE:
            return told.with_fact(self._limits[-1], "no")
        fact = f"{INCOME}{answer}"
        if fact not in self._limits:
            return None
        at = self._limits.index(fact)
        told = told.with_fact(fact, "yes")
        return told.with_fact(self._limits[at - 1], "no") if at else told

    def _after_income(self, fact: str) -> bool:
        return self._criteria.position(fact) > self._criteria.position(self._limits[0])

    def _say(self, key: str, language: str, **values: object) -> str:
        return self._wording.say(f"bursaries.{key}", language, **values)


def _given(answers: Answers, name: str) -> tuple[str, ...]:
    plain: Iterable[str] = (answer.strip() for answer in answers.get(name, ()))
    return tuple(dict.fromkeys(answer for answer in plain if answer and answer != UNSURE))
