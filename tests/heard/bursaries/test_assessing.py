"""Invented families against all the real schemes."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heard.bursaries.assess import assess
from heard.bursaries.circumstances import Circumstances
from heard.bursaries.criteria import criteria_of
from heard.content.schema import Bursary
from tests.heard.bursaries.talks import the_content, the_criteria

SCHEMES = {b.id: b for hub in ("hertfordshire", "dorset") for b in the_content(hub).bursaries}
CRITERIA = the_criteria()
ORDER = {"unlikely": 0, "need to know": 1, "may qualify": 2}

HUB_AREAS = {"hertfordshire", "dorset", "bcp"}
FSM = {"receives_free_school_meals": "yes"}
FAMILIES = {
    "nothing told": Circumstances(),
    "Hatfield, 9, free school meals": Circumstances(FSM, age=(9, 9), home=("hertfordshire",)),
    "Hatfield, 9, Pupil Premium": Circumstances({"pupil_premium": "yes"}, age=(9, 9), home=("hertfordshire",)),
    "Hertford, 12, in care": Circumstances({"child_looked_after": "yes"}, age=(12, 12), home=("hertfordshire",)),
    "Dorchester, 10, free school meals": Circumstances(FSM, age=(10, 10), home=("dorset",)),
    "Poole, 14, money is tight": Circumstances({"financial_hardship": "yes"}, age=(14, 14), home=("bcp",)),
    "Watford, 3, universal credit": Circumstances(
        {"receives_universal_credit": "yes"}, age=(3, 3), home=("hertfordshire",)
    ),
    "Weymouth, 24, care leaver": Circumstances({"care_leaver": "yes"}, age=(24, 24), home=("dorset",)),
    "Leeds, 15": Circumstances(age=(15, 15), home=("elsewhere",)),
}

TABLE = [
    ("Hatfield, 9, free school meals", "hms-bursary-stage-1", "need to know"),  # it goes by Pupil Premium
    ("Hatfield, 9, Pupil Premium", "hms-bursary-stage-1", "may qualify"),
    ("Hatfield, 9, Pupil Premium", "hms-bursary-stage-2", "need to know"),
    ("Hatfield, 9, free school meals", "dorset-help-with-fees-fsm", "need to know"),  # school may be in Dorset
    ("Hatfield, 9, free school meals", "soundstorm-access-fund", "unlikely"),
    ("Hatfield, 9, free school meals", "richard-ely-bursary", "unlikely"),
    ("Hatfield, 9, free school meals", "pupil-premium", "may qualify"),
    ("Hatfield, 9, free school meals", "bursary-16-19-vulnerable", "unlikely"),
    ("Hatfield, 9, free school meals", "youth-music-nextgen-fund", "unlikely"),
    ("Hatfield, 9, free school meals", "hms-instrument-hire", "may qualify"),
    ("Hertford, 12, in care", "hms-bursary-children-looked-after", "may qualify"),
    ("Hertford, 12, in care", "harrison-memorial-fund", "need to know"),
    ("Dorchester, 10, free school meals", "dorset-help-with-fees-fsm", "may qualify"),
    ("Dorchester, 10, free school meals", "dorset-school-lesson-subsidy-fsm", "may qualify"),
    ("Dorchester, 10, free school meals", "soundstorm-access-fund", "unlikely"),
    ("Dorchester, 10, free school meals", "hms-instrument-hire", "unlikely"),
    ("Dorchester, 10, free school meals", "national-youth-choir-financial-assistance", "need to know"),
    ("Poole, 14, money is tight", "soundstorm-access-fund", "may qualify"),
    ("Poole, 14, money is tight", "richard-ely-bursary", "may qualify"),
    ("Poole, 14, money is tight", "macdougall-trust", "unlikely"),
    ("Poole, 14, money is tight", "music-for-all-individuals", "may qualify"),
    ("Poole, 14, money is tight", "harrison-memorial-fund", "unlikely"),  # up to 13
    ("Watford, 3, universal credit", "free-school-meals", "unlikely"),  # from 4
    ("Watford, 3, universal credit", "young-sounds-thrive", "unlikely"),
    ("Weymouth, 24, care leaver", "richard-ely-bursary", "may qualify"),  # up to 25 for care leavers
    ("Weymouth, 24, care leaver", "apprenticeship-care-leavers-bursary", "need to know"),
    ("Leeds, 15", "hms-instrument-hire", "unlikely"),
    ("Leeds, 15", "young-sounds-thrive", "need to know"),
]


@pytest.mark.parametrize(("family", "scheme", "outcome"), TABLE)
def test_a_family_and_a_scheme_have_the_outcome_that_the_criteria_give(family, scheme, outcome):
    assert assess(FAMILIES[family], SCHEMES[scheme], CRITERIA).outcome == outcome


def test_there_are_all_53_schemes():
    assert len(SCHEMES) == 53


def test_every_field_of_every_scheme_has_a_meaning():
    unknown = {c.field for b in SCHEMES.values() for c in criteria_of(b)} - set(CRITERIA.order)
    assert not unknown


def test_every_exception_belongs_to_a_criterion_that_is_there():
    for id_, fields in CRITERIA.exceptions.items():
        assert fields.keys() <= {c.field for c in criteria_of(SCHEMES[id_])}, id_


def test_everything_that_we_may_ask_has_a_question_and_a_reason():
    for bursary in SCHEMES.values():
        for condition in assess(Circumstances(), bursary, CRITERIA).conditions:
            for fact in condition.asks:
                question, why = CRITERIA.question(fact)
                assert question.rstrip().endswith(("?", ".")) and why


@pytest.mark.parametrize("family", FAMILIES)
def test_an_age_outside_the_limits_is_never_likely(family):
    told = FAMILIES[family]
    for bursary in SCHEMES.values():
        if told.age is None or bursary.ages is None:
            continue
        longer = [int(str(c.value)) for c in criteria_of(bursary) if c.field == "age_max_extended"]
        high = max([99 if bursary.ages.max is None else bursary.ages.max, *longer])
        if told.age[0] > high or told.age[1] < (bursary.ages.min or 0):
            assert assess(told, bursary, CRITERIA).outcome == "unlikely"


@pytest.mark.parametrize("family", FAMILIES)
def test_a_scheme_for_those_who_live_in_another_area_is_never_likely(family):
    told = FAMILIES[family]
    for bursary in SCHEMES.values():
        areas = {str(c.value) for c in criteria_of(bursary) if c.field == "lives_in"} & {
            "hertfordshire",
            "dorset",
            "bcp",
        }
        by_school = any(c.field == "attends_school_in" for c in criteria_of(bursary))
        if told.home and areas and not by_school and not areas & set(told.home):
            assert assess(told, bursary, CRITERIA).outcome == "unlikely"


def test_universal_credit_does_not_stand_for_free_school_meals():
    told = Circumstances({"receives_universal_credit": "yes"}, age=(10, 10), home=("dorset",))
    assert assess(told, SCHEMES["dorset-help-with-fees-fsm"], CRITERIA).outcome == "need to know"
    assert assess(told, SCHEMES["free-school-meals"], CRITERIA).outcome == "may qualify"


def test_a_plan_for_special_needs_stands_for_special_needs():
    told = Circumstances({"ehcp": "yes"})
    assert assess(told, SCHEMES["music-of-life"], CRITERIA).outcome == "may qualify"


def test_a_wheelchair_does_not_stand_for_a_hand_or_an_arm():
    ohmi = SCHEMES["ohmi-instrument-hire"]
    assert assess(Circumstances({"wheelchair": "yes"}), ohmi, CRITERIA).outcome == "need to know"
    assert assess(Circumstances({"disability.upper_limb": "yes"}), ohmi, CRITERIA).outcome == "may qualify"


def test_an_income_under_one_limit_is_under_every_higher_one():
    told = Circumstances().with_fact("household_income_max.30000", "yes")
    assert told.told("household_income_max.32500") == "yes"
    assert told.told("household_income_max.20000") is None
    over = Circumstances().with_fact("household_income_max.32500", "no")
    assert over.told("household_income_max.30000") == "no"
    assert over.told("household_income_max.65000") is None


def test_an_income_over_a_limit_that_bends_rules_nobody_out():
    over = Circumstances({"household_income_max.32500": "no"}, age=(10, 10), home=("dorset",))
    assert assess(over, SCHEMES["future-talent"], CRITERIA).outcome == "need to know"
    assert assess(over, SCHEMES["young-sounds-thrive"], CRITERIA).outcome == "need to know"
    far_over = over.with_fact("household_income_max.40000", "no")
    assert assess(far_over, SCHEMES["young-sounds-thrive"], CRITERIA).outcome == "unlikely"


def test_benslow_lends_to_strings_and_woodwind_and_not_to_drummers():
    benslow = SCHEMES["benslow-instrument-loan-scheme"]
    assert assess(Circumstances(instruments=("cello",)), benslow, CRITERIA).outcome == "may qualify"
    assert assess(Circumstances(instruments=("flute",)), benslow, CRITERIA).outcome == "may qualify"
    assert assess(Circumstances(instruments=("drums",)), benslow, CRITERIA).outcome == "unlikely"
    beginner = Circumstances(instruments=("cello",), grades=(0, 3))
    assert assess(beginner, benslow, CRITERIA).outcome == "unlikely"


def test_an_outcode_on_the_edge_of_the_county_leaves_the_area_open():
    edge = Circumstances(home=("hertfordshire", "elsewhere"))
    assert assess(edge, SCHEMES["hms-instrument-hire"], CRITERIA).outcome == "need to know"


FACTS = sorted(
    {CRITERIA.read(c, b).fact for b in SCHEMES.values() for c in criteria_of(b)}
    | {"ehcp", "autism", "blind", "wheelchair", "household_income_max.40000"}
)
BOUND = ("lives_in.", "attends_school_in.", "level_min.", "instrument_", "age_max_extended")
FREE_FACTS = [fact for fact in FACTS if not fact.startswith(BOUND)]
answers = st.sampled_from(["yes", "no"])
ages = st.integers(0, 25).flatmap(lambda low: st.tuples(st.just(low), st.integers(low, min(25, low + 2))))
areas = st.sampled_from([(), ("hertfordshire",), ("dorset",), ("bcp",), ("dorset", "bcp"), ("elsewhere",)])
circumstances = st.builds(
    Circumstances,
    facts=st.dictionaries(st.sampled_from(FREE_FACTS), answers, max_size=8),
    age=st.none() | ages,
    home=areas,
    school=areas,
    instruments=st.sampled_from([(), ("cello",), ("drums",), ("voice",), ("flute", "drums")]),
    grades=st.none() | st.sampled_from([(0, 3), (4, 5), (5, 5), (6, 8)]),
)
schemes = st.sampled_from(sorted(SCHEMES.values(), key=lambda b: b.id))


@given(circumstances, schemes, st.data())
def test_a_family_that_meets_one_more_condition_never_loses_a_scheme(told: Circumstances, bursary: Bursary, data):
    reads = [CRITERIA.read(c, bursary) for c in criteria_of(bursary)]
    free = [r for r in reads if r.fact in FREE_FACTS]
    if not free:
        return
    met = data.draw(st.sampled_from(free))
    before, after = told, told.with_fact(met.fact, met.wanted)
    assert ORDER[assess(after, bursary, CRITERIA).outcome] >= ORDER[assess(before, bursary, CRITERIA).outcome]


@given(st.dictionaries(st.sampled_from(FREE_FACTS), answers, max_size=8), schemes, st.randoms())
def test_the_same_answers_in_any_order_give_the_same_result(facts, bursary, random):
    shuffled = list(facts.items())
    random.shuffle(shuffled)
    in_order, otherwise = Circumstances(), Circumstances()
    for fact, answer in facts.items():
        in_order = in_order.with_fact(fact, answer)
    for fact, answer in shuffled:
        otherwise = otherwise.with_fact(fact, answer)
    assert assess(in_order, bursary, CRITERIA) == assess(otherwise, bursary, CRITERIA)


@given(circumstances, schemes)
def test_unlikely_always_names_a_condition_that_is_not_met(told, bursary):
    assessment = assess(told, bursary, CRITERIA)
    assert (assessment.outcome == "unlikely") == any(c.standing.state == "not met" for c in assessment.conditions)


@given(schemes)
def test_ignorance_is_never_unlikely(bursary):
    assert assess(Circumstances(), bursary, CRITERIA).outcome != "unlikely"


@given(circumstances)
def test_circumstances_come_back_from_json_as_they_were(told):
    assert Circumstances.from_dict(json.loads(json.dumps(told.as_dict()))) == told
