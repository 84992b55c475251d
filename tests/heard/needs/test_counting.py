"""What finds nothing is counted, each wish once, with nothing of the person."""

import json
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given, settings

from heard.content.schema import Opportunity
from heard.directory import Directory, Wish
from heard.directory.topic import DirectoryTopic
from heard.needs.counting import Needs
from heard.needs.gap import AGES, BARRIERS, NOT_SAID, PLAYED, TOPICS, Gap, gap_of
from heard.visits import LASTS, Visits
from heard.wording import Wording
from tests.builders import CONTENT, TODAY, a_hub, a_wish, an_exchange, an_opportunity, some_places, wishes

WORDING = Wording.load(CONTENT / "wording")
DISTRICTS = [d for d in some_places()._districts if d.area == "hertfordshire"]


class Tally:
    """Counts in memory, as the store does in the database."""

    def __init__(self) -> None:
        self.counts: dict[Gap, int] = {}

    def count(self, hub: str, need: dict[str, str]) -> None:
        self.counts[Gap(**need)] = self.counts.get(Gap(**need), 0) + 1

    def move(self, hub: str, before: dict[str, str], after: dict[str, str]) -> None:
        self.counts[Gap(**before)] -= 1
        self.count(hub, after)

    @property
    def gaps(self) -> list[Gap]:
        return [gap for gap, count in self.counts.items() for _ in range(count)]


class Talk:
    """A conversation about finding something; its memory goes through JSON as Rasa's does."""

    def __init__(self, *entries: Opportunity, tally: Tally | None = None) -> None:
        self.tally = tally or Tally()
        needs = Needs(self.tally, "hertfordshire", DISTRICTS, lambda write: write())  # type: ignore[arg-type]
        self.topic = DirectoryTopic(Directory(entries, some_places()), WORDING, a_hub(), needs)
        self.memory: dict[str, Any] = {}

    def says(self, to: str = "find", **values: Any) -> None:
        outcome = getattr(self.topic, to)(an_exchange(intent=to, memory=self.memory, **values))
        self.memory |= json.loads(json.dumps(dict(outcome.memory)))


FREE_DRUMS = an_opportunity(instruments=("drums",), cost="free", place="Hatfield")
DEAR_DRUMS = an_opportunity(instruments=("drums",), cost="paid", place="Hatfield")
FAR_DRUMS = an_opportunity(instruments=("drums",), cost="paid", place="Dorchester", area="hertfordshire")
HATFIELD_DRUMS = {"topic": NOT_SAID, "instrument": "drums", "district": "welwyn-hatfield", "month": "2026-11"}


def test_a_wish_that_finds_something_is_not_counted():
    talk = Talk(FREE_DRUMS)
    talk.says(instrument="drums", place="Hatfield", cost="free", age=9)
    assert talk.tally.gaps == []


@pytest.mark.parametrize(
    ("entries", "wanted", "barrier"),
    [
        ([], {}, "nothing"),
        ([DEAR_DRUMS], {"cost": "free"}, "cost"),
        ([FAR_DRUMS], {}, "distance"),
        ([FAR_DRUMS], {"cost": "free"}, "distance and cost"),
        ([an_opportunity(instruments=("harp",), place="Hatfield")], {}, "nothing"),
        ([an_opportunity(instruments=("drums",), place="Hatfield", ages=(14, 18))], {"age": 9}, "nothing"),
        ([an_opportunity(instruments=("drums",), place="Poole", area="national")], {}, "distance"),
        ([an_opportunity(instruments=("drums",), place=None, area="online", online=True)], {}, None),
        ([an_opportunity(instruments=("drums",), place=None, area="national")], {}, None),
    ],
)
def test_what_stands_in_the_way_is_named(entries, wanted, barrier):
    talk = Talk(*entries)
    talk.says(instrument="drums", place="Hatfield", **wanted)
    assert [gap.barrier for gap in talk.tally.gaps] == ([barrier] if barrier else [])


def test_the_counted_values_are_topic_instrument_district_age_band_barrier_and_month():
    talk = Talk()
    talk.says(instrument="drums", activity="lesson", place="Hatfield", age=9, cost="free", access_need="autism")
    assert [gap.as_dict() for gap in talk.tally.gaps] == [
        HATFIELD_DRUMS | {"topic": "lesson", "ages": "8 to 11", "barrier": "nothing"}
    ]


def test_saying_the_same_again_counts_once_and_another_wish_counts_too():
    talk = Talk()
    for _ in range(3):
        talk.says(instrument="drums", place="Hatfield", age=9)
    talk.says(instrument="harp")
    talk.says(instrument="drums")
    assert sorted(gap.instrument for gap in talk.tally.gaps) == ["drums", "harp"]


def test_what_is_said_later_moves_the_count_to_where_it_belongs():
    talk = Talk()
    talk.says(instrument="drums", place="Hatfield")
    talk.says("refine", age=9)
    talk.says("refine", activity="lesson")
    assert [gap.as_dict() for gap in talk.tally.gaps] == [
        HATFIELD_DRUMS | {"topic": "lesson", "ages": "8 to 11", "barrier": "nothing"}
    ]


def test_dropping_a_condition_keeps_the_wish_as_it_was_counted():
    talk = Talk(DEAR_DRUMS)
    talk.says(instrument="drums", place="Hatfield", cost="free", age=9)
    talk.says("refine", option="drop-cost")
    talk.says("refine", option="drop-age")
    assert [(gap.barrier, gap.ages) for gap in talk.tally.gaps] == [("cost", "8 to 11")]


def test_another_talk_counts_again():
    tally = Tally()
    for _ in range(2):
        Talk(tally=tally).says(instrument="drums", place="Hatfield")
    assert len(tally.gaps) == 2


@pytest.mark.parametrize("place", ["Poole", "Wimborne"])
def test_what_is_another_hubs_is_not_counted(place):
    talk = Talk(FREE_DRUMS)
    talk.says(instrument="harp", place=place)
    assert talk.tally.gaps == []


def test_a_place_that_nobody_knows_counts_only_what_is_nowhere():
    talk = Talk(FREE_DRUMS)
    talk.says(instrument="drums", place="Atlantis")
    assert talk.tally.gaps == []
    talk.says(instrument="harp")
    assert [(gap.instrument, gap.district) for gap in talk.tally.gaps] == [("harp", NOT_SAID)]


def test_a_made_up_value_in_a_button_is_counted_as_other():
    talk = Talk()
    talk.says(instrument="my name is Bob Smith", activity="call 07700 900123", place="Hatfield")
    assert [(gap.instrument, gap.topic) for gap in talk.tally.gaps] == [("other", "other")]


@settings(max_examples=300)
@given(wishes)
def test_no_gap_holds_anything_but_known_values(wish: Wish):
    directory = Directory([FREE_DRUMS, FAR_DRUMS], some_places())
    result = directory.search(wish)
    barrier = directory.barrier(result)
    if barrier is not None:
        gap = gap_of(wish, result, barrier, {d.id for d in DISTRICTS}, TODAY)
        assert gap.topic in TOPICS and gap.instrument in PLAYED and gap.ages in AGES and gap.barrier in BARRIERS
        assert gap.district in {NOT_SAID, *(d.id for d in DISTRICTS)} and gap.month == "2026-11"
        assert Gap.from_note(gap.note()) == gap and gap.is_of_one_wish_with(gap)


@settings(max_examples=200)
@given(wishes)
def test_there_is_a_barrier_exactly_where_nothing_near_enough_fits(wish: Wish):
    here = [FREE_DRUMS, DEAR_DRUMS, an_opportunity(area="national", place="Poole", places=())]
    directory = Directory(here, some_places())
    result = directory.search(wish)
    if directory.barrier(result) == "nothing":
        assert result.total == 0
    if result.is_local and not result.outside:
        assert directory.barrier(result) is None


def page(tally: Tally) -> Callable[..., None]:
    needs = Needs(tally, "hertfordshire", DISTRICTS, lambda write: write())  # type: ignore[arg-type]
    directory = Directory([FREE_DRUMS], some_places())
    return lambda address, wish: needs.on_page(address, directory.search(wish), directory, TODAY)


def test_on_a_page_one_address_counts_a_wish_once_and_another_counts_too():
    tally = Tally()
    search = page(tally)
    for address in ("192.0.2.1", "192.0.2.1", "192.0.2.2"):
        search(address, a_wish(instruments=("harp",), place="Hatfield"))
        search(address, a_wish(instruments=("harp",), place="Hatfield", age=9))
        search(address, a_wish(instruments=("drums",), place="Hatfield"))
        search(address, Wish())
    assert [(gap.instrument, gap.ages) for gap in tally.gaps] == [("harp", "8 to 11")] * 2


def test_a_visit_is_forgotten_after_an_hour_and_its_address_is_kept_nowhere():
    now = [0.0]
    visits = Visits[str](lambda: now[0], most=2)
    visits.keep("192.0.2.1", "a wish")
    assert visits.of("192.0.2.1") == "a wish" and visits.of("192.0.2.2") is None
    assert "192.0.2.1" not in repr(vars(visits)) and b"192.0.2.1" not in b"".join(visits._kept)
    now[0] = LASTS + 1
    assert visits.of("192.0.2.1") is None
    visits.keep("192.0.2.2", "another")
    assert len(visits._kept) == 1
    visits.keep("192.0.2.3", "a third")
    visits.keep("192.0.2.4", "a fourth")
    assert len(visits._kept) == 2
