"""Where on a route somebody is now, as far as what they said tells."""

import re
from dataclasses import dataclass
from typing import Literal

from heard.bursaries.circumstances import Circumstances
from heard.content.schema import Pathway

_EMPTY = frozenset(
    "a an and at for from i im in is it my of on or the this to with some something have has been ive already just now "
    "do did can go got get like was were am are".split()
)
_IRREGULAR = {"made": "mak", "wrote": "writ", "written": "writ", "sang": "sing", "sung": "sing"}
_LONG = 6
"""A route of this many stages has one more between the first lessons and the county than a short one."""


@dataclass(frozen=True, slots=True)
class Whereabouts:
    """A stage (its index) and what made us think so."""

    stage: int
    because: Literal["grade", "level", "age"]
    value: str


def whereabouts(route: Pathway, told: Circumstances) -> Whereabouts | None:
    """The stage that a grade, a level or an age points to; None where we had better ask.

    Grades only tell something on routes of playing and singing. An age tells only where one stage alone is
    usual at that age: a twelve-year-old may have played for years or never.
    """
    if told.grades is not None and route.genres:
        low, high = told.grades
        stage = _by_grade(low, high, len(route.stages))
        if low == high:
            return Whereabouts(stage, "grade", str(low))
        return Whereabouts(stage, "level", {0: "beginner", 4: "intermediate"}.get(low, "advanced"))
    if told.age is not None:
        youngest, oldest = told.age
        usual = [i for i, s in enumerate(route.stages) if _usual(s.typical_age, youngest, oldest)]
        if len(usual) == 1:
            return Whereabouts(usual[0], "age", str(youngest) if youngest == oldest else f"{youngest}-{oldest}")
    return None


def described(route: Pathway, text: str) -> int | None:
    """The stage that somebody's own words are about ("I make beats on my laptop"); None where two are as near.

    A word of the title is needed; what happens there decides between two titles.
    """
    said = _stems(text)
    named = [len(said & _stems(s.title)) for s in route.stages]
    points = [n and 2 * n + len(said & _stems(s.what_happens)) for n, s in zip(named, route.stages, strict=True)]
    best = max(points, default=0)
    return points.index(best) if best and points.count(best) == 1 else None


def _stems(text: str) -> frozenset[str]:
    words = re.findall(r"[a-z]+", re.sub(r"['’]", "", text.casefold()))
    return frozenset(
        _IRREGULAR.get(w) or re.sub(r"(?:ings?|ed|es|e|s)$", "", w) for w in words if w not in _EMPTY and len(w) > 2
    )


def _by_grade(low: int, high: int, stages: int) -> int:
    """Just starting: the first stage; grades 1-3: lessons; 4-5: a group nearby; 6-8: a county group.

    At most the last but two, so that there are two steps ahead.
    """
    started = low > 0
    step = 3 if high > 5 else 2 if low >= 4 else 1 if started else 0
    if stages < _LONG and step > 1:
        step -= 1
    return max(0, min(step, stages - 3))


def _usual(typical_age: str | None, youngest: int, oldest: int) -> bool:
    span = re.match(r"(\d+)\s*(?:[-–]\s*(\d+)|\+)", typical_age or "")
    if not span:
        return False
    return int(span[1]) <= youngest and oldest <= int(span[2] or 99)
