"""The whole interview at once: every question, each with its reason, and the schemes that the answers come to."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from heard.bursaries.check import ALSO, INCOME_AT_MOST, MORE, NEED, NEEDS, Check
from heard.bursaries.circumstances import INCOME
from heard.bursaries.topic import BursariesTopic
from heard.bursaries.worth import worth_of
from heard.content.schema import Worth
from tests.heard.bursaries.talks import Talk, the_content, the_criteria, the_places, the_wording

HUBS = ("hertfordshire", "dorset")


def the_check(hub: str) -> Check:
    content = the_content(hub)
    return BursariesTopic(content.bursaries, the_criteria(), the_places(hub), content.hub, the_wording()).check


CHECKS = {hub: the_check(hub) for hub in HUBS}


def answers_for(hub: str) -> st.SearchStrategy[dict[str, list[str]]]:
    """Answers as a form gives them: some questions answered, most of them left out."""
    check = CHECKS[hub]
    one_each = {
        q.fact: st.sampled_from([[value] for value, _ in q.options])
        for q in check.questions()
        if q.options and q.fact != "lives_in"
    }
    return st.fixed_dictionaries(
        {},
        optional=one_each
        | {
            "lives_in": st.sampled_from(
                [[v] for v in (*dict(_options(check, "lives_in")), "Hatfield", "BH21", "Poole")]
            ),
            "age": st.integers(0, 25).map(lambda age: [str(age)])
            | st.sampled_from([["8-10"], ["year 4"], ["reception"]]),
            NEED: st.lists(st.sampled_from(NEEDS), max_size=2, unique=True),
            ALSO: st.lists(st.sampled_from([word for word, _ in check.also()]), max_size=2, unique=True),
        },
    )


def _options(check: Check, fact: str) -> tuple[tuple[str, str], ...]:
    return next(q.options for q in check.questions() if q.fact == fact)


@pytest.mark.parametrize("hub", HUBS)
def test_every_question_says_why_it_is_asked_and_none_asks_for_a_sum(hub: str) -> None:
    questions = CHECKS[hub].questions()
    assert len(questions) >= 12
    assert all(q.text and q.why for q in questions)
    assert sum("earn" in q.text for q in questions) == 1
    income = next(q for q in questions if q.fact == INCOME_AT_MOST)
    assert [label for _, label in income.options][:2] == ["£30,000 or less", "£32,500 or less"]


@pytest.mark.parametrize("hub", HUBS)
def test_tender_questions_come_last(hub: str) -> None:
    facts = [q.fact for q in CHECKS[hub].questions()]
    assert facts.index("age") < facts.index(INCOME_AT_MOST) < facts.index("child_looked_after")


def test_the_first_true_line_of_the_income_says_what_counts() -> None:
    told = CHECKS["dorset"].checked({INCOME_AT_MOST: ["65000"]}).case.circumstances
    assert told.told(f"{INCOME}80000") == "yes" and told.told(f"{INCOME}65000") == "yes"
    assert told.told(f"{INCOME}32500") == "no" and told.told(f"{INCOME}30000") == "no"
    over = CHECKS["dorset"].checked({INCOME_AT_MOST: [MORE]}).case.circumstances
    assert over.told(f"{INCOME}80000") == "no"


@pytest.mark.parametrize(
    ("answers", "unread"),
    [
        ({"age": ["ninety"]}, ("age",)),
        ({"age": ["-1"]}, ("age",)),
        ({"age": ["26"]}, ("age",)),
        ({"lives_in": ["Atlantis"]}, ("lives_in",)),
        ({"lives_in": ["<script>"]}, ("lives_in",)),
        ({"instrument": ["vuvuzela"]}, ("instrument",)),
        ({"send": ["perhaps"]}, ("send",)),
        ({INCOME_AT_MOST: ["31000.50"]}, (INCOME_AT_MOST,)),
        ({INCOME_AT_MOST: ["Infinity"]}, (INCOME_AT_MOST,)),
        ({ALSO: ["rich"]}, (ALSO,)),
        ({NEED: ["yacht"]}, (NEED,)),
        ({"age": ["x"], "send": ["x"]}, ("age", "send")),
        ({"surprise": ["x"]}, ()),
        ({"age": [""], "send": ["unsure"], "lives_in": [" "]}, ()),
    ],
)
def test_an_answer_that_is_none_is_named(answers: dict[str, list[str]], unread: tuple[str, ...]) -> None:
    assert CHECKS["hertfordshire"].checked(answers).unread == unread


@pytest.mark.parametrize("hub", HUBS)
def test_nothing_answered_rules_nothing_out(hub: str) -> None:
    checked = CHECKS[hub].checked({})
    assert checked.weighing.unlikely == ()
    assert len(checked.weighing.likely) + len(CHECKS[hub].others(checked.weighing)) == len(the_content(hub).bursaries)


def test_what_is_worth_most_comes_first_among_equals() -> None:
    told = {"age": ["9"], "lives_in": ["dorset"], "child_looked_after": ["yes"], "instrument": ["violin"]}
    found = CHECKS["dorset"].checked(told).weighing.may
    reasons = [(a.met > 0, worth_of(a.bursary)) for a in found]
    assert reasons == sorted(reasons, reverse=True)
    assert found[0].bursary.id == "dorset-help-with-fees-in-care"


@pytest.mark.parametrize(
    ("worth", "size"),
    [
        (None, 0),
        (Worth(percent=25), 0),
        (Worth(pounds=249), 0),
        (Worth(percent=50), 1),
        (Worth(pounds=300), 1),
        (Worth(percent=100), 2),
        (Worth(pounds=3000), 2),
    ],
)
def test_worth_is_coarse(worth: Worth | None, size: int) -> None:
    bursary = the_content("dorset").bursaries[0].model_copy(update={"worth": worth})
    assert worth_of(bursary) == size


def in_chat(hub: str, answers: dict[str, list[str]]) -> list[str]:
    """The schemes that the chat shows for the same answers, page after page."""
    talk = Talk(hub)
    talk.say("check_eligibility", " and ".join(answers.get(NEED, [])))
    for word in answers.get(ALSO, []):
        type_ = "circumstance" if word in the_criteria().words["circumstance"] else "access_need"
        talk.say("inform", **{type_: word})
    for fact, values in answers.items():
        for value in values if fact not in (NEED, ALSO) else ():
            for question, answer in _as_in_chat(hub, fact, value):
                talk.say("inform", question=question, answer=answer)
    shown = list(talk.say("check_eligibility", option="result").ids)
    while "Show more" in talk.labels:
        shown += talk.press("Show more").ids
    return shown


def _as_in_chat(hub: str, fact: str, value: str) -> list[tuple[str, str]]:
    """The chat's questions behind one of the page's, with their answers."""
    if fact != INCOME_AT_MOST:
        return [(fact, value)]
    limits = [v for v, _ in _options(CHECKS[hub], INCOME_AT_MOST) if v.isdigit()]
    if value == MORE:
        return [(f"{INCOME}{limits[-1]}", "no")]
    if value not in limits:
        return []
    at = limits.index(value)
    lower = [(f"{INCOME}{limits[at - 1]}", "no")] if at else []
    return [(f"{INCOME}{value}", "yes"), *lower]


@pytest.mark.parametrize("hub", HUBS)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_the_same_answers_come_to_the_same_schemes_as_in_the_chat(hub: str, data: st.DataObject) -> None:
    answers = data.draw(answers_for(hub))
    checked = CHECKS[hub].checked(answers)
    assert checked.unread == ()
    assert in_chat(hub, answers) == [a.bursary.id for a in checked.weighing.likely]


@pytest.mark.parametrize("hub", HUBS)
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_one_more_answer_in_favour_never_loses_a_scheme(hub: str, data: st.DataObject) -> None:
    answers = data.draw(answers_for(hub))
    yes = [q.fact for q in CHECKS[hub].questions() if ("yes", "Yes") in q.options and q.fact not in answers]
    if not yes:
        return
    more = {**answers, data.draw(st.sampled_from(yes)): ["yes"]}
    before, after = (CHECKS[hub].checked(some).weighing for some in (answers, more))
    # A door to other help (free school meals) closes behind a family that has gone through it.
    doors = set(the_criteria().opens)
    assert {a.bursary.id for a in before.likely} - doors <= {a.bursary.id for a in after.likely}
