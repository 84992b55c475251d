"""Sets and points as bits, against the plain way."""

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from heard.directory.tally import Tally, members, positions

groups = st.sets(st.integers(0, 40))


@given(groups)
def test_a_set_gives_back_its_members_in_order(group: set[int]):
    assert list(positions(members(group, 41))) == sorted(group)


@given(st.lists(st.tuples(groups, st.integers(0, 600)), max_size=8), groups, st.integers(0, 20))
def test_the_best_are_those_with_most_points_then_in_order(
    given_points: list[tuple[set[int], int]], candidates: set[int], limit: int
):
    tally, points = Tally(), Counter[int]()
    for group, worth in given_points:
        tally.add(members(group, 41), worth)
        points.update(dict.fromkeys(group, worth))
    expected = sorted(candidates, key=lambda n: (-points[n], n))[:limit]
    assert tally.best(members(candidates, 41), limit) == expected
