"""Adding and changing an entry by its form, without JavaScript."""

from datetime import date
from typing import Any

import pytest

from heard.content.schema import AnyOf
from tests.bot.staff.directory_desk import ADDRESS, HUB, beside, entry, fields, fill_in, furnished, send
from tests.bot.staff.office import Office, reads
from tests.entries import BY_COLLECTION

CHOIR = f"{ADDRESS}/entry/tring-choir/edit"
NEW = f"{ADDRESS}/new/opportunities"
CELLOS: dict[str, Any] = {
    "id": "cello-club", "name": "Cello Club", "provider": "Ms B", "kind": "ensemble", "summary": "Cellos together.",
    "instruments": ["cello"], "level": "any", "cost": "free", "area": "hertfordshire", "confidence": "page",
    "audience": "young people", "places": "Hatfield\r\nTring",
}  # fmt: skip


def test_a_new_entry_is_in_the_directory_as_it_was_written(office: Office) -> None:
    browser = furnished(office).signed_in()
    done = fill_in(browser, NEW, **CELLOS)
    assert done.headers["location"] == f"{ADDRESS}/entry/cello-club?done=added"
    stored = entry(office, "cello-club")
    assert (stored.entry.name, stored.entry.instruments, stored.entry.places, stored.origin) == (
        "Cello Club", ("cello",), ("Hatfield", "Tring"), "staff",
    )  # fmt: skip
    assert "Ada added it." in reads(browser.get(f"{ADDRESS}/entry/cello-club"))


def test_an_empty_form_asks_for_what_must_be_there_and_adds_nothing(office: Office) -> None:
    browser = furnished(office).signed_in()
    page = fill_in(browser, NEW)
    assert page.status_code == 422
    assert "Nothing has been saved" in reads(page) and "<title>Please check: " in page.text
    for field in ("name", "kind", "cost", "provider"):
        assert beside(page, field) == "Please fill this in."
        assert f'href="#f-{field}"' in page.text
    assert "is not an id" in beside(page, "id") or beside(page, "id") == "Please fill this in."
    assert len(office.heard.store.entries.all(HUB)) == 4


def test_what_was_typed_is_still_there_beside_the_mistake(office: Office) -> None:
    browser = furnished(office).signed_in()
    wrong = {"url": "javascript:alert(1)", "summary": '"Quoted" & <b>bold</b>', "places": "Hatfield\r\nAtlantis"}
    page = fill_in(browser, NEW, **(CELLOS | wrong))
    assert page.status_code == 422
    assert "script" in beside(page, "url") and "Atlantis" in beside(page, "places") and beside(page, "summary")
    again = fields(page)
    assert again["url"] == ["javascript:alert(1)"] and again["summary"] == ['"Quoted" & <b>bold</b>']
    assert again["instruments"] == ["cello"] and again["cost"] == ["free"]
    assert "<b>bold" not in page.text
    done = send(browser, NEW, again, url="https://cellos.example/", summary="Cellos.", places="Hatfield")
    assert done.status_code == 303


def test_an_id_that_is_taken_is_said_beside_it(office: Office) -> None:
    page = fill_in(furnished(office).signed_in(), NEW, **(CELLOS | {"id": "tring-choir"}))
    assert page.status_code == 422 and "taken" in beside(page, "id")


def test_a_change_is_saved_and_kept_in_the_history(office: Office) -> None:
    browser = furnished(office).signed_in()
    done = fill_in(browser, CHOIR, cost="paid", cost_note="£3 a week", checked=f"{date.today():%d/%m/%Y}")
    assert done.headers["location"].endswith("?done=saved")
    stored = entry(office, "tring-choir")
    assert (stored.entry.cost, stored.entry.cost_note, stored.entry.checked) == ("paid", "£3 a week", date.today())
    said = reads(browser.get(f"{ADDRESS}/entry/tring-choir"))
    assert "Ada changed it." in said and "Cost free → paid" in said


@pytest.mark.parametrize("id_", ["tring-choir", "hatfield-band", "lesson-fund", "singing"])
def test_saving_without_a_change_changes_nothing(office: Office, id_: str) -> None:
    browser = furnished(office).signed_in()
    before = entry(office, id_)
    done = fill_in(browser, f"{ADDRESS}/entry/{id_}/edit")
    assert done.headers["location"].endswith("?done=nothing")
    assert entry(office, id_).digest == before.digest


@pytest.mark.parametrize("collection", BY_COLLECTION)
def test_the_form_of_every_entry_of_the_hub_shows_it_whole(office: Office, collection: str) -> None:
    content = office.heard.content
    office.heard.store.entries.replace_from_content(content)
    browser = office.signed_in()
    for one in getattr(content, collection)[:12]:
        address = f"{ADDRESS}/entry/{one.id}/edit"
        before = entry(office, one.id).digest
        assert fill_in(browser, address).headers["location"].endswith("?done=nothing"), one.id
        assert entry(office, one.id).digest == before


def test_two_people_who_change_one_entry_do_not_undo_each_other(office: Office) -> None:
    ada, bo = furnished(office).signed_in("Ada"), office.signed_in("Bo", "editor")
    open_at_adas = fields(ada.get(CHOIR))
    fill_in(bo, CHOIR, cost="paid")
    page = send(ada, CHOIR, open_at_adas, name="Tring Choir")
    assert page.status_code == 409
    said = reads(page)
    assert "Somebody else has changed this entry" in said and "Stored now: paid Yours: free" in said
    assert entry(office, "tring-choir").entry.name == "Tring Youth Choir"
    done = send(ada, CHOIR, fields(page), cost="paid")
    assert done.status_code == 303
    now = entry(office, "tring-choir").entry
    assert (now.name, now.cost) == ("Tring Choir", "paid")


def test_a_form_without_the_state_that_it_was_made_from_overwrites_nothing(office: Office) -> None:
    browser = furnished(office).signed_in()
    form = fields(browser.get(CHOIR))
    for seen in ("", "0" * 64):
        assert send(browser, CHOIR, form, made_from=seen, cost="paid").status_code == 409
    assert entry(office, "tring-choir").entry.cost == "free"


def test_an_entry_keeps_its_id_whatever_is_sent(office: Office) -> None:
    browser = furnished(office).signed_in()
    fill_in(browser, CHOIR, id="hatfield-band", name="New name")
    assert entry(office, "tring-choir").entry.name == "New name"
    assert entry(office, "hatfield-band").entry.name == "Hatfield Big Band"


def test_rows_are_added_with_a_button_and_taken_out_with_a_tick(office: Office) -> None:
    browser = furnished(office).signed_in()
    page = fill_in(browser, CHOIR, more="sessions", name="A name that is not saved yet")
    assert page.status_code == 200 and "autofocus" in page.text
    form = fields(page)
    assert form["sessions[0].day"] == [""] and form["name"] == ["A name that is not saved yet"]
    form.pop("more", None)
    send(browser, CHOIR, form, **{"sessions[0].day": "monday", "sessions[0].starts": "18:30"})
    assert entry(office, "tring-choir").entry.sessions[0].starts == "18:30"
    fill_in(browser, CHOIR, **{"sessions[0].gone": "yes"})
    assert entry(office, "tring-choir").entry.sessions == ()


def test_a_mistake_in_a_row_is_beside_it(office: Office) -> None:
    browser = furnished(office).signed_in()
    form = fields(fill_in(browser, CHOIR, more="dates"))
    page = send(browser, CHOIR, form, **{"dates[0].what": "opens", "dates[0].day": "2027-02-31"})
    assert page.status_code == 422 and "there is no such day" in beside(page, "dates[0].day")
    assert fields(page)["dates[0].day"] == ["2027-02-31"]


def test_conditions_of_a_bursary_have_alternatives(office: Office) -> None:
    address = f"{ADDRESS}/entry/lesson-fund/edit"
    browser = furnished(office).signed_in()
    form = fields(fill_in(browser, address, more="eligibility[0].any_of"))
    wrong = send(browser, address, form, **{"eligibility[0].any_of[1].field": "young_carer"})
    assert "eligibility-0-any_of-1" in wrong.text and wrong.status_code == 422
    send(browser, address, fields(wrong), **{"eligibility[0].any_of[1].value": "yes"})
    first, second = entry(office, "lesson-fund").entry.eligibility
    assert isinstance(first, AnyOf) and [c.field for c in first.any_of] == ["pupil_premium", "young_carer"]
    assert isinstance(second, AnyOf) and second.any_of[1].value == 31000


def test_a_step_moves_up(office: Office) -> None:
    address = f"{ADDRESS}/entry/singing/edit"
    browser = furnished(office).signed_in()
    page = fill_in(browser, address, up="stages[1]")
    assert fields(page)["stages[0].id"] == ["go-on"]
    send(browser, address, fields(page))
    assert [stage.id for stage in entry(office, "singing").entry.stages] == ["go-on", "start"]


def test_a_route_that_names_no_entry_is_said_beside_the_step(office: Office) -> None:
    page = fill_in(
        furnished(office).signed_in(), f"{ADDRESS}/entry/singing/edit", **{"stages[1].examples": "no-such-choir"}
    )
    assert page.status_code == 422 and "no-such-choir" in beside(page, "stages[1].examples")


@pytest.mark.parametrize(
    "more", ["no_such", "stages[999]", "name", "<script>", "sessions[0].day", "eligibility[5].any_of"]
)
def test_a_button_that_is_none_of_ours_changes_nothing(office: Office, more: str) -> None:
    page = fill_in(furnished(office).signed_in(), CHOIR, more=more)
    assert page.status_code == 200 and "<script>" not in page.text
    assert entry(office, "tring-choir").entry.name == "Tring Youth Choir"


def test_more_rows_than_anybody_needs_are_not_read(office: Office) -> None:
    browser = furnished(office).signed_in()
    rows = {f"sessions[{n}].starts": "18:30" for n in range(400)}
    page = fill_in(browser, CHOIR, **rows)
    assert page.status_code == 422 and "sessions[59].starts" in page.text and "sessions[60].starts" not in page.text


@pytest.mark.parametrize("collection", ["no-such", "Opportunities", "%00", "consultations"])
def test_there_is_no_form_for_what_is_no_list(office: Office, collection: str) -> None:
    assert office.signed_in().get(f"{ADDRESS}/new/{collection}").status_code == 404
