"""The directory as staff work on it: lists, entries, what to check."""

from datetime import date, timedelta

import pytest

from heard.staff import Role
from tests.bot.staff.directory_desk import ADDRESS, HUB, a_bursary, entry, fields, furnished
from tests.bot.staff.office import Office, hidden, reads
from tests.builders import an_opportunity

CHANGES = (
    f"{ADDRESS}/entry/tring-choir/checked",
    f"{ADDRESS}/entry/tring-choir/retire",
    f"{ADDRESS}/entry/tring-choir/bring-back",
    f"{ADDRESS}/entry/tring-choir/edit",
    f"{ADDRESS}/new/opportunities",
    f"{ADDRESS}/import",
    f"{ADDRESS}/import/confirm",
)


def test_the_list_has_every_entry_and_says_which_to_check(office: Office) -> None:
    said = reads(furnished(office).signed_in().get(ADDRESS))
    assert "4 entries" in said and "What to check (4)" in said
    assert "Tring Youth Choir Things to join never To check, added here" in said


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=tring", ["Tring Youth Choir"]),
        ("q=TRING+choir", ["Tring Youth Choir"]),
        ("q=some+music+service", ["Hatfield Big Band", "Tring Youth Choir"]),
        ("collection=bursaries", ["Lesson Fund"]),
        ("state=retired", []),
        ("state=added&collection=pathways", ["Singing"]),
        ("state=edited", []),
        ("q=nowhere", []),
    ],
)
def test_the_list_is_searched_and_filtered(office: Office, query: str, found: list[str]) -> None:
    page = furnished(office).signed_in().get(f"{ADDRESS}?{query}")
    names = ("Tring Youth Choir", "Hatfield Big Band", "Lesson Fund", "Singing")
    assert sorted(name for name in names if f">{name}</a>" in page.text) == found
    assert ("Nothing here fits that" in reads(page)) == (not found)


@pytest.mark.parametrize(
    "query", ["page=99", "page=-1", "page=x", "state=%3Cb%3E", "collection=..%2f", "q=%00%22%3E", "q=" + "x" * 5000]
)
def test_odd_filters_are_a_list_all_the_same(office: Office, query: str) -> None:
    page = furnished(office).signed_in().get(f"{ADDRESS}?{query}")
    assert page.status_code == 200 and "<b>" not in page.text


def test_a_long_list_has_pages(office: Office) -> None:
    for number in range(120):
        office.heard.store.entries.add(
            HUB, an_opportunity(id=f"group-{number:03}", name=f"Group {number:03}"), who="Bo"
        )
    browser = office.signed_in()
    first, last = reads(browser.get(ADDRESS)), reads(browser.get(f"{ADDRESS}?page=3"))
    assert "Group 000" in first and "Group 050" not in first and "Page 1 of 3" in first
    assert "Group 119" in last and "Next page" not in last and "Page before" in last
    assert "page=3" in browser.get(f"{ADDRESS}?q=group&page=2").text


def test_an_entry_says_everything_that_is_known_of_it_and_escapes_it(office: Office) -> None:
    store = office.heard.store.entries
    store.add(HUB, an_opportunity(id="odd", name="Odd & <i>Co</i>", cost_note='"£5"', when="Mondays"), who="Bo <b>")
    page = office.signed_in().get(f"{ADDRESS}/entry/odd")
    said = reads(page)
    assert "Odd &amp; &lt;i&gt;Co&lt;/i&gt;" in page.text and "Bo <b> added it." in said
    assert "When Mondays" in said and "Postcode nothing" in said and "Instruments Any" in said
    assert "<i>" not in page.text and "<b>" not in page.text


def test_checked_today_takes_an_entry_off_the_list_and_is_in_its_history(office: Office) -> None:
    browser = furnished(office).signed_in()
    due = browser.get(f"{ADDRESS}/due")
    assert "Tring Youth Choir" in reads(due) and "Never checked" in reads(due)
    form = {"csrf": hidden(due, "csrf"), "back": "due"}
    done = browser.post(f"{ADDRESS}/entry/tring-choir/checked", data=form)
    assert done.headers["location"] == f"{ADDRESS}/due?done=checked"
    assert "Tring Youth Choir" not in reads(browser.get(f"{ADDRESS}/due"))
    assert entry(office, "tring-choir").entry.checked == date.today()
    assert "Ada checked it." in reads(browser.get(f"{ADDRESS}/entry/tring-choir"))


def test_what_was_checked_long_ago_is_due_again_and_says_when_it_was(office: Office) -> None:
    long_ago = date.today() - timedelta(days=121)
    recently = date.today() - timedelta(days=119)
    for id_, day in (("old", long_ago), ("new", recently)):
        office.heard.store.entries.add(HUB, an_opportunity(id=id_, name=f"The {id_} one", checked=day), who="Bo")
    said = reads(office.signed_in().get(f"{ADDRESS}/due"))
    assert f"Last checked {long_ago:%-d %B %Y}, more than 120 days ago" in said
    assert "The old one" in said and "The new one" not in said


def test_something_is_wrong_puts_an_entry_first_until_somebody_has_looked(office: Office) -> None:
    today = date.today()
    office.heard.store.entries.add(HUB, an_opportunity(id="fresh", name="Fresh Band", checked=today), who="Bo")
    browser = furnished(office).signed_in()
    assert "Fresh Band" not in reads(browser.get(f"{ADDRESS}/due"))
    office.heard.store.votes.count(HUB, "fresh", f"{today:%Y-%m}", right=False)
    said = reads(browser.get(f"{ADDRESS}/due"))
    assert "Somebody said that something is wrong" in said
    assert said.index("Fresh Band") < said.index("Tring Youth Choir")
    assert "fewer than 10" in reads(browser.get(f"{ADDRESS}/entry/fresh"))
    browser.post(f"{ADDRESS}/entry/fresh/checked", data={"csrf": hidden(browser.get(f"{ADDRESS}/due"), "csrf")})
    assert "Fresh Band" not in reads(browser.get(f"{ADDRESS}/due"))


def test_an_entry_is_retired_and_brought_back(office: Office) -> None:
    browser = furnished(office).signed_in()
    csrf = {"csrf": hidden(browser.get(ADDRESS), "csrf")}
    browser.post(f"{ADDRESS}/entry/tring-choir/retire", data=csrf)
    assert entry(office, "tring-choir").retired
    page = reads(browser.get(f"{ADDRESS}/entry/tring-choir?done=retired"))
    assert "This entry is retired." in page and "Ada retired it." in page and "Checked today" not in page
    assert "Tring Youth Choir" not in reads(browser.get(f"{ADDRESS}/due"))
    browser.post(f"{ADDRESS}/entry/tring-choir/bring-back", data=csrf)
    assert not entry(office, "tring-choir").retired


def test_the_history_says_who_changed_what_in_plain_words(office: Office) -> None:
    store = furnished(office).heard.store.entries
    fund = entry(office, "lesson-fund").entry
    other = a_bursary(ages={"min": 5, "max": 18}, eligibility=[], what_it_pays="All of the lessons.")
    store.change(HUB, other, who="Cy", seen=None)
    said = reads(office.signed_in().get(f"{ADDRESS}/entry/lesson-fund"))
    assert "Cy changed it." in said
    assert "Half of the lessons. → All of the lessons." in said
    assert "Ages nothing → from age: 5, up to age: 18" in said
    assert "condition: Pupil premium, what is asked for: yes" in said and fund != other


@pytest.mark.parametrize("id_", ["no-such", "x" * 500, "%00", "..%2fetc", "A", "%F0%9F%A5%81"])
def test_an_entry_that_there_is_not_is_a_page_that_leads_back(office: Office, id_: str) -> None:
    browser = furnished(office).signed_in()
    csrf = {"csrf": hidden(browser.get(ADDRESS), "csrf")}
    for page in (
        browser.get(f"{ADDRESS}/entry/{id_}"),
        browser.get(f"{ADDRESS}/entry/{id_}/edit"),
        browser.post(f"{ADDRESS}/entry/{id_}/checked", data=csrf),
        browser.post(f"{ADDRESS}/entry/{id_}/edit", data=csrf),
    ):
        assert page.status_code == 404 and 'href="/staff"' in page.text


def test_another_hubs_entry_is_none_of_ours(office: Office) -> None:
    office.heard.store.entries.add("dorset", an_opportunity(id="theirs", name="Dorset only"), who="Bo")
    browser = furnished(office).signed_in()
    assert browser.get(f"{ADDRESS}/entry/theirs").status_code == 404
    assert "Dorset only" not in browser.get(ADDRESS).text


@pytest.mark.parametrize("role", ["viewer", "moderator", "safeguarding_lead"])
def test_who_may_only_read_sees_no_button_and_can_change_nothing(office: Office, role: Role) -> None:
    browser = furnished(office).signed_in("Vi", role)
    for address in ("", "/due", "/import", "/entry/tring-choir"):
        page = browser.get(f"{ADDRESS}{address}")
        assert page.status_code == 200
        assert (
            f'method="post" action="{ADDRESS}' not in page.text
            and "/edit" not in page.text
            and "/new/" not in page.text
        )
    csrf = {"csrf": hidden(browser.get(ADDRESS), "csrf")}
    for address in CHANGES:
        assert browser.post(address, data=csrf).status_code == 403
    for address in (f"{ADDRESS}/entry/tring-choir/edit", f"{ADDRESS}/new/opportunities"):
        assert browser.get(address).status_code == 403
    assert entry(office, "tring-choir").entry.checked is None


def test_without_a_token_of_ours_nothing_changes(office: Office) -> None:
    browser = furnished(office).signed_in()
    for address in CHANGES:
        for token in ("", "0" * 64):
            assert browser.post(address, data={"csrf": token}).status_code == 403
    assert entry(office, "tring-choir").entry.checked is None and not entry(office, "tring-choir").retired


def test_an_editor_may_change_entries(office: Office) -> None:
    browser = furnished(office).signed_in("Ed", "editor")
    page = browser.get(f"{ADDRESS}/entry/tring-choir")
    browser.post(f"{ADDRESS}/entry/tring-choir/checked", data={"csrf": hidden(page, "csrf")})
    assert entry(office, "tring-choir").entry.checked == date.today()


def test_a_long_form_is_read_only_from_somebody_who_has_signed_in(office: Office) -> None:
    long = {"csrf": "x", "name": "x" * 20_000}
    assert office.browser().post(f"{ADDRESS}/new/opportunities", data=long).status_code == 413
    browser = furnished(office).signed_in()
    assert browser.post(f"{ADDRESS}/new/opportunities", data=long).status_code == 403
    assert browser.post("/staff/password", data=long).status_code == 413
    too_long = {"csrf": fields(browser.get(f"{ADDRESS}/new/opportunities"))["csrf"], "name": "x" * 6_000_001}
    assert browser.post(f"{ADDRESS}/new/opportunities", data=too_long).status_code == 413
