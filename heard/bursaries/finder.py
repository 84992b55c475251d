"""Which schemes to show a family, the likeliest and nearest first."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from heard.bursaries.assess import Assessment, assess
from heard.bursaries.case import Case
from heard.bursaries.criteria import Criteria
from heard.bursaries.worth import worth_of
from heard.content.schema import Bursary, Criterion

_NOT_FOR_FAMILIES = ("applicant_type", "career_stage", "music_income_share_min")
"""Schemes for groups, schools and working musicians: there for those who ask for them."""


@dataclass(frozen=True, slots=True)
class Weighing:
    """What the answers of one family come to: the same in the chat, on the page and on the command line."""

    may: tuple[Assessment, ...]
    """May qualify: the likeliest and those worth most first."""
    depends: tuple[Assessment, ...]
    """It hangs on what was not told."""
    unlikely: tuple[Assessment, ...]
    """Something that was told speaks against them."""

    @property
    def likely(self) -> tuple[Assessment, ...]:
        """What to show, in order."""
        return self.may + self.depends


class Finder:
    """Every scheme that a hub knows, weighed for one case."""

    def __init__(self, bursaries: Sequence[Bursary], criteria: Criteria, areas: Sequence[str]) -> None:
        self._bursaries = tuple(bursaries)
        self._by_id = {bursary.id: bursary for bursary in bursaries}
        self._criteria = criteria
        self._areas = tuple(areas)
        """The hub's own first."""

    @property
    def bursaries(self) -> tuple[Bursary, ...]:
        """All schemes, in the order of content."""
        return self._bursaries

    def get(self, id_: str | None) -> Bursary | None:
        """The scheme with this id, or None."""
        return self._by_id.get(id_ or "")

    def assess(self, case: Case, bursary: Bursary) -> Assessment:
        """One scheme, whatever it is for."""
        return assess(case.circumstances, bursary, self._criteria)

    def candidates(self, case: Case) -> tuple[Assessment, ...]:
        """The schemes for what the family needs, best first; what is known not to fit comes last.

        Left out are schemes that are not for families, and those that hang on a place or a group that
        nobody has mentioned: they are shown to whoever asks for them.
        """
        weighed = [self.assess(case, b) for b in self._for_families()]
        fitting = [
            a
            for a in weighed
            if (_serves(a.bursary, case) and (a.outcome == "unlikely" or not a.beyond_asking)) or self._opens(a, case)
        ]
        return tuple(sorted(fitting, key=lambda a: self._rank(a, case)))

    def weighing(self, case: Case) -> Weighing:
        """The candidates by what becomes of them."""
        found = self.candidates(case)
        may, depends, unlikely = (
            tuple(a for a in found if a.outcome == outcome) for outcome in ("may qualify", "need to know", "unlikely")
        )
        return Weighing(may, depends, unlikely)

    def likely(self, case: Case) -> tuple[Assessment, ...]:
        """The candidates that nothing we know speaks against."""
        return tuple(a for a in self.candidates(case) if a.outcome != "unlikely")

    def unlikely(self, case: Case) -> tuple[Assessment, ...]:
        """The candidates that something we know speaks against."""
        return tuple(a for a in self.candidates(case) if a.outcome == "unlikely")

    def _opens(self, assessment: Assessment, case: Case) -> bool:
        """Whether it is likely, not there yet, and opens other help (free school meals)."""
        fact = self._criteria.opens.get(assessment.bursary.id)
        if fact is None or self._criteria.known(case.circumstances, fact) == "yes":
            return False
        return assessment.outcome == "may qualify" and assessment.met > 0

    def _for_families(self) -> Iterable[Bursary]:
        for bursary in self._bursaries:
            here = bursary.area in (*self._areas, "national", "online")
            fields = {part.field for part in bursary.eligibility if isinstance(part, Criterion)}
            if here and not fields.intersection(_NOT_FOR_FAMILIES):
                yield bursary

    def _rank(self, assessment: Assessment, case: Case) -> tuple[int, ...]:
        near = self._nearness(assessment.bursary, case)
        return (
            _tier(assessment, local=near <= len(self._areas)),
            -worth_of(assessment.bursary),
            near,
            -assessment.met,
            len(assessment.open),
            self._bursaries.index(assessment.bursary),
        )

    def _nearness(self, bursary: Bursary, case: Case) -> int:
        if bursary.area in case.circumstances.home:
            return 0
        return 1 + self._areas.index(bursary.area) if bursary.area in self._areas else len(self._areas) + 1


def _tier(assessment: Assessment, *, local: bool) -> int:
    """Likely for a reason first; then the hub's own; a scheme that asks nothing of anybody is likely for no reason."""
    if assessment.outcome == "unlikely":
        return 4
    if assessment.outcome == "may qualify" and assessment.met:
        return 0
    if local:
        return 1
    return 2 if assessment.outcome == "may qualify" else 3


def _serves(bursary: Bursary, case: Case) -> bool:
    return not case.needs or not bursary.needs or bool(set(case.needs) & set(bursary.needs))
