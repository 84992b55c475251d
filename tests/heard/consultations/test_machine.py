"""The state machine against a simple model, and its rules one by one."""

from types import MappingProxyType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from heard.consultations.kinds import KINDS, LONGEST_ANSWER
from heard.consultations.machine import Questionnaire
from heard.consultations.progress import Answer, Given, Progress
from heard.content.schema import Option, Question
from heard.redaction import Redacted
from tests.heard.consultations.small import a_choice, a_consultation, an_open_one

FOUR = a_consultation(a_choice("qa"), an_open_one("qb"), a_choice("qc", optional=False), a_choice("qd"))
IDS = [question.id for question in FOUR.questions]


def words(text: str) -> Given:
    return Given(text=Redacted(text))


moves = st.one_of(
    st.tuples(st.just("press"), st.sampled_from([*IDS, "other"]), st.sampled_from(["too-far", "near", "none-such"])),
    st.tuples(st.just("type"), st.sampled_from(["1", "near", "too far", "blue", "", "x" * 2001]), st.none()),
    st.tuples(st.just("skip"), st.sampled_from([None, *IDS]), st.none()),
    st.tuples(st.just("back"), st.sampled_from([None, *IDS]), st.none()),
)


def apply(machine: Questionnaire, progress: Progress, move: tuple[str, str | None, str | None]) -> Progress:
    what, first, second = move
    if what == "press":
        return machine.answer(progress, Given(option=second), first).progress
    if what == "type":
        return machine.answer(progress, words(first or "")).progress
    return (machine.skip if what == "skip" else machine.back)(progress, first).progress


class Model:
    """The same rules, written down the plainest way: a dict, a place, and a list of what is left."""

    def __init__(self) -> None:
        self.kept: dict[str, object] = {}
        self.at: str | None = IDS[0]

    def apply(self, move: tuple[str, str | None, str | None]) -> None:
        what, first, second = move
        if self.at is None:
            return
        if what == "press" and first in IDS and first != "qb" and second != "none-such":
            self.settle(first, second)
        if what == "type":
            typed = (first or "").strip()
            chosen = {"1": "too-far", "near": "near", "too far": "too-far"}.get(typed)
            if self.at == "qb" and 0 < len(typed) <= LONGEST_ANSWER:
                self.settle("qb", typed)
            elif self.at != "qb" and chosen is not None:
                self.settle(self.at, chosen)
        if what == "skip" and first in (None, self.at) and self.at != "qc":
            self.settle(self.at, None)
        if what == "back" and first in (None, self.at) and self.at != IDS[0]:
            self.at = IDS[IDS.index(self.at) - 1]

    def settle(self, question: str, value: object) -> None:
        self.kept[question] = value
        if question == self.at:
            index = IDS.index(question)
            left = [id_ for id_ in IDS[index:] + IDS[:index] if id_ not in self.kept]
            self.at = left[0] if left else None


@settings(max_examples=400)
@given(st.lists(moves, max_size=25))
def test_any_moves_in_any_order_do_what_the_model_does(some_moves):
    machine, model = Questionnaire(FOUR), Model()
    progress = machine.start()
    for move in some_moves:
        progress = apply(machine, progress, move)
        model.apply(move)
        kept = {id_: next(iter(answer.value.values()), None) for id_, answer in progress.answers.items()}
        assert (kept, progress.at) == (model.kept, model.at)
        assert machine.done(progress) == len(set(model.kept) - {model.at})


@settings(max_examples=200)
@given(st.lists(moves, max_size=20))
def test_whatever_happens_before_five_more_presses_finish(some_moves):
    machine = Questionnaire(FOUR)
    progress = machine.start()
    for move in some_moves:
        progress = apply(machine, progress, move)
    for _ in range(5):
        question = machine.next_question(progress)
        if question is not None:
            step = machine.answer(progress, Given("near") if question.options else words("blue"), question.id)
            progress = step.progress
    assert machine.next_question(progress) is None
    assert machine.answer(progress, Given("near"), "qa").effect == "already_finished"


@settings(max_examples=200)
@given(st.lists(moves, max_size=20), moves)
def test_a_press_twice_is_a_press_once(some_moves, last):
    machine = Questionnaire(FOUR)
    progress = machine.start()
    for move in some_moves:
        progress = apply(machine, progress, move)
    if last[0] == "press" or last[1] in IDS:
        once = apply(machine, progress, last)
        assert (last[0] == "back" and once.at == last[1]) or apply(machine, once, last) == once


def test_a_stale_button_corrects_and_the_open_question_stays():
    machine = Questionnaire(FOUR)
    progress = machine.answer(machine.start(), Given("near"), "qa").progress
    step = machine.answer(progress, Given("too-far"), "qa")
    assert (step.effect, step.progress.at) == ("changed", "qb")
    assert step.progress.answers["qa"].value == {"option": "too-far"}


def test_back_leaves_the_answer_until_there_is_another():
    machine = Questionnaire(FOUR)
    progress = machine.answer(machine.start(), Given("near"), "qa").progress
    step = machine.back(progress)
    assert (step.effect, step.progress.at) == ("back", "qa")
    assert step.progress.answers["qa"].value == {"option": "near"}
    again = machine.skip(step.progress).progress
    assert (again.answers["qa"].state, again.at) == ("skipped", "qb")


def test_after_going_back_what_was_answered_is_not_asked_again():
    machine = Questionnaire(a_consultation(a_choice("qa"), a_choice("qb"), a_choice("qc")))
    progress = machine.start()
    for id_ in ("qa", "qb"):
        progress = machine.answer(progress, Given("near"), id_).progress
    for _ in range(2):
        progress = machine.back(progress).progress
    assert machine.answer(progress, Given("too-far")).progress.at == "qc"


def test_a_question_that_is_needed_is_not_skipped():
    machine = Questionnaire(a_consultation(a_choice("qa", optional=False)))
    assert machine.skip(machine.start()).effect == "needed"


@pytest.mark.parametrize(
    ("text", "effect"), [("", "not_understood"), ("x" * 2001, "too_long"), ("x" * 2000, "finished")]
)
def test_own_words_have_a_length(text, effect):
    machine = Questionnaire(a_consultation(an_open_one("qa")))
    assert machine.answer(machine.start(), words(text)).effect == effect


class Several:
    """As a later kind may be: options gather until "done"."""

    def take(self, question, given, before):
        chosen = list(before.value["options"]) if before is not None else []
        if given.option == "done":
            return Answer(question.id, value={"options": chosen})
        return Answer(question.id, "begun", {"options": [*chosen, given.option]})


def test_a_kind_that_needs_several_messages_needs_no_other_machine():
    several = Question.model_construct(id="qa", kind="several", text="?", options=(), optional=True)
    consultation = a_consultation().model_copy(update={"questions": (several, a_choice("qb"))})
    machine = Questionnaire(consultation, MappingProxyType({**KINDS, "several": Several()}))
    progress = machine.start()
    for option in ("drums", "harp"):
        step = machine.answer(progress, Given(option), "qa")
        progress = step.progress
        assert (step.effect, progress.at, machine.done(progress)) == ("begun", "qa", 0)
    step = machine.answer(progress, Given("done"), "qa")
    assert step.progress.answers["qa"].value == {"options": ["drums", "harp"]}
    assert step.progress.at == "qb"


def test_options_keep_their_ids_not_their_words():
    question = Question(
        id="qa", kind="one_choice", text="?", options=(Option(id="y1", label="Yes"), Option(id="n1", label="No"))
    )
    machine = Questionnaire(a_consultation(question))
    assert machine.answer(machine.start(), words("yes")).progress.answers["qa"].value == {"option": "y1"}
