"""Several children in one message, each with a wish of their own: "drums for my son, singing for his sister"."""

import re
from collections.abc import Iterable, Sequence

from heard.directory.wish import SUBJECT, ages_of_year
from heard.exchange import Entity

_BETWEEN = re.compile(r"[,;.&+\n]|\b(?:and|but|plus|then|while)\b")
_AGES = frozenset({"age", "school_year"})
_OWN = SUBJECT | _AGES | {"level"}
"""What belongs to one child. Where somebody lives, what it may cost and when is true for all of them."""

Group = tuple[Entity, ...]


def apart(text: str, entities: Iterable[Entity]) -> tuple[Group, ...]:
    """The entities for each child; all of them in one group where the children want the same, or it is one child.

    Children are apart where each has an age, or a school year, and something to do of their own.
    """
    heard = tuple(entities)
    parts = _parts(text, heard)
    if not parts:
        return (heard,)
    children: list[list[Entity]] = [[]]
    for part in parts:
        if _begins_another(children[-1], part):
            children.append([])
        children[-1] += part
    if not _is_whole(children[-1]) and len(children) > 1:
        rest = children.pop()
        children[-1] += rest
    if len(children) < 2:
        return (heard,)
    return tuple(_with_what_is_shared(child, children) for child in children)


def _parts(text: str, entities: Sequence[Entity]) -> list[list[Entity]]:
    """The entities between commas, "and" and the like, in the order of the text; [] where we cannot tell."""
    placed = [(e.start, e.end, e) for e in entities if e.start is not None and e.end is not None]
    if len(placed) != len(entities):
        return []
    cuts = [m.start() for m in _BETWEEN.finditer(text.casefold()) if not any(a <= m.start() < b for a, b, _ in placed)]
    parts: dict[int, list[Entity]] = {}
    for start, _, entity in sorted(placed, key=lambda one: (one[0], one[1])):
        parts.setdefault(sum(cut < start for cut in cuts), []).append(entity)
    return list(parts.values())


def _begins_another(child: Sequence[Entity], part: Sequence[Entity]) -> bool:
    own = [e for e in part if e.type in _OWN and not e.negated]
    return _is_whole(child) and bool(own) and not _says_the_age_again(child, own)


def _is_whole(child: Iterable[Entity]) -> bool:
    wanted = {e.type for e in child if not e.negated}
    return bool(wanted & SUBJECT) and bool(wanted & _AGES)


def _says_the_age_again(child: Sequence[Entity], part: Sequence[Entity]) -> bool:
    """Whether it is only the school year of the very age: "she is 9, in year 4"."""
    if any(e.type != "school_year" for e in part):
        return False
    spans = [ages_of_year(str(e.value)) for e in part]
    known = [int(e.value) for e in child if e.type == "age"]
    return any(span and span[0] <= age <= span[1] for span in spans for age in known)


def _with_what_is_shared(child: Sequence[Entity], children: Sequence[Sequence[Entity]]) -> Group:
    """A child's own entities, and those of the others that are true for all."""
    shared = [e for other in children for e in other if other is not child and e.type not in _OWN]
    mine = {e.type for e in child}
    # Two towns are two children's, where each has one.
    each_has = {t for t in mine if all(any(e.type == t for e in other) for other in children)}
    return (*child, *(e for e in shared if e.type not in each_has))
