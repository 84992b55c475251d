"""Hides small counts, hides others so that the small ones cannot be worked out, and rounds the rest.

What holds afterwards (tests/heard/disclosure_control proves it): whoever knows the shown cells, how they were
rounded, and even the exact total, still finds every hidden cell anywhere from 0 to the threshold at least.

The means are the usual ones of statistical offices: a minimum frequency, secondary suppression and rounding
(Eurostat's Handbook on Statistical Disclosure Control, 2010, chapters 4 and 5; the Office for National
Statistics' policy for tables made from surveys).
"""

from dataclasses import dataclass

from heard.disclosure_control.table import Table

THRESHOLD = 10
LOWEST_THRESHOLD = 5
ROUNDED_TO = 5
LOWEST_BASE = 30
"""Under this base a percentage says more about chance, and about persons, than about the question."""


@dataclass(frozen=True, slots=True)
class ProtectedCell:
    """A category as it may be shown. None is hidden: not nought, and not to be shown as nought."""

    label: str
    count: int | None
    percent: int | None = None


@dataclass(frozen=True, slots=True)
class ProtectedTable:
    """A table as it may be shown. The total is rounded by itself, so the cells need not add up to it."""

    cells: tuple[ProtectedCell, ...]
    total: int | None

    @property
    def hidden(self) -> int:
        """How many cells are hidden."""
        return sum(cell.count is None for cell in self.cells)


def check_threshold(threshold: int) -> int:
    """The threshold, if it is one that may be used. Raises ValueError under 5."""
    if threshold < LOWEST_THRESHOLD:
        raise ValueError(f"a threshold under {LOWEST_THRESHOLD} protects nobody; got {threshold}")
    return threshold


def protect(table: Table, threshold: int = THRESHOLD) -> ProtectedTable:
    """What of a table may be shown.

    The total goes by the same threshold. Percentages are of rounded counts on the rounded total, whole
    numbers, and only where the total is 30 or more. Raises ValueError for a threshold under 5.
    """
    hidden = _hidden([cell.count for cell in table.cells], check_threshold(threshold))
    total = protect_count(table.total, threshold)
    cells = []
    for index, cell in enumerate(table.cells):
        count = None if index in hidden or total is None else rounded(cell.count)
        cells.append(ProtectedCell(cell.label, count, _percent(count, total, table.total)))
    return ProtectedTable(tuple(cells), total)


def protect_count(count: int, threshold: int = THRESHOLD) -> int | None:
    """One count that stands alone: None under the threshold, else rounded to 5."""
    return rounded(count) if count >= check_threshold(threshold) else None


def _hidden(counts: list[int], threshold: int) -> set[int]:
    """The indices of the cells to hide.

    A single hidden cell is the total less the others; two that together are few are nearly as plain. So the
    smallest of the rest are hidden too, until there are two and they hold as many people as the threshold.
    Equal ones are hidden together: if their place in the table decided, it would tell which is which.
    """
    hidden = {index for index, count in enumerate(counts) if count < threshold}
    rest = sorted({count for index, count in enumerate(counts) if index not in hidden})
    while hidden and rest and (len(hidden) < 2 or sum(counts[index] for index in hidden) < threshold):
        smallest = rest.pop(0)
        hidden |= {index for index, count in enumerate(counts) if count == smallest}
    return hidden


def rounded(count: int) -> int:
    """To the nearest 5. There is no half way: 2 goes down, 3 goes up."""
    return (count + ROUNDED_TO // 2) // ROUNDED_TO * ROUNDED_TO


def _percent(count: int | None, total: int | None, base: int) -> int | None:
    if count is None or not total or base < LOWEST_BASE:
        return None
    return min(100, (200 * count + total) // (2 * total))
