"""The forms that single fields of an entry have, and what all entries share: nothing unknown goes in."""

import re
from collections.abc import Callable
from datetime import date
from difflib import get_close_matches
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, StringConstraints

from heard.content import vocabulary
from heard.content.web_address import web_address

_LINE_ENDS = re.compile(r"\r\n|[\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]")
_NO_TEXT = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
"""What YAML, a spreadsheet or a feed cannot carry, and nobody means to write."""


def _tidy(value: Any) -> Any:
    if isinstance(value, str):
        value = _LINE_ENDS.sub("\n", value).strip()
        if odd := _NO_TEXT.search(value):
            raise ValueError(f"there is a character in it that is no text (U+{ord(odd[0]):04X}); delete it")
    return value


def _tidy_or_none(value: Any) -> Any:
    return _tidy(value) or None if isinstance(value, str) else value


Slug = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9-]{1,79}$")]
Text = Annotated[str, StringConstraints(min_length=1, max_length=2000), BeforeValidator(_tidy)]
Note = Annotated[Annotated[str, StringConstraints(max_length=2000)] | None, BeforeValidator(_tidy_or_none)]
"""A text that need not be there; an empty one is none."""
Area = Literal["hertfordshire", "dorset", "bcp", "national", "online"]
Level = Literal["beginner", "intermediate", "advanced", "any"]
Cost = Literal["free", "subsidised", "paid", "unknown"]
OpportunityKind = Literal[
    "careers",
    "competition",
    "course",
    "creative-tech",
    "early-years",
    "ensemble",
    "lesson",
    "music-centre",
    "online",
    "send-provision",
    "volunteering",
    "workshop",
]
Day = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
When = Literal["weekday", "evening", "weekend", "saturday", "sunday", "holidays", "after school", "term time"]
"""The values of the `when` entity in domain.yml."""


def _known(words: tuple[str, ...]) -> Callable[[str], str]:
    def check(value: str) -> str:
        if value not in words:
            near = get_close_matches(value.lower(), words, n=1)
            hint = f"did you mean {near[0]!r}?" if near else f"use one of: {', '.join(words)}"
            raise ValueError(f"{value!r} is not a known word here; {hint}")
        return value

    return check


def _day(value: Any) -> Any:
    # pydantic would read a bare number as seconds since 1970.
    if isinstance(value, int | float):
        raise ValueError("write a day as 2026-11-30")
    return value


WebAddress = Annotated[str, AfterValidator(web_address)]
Date = Annotated[date, BeforeValidator(_day)]
Instrument = Annotated[str, AfterValidator(_known(vocabulary.ENTRY_INSTRUMENTS))]
Genre = Annotated[str, AfterValidator(_known(vocabulary.ENTRY_GENRES))]
Activity = Annotated[str, AfterValidator(_known(vocabulary.ACTIVITIES))]
AccessNeed = Annotated[str, AfterValidator(_known(vocabulary.ACCESS_NEEDS))]
People = Annotated[str, AfterValidator(_known(vocabulary.PEOPLE))]
HelplineKind = Annotated[str, AfterValidator(_known(vocabulary.HELPLINE_KINDS))]
CriterionField = Annotated[str, AfterValidator(_known(vocabulary.CRITERIA))]
Circumstance = Annotated[str, AfterValidator(_known(vocabulary.CIRCUMSTANCES))]
Applicant = Literal["parent", "young person", "carer", "school", "teacher", "support worker", "hub", "group"]
"""Who fills in the form, or asks. A carer looks after a child in care; a support worker may be a social worker."""
Need = Literal["lesson", "group", "course", "instrument", "travel", "exam", "other"]


class Strict(BaseModel):
    """Unknown names are mistakes: a typo in a file must not be lost silently."""

    model_config = ConfigDict(extra="forbid", frozen=True)
