"""The feed is valid for any content, and its filters let through what was asked for."""

import dataclasses
from datetime import UTC, datetime

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from heard.content.dates import Session
from heard.content.load import hub_names, load_content
from heard.openreferral import Feed, ParameterError, Query
from heard.openreferral.ids import organization_id, service_id, taxonomy_id, term_id
from heard.wording import Wording
from tests.builders import CONTENT, an_opportunity
from tests.entries import lists_of
from tests.openreferral import check, check_page

WORDING = Wording.load(CONTENT / "wording")
HERTFORDSHIRE = load_content(CONTENT, "hertfordshire")
BASE = "https://hub.example"
THEN = datetime(2026, 11, 3, 12, tzinfo=UTC)
QUIET = settings(
    deadline=None, max_examples=40, suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much]
)


def a_feed(*entries, changed_at=None, content=HERTFORDSHIRE) -> Feed:
    return Feed(dataclasses.replace(content, opportunities=entries), changed_at or {}, WORDING, BASE)


def found(feed: Feed, **parameters) -> list[str]:
    """The names of the services that a query finds."""
    given = {name: value if isinstance(value, list) else [str(value)] for name, value in parameters.items()}
    return [service["name"] for service in feed.services(Query.read(given))["contents"]]


def check_all(feed: Feed) -> None:
    """Holds every object of the feed to its schemas."""
    check_page(feed.services(Query()), "service_list")
    check_page(feed.services(Query(full=True)), "service", "service_list")
    check_page(feed.services(Query(minimal=True)), "service_list")
    for service in feed.services(Query(per_page=500))["contents"]:
        check(feed.service(service["id"]), "service")
        assert feed.service(service["id"])["url"] and feed.service(service["id"])["organization"]
    for query in (Query(per_page=500), Query(full=True), Query(full_service=True)):
        check_page(feed.organizations(query), "organization_list", "organization")
    for organization in feed.organizations(Query(per_page=500))["contents"]:
        check(feed.organization(organization["id"]), "organization")
    check_page(feed.services_at_locations(Query(per_page=500)), "service_at_location_list", "service_at_location")
    check_page(feed.services_at_locations(Query(full=True)), "service_at_location")
    for site in feed.services_at_locations(Query(per_page=500))["contents"]:
        check(feed.service_at_location(site["id"]), "service_at_location", "service")


@QUIET
@given(lists_of("opportunities", most=4))
def test_the_feed_is_valid_for_any_entries(entries):
    check_all(a_feed(*entries, changed_at={entries[0].id: THEN}))


@pytest.mark.parametrize("hub", hub_names(CONTENT))
def test_the_feed_is_valid_for_the_hubs_own_entries(hub):
    content = load_content(CONTENT, hub)
    check_all(a_feed(*content.opportunities, content=content))


def test_the_feed_is_valid_with_nothing_in_it():
    feed = a_feed()
    check_all(feed)
    assert feed.services(Query())["total_pages"] == 0 and feed.services(Query())["last_page"]


def test_taxonomies_and_terms_are_valid_and_belong_together():
    feed = a_feed()
    check_page(feed.taxonomies(Query()), "taxonomy")
    check_page(feed.taxonomy_terms(Query(per_page=500)), "taxonomy_term")
    for taxonomy in feed.taxonomies(Query())["contents"]:
        whole = feed.taxonomy(taxonomy["id"])
        check(whole, "taxonomy")
        terms = feed.taxonomy_terms(Query(taxonomies=(taxonomy["id"],), per_page=500))["contents"]
        assert terms and all(feed.taxonomy_term(term["id"]) == term for term in terms)
    violin = feed.taxonomy_term(term_id("instrument", "violin"))
    assert feed.taxonomy_term(violin["parent_id"])["name"] == "strings"
    instruments = feed.taxonomy_terms(Query(taxonomies=(taxonomy_id("instrument"),), per_page=500))
    assert {term["taxonomy"] for term in instruments["contents"]} == {"instrument"}


def test_staffs_notes_never_go_out():
    noted = an_opportunity(name="Noted", check_note="Their phone number is wrong.")
    assert "phone number" not in str(a_feed(noted).services(Query(full=True)))


def test_a_service_without_a_page_of_its_own_has_ours():
    service = a_feed(an_opportunity(id="choir", url=None)).service(service_id("choir"))
    assert service["url"] == f"{BASE}/entry/choir"


def test_ids_are_the_same_every_time_and_in_every_hub():
    entry = an_opportunity(id="choir")
    one, other = a_feed(entry), a_feed(entry, content=load_content(CONTENT, "dorset"))
    assert one.services(Query())["contents"][0]["id"] == other.services(Query())["contents"][0]["id"]
    assert service_id("choir") == "4b3a5573-c35b-5745-b639-0b0cfc7a272d"


def test_pages_have_every_service_once():
    feed = a_feed(*(an_opportunity(name=f"Group {n:02}") for n in range(7)))
    pages = [feed.services(Query(page=n, per_page=3)) for n in (1, 2, 3, 4)]
    assert [p["size"] for p in pages] == [3, 3, 1, 0] and [p["empty"] for p in pages] == [False] * 3 + [True]
    assert [s["name"] for p in pages for s in p["contents"]] == [f"Group {n:02}" for n in range(7)]
    assert [p["first_page"] for p in pages[:3]] == [True, False, False]
    assert [p["last_page"] for p in pages[:3]] == [False, False, True]
    assert {(p["total_items"], p["total_pages"]) for p in pages} == {(7, 3)}


CHOIR = an_opportunity(
    id="choir", name="Choir", ages=(7, 11), place="Hatfield", instruments=("voice",), provider="Town Music",
    cost="free", sessions=(Session(day="monday", starts="17:00", ends="18:00"),), times=("saturday",),
)  # fmt: skip
DRUMS = an_opportunity(
    id="drums", name="Drum group", ages=(11, None), place="Tring", instruments=("drums",), summary="Loud and fun.",
    sessions=(Session(day="tuesday", starts="19:00"),),
)  # fmt: skip
ONLINE = an_opportunity(id="online", name="Online course", place=None, area="online", online=True)
POOLE = an_opportunity(id="poole", name="Poole band", place="Poole", area="bcp", ages=(14, 18))
NAMES = (*Query.__dataclass_fields__, "taxonomy_id", "taxonomy_term_id", "organization_id", "format")
FEED = a_feed(CHOIR, DRUMS, ONLINE, POOLE, changed_at={"choir": THEN})


@pytest.mark.parametrize(
    ("parameters", "names"),
    [
        ({}, ["Choir", "Drum group", "Online course", "Poole band"]),
        ({"search": "drum"}, ["Drum group"]),
        ({"search": "LOUD fun"}, ["Drum group"]),
        ({"search": "rum"}, []),
        ({"search": "voice town"}, ["Choir"]),
        ({"minimum_age": 11}, ["Drum group", "Poole band"]),
        ({"maximum_age": 11}, ["Choir"]),
        ({"minimum_age": 7, "maximum_age": 18}, ["Choir", "Poole band"]),
        ({"minimum_age": "7.5"}, ["Drum group", "Poole band"]),
        ({"taxonomy_term_id": term_id("cost", "free")}, ["Choir"]),
        ({"taxonomy_term_id": term_id("cost", "free").upper()}, ["Choir"]),
        ({"taxonomy_term_id": [term_id("cost", "free"), term_id("instrument", "drums")]}, []),
        ({"taxonomy_term_id": "nothing"}, []),
        ({"taxonomy_id": taxonomy_id("time")}, ["Choir"]),
        ({"organization_id": organization_id("Town Music")}, ["Choir"]),
        ({"modified_after": "2026-11-03T12:00:00Z"}, ["Choir"]),
        ({"modified_after": "2026-11-03T12:00:01Z"}, []),
        ({"postcode": "AL10 9AB"}, ["Choir", "Drum group", "Online course"]),
        ({"postcode": "al109ab", "proximity": 3000}, ["Choir"]),
        ({"postcode": "BH15", "proximity": 20000}, ["Poole band"]),
        ({"postcode": "ZZ99 9ZZ"}, ["Online course"]),
        ({"day": "MO"}, ["Choir"]),
        ({"day": "Saturday"}, ["Choir"]),
        ({"day": "tue", "start_time": "18:00"}, ["Drum group"]),
        ({"day": "MO", "start_time": "18:00"}, []),
        ({"end_time": "18:00"}, ["Choir"]),
        ({"search": "poole", "maximum_age": 18, "postcode": "BH15"}, ["Poole band"]),
        ({"no_such_parameter": "x", "search": ""}, ["Choir", "Drum group", "Online course", "Poole band"]),
    ],
)
def test_a_filter_lets_through_what_was_asked_for(parameters, names):
    assert found(FEED, **parameters) == names


@pytest.mark.parametrize(
    ("parameters", "advice"),
    [
        ({"page": "0"}, "page: give a whole number from 1 on"),
        ({"page": "two"}, "page: "),
        ({"per_page": "-1"}, "per_page: "),
        ({"page": "٣"}, "page: "),
        ({"minimum_age": "seven"}, "minimum_age: give a number"),
        ({"maximum_age": "nan"}, "maximum_age: "),
        ({"postcode": "Hatfield"}, "postcode: give a postcode like AL10 9AB"),
        ({"proximity": "500"}, "proximity: give a postcode too"),
        ({"postcode": "AL10", "proximity": "far"}, "proximity: give a number"),
        ({"postcode": "ZZ99 9ZZ", "proximity": "500"}, "postcode: we do not know where this is"),
        ({"day": "someday"}, "day: give one of MO, TU"),
        ({"start_time": "25:00"}, "start_time: give a time like 18:30"),
        ({"modified_after": "yesterday"}, "modified_after: give a moment"),
        ({"full": "perhaps"}, "full: give true or false"),
        ({"format": "xml"}, "format: this feed gives json"),
    ],
)
def test_what_cannot_be_understood_is_said_by_its_name(parameters, advice):
    with pytest.raises(ParameterError, match=advice):
        found(FEED, **parameters)


@QUIET
@given(st.dictionaries(st.sampled_from(NAMES), st.text(), max_size=4))
def test_any_parameters_give_a_page_or_are_refused(parameters):
    try:
        check_page(FEED.services(Query.read({name: [value] for name, value in parameters.items()})))
    except ParameterError as error:
        assert str(error).partition(":")[0] in parameters


def test_a_further_condition_never_adds_a_service():
    ways = [{"search": "g"}, {"minimum_age": 7}, {"postcode": "AL10"}, {"day": "MO"}, {"maximum_age": 18}]
    for one in ways:
        for other in ways:
            assert set(found(FEED, **one, **{k: v for k, v in other.items() if k not in one})) <= set(
                found(FEED, **one)
            )
