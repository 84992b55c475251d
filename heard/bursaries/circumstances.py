"""What a family told us about itself: kept for one chat, never stored and never logged."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from decimal import Decimal, InvalidOperation
from types import MappingProxyType
from typing import Any, Literal, Self

Answer = Literal["yes", "no"]
Range = tuple[int, int]
"""From and to, both included."""

INCOME = "household_income_max."
_NOTHING: Mapping[str, Answer] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Circumstances:
    """What we were told, and nothing else: a fact that is not in here is not known.

    `facts` are yes or no by the names of content/criteria.yml; an income limit is a fact of its own
    ("household_income_max.30000"), so that nobody has to name a sum. `age` is a range because a school
    year spans two ages. `home` and `school` are the areas that a place can lie in: an outcode at the
    county's edge lies in two.
    """

    facts: Mapping[str, Answer] = field(default=_NOTHING)
    age: Range | None = None
    home: tuple[str, ...] = ()
    school: tuple[str, ...] = ()
    instruments: tuple[str, ...] = ()
    grades: Range | None = None

    def told(self, fact: str) -> Answer | None:
        """The answer to one fact. An income under a limit is under every higher limit too."""
        if fact.startswith(INCOME):
            return self._income(fact)
        return self.facts.get(fact)

    def with_fact(self, fact: str, answer: Answer) -> Self:
        """The same, with one fact told; a later answer replaces an earlier one."""
        return replace(self, facts={**self.facts, fact: answer})

    def without(self, fact: str) -> Self:
        """The same, with the answer to one question no longer told."""
        match fact:
            case "age":
                return replace(self, age=None)
            case "lives_in":
                return replace(self, home=())
            case "attends_school_in":
                return replace(self, school=())
            case "instrument":
                return replace(self, instruments=())
        return replace(self, facts={name: answer for name, answer in self.facts.items() if name != fact})

    def as_dict(self) -> dict[str, Any]:
        """The JSON form for the slot; what was not told is left out."""
        plain: dict[str, Any] = {
            "facts": dict(self.facts),
            "age": list(self.age) if self.age else None,
            "home": list(self.home),
            "school": list(self.school),
            "instruments": list(self.instruments),
            "grades": list(self.grades) if self.grades else None,
        }
        return {name: value for name, value in plain.items() if value}

    @classmethod
    def from_dict(cls, plain: Mapping[str, Any] | None) -> Self:
        """The inverse of `as_dict`; nothing told for None."""
        plain = plain or {}
        return cls(
            facts={str(name): answer for name, answer in plain.get("facts", {}).items() if answer in ("yes", "no")},
            age=_range(plain.get("age")),
            home=tuple(plain.get("home", ())),
            school=tuple(plain.get("school", ())),
            instruments=tuple(plain.get("instruments", ())),
            grades=_range(plain.get("grades")),
        )

    def _income(self, fact: str) -> Answer | None:
        limit = limit_of(fact)
        told = [(limit_of(name), answer) for name, answer in self.facts.items() if name.startswith(INCOME)]
        if any(answer == "yes" and under <= limit for under, answer in told):
            return "yes"
        if any(answer == "no" and over >= limit for over, answer in told):
            return "no"
        return None


def limit_of(fact: str) -> Decimal:
    """The sum in "household_income_max.30000". A fact with no sum in it has a limit that nothing is under."""
    try:
        return Decimal(fact.removeprefix(INCOME))
    except InvalidOperation:
        return Decimal("Infinity")


def _range(plain: Any) -> Range | None:
    return (int(plain[0]), int(plain[1])) if plain else None
