"""Asks the fewest questions that decide the most schemes."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from fractions import Fraction

from heard.bursaries.assess import Assessment
from heard.bursaries.criteria import Criteria

MOST = 5
"""More questions than this at one go wear people out."""


def next_question(assessments: Iterable[Assessment], asked: Collection[str], criteria: Criteria) -> str | None:
    """The fact to ask about next, or None when nothing that we ask would decide anything.

    A fact counts for a scheme as much as it brings that scheme nearer to an answer: all of it where it is the
    last thing open, a ninth where it is one of nine ways; half of that where it is a tender question. Equal facts
    go by the order of content/criteria.yml.
    """
    weights: defaultdict[str, Fraction] = defaultdict(Fraction)
    for assessment in assessments:
        if assessment.outcome != "need to know":
            continue
        still = [[fact for fact in condition.asks if fact not in asked] for condition in assessment.open]
        if not all(still):
            continue
        for facts in still:
            for fact in facts:
                weights[fact] += Fraction(1, len(still) * len(facts) * (2 if criteria.is_tender(fact) else 1))
    if not weights:
        return None
    return min(weights, key=lambda fact: (-weights[fact], criteria.position(fact), fact))
