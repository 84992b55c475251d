"""Places: found by the names people use, and never mistaken for another."""

from math import cos, radians, sin

import pytest
from hypothesis import given
from hypothesis import strategies as st

from heard.content.load import load_content
from heard.places import NEXT_DOOR, WINDS, Places, direction, miles
from tests.builders import CONTENT


@pytest.fixture(scope="module")
def places() -> Places:
    content = load_content(CONTENT, "dorset")
    return Places(content.districts, content.outcodes, content.counties, content.beyond)


@pytest.mark.parametrize(
    "written",
    ["Bishop’s Stortford", "Bishop's Stortford", "bishops stortford", "BISHOPS-STORTFORD", "  Bishop‘s  Stortford "],
)
def test_a_place_is_found_whatever_its_apostrophe_hyphen_and_case(places: Places, written: str):
    (found,) = places.find(written)
    assert found.name in ("Bishop’s Stortford", "Bishop's Stortford")
    assert found.areas == ("hertfordshire",)
    assert found.district == "east-hertfordshire"


def test_a_name_in_brackets_is_not_needed(places: Places):
    assert places.find("Easton") == places.find("Easton (Portland)")
    assert len(places.find("easton")) == 1


def test_an_ambiguous_name_gives_both_places_and_their_full_names_give_one(places: Places):
    both = places.find("charminster")
    assert {f.areas for f in both} == {("dorset",), ("bcp",)}
    for one in both:
        assert places.find(one.name) == (one,)


def test_an_area_settles_an_ambiguous_name(places: Places):
    (found,) = places.find("Charminster", area="bcp")
    assert found.district == "bournemouth"


def test_a_town_comes_before_its_district_and_a_county_before_both(places: Places):
    assert [f.kind for f in places.find("Stevenage")] == ["place"]
    assert [f.kind for f in places.find("Dacorum")] == ["district"]
    assert places.find("Dorset")[0].areas == ("dorset", "bcp")
    assert [f.kind for f in places.find("Herts")] == ["county"]


@pytest.mark.parametrize(("code", "county"), [("BH23", "Hampshire"), ("bh 23", "Hampshire"), ("CM23", "Essex")])
def test_an_outcode_across_the_border_says_so(places: Places, code: str, county: str):
    outcode = places.outcode(code)
    assert outcode is not None
    assert county in (outcode.note or "")


def test_a_town_whose_only_outcode_crosses_the_border_says_so_too(places: Places):
    assert "Essex" in (places.find("Bishop's Stortford")[0].note or "")
    assert places.find("St Albans")[0].note is None


def test_an_outcode_lies_in_a_district(places: Places):
    outcode = places.outcode("AL10")
    assert outcode is not None
    assert outcode.district == "welwyn-hatfield"


@pytest.mark.parametrize("unknown", ["Atlantis", "", "ZZ99", "London"])
def test_what_we_do_not_know_is_not_guessed(places: Places, unknown: str):
    assert places.find(unknown) == ()


def test_a_known_distance_is_right_within_a_mile():
    # Hatfield to Poole: 51.76,-0.23 and 50.72,-1.98; 104 miles on the map.
    assert miles((51.76, -0.23), (50.72, -1.98)) == pytest.approx(104, abs=1)


points = st.tuples(st.floats(49, 61), st.floats(-9, 3))


@given(points, points, points)
def test_distance_is_symmetric_and_no_detour_is_shorter(
    a: tuple[float, float], b: tuple[float, float], c: tuple[float, float]
):
    assert miles(a, b) == pytest.approx(miles(b, a))
    assert miles(a, a) == 0
    assert miles(a, c) <= miles(a, b) + miles(b, c) + 1e-6


def test_the_largest_towns_come_first(places: Places):
    towns = places.towns(("hertfordshire",))
    assert towns[0] == "St Albans"
    assert "Poole" not in towns
    assert places.outcodes_of("st albans")[0] == "AL1"


def test_every_place_of_the_content_is_found_by_its_own_name(places: Places):
    for name in places.names:
        assert any(f.name == name for f in places.find(name)), name
    assert len(set(places.names)) == len(places.names)


@pytest.mark.parametrize(
    ("here", "town", "county", "way"),
    [
        ("Bishop's Stortford", "Stansted Mountfitchet", "Essex", "north-east"),
        ("CM23", "Stansted Mountfitchet", "Essex", "north-east"),
        ("Sawbridgeworth", "Harlow", "Essex", "south-west"),
        ("Royston", "Bassingbourn", "Cambridgeshire", "north-west"),
        ("Lyme Regis", "Axminster", "Devon", "north-west"),
        ("Verwood", "Ringwood", "Hampshire", "south-east"),
    ],
)
def test_a_place_at_the_border_knows_what_is_next_door(places: Places, here: str, town: str, county: str, way: str):
    (found,) = places.find(here)
    door = places.next_door(found)
    assert door is not None
    assert (door.name, door.county, door.direction) == (town, county, way)
    assert 0 < door.miles <= NEXT_DOOR


@pytest.mark.parametrize("here", ["Hatfield", "Dorchester", "Hertfordshire", "Dacorum"])
def test_a_place_in_the_middle_has_nobody_next_door(places: Places, here: str):
    assert [places.next_door(found) for found in places.find(here)] == [None]


@given(st.floats(50, 52), st.floats(-3, 1), st.floats(0.01, 0.2), st.sampled_from(range(8)))
def test_each_of_eight_winds_is_told_by_its_bearing(lat: float, lon: float, far: float, wind: int):
    angle = radians(45 * wind)
    there = (lat + far * cos(angle), lon + far * sin(angle) / cos(radians(lat)))
    assert direction((lat, lon), there) == WINDS[wind]


@pytest.mark.parametrize("typed", ["BH21 1AA", "bh211aa", "BH21", " bh 21 "])
def test_of_a_full_postcode_the_first_half_says_where(places: Places, typed: str) -> None:
    found = places.outcode(typed)
    assert found is not None and found.name == "BH21"


@pytest.mark.parametrize("typed", ["", "1AA", "ZZ99 9ZZ", "BH", "8DE8DE"])
def test_what_is_no_postcode_of_ours_is_nowhere(places: Places, typed: str) -> None:
    assert places.outcode(typed) is None
