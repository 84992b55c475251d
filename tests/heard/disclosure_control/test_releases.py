"""Whoever has every table of every release still cannot work out what is hidden.

The solver is given all that was published, as a real reader would be: each shown figure was at most 2 away from what
it says and at least the threshold, parts add up to their totals, periods to all so far, and nothing is under nought.
"""

import random
from collections import Counter
from itertools import combinations, product

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.optimize import linprog
from scipy.sparse import csr_matrix

from heard.disclosure_control import Layout, Release, releases
from heard.disclosure_control.cube import Cell, margins, may_be_shown

THRESHOLD = 10
HALF = 2
ALL_OF_THREE = frozenset(frozenset(some) for size in range(4) for some in combinations(range(3), size))

World = tuple[Layout, list[Counter[Cell]]]


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """Some periods of counts by three things, most of them small and some large."""
    sizes = tuple(draw(st.integers(2, 4)) for _ in range(3))
    chance = random.Random(draw(st.integers(0, 10**9)))
    busy, alike = draw(st.sampled_from([6, 20, 60])), draw(st.sampled_from([1, 3]))
    cells = list(product(*([f"{n}{v}" for v in range(size)] for n, size in enumerate(sizes))))
    weight = {cell: chance.random() ** alike for cell in cells}
    periods = []
    for _ in range(draw(st.integers(1, 3))):
        counts = {cell: sum(chance.random() < weight[cell] for _ in range(busy)) for cell in cells}
        periods.append(Counter({cell: count for cell, count in counts.items() if count}))
    return Layout(sizes, ALL_OF_THREE), periods


class Reader:
    """Somebody with all that was published and a solver."""

    def __init__(self, layout: Layout, published: tuple[Release, ...]) -> None:
        self.finest = list(product(*([f"{n}{v}" for v in range(size)] for n, size in enumerate(layout.sizes))))
        self.unknown = {key: n for n, key in enumerate(product(range(len(published)), self.finest))}
        rows: list[list[int]] = []
        limits: list[float] = []
        signs: list[int] = []
        for number, release in enumerate(published):
            for figures, periods in ((release.period, [number]), (release.so_far, list(range(number + 1)))):
                for cell, count in figures.items():
                    rows += [self.parts(cell, periods)] * 2
                    signs += [1, -1]
                    limits += [count + HALF, -max(THRESHOLD, count - HALF)]
        shape = (len(rows), len(self.unknown))
        at = [(n, part) for n, parts in enumerate(rows) for part in parts]
        values = [signs[n] for n, _ in at]
        self.facts = csr_matrix((values, ([n for n, _ in at], [p for _, p in at])), shape=shape) if rows else None
        self.limits = np.array(limits)

    def parts(self, cell: Cell, periods: list[int]) -> list[int]:
        inside = [f for f in self.finest if all(c is None or c == v for c, v in zip(cell, f, strict=True))]
        return [self.unknown[period, finest] for period in periods for finest in inside]

    def could_be(self, cell: Cell, periods: list[int]) -> tuple[float, float]:
        """The least and the most that a cell may be."""
        aim = np.zeros(len(self.unknown))
        aim[self.parts(cell, periods)] = 1
        known = {"A_ub": self.facts, "b_ub": self.limits} if self.facts is not None else {}
        least, most = (linprog(sign * aim, bounds=(0, 1000), **known) for sign in (1, -1))
        assert least.success and most.success
        return least.fun, -most.fun


@settings(max_examples=40, deadline=None)
@given(worlds(), st.randoms(use_true_random=False))
def test_a_count_that_is_hidden_because_it_is_small_stays_open_for_a_reader_with_a_solver(world, chance):
    layout, periods = world
    published = releases(periods, layout, THRESHOLD)
    reader = Reader(layout, published)
    small = []
    so_far: Counter[Cell] = Counter()
    for number, rows in enumerate(periods):
        counts = margins(rows, layout)
        so_far = so_far + counts
        small += [(cell, [number], count) for cell, count in counts.items() if count < THRESHOLD]
        small += [(cell, list(range(number + 1)), count) for cell, count in so_far.items() if count < THRESHOLD]
    for cell, when, count in chance.sample(small, min(8, len(small))):
        least, most = reader.could_be(cell, when)
        assert least - 0.01 <= count <= most + 0.01
        assert most - least >= THRESHOLD / 2 - 0.01, (cell, when, count, least, most)


@settings(max_examples=200, deadline=None)
@given(worlds())
def test_what_is_shown_is_large_enough_and_rounded_and_holds_the_same_threshold_in_every_table(world):
    layout, periods = world
    so_far: Counter[Cell] = Counter()
    for rows, release in zip(periods, releases(periods, layout, THRESHOLD), strict=True):
        counts = margins(rows, layout)
        so_far = so_far + counts
        for figures, true in ((release.period, counts), (release.so_far, so_far)):
            for cell, count in figures.items():
                assert true[cell] >= THRESHOLD and count % 5 == 0 and abs(count - true[cell]) <= HALF


@settings(max_examples=200, deadline=None)
@given(worlds())
def test_no_line_hides_one_cell_or_fewer_people_than_the_threshold(world):
    layout, periods = world
    counts = margins(periods[0], layout)
    shown = may_be_shown(counts, layout, THRESHOLD)
    for total in shown:
        for dimension in (n for n, value in enumerate(total) if value is None):
            parts = [c for c in counts if c[dimension] is not None and _without(c, dimension) == total]
            seen = [part for part in parts if part in shown]
            hidden, rest = layout.sizes[dimension] - len(seen), counts[total] - sum(counts[part] for part in seen)
            assert hidden == 0 or (hidden > 1 and rest >= THRESHOLD)


@settings(max_examples=100, deadline=None)
@given(worlds())
def test_what_comes_later_changes_nothing_that_was_published(world):
    layout, periods = world
    whole = releases(periods, layout, THRESHOLD)
    for number in range(len(periods)):
        assert releases(periods[:number], layout, THRESHOLD) == whole[:number]


def test_a_figure_so_far_waits_until_what_is_new_is_enough():
    layout = Layout((40,), frozenset({frozenset(), frozenset({0})}))
    months = [
        Counter({("harp",): 40, ("drums",): n, (f"rare {month}",): 6, (f"rarer {month}",): 6})
        for month, n in enumerate((12, 3, 3, 5))
    ]
    published = releases(months, layout, THRESHOLD)
    assert [release.period.get(("drums",)) for release in published] == [10, None, None, None]
    assert [release.so_far.get(("drums",)) for release in published] == [10, None, None, 25]
    assert [release.so_far.get(("harp",)) for release in published] == [40, 80, 120, 160]


def test_a_threshold_under_five_is_refused():
    with pytest.raises(ValueError, match="under 5"):
        releases([Counter()], Layout((2,), ALL_OF_THREE), 4)


def _without(cell: Cell, dimension: int) -> Cell:
    return (*cell[:dimension], None, *cell[dimension + 1 :])
