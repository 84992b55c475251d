"""The search: right or silent."""

from collections.abc import Iterable
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from heard.content.schema import Opportunity
from heard.content.vocabulary import ENTRY_GENRES, ENTRY_INSTRUMENTS, FAMILIES
from heard.directory import Directory, Wish
from heard.directory.search import DROPPABLE
from tests.builders import TIMES, a_wish, an_opportunity, some, some_places, wishes

KINDS = ("lesson", "ensemble", "music-centre", "course", "send-provision", "early-years", "workshop")
PLACES = {"hertfordshire": ("Hatfield", "Welwyn", "Tring"), "dorset": ("Dorchester", "Wimborne"), "bcp": ("Poole",)}


def of(*entries: Opportunity) -> Directory:
    return Directory(entries, some_places())


def reasons(directory: Directory, wish: Wish, n: int = 0) -> tuple[set[str], set[str]]:
    match = directory.search(wish).matches[n]
    return {r.key for r in match.why}, {r.key for r in match.check}


@st.composite
def opportunities(draw: st.DrawFn) -> Opportunity:
    area = draw(st.sampled_from(["hertfordshire", "dorset", "bcp", "national", "online"]))
    place = draw(st.sampled_from([None, *PLACES.get(area, ())]))
    low = draw(st.one_of(st.none(), st.integers(0, 18)))
    high = draw(st.one_of(st.none(), st.integers(18, 25)))
    values: dict[str, Any] = {
        "id": f"entry-{draw(st.integers(0, 10**9))}",
        "kind": draw(st.sampled_from(KINDS)),
        "instruments": draw(some(ENTRY_INSTRUMENTS)),
        "genres": draw(some(ENTRY_GENRES)),
        "level": draw(st.sampled_from(["any", "beginner", "intermediate", "advanced"])),
        "cost": draw(st.sampled_from(["free", "subsidised", "paid", "unknown"])),
        "times": draw(some(TIMES)),
        "online": draw(st.booleans()),
        "access_needs": draw(some(("autism", "deaf", "send"))),
        "activities": draw(some(("lesson", "choir", "band", "group", "course"))),
        "audience": draw(st.sampled_from(["young people", "young people", "adults", "schools"])),
    }
    return an_opportunity(place=place, ages=draw(st.sampled_from([None, (low, high)])), area=area, **values)


directories = st.lists(opportunities(), min_size=1, max_size=25, unique_by=lambda o: o.id)


def ids(found: Iterable[Any]) -> set[str]:
    return {m.opportunity.id for m in found}


def everything(directory: Directory, wish: Wish) -> set[str]:
    return ids(directory.search(wish, limit=10_000).matches)


def test_near_and_free_comes_before_near():
    near, near_and_free = an_opportunity(cost="unknown"), an_opportunity(cost="free")
    assert of(near, near_and_free).search(a_wish(place="Hatfield", cost="free")).ids == [near_and_free.id, near.id]


def test_nearer_comes_first():
    tring, hatfield, welwyn = (an_opportunity(place=p) for p in ("Tring", "Hatfield", "Welwyn"))
    found = of(tring, hatfield, welwyn).search(a_wish(place="Hatfield"))
    assert found.ids == [hatfield.id, welwyn.id, tring.id]
    assert [m.miles for m in found.matches] == [0.0, pytest.approx(4.9, abs=0.2), pytest.approx(18.5, abs=0.7)]


def test_the_very_instrument_comes_before_its_family_before_any():
    entries = [an_opportunity(instruments=(i,), kind="ensemble") for i in ("any", "strings", "cello", "trumpet")]
    found = of(*entries).search(a_wish(instruments=("cello",), place="Hatfield"))
    assert found.ids == [entries[2].id, entries[1].id, entries[0].id]


def test_free_first_then_cheaper_then_not_known_and_what_costs_money_apart():
    paid, unknown, cheaper, free = (an_opportunity(cost=c) for c in ("paid", "unknown", "subsidised", "free"))
    result = of(paid, unknown, cheaper, free).search(a_wish(place="Hatfield", cost="free"))
    assert result.ids == [free.id, cheaper.id, unknown.id]
    assert result.nearest is not None
    assert result.nearest.dropped == ("cost",)
    assert ids(result.nearest.matches) == {paid.id}


def test_an_entry_for_the_other_county_is_closed():
    dorset = an_opportunity(place="Dorchester", area="dorset")
    countywide = an_opportunity(place=None, area="dorset")
    herts = an_opportunity(place="Hatfield")
    assert of(dorset, countywide, herts).search(a_wish(place="Hatfield")).ids == [herts.id]


def test_a_neighbour_area_is_open_where_it_is_close_and_never_as_a_county_scheme():
    wimborne = an_opportunity(place="Wimborne", area="dorset")
    dorchester = an_opportunity(place="Dorchester", area="dorset")
    schools_of_dorset = an_opportunity(place=None, area="dorset")
    assert of(wimborne, dorchester, schools_of_dorset).search(a_wish(place="Poole")).ids == [wimborne.id]


def test_national_and_online_come_after_local_unless_online_is_asked_for():
    national = an_opportunity(place=None, area="national", instruments=("drums",), name="A")
    online = an_opportunity(place=None, area="online", online=True, instruments=("drums",), name="B")
    local = an_opportunity(place="Tring", instruments=("any",), name="C")
    directory = of(national, online, local)
    assert directory.search(a_wish(instruments=("drums",), place="Hatfield")).ids[0] == local.id
    assert directory.search(a_wish(instruments=("drums",), place="Hatfield", online=True)).ids == [online.id]


def test_a_wrong_age_is_out_and_an_unknown_age_is_said():
    directory = of(an_opportunity(id="young", ages=(5, 7)), an_opportunity(id="not-given"))
    result = directory.search(a_wish(age=9, place="Hatfield"))
    assert result.ids == ["not-given"]
    assert "ages" in {r.key for r in result.matches[0].check}


def test_several_children_each_count_and_the_one_left_out_is_named():
    directory = of(an_opportunity(ages=(5, 8)))
    match = directory.search(a_wish(ages=((7, 7), (12, 12)), place="Hatfield")).matches[0]
    assert ("other_child", (("age", "12"),)) in [(r.key, r.values) for r in match.check]


def test_an_early_years_group_without_an_upper_age_is_not_for_a_teenager():
    directory = of(an_opportunity(kind="early-years", ages=(3, None)))
    assert directory.search(a_wish(age=14)).total == 0
    assert directory.search(a_wish(age=4)).total == 1


def test_a_baby_is_not_sent_where_no_ages_are_given():
    directory = of(an_opportunity(id="band"), an_opportunity(id="babies", kind="early-years"))
    assert directory.search(a_wish(age=1)).ids == ["babies"]


def test_what_is_only_for_an_unwanted_instrument_is_out():
    violin, both = an_opportunity(instruments=("violin",)), an_opportunity(instruments=("violin", "trumpet"))
    assert of(violin, both).search(a_wish(unwanted=("violin",))).ids == [both.id]


def test_a_beginner_is_not_sent_to_an_advanced_orchestra():
    advanced, open_to_all = an_opportunity(level="advanced"), an_opportunity(level="any")
    assert of(advanced, open_to_all).search(a_wish(level="beginner")).ids == [open_to_all.id]


def test_thursdays_are_no_weekend_and_unknown_days_are_said():
    thursdays, unknown = an_opportunity(times=("weekday",)), an_opportunity(times=("term time",))
    saturdays = an_opportunity(times=("saturday",))
    result = of(thursdays, unknown, saturdays).search(a_wish(times=("weekend",)))
    assert result.ids == [saturdays.id, unknown.id]
    assert "times" in {r.key for r in result.matches[1].check}


def test_an_access_need_ranks_and_never_shuts_the_mainstream_out():
    welcoming, mainstream = an_opportunity(access_needs=("autism",)), an_opportunity()
    assert of(mainstream, welcoming).search(a_wish(access_needs=("autism",))).ids == [welcoming.id, mainstream.id]


def test_a_group_made_for_some_does_not_come_first_for_somebody_who_did_not_ask():
    special, mainstream = an_opportunity(kind="send-provision"), an_opportunity(kind="ensemble", place="Welwyn")
    assert of(special, mainstream).search(a_wish(place="Hatfield")).ids == [mainstream.id, special.id]


def test_adults_and_young_people_get_what_is_theirs_and_a_school_is_named_as_the_way_in():
    adults, schools = an_opportunity(audience="adults"), an_opportunity(audience="schools")
    directory = of(adults, schools)
    assert directory.search(a_wish(age=9)).ids == [schools.id]
    assert "school_books" in reasons(directory, a_wish(age=9))[1]
    assert set(directory.search(Wish(audience="adults")).ids) == {adults.id, schools.id}


def test_reasons_say_why_and_what_to_check():
    directory = of(
        an_opportunity(ages=(7, 11), cost="free", instruments=("drums",), level="beginner", times=("saturday",))
    )
    wish = a_wish(
        instruments=("drums",), place="Hatfield", age=9, cost="free", times=("weekend",), activities=("lesson",)
    )
    why, check = reasons(directory, wish)
    assert why == {"in", "cost_free", "ages", "instrument", "activity", "level_beginner", "time"}
    assert check == set()


def test_nothing_fits_says_what_to_drop_and_shows_that():
    paid = an_opportunity(cost="paid", instruments=("harp",))
    result = of(paid, an_opportunity(instruments=("drums",), cost="free")).search(
        a_wish(instruments=("harp",), cost="free", place="Hatfield")
    )
    assert result.total == 0
    assert result.nearest is not None
    assert (result.nearest.dropped, ids(result.nearest.matches)) == (("cost",), {paid.id})


def test_too_far_is_offered_as_further_away():
    # Tring is 18 miles from Hatfield.
    far = an_opportunity(place="Tring")
    result = of(far).search(a_wish(place="Hatfield", within=5))
    assert result.total == 0
    assert result.nearest is not None
    assert result.nearest.dropped == ("distance",)


def test_an_unknown_place_gets_only_what_is_for_everyone():
    local, national = an_opportunity(), an_opportunity(place=None, area="national")
    result = of(local, national).search(a_wish(place="Atlantis"))
    assert (result.unknown_place, result.ids) == ("Atlantis", [national.id])


def test_a_place_outside_says_so():
    result = of(an_opportunity()).search(a_wish(place="Poole"))
    assert result.outside
    assert result.ids == []


def test_an_ambiguous_place_is_said_to_be_one():
    assert len(of(an_opportunity()).search(a_wish(place="Charminster")).ambiguous) == 2


def test_an_entry_is_found_by_its_name_in_a_sentence():
    entry = an_opportunity(name="Wessex Music nights")
    assert of(entry, an_opportunity()).named("when is the wessex music nights on?") == entry
    assert of(entry).named("when is it on?") is None


def test_families_may_be_the_hubs_own():
    directory = Directory([an_opportunity(instruments=("strings",))], families={"strings": ("sitar",)})
    assert directory.search(a_wish(instruments=("sitar",))).total == 1
    assert directory.search(a_wish(instruments=("tuba",))).total == 0


ADDITIONS: tuple[dict[str, Any], ...] = (
    {"instruments": ("cello",)},
    {"instruments": ("drums",)},
    {"genres": ("jazz",)},
    {"activities": ("choir",)},
    {"activities": ("lesson",)},
    {"ages": ((9, 9),)},
    {"ages": ((8, 9),)},
    {"level": "beginner"},
    {"place": "Hatfield"},
    {"place": "Poole"},
    {"outcode": "AL10"},
    {"cost": "free"},
    {"cost": "low cost"},
    {"times": ("weekend",)},
    {"times": ("holidays",)},
    {"access_needs": ("autism",)},
    {"circumstances": ("young carer",)},
    {"online": True},
    {"unwanted": ("violin",)},
)


@settings(deadline=None)
@given(directories, wishes, st.sampled_from(ADDITIONS))
def test_adding_a_condition_never_adds_a_result(entries: list[Opportunity], wish: Wish, more: dict[str, Any]):
    ((name, _),) = more.items()
    before = replace(
        wish, **{name: False if name == "online" else None if name in ("level", "place", "cost", "outcode") else ()}
    )
    if name in ("place", "outcode"):
        before = replace(before, place=None, outcode=None, within=None)
    directory = of(*entries)
    assert everything(directory, replace(before, **more)) <= everything(directory, before)


@settings(deadline=None)
@given(directories, wishes)
def test_every_match_meets_every_hard_fact(entries: list[Opportunity], wish: Wish):
    directory = of(*entries)
    for match in directory.search(wish, limit=10_000).matches:
        entry = match.opportunity
        assert (entry.audience == "adults") <= (wish.audience == "adults")
        assert (
            not wish.ages
            or entry.ages is None
            or any(
                (entry.ages.min or 0) <= high and low <= (99 if entry.ages.max is None else entry.ages.max)
                for low, high in wish.ages
            )
        )
        assert not wish.instruments or not entry.instruments or any(plays(entry, i) for i in wish.instruments)
        assert not wish.cost or entry.cost != "paid"
        assert not wish.online or entry.online or entry.area == "online"
        assert not (wish.level == "beginner" and entry.level in ("intermediate", "advanced"))
        if wish.outcode == "AL10" or (wish.place == "Hatfield" and wish.outcode is None):
            assert entry.area in ("hertfordshire", "national", "online")
        if wish.place == "Poole" and wish.outcode is None:
            assert entry.area != "hertfordshire"


def plays(entry: Opportunity, instrument: str) -> bool:
    return bool(
        {"any", instrument, *(f for f, inside in FAMILIES.items() if instrument in inside)} & set(entry.instruments)
    ) or bool(set(FAMILIES.get(instrument, ())) & set(entry.instruments))


@settings(deadline=None)
@given(directories, wishes, st.randoms())
def test_the_order_is_the_same_whatever_the_order_of_the_file(entries: list[Opportunity], wish: Wish, random: Any):
    shuffled = list(entries)
    random.shuffle(shuffled)
    assert of(*entries).search(wish).ids == of(*shuffled).search(wish).ids


@settings(deadline=None)
@given(directories, wishes)
def test_the_nearest_are_no_matches_and_fit_once_the_condition_is_dropped(entries: list[Opportunity], wish: Wish):
    directory = of(*entries)
    result = directory.search(wish, limit=10_000)
    if result.nearest is None:
        return
    assert set(result.nearest.dropped) <= set(DROPPABLE)
    assert not ids(result.nearest.matches) & ids(result.matches)
    if "distance" not in result.nearest.dropped:
        eased = wish
        for condition in result.nearest.dropped:
            eased = eased.without(condition)
        assert ids(result.nearest.matches) <= everything(directory, eased)


@settings(deadline=None)
@given(directories, wishes)
def test_a_page_is_the_top_of_the_whole_list(entries: list[Opportunity], wish: Wish):
    directory = of(*entries)
    whole = directory.search(wish, limit=10_000)
    assert directory.search(wish, limit=3).ids == whole.ids[:3]
    assert whole.total == len(whole.ids) == directory.count(wish)


def test_an_empty_directory_answers_too():
    assert Directory([]).search(a_wish(instruments=("drums",))).total == 0
