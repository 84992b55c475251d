"""Every entry of both hubs: found by its id, said in words, and as data."""

import json

import pytest

from heard.content.load import Content
from heard.entries import Entries, Facts, Listed
from heard.entries.schema_org import as_schema_org
from heard.wording import Wording
from tests.builders import CONTENT, an_opportunity
from tests.heard.bursaries.talks import the_content

WORDING = Wording.load(CONTENT / "wording")
FACTS = Facts(WORDING)


@pytest.fixture(params=["hertfordshire", "dorset"])
def content(request: pytest.FixtureRequest) -> Content:
    return the_content(request.param)


def said(listed: Listed) -> dict[str, str]:
    return {fact.name: fact.text for fact in FACTS.of(listed.entry)}


def test_every_entry_is_found_by_its_id(content: Content) -> None:
    entries = Entries(content)
    for some, kind in (
        (content.opportunities, "opportunity"),
        (content.bursaries, "bursary"),
        (content.pathways, "pathway"),
        (content.helplines, "helpline"),
    ):
        for entry in some:
            listed = entries.get(entry.id)
            assert listed is not None and (listed.entry, listed.kind) == (entry, kind)
            assert listed.address == f"/entry/{entry.id}"
    assert entries.get("nothing") is None


def test_a_hub_has_no_page_for_another_hubs_entry() -> None:
    assert Entries(the_content("hertfordshire")).get("soundstorm-access-fund") is None


def test_an_old_or_mistyped_address_is_guessed_at() -> None:
    entries = Entries(the_content("hertfordshire"))
    assert entries.like("Mid-Herts-Music-Center")[0].id == "mid-herts-music-centre"
    assert entries.like("zzzzzz") == ()


def test_everything_is_said_and_nothing_is_empty(content: Content) -> None:
    for listed in Entries(content):
        facts = FACTS.of(listed.entry)
        assert facts and FACTS.lead(listed.entry)
        assert all(fact.name and fact.text.strip() for fact in facts), listed.id
        assert "memory" not in str(facts)


def test_what_nobody_has_said_is_said_to_be_unknown() -> None:
    entry = an_opportunity(place=None, when=None)
    facts = {fact.name: fact.text for fact in FACTS.of(entry)}
    assert (facts["Cost"], facts["When"], facts["Ages"]) == ("cost not given", "not given", "not given")


def test_a_scheme_says_who_applies_and_by_when() -> None:
    entries = Entries(the_content("hertfordshire"))
    stage_1, looked_after = entries.get("hms-bursary-stage-1"), entries.get("hms-bursary-children-looked-after")
    assert stage_1 is not None and looked_after is not None
    assert said(stage_1)["Who applies"] == "the school"
    assert said(looked_after)["Who applies"] == "a carer, a support worker or the school"
    assert said(looked_after)["By when"] == "The closing date is not given. Please ask."


def test_weekly_times_are_said_as_they_are() -> None:
    listed = Entries(the_content("dorset")).get("wimborne-minster-choristers")
    assert listed is not None
    assert said(listed)["Dates"] == "Every Tuesday, 16:30 to 17:45\nEvery Friday, 19:00 to 20:15"


def test_as_data_every_entry_has_what_schema_org_knows_it_by(content: Content) -> None:
    types = {"opportunity": "Service", "bursary": "MonetaryGrant", "pathway": "HowTo", "helpline": "Organization"}
    for listed in Entries(content):
        node = as_schema_org(listed.entry, f"https://hub.example{listed.address}")
        assert (node["@context"], node["@type"]) == ("https://schema.org", types[listed.kind])
        assert node["url"] == node["@id"] == f"https://hub.example{listed.address}"
        assert node["name"] == listed.entry.name
        assert json.loads(json.dumps(node)) == node
        assert None not in node.values()


def test_free_is_free_and_an_unknown_cost_is_left_out() -> None:
    assert as_schema_org(an_opportunity(cost="free"), "x")["offers"]["price"] == "0"
    assert "offers" not in as_schema_org(an_opportunity(cost="unknown"), "x")
    assert "offers" not in as_schema_org(an_opportunity(cost="paid"), "x")


def test_the_unconfirmed_number_of_a_helpline_is_nowhere(content: Content) -> None:
    for helpline in content.helplines:
        hidden = helpline.contact_unconfirmed
        if hidden and hidden.phone and hidden.phone != helpline.contact.phone:
            assert hidden.phone not in json.dumps(as_schema_org(helpline, "x"))
            assert hidden.phone not in str(FACTS.of(helpline))
