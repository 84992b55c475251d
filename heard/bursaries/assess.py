"""Weighs a family's circumstances against a bursary's published criteria."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property

from heard.bursaries.circumstances import INCOME, Circumstances
from heard.bursaries.criteria import Criteria, Read
from heard.content.schema import AnyOf, Bursary, Criterion
from heard.content.vocabulary import FAMILIES
from heard.messages import BursaryOutcome, ConditionState
from heard.pathways.levels import grades_of

AGE = "age"
_HUB_AREAS = {"hertfordshire", "dorset", "bcp"}
_NURSERY_ENDS = 5
"""Compulsory school age: from the term after the fifth birthday (Education Act 1996, section 8)."""


class Standing(IntEnum):
    """How a condition stands, worst first. The order is the logic: all of is the least, any of is the greatest.

    Told more in its favour, a condition only ever rises, so a family that meets more never loses a scheme.
    """

    NOT_MET = 0
    OPEN = 1
    """It decides and we were not told."""
    CHECK = 2
    """The funder, the school or a teacher settles it."""
    MET = 3

    @property
    def state(self) -> ConditionState:
        """The three values that people see."""
        return {Standing.NOT_MET: "not met", Standing.MET: "met"}.get(self, "not told")  # type: ignore[return-value]


@dataclass(frozen=True, slots=True)
class Weighed:
    """One condition: how it reads, how it stands, which questions would settle it."""

    text: str
    standing: Standing
    asks: tuple[str, ...] = ()
    personal: bool = False
    """About the person's circumstances, rather than age or area."""


@dataclass(frozen=True)
class Assessment:
    """A bursary and how each of its conditions stands."""

    bursary: Bursary
    conditions: tuple[Weighed, ...]

    @cached_property
    def standing(self) -> Standing:
        """All must hold."""
        return min((c.standing for c in self.conditions), default=Standing.CHECK)

    @property
    def outcome(self) -> BursaryOutcome:
        """Never that somebody qualifies: the funder decides.

        What we were not told leads to "need to know", never to "unlikely".
        """
        if self.standing is Standing.NOT_MET:
            return "unlikely"
        return "need to know" if self.standing is Standing.OPEN else "may qualify"

    @property
    def met(self) -> int:
        """How many conditions about the person are met."""
        return sum(c.personal and c.standing is Standing.MET for c in self.conditions)

    @property
    def open(self) -> tuple[Weighed, ...]:
        """The conditions that decide and were not told."""
        return tuple(c for c in self.conditions if c.standing is Standing.OPEN)

    @property
    def beyond_asking(self) -> bool:
        """Whether it hangs on something that we do not ask everybody (a place at one orchestra)."""
        return any(c.personal and not c.asks for c in self.open)


def assess(circumstances: Circumstances, bursary: Bursary, criteria: Criteria) -> Assessment:
    """Weighs a family's circumstances against a bursary's published criteria.

    What we were not told counts neither for nor against: the bot can ask about it, or say who would know.
    """
    age = _age(circumstances, bursary, criteria)
    weighed = [age] if age else []
    for part in bursary.eligibility:
        if isinstance(part, AnyOf):
            weighed.append(
                _any_of([_weigh(circumstances, c, bursary, criteria) for c in part.any_of], criteria.say("or"))
            )
        elif part.field != "age_max_extended":
            weighed.append(_weigh(circumstances, part, bursary, criteria))
    return Assessment(bursary, tuple(weighed))


def _any_of(weighed: Sequence[Weighed], either: str) -> Weighed:
    best = max(weighed, key=lambda w: w.standing)
    if best.standing is Standing.MET:
        return best
    text = either.join(dict.fromkeys(w.text for w in weighed if w.standing >= best.standing))
    asks = tuple(dict.fromkeys(fact for w in weighed if w.standing is Standing.OPEN for fact in w.asks))
    return Weighed(text, best.standing, asks, personal=best.personal)


def _weigh(circumstances: Circumstances, criterion: Criterion, bursary: Bursary, criteria: Criteria) -> Weighed:
    read = criteria.read(criterion, bursary)
    standing = _standing(circumstances, read, criteria)
    if standing is Standing.NOT_MET and read.exception.bends:
        standing = _untold(read)
    asks = (criteria.asks(read),) if standing is Standing.OPEN and read.kind == "asked" else ()
    personal = read.criterion.field not in ("lives_in", "attends_school_in", "level_min", "instrument_excluded")
    return Weighed(_text(read), standing, asks, personal)


def _standing(circumstances: Circumstances, read: Read, criteria: Criteria) -> Standing:
    match read.criterion.field:
        case "lives_in":
            return _area(circumstances.home, read)
        case "attends_school_in":
            return _school(circumstances, read)
        case "instrument_in" | "instrument_excluded":
            return _instrument(circumstances, read)
        case "level_min":
            return _level(circumstances, read)
        case "household_income_max":
            return _income(circumstances, read)
        case "in_nursery" if circumstances.age and circumstances.age[0] >= _NURSERY_ENDS:
            return Standing.MET if read.wanted == "no" else Standing.NOT_MET
    known = criteria.known(circumstances, read.fact)
    if known is None:
        return _untold(read)
    return Standing.MET if known == read.wanted else Standing.NOT_MET


def _untold(read: Read) -> Standing:
    return Standing.CHECK if read.kind == "check" else Standing.OPEN


def _area(told: Sequence[str], read: Read) -> Standing:
    wanted = str(read.criterion.value)
    possible = set(told)
    if wanted in ("uk", "england"):
        return Standing.MET if possible and possible <= _HUB_AREAS else Standing.CHECK
    if wanted not in _HUB_AREAS or not possible:
        return _untold(read)
    if possible == {wanted}:
        return Standing.MET
    return Standing.OPEN if wanted in possible else Standing.NOT_MET


def _school(circumstances: Circumstances, read: Read) -> Standing:
    if circumstances.facts.get("home_educated") == "yes" and not circumstances.school:
        return Standing.NOT_MET
    standing = _area(circumstances.school, read)
    if circumstances.school or standing is not Standing.OPEN:
        return standing
    # Most children go to school in the area where they live, not all: the school will know.
    at_home = _area(circumstances.home, read)
    return Standing.CHECK if at_home is Standing.MET else Standing.OPEN


def _instrument(circumstances: Circumstances, read: Read) -> Standing:
    if not circumstances.instruments:
        return _untold(read)
    value = read.criterion.value
    named = value if isinstance(value, tuple) else (str(value),)
    listed = {one for name in named for one in (name, *FAMILIES.get(name, ()))}
    told = set(circumstances.instruments)
    fits = told & listed if read.criterion.field == "instrument_in" else told - listed
    return Standing.MET if fits else Standing.NOT_MET


def _level(circumstances: Circumstances, read: Read) -> Standing:
    least = grades_of(str(read.criterion.value))
    if circumstances.grades is None or least is None:
        return Standing.CHECK
    low, high = circumstances.grades
    if low >= least[0]:
        return Standing.MET
    return Standing.NOT_MET if high < least[0] else Standing.CHECK


def _income(circumstances: Circumstances, read: Read) -> Standing:
    if circumstances.told(read.fact) == "yes":
        return Standing.MET
    considered = read.exception.bends_to
    limit = read.fact if considered is None else f"{INCOME}{considered}"
    return Standing.NOT_MET if circumstances.told(limit) == "no" else Standing.OPEN


def _age(circumstances: Circumstances, bursary: Bursary, criteria: Criteria) -> Weighed | None:
    ages = bursary.ages
    if ages is None or (ages.min is None and ages.max is None):
        return None
    low, high = ages.min or 0, ages.max if ages.max is not None else 99
    longer = next((c for c in bursary.eligibility if isinstance(c, Criterion) and c.field == "age_max_extended"), None)
    text = criteria.ages(ages, longer)
    if circumstances.age is None:
        return Weighed(text, Standing.OPEN, (AGE,))
    youngest, oldest = circumstances.age
    if low <= youngest and oldest <= high:
        return Weighed(text, Standing.MET)
    if longer is not None and youngest <= int(str(longer.value)) and oldest >= low:
        for_whom = criteria.read(longer, bursary).exception.extended_for
        extended = any(criteria.known(circumstances, fact) == "yes" for fact in for_whom)
        return Weighed(text, Standing.CHECK if extended else Standing.OPEN, criteria.askable(for_whom))
    # A school year spans two ages, of which one may fit: they told us, so we do not ask again.
    outside = oldest < low or youngest > high
    return Weighed(text, Standing.NOT_MET if outside else Standing.OPEN)


def _text(read: Read) -> str:
    note = read.criterion.note
    # "memory" is a note for staff about where the fact came from.
    return f"{read.condition} ({note})" if note and note != "memory" else read.condition
