"""Counts by several things at once: which of them may be shown so that no table gives away what another hides.

A cell is a tuple with a value for each dimension, None where all values are taken together. A total and its parts
along one dimension make a line; whoever knows all of a line but one cell knows that one too. The same cell is shown
in every table or in none, so that two tables put side by side tell no more than each of them.

This is the usual protection of linked tables by secondary suppression, done line by line (Eurostat's Handbook on
Statistical Disclosure Control, 2010, section 4.3), together with rounding. tests/heard/disclosure_control solves for
what is hidden, with everything that is shown.
"""

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

Cell = tuple[str | None, ...]
Counts = Mapping[Cell, int]


@dataclass(frozen=True, slots=True)
class Layout:
    """What is counted together."""

    sizes: tuple[int, ...]
    """How many values each dimension can have, those that nobody has included."""
    tables: Set[frozenset[int]]
    """The groups of dimensions, by their places, that there are counts for; the empty group is the total."""


def margins(rows: Counts, layout: Layout) -> Counter[Cell]:
    """The counts of every cell of the layout, from the counts of the finest."""
    found: Counter[Cell] = Counter()
    for row, count in rows.items():
        for table in layout.tables:
            found[tuple(value if n in table else None for n, value in enumerate(row))] += count
    return found


def may_be_shown(
    counts: Counts, layout: Layout, threshold: int, *, never: Set[Cell] = frozenset(), known: Set[Cell] = frozenset()
) -> frozenset[Cell]:
    """The cells that may be shown, rounded, to everybody.

    None has fewer than `threshold`. What a line hides are two cells or more that together hold at least as many, so
    that each of them may be anything from nought up. `never` are not to be shown; `known` can be worked out from
    what was shown elsewhere, so that hiding them helps nobody.
    """
    shown = {cell for cell, count in counts.items() if count >= threshold} - never
    lines = _lines(counts, layout, threshold)
    changed = True
    while changed:
        changed = False
        for (total, dimension), parts in lines.items():
            seen = [part for part in parts if part in shown]
            hidden = layout.sizes[dimension] - len(seen)
            rest = counts[total] - sum(counts[part] for part in seen)
            if _holds(total in shown, hidden, rest, threshold):
                continue
            gone = _smallest([part for part in seen if part not in known], counts)
            if not gone and total in shown and total not in known:
                gone = {total}
            shown -= gone
            changed |= bool(gone)
    return frozenset(shown)


def _holds(total_is_shown: bool, hidden: int, rest: int, threshold: int) -> bool:
    if not total_is_shown:
        # A total that is hidden must not be the sum of parts that are all shown.
        return hidden > 0 and rest >= threshold
    return hidden == 0 or (hidden > 1 and rest >= threshold)


def _lines(counts: Counts, layout: Layout, threshold: int) -> dict[tuple[Cell, int], list[Cell]]:
    """The parts that are large enough to be shown, by their total and the dimension in which they differ."""
    lines = defaultdict[tuple[Cell, int], list[Cell]](list)
    for cell, count in counts.items():
        if count >= threshold:
            table = frozenset(n for n, value in enumerate(cell) if value is not None)
            for dimension in table:
                if table - {dimension} in layout.tables:
                    lines[(*cell[:dimension], None, *cell[dimension + 1 :]), dimension].append(cell)
    return lines


def _smallest(cells: Sequence[Cell], counts: Counts) -> set[Cell]:
    """Equal ones go together: if their place decided, it would tell which is which."""
    least = min((counts[cell] for cell in cells), default=0)
    return {cell for cell in cells if counts[cell] == least}
