"""Feeds are read into the directory: ours come back as they were, others as far as they say, bad records by name."""

import dataclasses
import json
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from heard.content.load import load_content
from heard.imports import make_plan
from heard.openreferral import Feed, Query
from heard.openreferral.propose import origin_of, propose
from heard.openreferral.reading import FeedRead, Record, read_feed
from heard.wording import Wording
from tests.builders import CONTENT, an_opportunity
from tests.entries import lists_of

HUB = "hertfordshire"
WORDING = Wording.load(CONTENT / "wording")
HERTFORDSHIRE = load_content(CONTENT, HUB)
TODAY = date(2026, 11, 21)
QUIET = settings(deadline=None, max_examples=60, suppress_health_check=list(HealthCheck))


def exported(*entries):
    """What our own feed says of these entries, after a journey as JSON."""
    feed = Feed(dataclasses.replace(HERTFORDSHIRE, opportunities=entries), {}, WORDING, "https://hub.example")
    return json.loads(json.dumps(feed.services(Query(full=True, per_page=500))["contents"]))


def read(*services, source="feed.example/services"):
    records = tuple(Record(f"record {n}", service) for n, service in enumerate(services, start=1))
    return FeedRead(source, "https://feed.example/services", records, ())


def proposed(*services, stored=(), area=None):
    return propose(read(*services), stored, HERTFORDSHIRE, WORDING, TODAY, area)


def planned(store, *services, area=None, feed=None):
    stored = store.entries.all(HUB, retired=True)
    feed = feed or read(*services)
    proposal = propose(feed, stored, HERTFORDSHIRE, WORDING, TODAY, area)
    return make_plan(proposal, stored, origin_of(feed), by_hand=False)


def imported(store, *services, **more):
    plan = planned(store, *services, **more)
    store.entries.apply(HUB, plan.edits(), who=plan.origin)
    return plan


def a_service(**values):
    """A good service of somebody else's feed."""
    usual = {
        "id": "ac148810-d857-441c-9679-408f346de14b",
        "name": "Hatfield Steel Band",
        "status": "active",
        "description": "<p>Steel pan lessons &amp; a band.</p><script>alert(1)</script>",
        "url": "https://steel.example/",
        "minimum_age": 8,
        "maximum_age": 100,
        "organization": {"id": "1", "name": "Steel Together", "description": "Steel."},
        "service_at_locations": [
            {
                "id": "2",
                "location": {
                    "id": "3",
                    "location_type": "physical",
                    "name": "Green Hall",
                    "latitude": 51.764,
                    "longitude": -0.231,
                    "addresses": [{"city": "Hatfield", "postal_code": "al109ab", "country": "GB"}],
                    "accessibility": [{"id": "4", "description": "Step-free."}],
                },
            }
        ],
        "schedules": [
            {"id": "5", "freq": "WEEKLY", "byday": "TU,SA", "opens_at": "18:00:00", "closes_at": "19:30Z"},
            {"id": "6", "description": "In term time."},
        ],
        "cost_options": [{"id": "7", "option": "Child", "amount": 5, "amount_description": "a session"}],
        "assured_date": "2026-05-01",
    }
    return {name: value for name, value in (usual | values).items() if value is not None}


@QUIET
@given(lists_of("opportunities"))
def test_what_we_export_we_import_as_it_was_but_for_staffs_notes(entries):
    proposal = proposed(*exported(*entries))
    assert proposal.mistakes == ()
    public = {e.id: e.model_copy(update={"check_note": None}) for e in entries}
    assert {p.entry.id: p.entry for p in proposal.entries} == public


@pytest.mark.parametrize("hub", ["hertfordshire", "dorset"])
def test_the_hubs_own_feed_changes_nothing_where_it_came_from(store, hub):
    content = load_content(CONTENT, hub)
    store.entries.replace_from_content(content)
    stored = store.entries.all(hub, retired=True)
    proposal = propose(read(*exported(*content.opportunities)), stored, content, WORDING, TODAY)
    plan = make_plan(proposal, stored, "import:x", by_hand=False)
    assert plan.empty and plan.mistakes == () and plan.kept == () and plan.unchanged == len(content.opportunities)


def test_somebody_elses_service_is_taken_over_as_far_as_it_says():
    proposal = proposed(a_service())
    assert proposal.mistakes == proposal.notes == ()
    entry = proposal.entries[0].entry
    assert entry.id.startswith("hatfield-steel-band-") and entry.name == "Hatfield Steel Band"
    assert (entry.provider, entry.summary) == ("Steel Together", "Steel pan lessons & a band.")
    assert (entry.ages.min, entry.ages.max) == (8, None)
    assert (entry.area, entry.place, entry.places, entry.postcode) == (
        "hertfordshire", "Green Hall, Hatfield", ("Hatfield",), "AL10 9AB",
    )  # fmt: skip
    assert [(s.day, s.starts, s.ends) for s in entry.sessions] == [
        ("tuesday", "18:00", "19:30"), ("saturday", "18:00", "19:30"),
    ]  # fmt: skip
    assert entry.when == "In term time." and entry.times == ("saturday", "weekend", "weekday")
    assert (entry.cost, entry.cost_note) == ("paid", "Child: £5 a session")
    assert (entry.kind, entry.instruments, entry.activities) == ("ensemble", ("steel pan",), ("band", "lesson"))
    assert (entry.accessibility, entry.checked) == ("Step-free.", date(2026, 5, 1))
    assert entry.source == "https://feed.example/services/ac148810-d857-441c-9679-408f346de14b"
    assert "feed.example" in entry.check_note


def location(**values):
    return [{"id": "2", "location": {"id": "3", "location_type": "physical", **values}}]


@pytest.mark.parametrize(
    ("values", "advice"),
    [
        ({"name": None}, "name: is missing"),
        ({"status": None}, "status: is missing"),
        ({"organization": None}, "organization: the feed does not say who offers it"),
        ({"url": "javascript:alert(1)"}, "url: an address that is a script is refused"),
        ({"url": " JavaScript:alert(1)"}, "url: an address that is a script is refused"),
        ({"url": "https://[half"}, "url: a web address has a name"),
        ({"minimum_age": 12, "maximum_age": 8}, r"ages: min \(12\) is more than max \(8\)"),
        ({"minimum_age": -1}, "an age is 0 or more"),
        ({"service_at_locations": location(latitude=48.86, longitude=2.35)}, "not in this hub's area"),
        ({"service_at_locations": location(addresses=[{"city": "Paris", "country": "FR"}])}, r"area \(Paris\)"),
        ({"service_at_locations": location(addresses=[{"city": "Poole", "country": "GB"}])}, r"area \(bcp\)"),
        ({"service_at_locations": location(addresses=[{"postal_code": "ZZ9 9ZZ"}])}, r"area \(ZZ9\)"),
    ],
)
def test_a_bad_record_is_named_and_the_good_ones_are_kept(values, advice):
    good = a_service(id="good")
    proposal = proposed(a_service(**values), good)
    assert [p.where for p in proposal.entries] == ["record 2"]
    assert len(proposal.mistakes) == 1
    with pytest.raises(AssertionError, match=advice):
        raise AssertionError(str(proposal.mistakes[0]))
    assert str(proposal.mistakes[0]).startswith("record 1 (ac148810-d857-441c-9679-408f346de14b): ")


@pytest.mark.parametrize(
    ("values", "note"),
    [
        ({"assured_date": "2026-02-31"}, "assured_date: there is no such day (2026-02-31); left out"),
        ({"assured_date": "2031-01-01"}, "assured_date: 2031-01-01 is still to come"),
        ({"url": "see our page"}, "url: this is no web address; left out"),
        ({"description": "long " * 1000}, "description: longer than 2000 characters"),
        ({"status": "defunct"}, "its status is defunct; left out"),
        ({"service_at_locations": location(latitude=100, longitude=101)}, "latitude 100 and longitude 101 are nowhere"),
        ({"service_at_locations": None}, "the feed does not say where it is; hertfordshire is taken"),
    ],
)
def test_what_is_left_out_of_a_record_that_is_kept_is_said(values, note):
    proposal = proposed(a_service(**values))
    assert any(note in str(one) for one in proposal.notes) and proposal.mistakes == ()
    assert len(proposal.entries) == ("status" not in values)


def test_with_an_area_given_everything_is_there():
    abroad = a_service(service_at_locations=location(addresses=[{"city": "Paris", "country": "FR"}]))
    assert proposed(abroad, area="national").entries[0].entry.area == "national"


_anything = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(["id", "name", "location"]), inner),
    max_leaves=8,
)


@QUIET
@given(st.dictionaries(st.sampled_from([*a_service(), "heard", "attributes", "service_areas", "fees"]), _anything))
def test_any_record_is_an_entry_or_a_mistake(values):
    record = {**a_service(), **values, "id": str(values.get("id"))}
    proposal = proposed(record)
    assert proposal.entries or proposal.mistakes or proposal.notes


def test_an_import_is_done_once_however_often_it_is_made(store):
    assert len(imported(store, a_service(), *exported(an_opportunity(id="choir"))).added) == 2
    version = store.entries.version(HUB)
    again = imported(store, a_service(), *exported(an_opportunity(id="choir")))
    assert again.empty and again.unchanged == 2 and store.entries.version(HUB) == version


def test_what_the_feed_changes_is_changed_and_known_again_under_another_name(store):
    imported(store, a_service())
    plan = imported(store, a_service(name="Another name"))
    assert [(c.field, c.after) for c in plan.changed[0].fields] == [("name", "Another name")]
    assert len(store.entries.all(HUB)) == 1 and not store.entries.all(HUB)[0].edited


def test_what_the_feed_no_longer_has_is_retired_and_comes_back_with_it(store):
    imported(store, a_service(), a_service(id="second"))
    assert len(imported(store, a_service()).retired) == 1
    assert len(imported(store, a_service(), a_service(id="second")).changed) == 1
    assert len(store.entries.all(HUB)) == 2


def test_a_record_that_has_become_bad_leaves_its_entry_as_it_was(store):
    imported(store, a_service())
    plan = imported(store, a_service(url="javascript:alert(1)"))
    assert plan.retired == () and len(plan.mistakes) == 1 and len(store.entries.all(HUB)) == 1


def test_what_staff_made_of_an_imported_entry_stays(store):
    imported(store, a_service())
    mine = store.entries.all(HUB)[0].entry
    store.entries.mark_checked(HUB, mine.id, date(2026, 11, 1), who="Ann")
    assert imported(store, a_service()).empty
    store.entries.change(HUB, mine.model_copy(update={"name": "Our words"}), who="Ann")
    assert imported(store, a_service(name="Their words")).kept[0].why == "somebody here has edited it"
    assert imported(store).retired == ()
    assert store.entries.get(HUB, mine.id).entry.name == "Our words"


def test_entries_of_content_and_of_other_feeds_are_not_touched(store):
    store.entries.replace_from_content(dataclasses.replace(HERTFORDSHIRE, pathways=()))
    changed = HERTFORDSHIRE.opportunities[0].model_copy(update={"name": "They say"})
    plan = imported(store, *exported(changed))
    assert plan.empty and plan.kept[0].why == "the hub has its own entry"
    imported(store, a_service())
    other = planned(store, feed=read(a_service(id="x"), source="other.example"))
    assert len(other.added) == 1 and other.retired == ()


def test_imported_entries_survive_a_start_with_new_content(store):
    imported(store, a_service())
    store.entries.replace_from_content(HERTFORDSHIRE)
    assert store.entries.read(HERTFORDSHIRE).opportunities[-1].name == "Hatfield Steel Band"


def test_a_file_of_services_at_locations_is_turned_round(tmp_path):
    service, other = a_service(service_at_locations=None), location(name="Other Hall")[0]
    sites = [{**site, "service": service} for site in (*a_service()["service_at_locations"], other)]
    file = tmp_path / "sites.json"
    file.write_text(json.dumps({"total_items": 2, "contents": sites}))
    feed = read_feed(str(file))
    assert len(feed.records) == 1 and len(feed.records[0].service["service_at_locations"]) == 2
