"""What the conditions of bursaries mean, as data: content/criteria.yml."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import Any, Literal

import yaml
from pydantic import Field, ValidationError

from heard.bursaries.circumstances import INCOME, Answer, Circumstances
from heard.content.schema import Ages, AnyOf, Bursary, Criterion, Strict
from heard.errors import ContentError

Kind = Literal["asked", "if_told", "check"]
_MONEY_FIELDS = ("household_income_max", "savings_max")


class Meaning(Strict):
    """How a field, or one of its values, reads and whether we ask about it."""

    kind: Kind | None = None
    condition: str | None = None
    question: str | None = None
    why: str | None = None
    name: str | None = None


class FieldMeaning(Meaning):
    """A field with the values that need words of their own; `no` is how its opposite reads."""

    asks: str | None = None
    gently: bool = False
    no: str | None = None
    values: Mapping[str, Meaning] = Field(default_factory=dict)


class Exceptional(Strict):
    """How one scheme reads one field in its own way."""

    bends: bool = False
    bends_to: Decimal | None = None
    name: str | None = None
    condition: str | None = None
    extended_for: tuple[str, ...] = ()


class CriteriaFile(Strict):
    """content/criteria.yml as it stands."""

    fields: Mapping[str, FieldMeaning]
    words: Mapping[str, Mapping[str, str]]
    implies: Mapping[str, tuple[str, ...]]
    exceptions: Mapping[str, Mapping[str, Exceptional]]
    opens: Mapping[str, str]
    needs: Mapping[str, tuple[str, ...]]
    instrument_ways: Mapping[str, tuple[str, ...]]
    instrument_wishes: Mapping[str, tuple[str, ...]]
    phrases: Mapping[str, str]
    everyday_words: str
    weak_words: str


@dataclass(frozen=True, slots=True)
class Read:
    """One criterion with what it means: the fact behind it, its kind and its words."""

    criterion: Criterion
    fact: str
    kind: Kind
    condition: str
    exception: Exceptional

    @property
    def wanted(self) -> Answer:
        """The answer that meets it."""
        return "no" if self.criterion.value is False else "yes"


class Criteria:
    """The meaning of every field that a bursary may name."""

    def __init__(self, data: CriteriaFile) -> None:
        self._data = data
        # True and 1 are one key to a dict, and no field takes both a yes or no and a number.
        self._reads: dict[tuple[object, ...], Read] = {}
        self._implied_by: dict[str, list[str]] = {}
        for fact, consequences in data.implies.items():
            for consequence in consequences:
                self._implied_by.setdefault(consequence, []).append(fact)

    @classmethod
    def load(cls, path: Path) -> "Criteria":
        """Reads content/criteria.yml. Raises ContentError where it has another form."""
        try:
            return cls(CriteriaFile.model_validate(yaml.safe_load(path.read_text(encoding="utf-8"))))
        except yaml.YAMLError as error:
            raise ContentError(path, f"this is not YAML: {error}") from error
        except ValidationError as error:
            first = error.errors()[0]
            where = ".".join(str(part) for part in first["loc"])
            raise ContentError(path, f"{where}: {first['msg']}") from error

    @property
    def order(self) -> tuple[str, ...]:
        """The fields, those that are easiest to ask first."""
        return tuple(self._data.fields)

    @property
    def words(self) -> Mapping[str, Mapping[str, str]]:
        """Entity type and value to the fact that it states."""
        return self._data.words

    @property
    def needs(self) -> Mapping[str, tuple[str, ...]]:
        """What help can be for, and the words for it."""
        return self._data.needs

    @property
    def opens(self) -> Mapping[str, str]:
        """Schemes that open other help, and the fact that says that a family has them."""
        return self._data.opens

    @property
    def instrument_ways(self) -> Mapping[str, tuple[str, ...]]:
        """What a scheme does about an instrument, and the words for it in its description."""
        return self._data.instrument_ways

    @property
    def instrument_wishes(self) -> Mapping[str, tuple[str, ...]]:
        """What somebody wants to do about an instrument, and the words for it."""
        return self._data.instrument_wishes

    @cached_property
    def everyday_words(self) -> frozenset[str]:
        """Words in the names of schemes that do not tell one scheme from another."""
        return frozenset(self._data.everyday_words.split())

    @cached_property
    def weak_words(self) -> frozenset[str]:
        """Words that tell one scheme from another only in pairs."""
        return frozenset(self._data.weak_words.split())

    @property
    def exceptions(self) -> Mapping[str, Mapping[str, Exceptional]]:
        """By bursary and field."""
        return self._data.exceptions

    def known(self, circumstances: Circumstances, fact: str) -> Answer | None:
        """The answer to a fact: as told, or as it follows for certain from something that was told."""
        told = circumstances.told(fact)
        if told is not None:
            return told
        implied = any(self.known(circumstances, other) == "yes" for other in self._implied_by.get(fact, ()))
        return "yes" if implied else None

    def read(self, criterion: Criterion, bursary: Bursary) -> Read:
        """What a criterion of a bursary means. A field that criteria.yml does not know is left to the funder."""
        key = (bursary.id, criterion.field, criterion.value, criterion.note)
        found = self._reads.get(key)
        if found is None:
            found = self._reads[key] = self._read(criterion, bursary)
        return found

    def _read(self, criterion: Criterion, bursary: Bursary) -> Read:
        general = self._data.fields.get(criterion.field, FieldMeaning(kind="check"))
        special = general.values.get(_joined(criterion.value), Meaning())
        exception = self._data.exceptions.get(bursary.id, {}).get(criterion.field, Exceptional())
        condition = (
            exception.condition
            or special.condition
            or (general.no if criterion.value is False else general.condition)
            or criterion.field.replace("_", " ").capitalize()
        )
        return Read(
            criterion,
            fact=exception.name or (f"{criterion.field}.{special.name}" if special.name else _fact(criterion)),
            kind=special.kind or general.kind or "check",
            condition=condition.format(value=_plain(criterion)),
            exception=exception,
        )

    def asks(self, read: Read) -> str:
        """The question that settles a criterion: the fact's own, or the field that several share ("lives_in")."""
        field = read.criterion.field
        if field in ("lives_in", "attends_school_in"):
            return field
        return self._data.fields[field].asks or read.fact

    def question(self, fact: str) -> tuple[str, str]:
        """How we ask about a fact, and why we do."""
        field, _, value = fact.partition(".")
        general = self._data.fields[field]
        text = general.values.get(value, Meaning()).question or general.question or general.condition or field
        return text.format(value=f"£{Decimal(value):,.0f}" if fact.startswith(INCOME) else value), general.why or ""

    def askable(self, facts: Iterable[str]) -> tuple[str, ...]:
        """Those of some facts that we ask about."""
        fields = self._data.fields
        return tuple(f for f in facts if (field := fields.get(f.partition(".")[0])) and field.kind == "asked")

    def ages(self, ages: Ages, longer: Criterion | None) -> str:
        """How an age limit reads; `longer` is the criterion that lifts it for some."""
        span = "ages_from" if ages.max is None else "ages_up_to" if ages.min is None else "ages"
        text = self.say(span).format(low=ages.min, high=ages.max)
        if longer is None:
            return text
        return self.say("ages_longer").format(ages=text, value=longer.value, note=longer.note or self.say("some"))

    def say(self, phrase: str) -> str:
        """A small joining phrase ("; or ")."""
        return self._data.phrases[phrase]

    def is_tender(self, fact: str) -> bool:
        """Whether people may not like to be asked."""
        return self._data.fields[fact.partition(".")[0]].gently

    def position(self, fact: str) -> int:
        """Where a fact stands in the order of asking."""
        return self.order.index(fact.partition(".")[0])


def criteria_of(bursary: Bursary) -> Iterator[Criterion]:
    """Every criterion of a bursary, those inside an any_of too."""
    for part in bursary.eligibility:
        if isinstance(part, AnyOf):
            yield from part.any_of
        else:
            yield part


def _fact(criterion: Criterion) -> str:
    if isinstance(criterion.value, bool):
        return criterion.field
    return f"{criterion.field}.{_joined(criterion.value)}"


def _joined(value: Any) -> str:
    return "|".join(value) if isinstance(value, tuple) else str(value)


def _plain(criterion: Criterion) -> str:
    if criterion.field in _MONEY_FIELDS and not isinstance(criterion.value, bool | tuple):
        return f"£{Decimal(criterion.value):,.0f}"
    if isinstance(criterion.value, tuple):
        return ", ".join(criterion.value)
    return str(criterion.value).replace("_", " ")
