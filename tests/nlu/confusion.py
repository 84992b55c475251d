"""A picture of what is taken for what."""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tests.nlu.report import Reading


def draw(readings: Sequence[Reading], path: Path) -> None:
    """Writes an SVG: a row for each intent that was meant, a column for each that was given, shares in grey."""
    import matplotlib

    matplotlib.use("svg")
    matplotlib.rcParams["svg.hashsalt"] = "heard"  # the same readings give the same file
    from matplotlib import pyplot

    counts = Counter((r.intent, r.answer) for r in readings)
    meant = sorted({r.intent for r in readings})
    given = sorted({r.answer for r in readings} | set(meant))
    totals = Counter(r.intent for r in readings)
    shares = [[counts[row, column] / totals[row] for column in given] for row in meant]
    figure, axes = pyplot.subplots(figsize=(13, 12))
    axes.imshow(shares, cmap="Greys", vmin=0, vmax=1)
    for y, row in enumerate(meant):
        for x, column in enumerate(given):
            if times := counts[row, column]:
                axes.text(
                    x, y, str(times), ha="center", va="center", fontsize=7, color=_ink(shares[y][x], row == column)
                )
    axes.set_xticks(range(len(given)), given, rotation=90, fontsize=8)
    axes.set_yticks(range(len(meant)), meant, fontsize=8)
    axes.set_xlabel("understood as")
    axes.set_ylabel("meant")
    figure.tight_layout()
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, format="svg", metadata={"Date": None, "Title": "What is taken for what"})
    pyplot.close(figure)


def _ink(share: float, right: bool) -> str:
    if share > 0.5:
        return "white"
    return "black" if right else "#b00020"
