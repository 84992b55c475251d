"""How many messages one chat may send: a burst at once, then so many a second, and never a wait for nothing."""

from hypothesis import given
from hypothesis import strategies as st

from bot.limits import ONE_ADDRESS, ONE_CHAT, Limiter, Rate


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_a_burst_goes_through_and_the_next_one_waits() -> None:
    clock = Clock()
    limiter = Limiter(Rate(burst=3, per_second=0.5), clock)
    assert [limiter.wait("Ada") for _ in range(4)] == [0, 0, 0, 2]
    clock.now = 1.9
    assert limiter.wait("Ada") == 1
    clock.now = 2.0
    assert limiter.wait("Ada") == 0
    assert limiter.wait("Ada") == 2


def test_one_persons_haste_is_not_anothers() -> None:
    limiter = Limiter(Rate(burst=1, per_second=1), Clock())
    assert [limiter.wait(name) for name in ("Ada", "Ada", "Bea")] == [0, 1, 0]


def test_to_be_refused_costs_nothing() -> None:
    clock = Clock()
    limiter = Limiter(Rate(burst=1, per_second=1), clock)
    limiter.wait("Ada")
    for _ in range(50):
        limiter.wait("Ada")
    clock.now = 1.0
    assert limiter.wait("Ada") == 0


def test_who_has_been_silent_long_enough_is_forgotten() -> None:
    clock = Clock()
    limiter = Limiter(Rate(burst=2, per_second=0.1), clock)
    for name in ("Ada", "Bea"):
        limiter.wait(name)
    clock.now = 9.0
    limiter.wait("Cy")
    assert len(limiter) == 3
    clock.now = 10.0
    limiter.wait("Cy")
    assert len(limiter) == 1


def test_a_long_silence_saves_up_no_more_than_a_burst() -> None:
    clock = Clock()
    limiter = Limiter(Rate(burst=2, per_second=5), clock)
    limiter.wait("Ada")
    clock.now = 1e9
    assert [limiter.wait("Ada") for _ in range(3)] == [0, 0, 1]


def test_the_longest_unused_are_forgotten_so_that_memory_stays_small() -> None:
    limiter = Limiter(Rate(burst=1, per_second=0.001), Clock(), most=3)
    for name in ("Ada", "Bea", "Cem", "Ada", "Dee"):
        limiter.wait(name)
    assert limiter.wait("Ada") > 0
    assert limiter.wait("Bea") == 0
    assert len(limiter._buckets) == 3


@given(
    st.integers(1, 20),
    st.floats(0.05, 50),
    st.lists(st.floats(0, 10), min_size=1, max_size=60),
)
def test_never_more_than_the_burst_and_what_has_trickled_in(burst: int, per_second: float, pauses: list[float]) -> None:
    clock = Clock()
    limiter = Limiter(Rate(burst, per_second), clock)
    let_through = 0
    for pause in pauses:
        clock.now += pause
        wait = limiter.wait("Ada")
        assert wait >= 0
        let_through += wait == 0
        assert let_through <= burst + clock.now * per_second + 1e-6


@given(st.integers(1, 20), st.floats(0.05, 50), st.integers(1, 60))
def test_who_waits_as_long_as_told_gets_through(burst: int, per_second: float, messages: int) -> None:
    clock = Clock()
    limiter = Limiter(Rate(burst, per_second), clock)
    for _ in range(messages):
        wait = limiter.wait("Ada")
        if wait:
            clock.now += wait
            assert limiter.wait("Ada") == 0


def test_a_person_who_types_is_never_held_back() -> None:
    clock = Clock()
    limiter = Limiter(ONE_CHAT, clock)
    for _ in range(3000):
        clock.now += 0.3
        assert limiter.wait("a very quick typist") == 0


def test_a_school_behind_one_address_gets_through() -> None:
    clock = Clock()
    limiter = Limiter(ONE_ADDRESS, clock)
    for _ in range(600):  # ten minutes in which three hundred young people write every ten seconds
        clock.now += 1
        assert all(limiter.wait("the school") == 0 for _ in range(30))
