"""What was not found, as a member of staff reads it."""

import csv
import io
from datetime import date, timedelta

import pytest

from tests.bot.staff.office import Office, reads

LAST_MONTH = f"{date.today().replace(day=1) - timedelta(days=1):%Y-%m}"
THIS_MONTH = f"{date.today():%Y-%m}"
USUAL = {
    "month": LAST_MONTH, "topic": "lesson", "instrument": "drums", "district": "dacorum", "ages": "8 to 11",
    "barrier": "cost",
}  # fmt: skip


def missed(office: Office, times: int, **values: str) -> None:
    for _ in range(times):
        office.heard.store.needs.count("hertfordshire", USUAL | values)


def rows(text: str) -> list[list[str]]:
    return list(csv.reader(io.StringIO(text.removeprefix("\ufeff"))))


def test_with_nothing_counted_the_page_says_so(office: Office) -> None:
    page = office.signed_in().get("/staff/needs")
    assert page.status_code == 200
    assert "There are no figures yet." in reads(page) and "fewer than 10 wishes" in reads(page)


def test_the_figures_are_rounded_and_small_ones_are_nowhere_on_the_page_or_in_the_file(office: Office) -> None:
    missed(office, 41)
    missed(office, 23, district="stevenage", instrument="harp", barrier="distance")
    missed(office, 4, instrument="tuba")
    missed(office, 7, district="watford", instrument="sitar")
    missed(office, 12, month=THIS_MONTH)
    browser = office.signed_in()
    page = browser.get("/staff/needs")
    said = reads(page)
    assert "about 75 wishes found nothing that fits" in said and "This month so far: about 10 wishes." in said
    assert "Drums 40" in said and "Too dear" in said
    figures = rows(browser.get("/staff/needs.csv").text)
    assert figures[0][:3] == ["Time", "District", "Instrument"]
    for text in (said.partition("District")[2], str(figures)):
        assert "41" not in text and "Watford 5" not in text
    assert not any("Tuba" in row or "Sitar" in row for row in figures)
    assert all(int(row[6]) % 5 == 0 and int(row[6]) >= 10 for row in figures[1:])


def test_filters_narrow_the_page_and_the_file_alike(office: Office) -> None:
    missed(office, 40)
    missed(office, 30, district="stevenage")
    missed(office, 20, instrument="harp")
    browser = office.signed_in()
    where = f"?period={LAST_MONTH}&district=dacorum&instrument="
    said = reads(browser.get(f"/staff/needs{where}"))
    assert "about 60 wishes" in said and "Drums 40" in said
    figures = rows(browser.get(f"/staff/needs.csv{where}").text)
    assert {row[1] for row in figures[1:]} == {"Dacorum"}
    assert ["Drums", "40"] in [[row[2], row[6]] for row in figures]


@pytest.mark.parametrize(
    "query",
    ["period=2026-13", "period=%00", "district=poole", "instrument=%3Cscript%3E", "period=" + "9" * 4000],
)
def test_a_filter_that_there_is_not_is_a_clear_page(office: Office, query: str) -> None:
    missed(office, 40)
    browser = office.signed_in()
    for address in ("/staff/needs", "/staff/needs.csv"):
        page = browser.get(f"{address}?{query}")
        assert page.status_code == 404 and "There are no such figures" in reads(page)
        assert "<script>" not in page.text


def test_without_figures_there_is_no_file(office: Office) -> None:
    assert office.signed_in().get("/staff/needs.csv").status_code == 404


def test_the_file_is_kept_by_no_cache_and_holds_no_formula(office: Office) -> None:
    missed(office, 40)
    file = office.signed_in().get("/staff/needs.csv")
    assert file.headers["cache-control"] == "no-store"
    assert file.headers["content-disposition"].startswith('attachment; filename="not-found-')
    assert not any(cell.startswith(("=", "+", "-", "@", "\t")) for row in rows(file.text) for cell in row)
