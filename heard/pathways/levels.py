"""Grades and levels: how far somebody is, as a range of exam grades."""

import re

Grades = tuple[int, int]
"""From and to, both included; 0 is before grade 1, 8 the last."""

_OF_LEVEL: dict[str, Grades] = {"beginner": (0, 3), "intermediate": (4, 5), "advanced": (6, 8)}
_GRADE = re.compile(r"\bg(?:ra|ar)de\s*(?:number\s*)?([1-8]|one|two|three|four|five|six|seven|eight)\b", re.IGNORECASE)
_NUMBERS = {"one": 1, "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8}


def grades_of(level: str | None) -> Grades | None:
    """The grades that "beginner", "intermediate", "advanced" or "grade_4" stands for; None for another word."""
    if level is None:
        return None
    if level.startswith("grade_") and level[6:].isdigit():
        return int(level[6:]), int(level[6:])
    return _OF_LEVEL.get(level)


def grade_in(text: str) -> int | None:
    """The highest exam grade that a text mentions ("grade 5", "grade five")."""
    found = [_NUMBERS.get(number.lower()) or int(number) for number in _GRADE.findall(text)]
    return max(found, default=None)
