"""A member of staff keeps the directory true in a real browser: by keyboard, without JavaScript, and as axe sees it."""

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from playwright.sync_api import Page, expect

from tests.bot.staff.directory_desk import ADDRESS, HUB, entry, furnished
from tests.bot.staff.office import OWN_PASSWORD, Office
from tests.browser.conftest import NewPage
from tests.browser.desk import open_office
from tests.browser.look import overflows, small_targets, violations

pytestmark = pytest.mark.slow

PAGES = (
    ADDRESS,
    f"{ADDRESS}/due",
    f"{ADDRESS}/entry/lesson-fund",
    f"{ADDRESS}/entry/lesson-fund/edit",
    f"{ADDRESS}/entry/singing/edit",
    f"{ADDRESS}/new/opportunities",
    f"{ADDRESS}/import",
    "/staff/needs",
)


@pytest.fixture(scope="module")
def desk_of() -> Iterator[tuple[Office, str]]:
    """An office with some entries and some wishes that found nothing."""
    with TemporaryDirectory() as folder, open_office(Path(folder)) as (office, url):
        furnished(office).heard.staff.create_account("Ada", "editor", password=OWN_PASSWORD, one_time=False)
        last_month = f"{date.today().replace(day=1) - timedelta(days=1):%Y-%m}"
        need = {"month": last_month, "topic": "lesson", "district": "dacorum", "ages": "8 to 11", "barrier": "cost"}
        for number in range(60):
            office.heard.store.needs.count(HUB, need | {"instrument": "drums" if number % 3 else "harp"})
        yield office, url


def signed_in(page: Page, url: str) -> Page:
    page.goto(f"{url}/staff")
    page.get_by_label("Your name here").fill("Ada")
    page.get_by_label("Password").fill(OWN_PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    return page


@pytest.mark.parametrize(
    ("width", "scheme"), [(1280, "light"), (360, "dark"), (320, "light")], ids=["desk", "phone", "400 per cent"]
)
def test_every_page_stands_before_axe_and_has_nothing_that_is_too_small_to_press(
    desk_of: tuple[Office, str], new_page: NewPage, width: int, scheme: str
) -> None:
    page = signed_in(new_page(viewport={"width": width, "height": 800}, color_scheme=scheme), desk_of[1])
    for address in PAGES:
        page.goto(f"{desk_of[1]}{address}")
        assert violations(page) == [], address
        # The button that Return presses is seen by nobody; wide tables roll in a region of their own.
        assert [small for small in small_targets(page, 24) if not small.startswith("Save ")] == [], address
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (address, overflows(page))


def test_an_entry_is_added_by_keyboard_alone_and_the_mistakes_have_the_focus(
    desk_of: tuple[Office, str], new_page: NewPage
) -> None:
    office, url = desk_of
    page = signed_in(new_page(java_script_enabled=False), url)
    page.goto(f"{url}{ADDRESS}/new/opportunities")
    page.locator("#f-id").focus()
    page.keyboard.type("cello-club")
    page.keyboard.press("Tab")
    page.keyboard.type("Cello Club")
    page.keyboard.press("Enter")
    alert = page.get_by_role("alert")
    expect(alert).to_contain_text("Nothing has been saved")
    expect(alert).to_be_focused()
    expect(page.get_by_label("Name (needed)")).to_have_value("Cello Club")
    page.get_by_role("link", name="Who runs it: Please fill this in.").click()
    expect(page.get_by_label("Who runs it (needed)")).to_have_attribute("aria-invalid", "true")
    page.get_by_label("Who runs it (needed)").fill("Ms B")
    page.get_by_label("Kind (needed)").select_option("ensemble")
    page.get_by_label("In one or two sentences (needed)").fill("Cellos together.")
    page.get_by_label("For which players (needed)").select_option("any")
    page.get_by_label("Cost (needed)").select_option("free")
    page.get_by_label("Area (needed)").select_option("hertfordshire")
    page.get_by_label("Who it is for (needed)").select_option("young people")
    page.get_by_label("Where the facts come from (needed)").select_option("page")
    instruments = page.get_by_role("group", name="Instruments")
    instruments.locator("summary").press("Enter")
    instruments.get_by_label("Cello", exact=True).check()
    page.get_by_role("button", name="Add a weekly time").click()
    page.get_by_label("Day", exact=True).select_option("monday")
    page.get_by_label("Starts at").fill("18:30")
    page.get_by_role("button", name="Add this entry").click()
    expect(page.get_by_role("status")).to_contain_text("Added.")
    added = entry(office, "cello-club").entry
    assert added.instruments == ("cello",) and added.sessions[0].starts == "18:30"


def test_what_is_due_is_checked_with_one_button(desk_of: tuple[Office, str], desk: Page) -> None:
    office, url = desk_of
    signed_in(desk, url)
    desk.get_by_role("link", name="Directory").click()
    desk.get_by_role("link", name="What to check").click()
    desk.get_by_role("button", name="Checked today: Hatfield Big Band").click()
    expect(desk.get_by_role("status")).to_contain_text("marked as checked today")
    assert entry(office, "hatfield-band").entry.checked is not None


def test_a_spreadsheet_is_taken_away_and_brought_back(desk_of: tuple[Office, str], desk: Page, tmp_path: Path) -> None:
    office, url = desk_of
    signed_in(desk, url)
    desk.goto(f"{url}{ADDRESS}/import")
    with desk.expect_download() as download:
        desk.get_by_role("link", name="Help with the cost (CSV)").click()
    file = tmp_path / "bursaries.csv"
    text = (
        Path(download.value.path()).read_text(encoding="utf-8").replace("Half of the lessons.", "All of the lessons.")
    )
    file.write_text(text, encoding="utf-8")
    desk.get_by_label("File", exact=True).set_input_files(file)
    desk.get_by_role("button", name="Show what would change").click()
    expect(desk.get_by_role("status")).to_contain_text("1 changed")
    expect(desk.get_by_role("main")).to_contain_text("Half of the lessons. → All of the lessons.")
    assert violations(desk) == []
    desk.get_by_role("button", name="Make these changes").click()
    expect(desk.get_by_role("status").first).to_contain_text("0 added, 1 changed, 0 retired")
    assert entry(office, "lesson-fund").entry.what_it_pays == "All of the lessons."


def test_what_was_not_found_is_a_chart_with_a_text_and_a_table(desk_of: tuple[Office, str], desk: Page) -> None:
    signed_in(desk, desk_of[1])
    desk.get_by_role("link", name="What was not found").click()
    expect(desk.get_by_role("img", name="Chart: Instrument.")).to_be_visible()
    expect(desk.get_by_role("region", name="Instrument")).to_contain_text("Drums")
    desk.get_by_role("combobox", name="Instrument").select_option("drums")
    desk.get_by_role("button", name="Show").click()
    expect(desk.get_by_role("main")).to_contain_text("about 40 wishes")
