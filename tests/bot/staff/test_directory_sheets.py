"""Spreadsheets: taken away, changed, looked at and put back, all or nothing."""

import csv
import io
import zipfile
from typing import Any

import httpx
import pytest

from tests.bot.staff.directory_desk import ADDRESS, HUB, entry, fields, fill_in, furnished
from tests.bot.staff.office import Office, TestClient, hidden, reads
from tests.builders import an_opportunity

IMPORT = f"{ADDRESS}/import"


def bring(browser: TestClient, data: bytes, name: str = "opportunities.csv", **values: Any) -> httpx.Response:
    form = {"csrf": hidden(browser.get(IMPORT), "csrf"), **values}
    return browser.post(IMPORT, data=form, files={"file": (name, data)})


def confirm(browser: TestClient, page: httpx.Response, **values: str) -> httpx.Response:
    return browser.post(f"{IMPORT}/confirm", data={**fields(page, "data"), **values})


def taken(browser: TestClient, collection: str = "opportunities") -> list[dict[str, str]]:
    text = browser.get(f"{ADDRESS}/export/{collection}.csv").text.removeprefix("\ufeff")
    return list(csv.DictReader(io.StringIO(text)))


def as_csv(rows: list[dict[str, str]]) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, rows[0])
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode()


def test_what_is_taken_away_and_brought_back_changes_nothing(office: Office) -> None:
    browser = furnished(office).signed_in()
    version = office.heard.store.entries.version(HUB)
    for collection in ("opportunities", "bursaries", "pathways"):
        data = browser.get(f"{ADDRESS}/export/{collection}.csv").content
        page = bring(browser, data, f"{collection}.csv")
        assert "The file says the same as the directory." in reads(page)
    page = bring(browser, browser.get(f"{ADDRESS}/export.xlsx").content, "all.xlsx")
    assert "0 added, 0 changed, 0 retired, 4 unchanged." in reads(page)
    assert office.heard.store.entries.version(HUB) == version


def test_a_file_is_shown_first_and_then_put_in(office: Office) -> None:
    browser = furnished(office).signed_in()
    rows = taken(browser)
    choir = next(row for row in rows if row["id"] == "tring-choir")
    choir["cost"], choir["cost_note"] = "paid", "£4"
    rows.append(choir | {"id": "tring-band", "name": "Tring Band"})
    page = bring(browser, as_csv(rows))
    said = reads(page)
    assert "1 added, 1 changed, 0 retired, 1 unchanged." in said
    assert "Cost free → paid" in said and "Tring Band" in said
    assert entry(office, "tring-choir").entry.cost == "free"
    done = confirm(browser, page)
    assert "done=imported" in done.headers["location"]
    assert "1 added, 1 changed, 0 retired" in reads(browser.get(done.headers["location"]))
    assert entry(office, "tring-choir").entry.cost == "paid"
    assert entry(office, "tring-band").origin == "import:opportunities.csv"
    assert "Ada changed it." in reads(browser.get(f"{ADDRESS}/entry/tring-choir"))


def test_mistakes_name_the_row_and_nothing_is_imported(office: Office) -> None:
    browser = furnished(office).signed_in()
    rows = taken(browser)
    rows[0]["url"], rows[1]["checked"] = "javascript:alert(1)", "31/02/2027"
    rows.append(rows[0] | {"id": "fine", "url": ""})
    page = bring(browser, as_csv(rows))
    said = reads(page)
    assert page.status_code == 422
    assert "opportunities, row 2" in said and "script" in said
    assert "opportunities, row 3" in said and "there is no such day" in said
    assert 'name="data"' not in page.text
    assert office.heard.store.entries.get(HUB, "fine") is None


@pytest.mark.parametrize(
    ("data", "name", "says"),
    [
        (b"", "opportunities.csv", "opportunities"),
        (b"id,shoe_size\nx,1\n", "opportunities.csv", "shoe_size"),
        (b"name\nx\n", "opportunities.csv", "id is missing"),
        (b"\xff\xfe\x00\x01", "opportunities.csv", "CSV UTF-8"),
        (b'id,name\n"x,1\n', "opportunities.csv", "not CSV"),
        (b"id,name\nx,1\n", "things.csv", "say which list"),
        (b"id,name\nx,1\n", "opportunities.ods", "no XLSX workbook and no CSV file"),
        (b"PK\x03\x04 cut off", "all.xlsx", "no XLSX workbook"),
        (b"id,name\nx,1\n", "all.xlsx", "no XLSX workbook"),
        (b"\x00" * 100, "opportunities.csv", "no CSV"),
    ],
)
def test_a_file_that_is_none_of_ours_is_said_to_be_none(office: Office, data: bytes, name: str, says: str) -> None:
    page = bring(furnished(office).signed_in(), data, name)
    assert page.status_code == 422, reads(page)
    assert says in reads(page)
    assert 'role="alert"' in page.text


def test_a_form_without_a_file_asks_for_one(office: Office) -> None:
    browser = furnished(office).signed_in()
    page = browser.post(IMPORT, data={"csrf": hidden(browser.get(IMPORT), "csrf")})
    assert page.status_code == 422 and "Please choose a file." in reads(page)


def test_a_file_that_is_too_large_is_refused(office: Office) -> None:
    page = bring(furnished(office).signed_in(), b"x" * 3_000_001)
    assert page.status_code == 413 and "larger than 3 MB" in reads(page)


def test_two_rows_with_one_id_are_a_mistake(office: Office) -> None:
    browser = furnished(office).signed_in()
    rows = taken(browser)
    page = bring(browser, as_csv([rows[0], rows[0]]))
    assert page.status_code == 422 and "taken" in reads(page)


def test_a_directory_that_has_changed_meanwhile_is_shown_anew(office: Office) -> None:
    browser = furnished(office).signed_in()
    rows = taken(browser)
    rows[0]["cost"] = "paid"
    page = bring(browser, as_csv(rows))
    fill_in(office.signed_in("Bo", "editor"), f"{ADDRESS}/entry/hatfield-band/edit", name="Hatfield Band")
    again = confirm(browser, page)
    said = reads(again)
    assert again.status_code == 409 and "Somebody has changed the directory" in said
    assert "Hatfield Band → Hatfield Big Band" in said
    assert entry(office, "hatfield-band").entry.name == "Hatfield Band"
    assert confirm(browser, again).status_code == 303
    assert entry(office, "hatfield-band").entry.name == "Hatfield Big Band"


def test_a_whole_list_retires_what_it_does_not_have_when_that_is_ticked(office: Office) -> None:
    browser = furnished(office).signed_in()
    rows = [row for row in taken(browser) if row["id"] != "hatfield-band"]
    assert "0 retired" in reads(bring(browser, as_csv(rows)))
    page = bring(browser, as_csv(rows), whole="yes")
    assert "1 retired" in reads(page)
    confirm(browser, page)
    assert entry(office, "hatfield-band").retired and not entry(office, "lesson-fund").retired


@pytest.mark.parametrize("data", ["", "%%%", "eJw", "AAAA", "x" * 5000])
def test_what_the_preview_carries_along_cannot_be_made_up(office: Office, data: str) -> None:
    browser = furnished(office).signed_in()
    page = bring(browser, as_csv([*taken(browser)[:1], taken(browser)[0] | {"id": "other"}]))
    answer = confirm(browser, page, data=data)
    assert answer.status_code in {409, 422} and office.heard.store.entries.get(HUB, "other") is None


@pytest.mark.parametrize("version", ["", "0", "x", "99999999999999999999"])
def test_a_version_that_is_not_the_directorys_imports_nothing(office: Office, version: str) -> None:
    browser = furnished(office).signed_in()
    page = bring(browser, as_csv([taken(browser)[0] | {"id": "other"}]))
    assert confirm(browser, page, version=version).status_code == 409
    assert office.heard.store.entries.get(HUB, "other") is None


def test_a_file_name_is_only_a_name(office: Office) -> None:
    browser = furnished(office).signed_in()
    rows = as_csv([taken(browser)[0] | {"id": "other"}])
    page = bring(browser, rows, "../../<b>x</b>\\list.csv", collection="opportunities")
    assert "<b>" not in page.text.partition("<main")[2].partition("</title>")[0]
    confirm(browser, page)
    assert entry(office, "other").origin == "import:list.csv"


def test_what_looks_like_a_formula_is_disarmed_in_what_is_taken_away(office: Office) -> None:
    office.heard.store.entries.add(HUB, an_opportunity(id="odd", name="=HYPERLINK(1)", provider="@x"), who="Bo")
    browser = office.signed_in()
    row = taken(browser)[0]
    assert (row["name"], row["provider"]) == ("'=HYPERLINK(1)", "'@x")
    book = zipfile.ZipFile(io.BytesIO(browser.get(f"{ADDRESS}/export.xlsx").content))
    assert not any(b"<f>" in book.read(name) for name in book.namelist())


def test_what_is_taken_away_is_kept_by_no_cache_and_only_lists_of_ours_are_there(office: Office) -> None:
    browser = furnished(office).signed_in("Vi", "viewer")
    assert browser.get(f"{ADDRESS}/export.xlsx").headers["cache-control"] == "no-store"
    for name in ("consultations", "..%2fsecret", "%00"):
        assert browser.get(f"{ADDRESS}/export/{name}.csv").status_code == 404
    assert office.browser().get(f"{ADDRESS}/export.xlsx").status_code == 303
