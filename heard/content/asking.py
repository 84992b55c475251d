"""The form of a consultation: what a hub asks young people."""

from collections.abc import Iterator
from typing import Annotated, Literal

from pydantic import Field, StringConstraints, model_validator

from heard.content.fields import Date, Slug, Strict
from heard.content.minutes import minutes_for
from heard.content.words import Words

QuestionKind = Literal["one_choice", "several_choices", "scale", "ranking", "statements", "open"]
AboutName = Literal["age-band", "district", "ethnicity", "gender", "send", "free-school-meals"]
"""What a consultation may ask about the person who answers; content/about_you.yml has the words and the reasons."""

ConsultationId = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{1,59}$")]
"""Short enough for a Telegram link: t.me/<bot>?start=c_<id> takes 64 characters."""

PREFER_NOT_TO_SAY = "prefer-not-to-say"
STATEMENT_ANSWERS = ("agree", "disagree", "pass")
_WITH_OPTIONS: frozenset[QuestionKind] = frozenset({"one_choice", "several_choices", "scale", "ranking"})
_WITH_MOST: frozenset[QuestionKind] = frozenset({"several_choices", "ranking"})
_BRANCHING: frozenset[QuestionKind] = frozenset({"one_choice", "several_choices", "scale"})
_LONGEST_SCALE = 7


class Option(Strict):
    """One answer that can be picked; on a scale one of its points, in their order."""

    id: Slug
    label: Words
    alone: bool = False
    """Of several choices: goes with no other ("None of these")."""


class Statement(Strict):
    """A sentence to agree or to disagree with, or to pass."""

    id: Slug
    text: Words


class OnlyIf(Strict):
    """A question that is asked only of those who picked one of these answers to an earlier one."""

    question: Slug
    answers: tuple[Slug, ...] = Field(min_length=1)


class Question(Strict):
    """One question of a consultation."""

    id: Slug
    kind: QuestionKind
    text: Words
    reason: Words | None = None
    """Why it is asked, said with the question. A question about the person always has one."""
    options: tuple[Option, ...] = ()
    statements: tuple[Statement, ...] = ()
    most: int | None = Field(default=None, ge=1, le=20)
    """Of several choices: how many may be picked. Of a ranking: how many places there are."""
    optional: bool = True
    only_if: OnlyIf | None = None
    about: AboutName | None = None
    """What of the person it asks about, for answers by group. Never the only way to a question: one may prefer not to
    say."""
    serves: tuple[Slug, ...] = ()
    """The parts of strategy.yml that the answers speak to, where they are others than the consultation's."""

    @property
    def places(self) -> int:
        """Of a ranking: how many places there are to fill."""
        return min(self.most or len(self.options), len(self.options))

    @model_validator(mode="after")
    def _fits_its_kind(self) -> "Question":
        for mistake in _mistakes(self):
            raise ValueError(mistake)
        return self


def _mistakes(question: Question) -> Iterator[str]:
    kind, named = question.kind.replace("_", " "), f"a question of the kind {question.kind}"
    if question.kind in _WITH_OPTIONS and len(question.options) < 2:
        yield f"{named} needs two options or more"
    if question.kind not in _WITH_OPTIONS and question.options:
        yield f"{named} has no options"
    if question.kind == "scale" and len(question.options) > _LONGEST_SCALE:
        yield f"a scale has at most {_LONGEST_SCALE} points"
    if question.kind == "statements" and not question.statements:
        yield f"{named} needs one statement or more"
    if question.kind != "statements" and question.statements:
        yield f"{named} has no statements"
    if question.most is not None and question.kind not in _WITH_MOST:
        yield f"most: only several choices and a ranking have it; this is {kind}"
    if len({o.id for o in question.options}) != len(question.options):
        yield "two options have the same id"
    if len({s.id for s in question.statements}) != len(question.statements):
        yield "two statements have the same id"
    if question.kind != "several_choices" and any(o.alone for o in question.options):
        yield "alone: only an option of several choices has it"
    if question.about is not None and question.kind != "one_choice":
        yield "a question about the person is of the kind one_choice"
    if question.about is not None and question.reason is None:
        yield "a question about the person needs a reason"
    if question.about is not None and PREFER_NOT_TO_SAY not in {o.id for o in question.options}:
        yield f"a question about the person needs the option {PREFER_NOT_TO_SAY}"


class Consultation(Strict):
    """What the hub asks young people."""

    id: ConsultationId
    title: Words
    purpose: Words
    """What it is for, in plain words: the first thing that is read."""
    audience: Words
    opens: Date
    closes: Date | None = None
    """The last day. Only a consultation for ideas has none."""
    serves: tuple[Slug, ...] = ()
    """The parts of strategy.yml that it serves: areas, objectives, functions of the national plan."""
    about_you: tuple[AboutName, ...] = ()
    """What it asks about the person, after its own questions."""
    ideas: bool = False
    """Takes what people say unasked: one open question, no end, and each person may write again."""
    thanks: Words
    """What happens next, said at the end."""
    questions: tuple[Question, ...] = Field(min_length=1)

    @property
    def minutes(self) -> int:
        """About how long it takes."""
        return minutes_for(self.questions)

    @model_validator(mode="after")
    def _in_order(self) -> "Consultation":
        if self.closes is None and not self.ideas:
            raise ValueError("closes: is missing; give the last day, like 2026-11-30")
        if self.closes is not None and self.opens > self.closes:
            raise ValueError(f"opens ({self.opens}) is after closes ({self.closes})")
        if self.ideas and (self.closes is not None or [q.kind for q in self.questions] != ["open"]):
            raise ValueError("ideas: a place for ideas has one open question and no last day")
        if len({q.id for q in self.questions}) != len(self.questions):
            raise ValueError("two questions have the same id")
        if len(set(self.about_you)) != len(self.about_you):
            raise ValueError("about_you: one of them is there twice")
        for mistake in _lost_branches(self.questions):
            raise ValueError(mistake)
        return self


def _lost_branches(questions: tuple[Question, ...]) -> Iterator[str]:
    """A branch hangs on an answer that is given before it."""
    earlier: dict[str, Question] = {}
    for number, question in enumerate(questions):
        if question.only_if is not None:
            where, asked = f"questions[{number}] ({question.id}).only_if", earlier.get(question.only_if.question)
            if asked is None:
                yield f"{where}: there is no question {question.only_if.question!r} before this one"
            elif asked.kind not in _BRANCHING:
                yield f"{where}: {asked.id} has no single answers to go by; use one with options that are picked"
            else:
                for answer in question.only_if.answers:
                    if answer not in {o.id for o in asked.options}:
                        yield f"{where}: {asked.id} has no option {answer!r}"
        earlier[question.id] = question
