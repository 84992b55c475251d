"""Which schemes help with an instrument, and how: to borrow, to buy, or with one that is adapted."""

import re
from collections.abc import Iterable, Mapping, Sequence

from heard.bursaries.assess import Assessment, assess
from heard.bursaries.case import Case
from heard.bursaries.criteria import Criteria
from heard.content.schema import Bursary, Criterion

BORROW, BUY, ADAPTED, REPAIR, OTHER = "borrow", "buy", "adapted", "repair", "other"
_ORDER: Mapping[str, tuple[str, ...]] = {
    BORROW: (BORROW, OTHER, BUY, ADAPTED),
    BUY: (BUY, OTHER, BORROW, ADAPTED),
    ADAPTED: (ADAPTED, BORROW, OTHER, BUY),
    REPAIR: (),
}
_NEEDS_ADAPTED = ("disability.upper_limb", "disability.physical")
_NOT_FOR_FAMILIES = ("applicant_type", "career_stage")


def way_of(bursary: Bursary, criteria: Criteria) -> str:
    """What a scheme does about an instrument, by its own description."""
    text = f"{bursary.name} {bursary.what_it_pays}".casefold()
    return _first_named(text, criteria.instrument_ways) or OTHER


def wished_way(text: str, case: Case, criteria: Criteria) -> str:
    """What somebody wants to do: borrow, unless they say something else or cannot play a common instrument."""
    named = _first_named(text.casefold(), criteria.instrument_wishes)
    if named:
        return named
    adapted = any(criteria.known(case.circumstances, fact) == "yes" for fact in _NEEDS_ADAPTED)
    return ADAPTED if adapted else BORROW


def schemes(
    bursaries: Iterable[Bursary], case: Case, way: str, criteria: Criteria, areas: Sequence[str]
) -> tuple[Assessment, ...]:
    """The schemes for an instrument that nothing we know speaks against, what was wished for first.

    The hub's own are shown even where they hang on something that we were not told (being in a group). A national
    one that is only for some (players who are blind) is shown to those who said so, or who asked for its kind.
    """
    order = _ORDER[way]
    ranked = []
    for n, bursary in enumerate(bursaries):
        local = bursary.area in areas
        if "instrument" not in bursary.needs or not (local or bursary.area == "national") or _for_others(bursary):
            continue
        kind = way_of(bursary, criteria)
        weighed = assess(case.circumstances, bursary, criteria)
        hidden = weighed.beyond_asking and not local and not (kind == way == ADAPTED)
        if weighed.outcome == "unlikely" or hidden or kind not in order:
            continue
        fits = weighed.outcome == "may qualify" and weighed.met > 0
        lent = must_be_paid_back(bursary)
        ranked.append(((order.index(kind), lent, not local, not fits, len(weighed.open), n), weighed))
    return tuple(weighed for _, weighed in sorted(ranked, key=lambda pair: pair[0]))


def says_which_instruments(bursary: Bursary) -> bool:
    """Whether the entry names the instruments that it has."""
    return any(isinstance(part, Criterion) and part.field == "instrument_in" for part in bursary.eligibility)


def must_be_paid_back(bursary: Bursary) -> bool:
    """Whether it is money lent to an adult."""
    return any(isinstance(p, Criterion) and p.field == "borrower_age_min" for p in bursary.eligibility)


def _for_others(bursary: Bursary) -> bool:
    return any(isinstance(p, Criterion) and p.field in _NOT_FOR_FAMILIES for p in bursary.eligibility)


def _first_named(text: str, words_of: Mapping[str, Sequence[str]]) -> str | None:
    for name, words in words_of.items():
        if any(re.search(rf"\b{re.escape(word)}\b", text) for word in words):
            return name
    return None
