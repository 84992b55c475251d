"""What families ask, against the directories of both hubs as they are."""

from functools import cache

import pytest

from heard.cards import notice, opportunity_card
from heard.content.load import load_content
from heard.directory import Directory, Result, Wish
from heard.places import Places
from heard.wording import Wording
from tests.builders import CONTENT, TODAY, a_wish

WORDING = Wording.load(CONTENT / "wording")


@cache
def directory(hub: str) -> Directory:
    content = load_content(CONTENT, hub)
    return Directory(
        content.opportunities, Places(content.districts, content.outcodes, content.counties, content.beyond)
    )


def herts(**values: object) -> Result:
    return directory("hertfordshire").search(a_wish(**values))  # type: ignore[arg-type]


def dorset(**values: object) -> Result:
    return directory("dorset").search(a_wish(**values))  # type: ignore[arg-type]


def costs(result: Result) -> list[str]:
    return [m.opportunity.cost for m in result.matches]


def test_free_drum_lessons_near_hatfield_for_a_nine_year_old():
    result = herts(instruments=("drums",), activities=("lesson",), place="Hatfield", age=9, cost="free")
    # No entry is free and a drum lesson in Hatfield: the only free one near is the class lesson that a school books.
    assert result.ids[0] == "hms-first-access-whole-class"
    assert "school_books" in {r.key for r in result.matches[0].check}
    assert result.ids[1] == "mid-herts-music-centre"
    assert "cost_ask" in {r.key for r in result.matches[1].check}
    assert "paid" not in costs(result)
    assert result.nearest is not None
    assert result.nearest.dropped == ("cost",)
    assert "hms-instrument-and-singing-lessons" in {m.opportunity.id for m in result.nearest.matches}


def test_a_choir_in_poole_for_a_fourteen_year_old():
    result = dorset(activities=("choir",), place="Poole", age=14)
    assert set(result.ids[:2]) == {"wimborne-minster-choristers", "st-peters-bournemouth-choristers"}
    assert all(m.opportunity.area != "hertfordshire" for m in result.matches)
    assert "centre-for-wessex-young-musicians" not in result.ids, "strings, woodwind and brass: no singing"


@pytest.mark.parametrize("hub", ["hertfordshire", "dorset"])
def test_an_online_production_course_is_online_or_said_not_to_be(hub: str):
    result = directory(hub).search(Wish(activities=("course",), genres=("production",), online=True))
    assert all(m.opportunity.online or m.opportunity.area == "online" for m in result.matches)
    assert result.nearest is not None
    assert "online" in result.nearest.dropped


def test_an_autism_friendly_group_in_dorchester():
    result = dorset(activities=("group",), access_needs=("autism",), place="Dorchester")
    assert "b-sharp-weekly-sessions" in result.ids[:3]
    assert any(m.miles == 0 for m in result.matches[:3]), "a mainstream group in the town is there too"


def test_cello_in_bishops_stortford_for_a_beginner():
    result = herts(instruments=("cello",), place="Bishop's Stortford", level="beginner")
    assert result.ids[0] in ("hms-music-centres", "hms-instrument-and-singing-lessons")
    assert "Essex" in (result.origin.one.note or "" if result.origin.one else "")
    for match in result.matches:
        taught = set(match.opportunity.instruments)
        assert taught & {"cello", "strings", "any"}, match.opportunity.id
        assert match.opportunity.level in ("beginner", "any")


def test_bournemouth_is_outside_hertfordshire_and_gets_only_what_is_for_everyone():
    result = herts(instruments=("voice",), place="Bournemouth", age=12)
    assert result.outside
    assert not result.is_local


@pytest.mark.parametrize("hub", ["hertfordshire", "dorset"])
def test_every_entry_can_be_found_by_its_name_and_shown(hub: str):
    content = load_content(CONTENT, hub)
    for entry in content.opportunities:
        assert directory(hub).named(f"tell me about {entry.name}, please") == entry
        card = opportunity_card(entry, WORDING, "en")
        assert (card.id, card.title, card.kind) == (entry.id, entry.name, "opportunity")
        assert card.notice


@pytest.mark.parametrize("hub", ["hertfordshire", "dorset"])
def test_every_entry_has_its_reasons_in_words(hub: str):
    wish = Wish(
        instruments=("drums", "voice"), genres=("jazz",), activities=("lesson", "choir"), ages=((8, 9), (15, 15)),
        times=("weekend", "evening"), access_needs=("autism",), circumstances=("young carer",), cost="free",
    )  # fmt: skip
    everything = [e.id for e in load_content(CONTENT, hub).opportunities]
    for place in (None, "Hatfield", "Poole", "Dorset", "AL10"):
        matches = directory(hub).matches(everything, Wish.from_dict(wish.to_dict() | {"place": place}), ("instrument",))
        assert len(matches) == len(everything)
        for match in matches:
            why = opportunity_card(match, WORDING, "en").why
            assert why
            assert len(set(why)) == len(why)


def test_the_notice_says_when_it_was_checked_or_that_it_was_not():
    assert notice(TODAY, WORDING, "en") == "checked 3 November 2026"
    assert notice(None, WORDING, "en") == "not checked yet - please confirm with the provider"
