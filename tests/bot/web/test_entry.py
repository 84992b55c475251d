"""A page for each entry, over the line: what it holds, its calendar, and addresses that lead nowhere."""

import json
import re
from collections.abc import Iterator

import httpx
import pytest
from icalendar import Calendar

from tests.browser.stage import standing
from tests.heard.bursaries.talks import the_content


@pytest.fixture(scope="module")
def client() -> Iterator[httpx.Client]:
    with standing() as stage, httpx.Client(base_url=stage.url) as client:
        yield client


def data_in(page: str) -> dict[str, object]:
    (found,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    return dict(json.loads(found))


def test_every_entry_has_a_page_with_its_name_its_check_and_its_data(client: httpx.Client) -> None:
    content = the_content("hertfordshire")
    for entry in (*content.opportunities, *content.bursaries, *content.pathways, *content.helplines):
        page = client.get(f"/entry/{entry.id}")
        assert page.status_code == 200, entry.id
        assert page.text.count("<h1>") == 1
        assert "not checked yet" in page.text
        assert data_in(page.text)["@id"] == f"{client.base_url}/entry/{entry.id}"
        assert f'<link rel="canonical" href="{client.base_url}/entry/{entry.id}">' in page.text


def test_a_page_says_who_to_ask(client: httpx.Client) -> None:
    page = client.get("/entry/mid-herts-music-centre").text
    assert "Who to ask" in page and "Hertfordshire Music Service" in page and "Website (hertsmusicservice" in page
    assert 'href="tel:08001111"' in client.get("/entry/childline").text


def test_a_scheme_says_who_it_is_for_and_never_that_somebody_qualifies(client: httpx.Client) -> None:
    page = client.get("/entry/hms-bursary-stage-1").text
    assert "Has Pupil Premium at school" in page and "Who applies" in page
    assert "The people who give the money decide." in page


def test_a_weekly_time_is_offered_for_a_calendar(client: httpx.Client) -> None:
    with_times = [o.id for o in the_content("hertfordshire").opportunities if o.sessions]
    assert with_times
    address = f"/entry/{with_times[0]}.ics"
    assert f'href="{address}"' in client.get(f"/entry/{with_times[0]}").text
    file = client.get(address)
    assert file.headers["content-type"] == "text/calendar; charset=utf-8"
    assert file.headers["content-disposition"] == f'attachment; filename="{with_times[0]}.ics"'
    assert len(list(Calendar.from_ical(file.content).walk("VEVENT"))) == 1


def test_an_entry_without_dates_says_so_and_offers_no_calendar(client: httpx.Client) -> None:
    assert ".ics" not in client.get("/entry/mid-herts-music-centre").text
    nothing = client.get("/entry/mid-herts-music-centre.ics")
    assert nothing.status_code == 404
    assert "There are no dates here for a calendar" in nothing.text


@pytest.mark.parametrize(
    "id_",
    ["mid-herts-music-center", "nothing-like-it", "%00", "..%2f..%2fetc%2fpasswd", "<script>alert(1)</script>",
     "a" * 3000, "soundstorm-access-fund", "%F0%9F%A5%81", "x'%20OR%201=1", "MID-HERTS-MUSIC-CENTRE"],
)  # fmt: skip
def test_an_address_that_leads_nowhere_helps_on(client: httpx.Client, id_: str) -> None:
    page = client.get(f"/entry/{id_}")
    assert page.status_code == 404
    if page.headers["content-type"].startswith("text/html"):
        assert "There is no page with this address" in page.text
        assert "<script>alert" not in page.text
        assert 'action="/find"' in page.text and "Hertfordshire Music Service" in page.text


def test_a_mistyped_address_names_the_right_one(client: httpx.Client) -> None:
    assert 'href="/entry/mid-herts-music-centre"' in client.get("/entry/mid-herts-music-center").text


def test_the_head_alone_can_be_asked_for(client: httpx.Client) -> None:
    answer = client.head("/entry/mid-herts-music-centre")
    assert (answer.status_code, answer.content) == (200, b"")


def test_an_entry_can_be_sent_by_e_mail(client: httpx.Client) -> None:
    page = client.get("/entry/mid-herts-music-centre").text
    (letter,) = re.findall(r'href="(mailto:\?[^"]+)"', page)
    assert "entry%2Fmid-herts-music-centre" in letter.replace("/", "%2F") and " " not in letter


def test_an_entrys_page_asks_whether_it_was_right_and_counts_an_answer_that_comes_from_it() -> None:
    with standing() as stage, httpx.Client(base_url=stage.url) as client:
        page = client.get("/entry/mid-herts-music-centre").text
        assert "Was this right?" in page and 'action="/entry/mid-herts-music-centre/right"' in page
        done = client.post("/entry/mid-herts-music-centre/right", data={"answer": "wrong"})
        assert done.headers["location"] == "/entry/mid-herts-music-centre?thanks=wrong#was-right"
        assert "Somebody at the hub will look at it" in client.get(done.headers["location"]).text
        assert stage.script.votes == [("mid-herts-music-centre", "wrong")]


@pytest.mark.parametrize(
    ("path", "form", "site", "status"),
    [
        ("mid-herts-music-centre", {"answer": "<b>"}, "same-origin", 303),
        ("mid-herts-music-centre", {}, "same-origin", 303),
        ("mid-herts-music-centre", {"answer": "x" * 100_000}, "same-origin", 413),
        ("mid-herts-music-centre", {"answer": "wrong"}, "cross-site", 303),
        ("no-such-entry", {"answer": "wrong"}, "same-origin", 404),
    ],
)
def test_what_the_pages_buttons_do_not_send_is_not_counted(
    path: str, form: dict[str, str], site: str, status: int
) -> None:
    with standing() as stage, httpx.Client(base_url=stage.url) as client:
        answer = client.post(f"/entry/{path}/right", data=form, headers={"Sec-Fetch-Site": site})
        assert answer.status_code == status and stage.script.votes == []
