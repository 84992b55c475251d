"""What staff may read of what was not found."""

import random
from collections import Counter
from datetime import date

import pytest

from heard.needs.csv_file import rows_of
from heard.needs.gap import AGES, BARRIERS, PLAYED, TOPICS
from heard.needs.report import Asked, NeedsReport
from heard.needs.sayings import Names
from heard.store.needs import KEY, NeedCount
from heard.wording import Wording
from tests.builders import CONTENT

WORDING = Wording.load(CONTENT / "wording")
DISTRICTS = {"dacorum": "Dacorum", "stevenage": "Stevenage"}
NAMES = Names(WORDING, DISTRICTS)
DECEMBER = date(2026, 12, 1)
USUAL = {
    "month": "2026-11", "topic": "lesson", "instrument": "drums", "district": "dacorum", "ages": "8 to 11",
    "barrier": "nothing",
}  # fmt: skip


class Counted:
    """A table of counts, as the store has it."""

    def __init__(self) -> None:
        self.counts: Counter[tuple[str, ...]] = Counter()

    def add(self, count: int, **values: str) -> "Counted":
        self.counts[tuple((USUAL | values)[name] for name in KEY)] += count
        return self

    def some(self, count: int, seed: int = 1) -> "Counted":
        chance = random.Random(seed)
        for _ in range(count):
            self.add(
                1,
                month=chance.choice(["2026-09", "2026-10", "2026-11"]),
                district=chance.choice(list(DISTRICTS)),
                instrument=chance.choice(["drums", "drums", "harp", "piano", *PLAYED]),
                topic=chance.choice(["lesson", "not said"]),
                ages=chance.choice(AGES),
                barrier=chance.choice(BARRIERS),
            )
        return self

    def table(self, hub: str) -> tuple[NeedCount, ...]:
        return tuple(NeedCount(values, count) for values, count in sorted(self.counts.items()))


def report(counted: Counted, threshold: int = 10) -> NeedsReport:
    return NeedsReport(counted, "hertfordshire", list(DISTRICTS), threshold)  # type: ignore[arg-type]


def figures(view, by: str) -> dict[str, int]:
    return {f.value: f.count for breakdown in view.breakdowns if breakdown.by == by for f in breakdown.figures}


def test_a_month_is_shown_when_it_is_over_and_not_before():
    counted = Counted().some(200).add(40, month="2026-12")
    assert report(counted).periods(date(2026, 12, 31)) == ("2026/27", "2026-11", "2026-10", "2026-09")
    assert report(counted).view(Asked("2026-12"), date(2026, 12, 31)) is None
    assert report(counted).this_month(date(2026, 12, 31)) == 40
    assert report(counted).view(Asked("2026-12"), date(2027, 1, 1)).total.count == 40


def test_of_the_month_that_is_not_over_only_the_rounded_number_is_told():
    assert report(Counted().add(9)).this_month(date(2026, 11, 30)) is None
    assert report(Counted().add(12)).this_month(date(2026, 11, 30)) == 10


def test_with_nothing_counted_there_are_no_periods():
    assert report(Counted()).periods(DECEMBER) == ()
    assert report(Counted()).view(Asked("2026/27"), DECEMBER) is None


def test_large_numbers_are_shown_rounded_and_small_ones_are_not_there():
    counted = Counted().add(41, instrument="harp").add(4, instrument="flute").add(8, instrument="oboe")
    view = report(counted).view(Asked("2026-11"), DECEMBER)
    assert view.total.count == 55
    assert figures(view, "instrument") == {"harp": 40}


def test_the_same_cell_is_the_same_whichever_filter_leads_to_it():
    counted = Counted().some(600)
    whole, one = report(counted), "2026/27"
    by_instrument = figures(whole.view(Asked(one, district="dacorum"), DECEMBER), "instrument")
    for instrument in PLAYED:
        by_district = figures(whole.view(Asked(one, instrument=instrument), DECEMBER), "district")
        both = whole.view(Asked(one, district="dacorum", instrument=instrument), DECEMBER).total
        assert by_instrument.get(instrument) == by_district.get("dacorum") == (both.count if both else None)


def test_what_was_published_of_a_month_stays_when_more_months_come():
    counted = Counted().some(400)
    earlier = report(counted).view(Asked("2026-11"), DECEMBER)
    later = report(counted.add(300, month="2026-12", instrument="harp")).view(Asked("2026-11"), date(2027, 1, 1))
    assert earlier == later


def test_a_school_year_tells_what_is_published_of_it_and_that_there_is_more():
    counted = Counted().add(30, month="2026-09").add(30, month="2026-09", instrument="harp").add(3, month="2026-10")
    counted.add(12, month="2026-09", instrument="oboe")
    view = report(counted).view(Asked("2026/27"), date(2026, 11, 1))
    assert (view.total.count, view.total.or_more) == (70, True)
    whole = report(counted.add(40, month="2026-10")).view(Asked("2026/27"), date(2026, 11, 1))
    assert (whole.total.count, whole.total.or_more) == (115, False)


def test_a_school_year_is_never_less_than_its_months():
    counted = Counted().some(900)
    year = report(counted).view(Asked("2026/27"), DECEMBER)
    for by in ("district", "instrument", "ages", "barrier"):
        for month in ("2026-09", "2026-10", "2026-11"):
            for value, count in figures(report(counted).view(Asked(month), DECEMBER), by).items():
                assert figures(year, by)[value] >= count


@pytest.mark.parametrize(
    "asked",
    [
        Asked("2026-13"),
        Asked("'; DROP TABLE needs; --"),
        Asked("2026/27", district="poole"),
        Asked("2026/27", instrument="my name is Bob"),
    ],
)
def test_what_there_is_not_is_none(asked):
    assert report(Counted().some(50)).view(asked, DECEMBER) is None


def test_a_threshold_under_five_is_refused():
    with pytest.raises(ValueError, match="under 5"):
        report(Counted().some(50), threshold=3).view(Asked("2026/27"), DECEMBER)


def test_every_value_has_a_name():
    for by, values in {"topic": TOPICS, "instrument": PLAYED, "ages": AGES, "barrier": BARRIERS}.items():
        for value in values:
            name = NAMES.of(by, value)
            assert name and name[0] == name[0].upper() and "_" not in name
    assert NAMES.of("district", "dacorum") == "Dacorum"
    assert NAMES.period("2026-11") == "November 2026" and NAMES.period("2026/27") == "School year 2026/27"


def test_the_rows_of_the_file_are_the_figures_of_the_page_and_no_others():
    view = report(Counted().some(600)).view(Asked("2026/27", district="dacorum"), DECEMBER)
    header, *rows = rows_of(view, NAMES, WORDING)
    assert header[0] == "Time" and len({len(row) for row in (header, *rows)}) == 1
    assert len(rows) == 1 + sum(len(breakdown.figures) for breakdown in view.breakdowns)
    assert all(row[1] == "Dacorum" and row[6] % 5 == 0 and row[6] >= 10 for row in rows)
