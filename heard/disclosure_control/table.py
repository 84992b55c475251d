"""True counts, on their way to being protected."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Cell:
    """How many people are in one category."""

    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Table:
    """Categories that exclude each other; together they are everybody who is counted."""

    cells: tuple[Cell, ...]

    @property
    def total(self) -> int:
        """Everybody."""
        return sum(cell.count for cell in self.cells)
