"""The kinds of harm that somebody may tell us about, and the value that says one was told."""

from dataclasses import dataclass
from typing import Literal, get_args

Kind = Literal[
    "suicide",
    "fgm",
    "forced_marriage",
    "exploitation",
    "unsafe_adult",
    "grooming",
    "domestic_abuse",
    "self_harm",
    "abuse",
    "running_away",
    "hunger",
    "neglect",
    "eating",
    "bullying",
    "friend",
    "adult_worried",
]
"""Where two kinds are about equally likely, the earlier one decides which helplines come: a risk to life first, then
what needs help of its own sort before what is told in more general words.

`unsafe_adult` is an adult in lessons, groups or school; `friend` is a young person afraid for another;
`adult_worried` is an adult afraid for a child.
"""

KINDS: tuple[Kind, ...] = get_args(Kind)


@dataclass(frozen=True, slots=True)
class Disclosure:
    """Somebody told us of harm. It carries no text: what was said is not kept.

    `score` is between 0 and 1; `urgent` means that somebody may be in danger at this moment.
    """

    kind: Kind
    score: float
    urgent: bool = False
