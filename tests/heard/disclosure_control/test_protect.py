"""Nobody can be worked out from what is shown, however it is turned."""

from collections import defaultdict
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from heard.disclosure_control import Cell, ProtectedTable, Table, protect, protect_count

HALF = 2
"""A number rounded to 5 was at most this far away."""

counts = st.lists(st.one_of(st.integers(0, 15), st.integers(0, 400)), min_size=1, max_size=12)
thresholds = st.integers(5, 25)


def a_table(*numbers: int) -> Table:
    return Table(tuple(Cell(f"option {index}", number) for index, number in enumerate(numbers)))


def shown(table: ProtectedTable) -> list[int | None]:
    return [cell.count for cell in table.cells]


def could_be(published: ProtectedTable, total: range, threshold: int) -> list[range]:
    """For each cell, what it may be for somebody who knows the total to be in `total`.

    Shown cells were rounded and are at least the threshold; hidden ones share what is left.
    """
    bounds = [
        (0, max(total)) if count is None else (max(count - HALF, threshold), count + HALF) for count in shown(published)
    ]
    ranges = []
    for index, (low, high) in enumerate(bounds):
        others = [b for i, b in enumerate(bounds) if i != index]
        low = max(low, min(total) - sum(b[1] for b in others))
        high = min(high, max(total) - sum(b[0] for b in others))
        ranges.append(range(low, high + 1))
    return ranges


@settings(max_examples=1500)
@given(counts, thresholds)
def test_a_hidden_cell_may_be_anything_from_nought_to_the_threshold_even_when_the_exact_total_is_known(
    numbers, threshold
):
    published = protect(a_table(*numbers), threshold)
    if published.total is None:
        return
    exactly = range(sum(numbers), sum(numbers) + 1)
    rounded = range(published.total - HALF, published.total + HALF + 1)
    for known in (exactly, rounded):
        for number, count, possible in zip(
            numbers, shown(published), could_be(published, known, threshold), strict=True
        ):
            assert number in possible
            if count is None:
                assert min(possible) == 0 and max(possible) >= threshold


@settings(max_examples=1500)
@given(counts, thresholds)
def test_what_is_small_is_never_shown_and_what_is_shown_is_rounded(numbers, threshold):
    published = protect(a_table(*numbers), threshold)
    for number, count in zip(numbers, shown(published), strict=True):
        if number < threshold:
            assert count is None
        if count is not None:
            assert count % 5 == 0 and abs(count - number) <= HALF
    if published.total is None:
        assert sum(numbers) < threshold and published.hidden == len(numbers)
    else:
        assert published.total % 5 == 0 and abs(published.total - sum(numbers)) <= HALF
    assert published.hidden != 1 or len(numbers) == 1


@settings(max_examples=500)
@given(counts, thresholds)
def test_percentages_need_a_base_of_30_and_come_from_what_is_shown(numbers, threshold):
    published = protect(a_table(*numbers), threshold)
    for cell in published.cells:
        if cell.percent is not None:
            assert sum(numbers) >= 30 and cell.count is not None
            assert abs(cell.percent - 100 * cell.count / published.total) <= 0.5 or cell.percent == 100
        elif cell.count is not None:
            assert sum(numbers) < 30


@settings(max_examples=300)
@given(counts, thresholds, st.randoms())
def test_the_order_of_the_options_does_not_decide_how_much_is_hidden(numbers, threshold, chance):
    mixed = list(numbers)
    chance.shuffle(mixed)
    one, other = protect(a_table(*numbers), threshold), protect(a_table(*mixed), threshold)
    assert sorted(shown(one), key=str) == sorted(shown(other), key=str)
    assert one.total == other.total


def test_who_knows_this_very_program_and_tries_every_table_learns_no_more():
    """All tables of three cells: whoever sees one publication finds tables for it that differ enough."""
    threshold, most = 5, 40
    publications: dict[ProtectedTable, list[tuple[int, ...]]] = defaultdict(list)
    for numbers in product(range(most + 1), repeat=3):
        publications[protect(a_table(*numbers), threshold)].append(numbers)
    for published, behind in publications.items():
        if published.total is None or published.total > most - 5:
            continue  # tables beyond the edge of what was tried belong to the latter too
        for index, count in enumerate(shown(published)):
            if count is None:
                possible = {numbers[index] for numbers in behind}
                assert max(possible) - min(possible) + 1 >= threshold, (published, sorted(possible))


@pytest.mark.parametrize(
    ("numbers", "expected", "total"),
    [
        ((3, 40, 60), [None, None, 60], 105),
        ((0, 0, 60, 12), [None, None, 60, None], 70),
        ((3, 4, 60, 12), [None, None, 60, None], 80),
        ((6, 7, 60), [None, None, 60], 75),
        ((4, 12, 12, 60), [None, None, None, 60], 90),
        ((12, 13, 27), [10, 15, 25], 50),
        ((4, 4), [None, None], None),
        ((9,), [None], None),
        ((12,), [10], 10),
        ((), [], None),
    ],
)
def test_tables_by_hand(numbers, expected, total):
    published = protect(a_table(*numbers))
    assert (shown(published), published.total) == (expected, total)


def test_a_percentage_is_whole_and_of_the_rounded_base():
    assert [cell.percent for cell in protect(a_table(20, 40)).cells] == [33, 67]
    assert [cell.percent for cell in protect(a_table(14, 15)).cells] == [None, None]


@pytest.mark.parametrize("threshold", [4, 0, -1])
def test_a_threshold_under_five_is_refused(threshold):
    with pytest.raises(ValueError, match="under 5"):
        protect(a_table(20, 30), threshold)
    with pytest.raises(ValueError, match="under 5"):
        protect_count(20, threshold)


def test_a_count_that_stands_alone_goes_by_the_same_rules():
    assert [protect_count(n) for n in (0, 9, 10, 12, 13)] == [None, None, 10, 10, 15]
