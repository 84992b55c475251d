"""What staff read: the list, the summaries, and who may."""

import re
from collections import defaultdict
from pathlib import Path

import pytest

from bot.message import Pseudonyms
from bot.staff import staff_app
from tests.bot.staff.office import CONSULTATION, SECRET, Office, an_office, reads

SUMMARY = f"/staff/consultations/{CONSULTATION}"
OPEN_TO_ALL = {"/staff/sign-in"}


def routes(office: Office) -> list[tuple[str, str]]:
    """Every way in: method and address."""
    paths = staff_app(office.heard, Pseudonyms(SECRET)).openapi()["paths"]
    found = [
        (method.upper(), path.format_map(defaultdict(lambda: "opportunities", id_=CONSULTATION)))
        for path, methods in paths.items()
        for method in methods
    ]
    assert len(found) >= 7
    return found


def test_without_a_sign_in_every_page_leads_to_it_and_does_nothing(office: Office) -> None:
    stranger = office.browser()
    for method, path in routes(office):
        if path not in OPEN_TO_ALL:
            page = stranger.request(method, path)
            assert (page.status_code, page.headers["location"].partition("?")[0]) == (303, "/staff/sign-in"), path


def test_the_list_names_the_hubs_consultations(office: Office) -> None:
    page = office.signed_in().get("/staff")
    assert "Is your music heard? Open, from 1 November 2026 to 31 December 2027" in reads(page)
    assert f'href="{SUMMARY}"' in page.text
    assert "Sign out Ada" in page.text


@pytest.mark.parametrize("people", [0, 1, 9])
def test_too_few_answers_show_the_questions_and_no_figure(office: Office, people: int) -> None:
    office.answers(people, ("a very own idea",))
    said = reads(office.signed_in().get(SUMMARY))
    assert "Fewer than 10 people have answered so far." in said
    assert "1. Where do you make music at the moment?" in said and "At school" in said
    assert "very own idea" not in said and "Answered:" not in said and "%" not in said


def test_enough_answers_are_counted_rounded_and_the_rest_is_hidden(office: Office) -> None:
    office.answers(36, ("cheaper buses", "more drums"))
    said = reads(office.signed_in().get(SUMMARY))
    assert "At least 35 people have taken part." in said
    assert "1. Where do you make music at the moment? Answered: 35. Skipped: hidden ." in said
    assert "At school 25 71 % In a group, a music centre or lessons outside school hidden -" in said
    assert said.count("cheaper buses") == said.count("more drums") == 3 * 18
    assert "24" not in said and "36" not in said


def test_twelve_answers_have_counts_and_no_shares(office: Office) -> None:
    office.answers(12)
    said = reads(office.signed_in().get(SUMMARY))
    assert "At least 10 people have taken part." in said
    assert not re.search(r"\d %", said)
    assert "cheaper buses" in said


def test_a_higher_threshold_holds(tmp_path: Path) -> None:
    office = an_office(tmp_path, HEARD_THRESHOLD="20")
    office.answers(15)
    assert "Fewer than 20 people have answered so far." in reads(office.signed_in().get(SUMMARY))
    office.heard.store.close()


def test_what_somebody_wrote_is_text_and_never_markup(office: Office) -> None:
    attacks = ("<script>alert(1)</script>", "<img src=x onerror=alert(1)>", "{{ 7 * 7 }}", "&lt;b&gt; \"'>", "a\nb")
    office.answers(12, attacks)
    summary = office.signed_in().get(SUMMARY)
    page = summary.text
    assert "<script" not in page and "<img src=x" not in page
    assert "49" not in reads(summary)  # a form's token may well have it
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "{{ 7 * 7 }}" in page
    assert "&amp;lt;b&amp;gt;" in page


def test_a_viewer_may_read(office: Office) -> None:
    browser = office.signed_in("Bea", "viewer")
    assert browser.get("/staff").status_code == browser.get(SUMMARY).status_code == 200


@pytest.mark.parametrize(
    "id_", ["no-such-one", "x" * 500, "%00", "..%2f..%2fetc", "'%20OR%201=1", "%F0%9F%A5%81", "{id_}", "A-B", "%0a"]
)
def test_an_unknown_consultation_is_a_page_that_leads_back(office: Office, id_: str) -> None:
    page = office.signed_in().get(f"/staff/consultations/{id_}")
    assert page.status_code == 404
    assert page.headers["content-type"].startswith("text/html")
    assert 'href="/staff"' in page.text


def test_another_hubs_consultation_is_unknown(office: Office) -> None:
    theirs = office.heard.content.consultations[0].model_copy(update={"id": "of-dorset", "title": "Dorset only"})
    office.heard.store.consultations.put_from_content("dorset", [theirs])
    browser = office.signed_in()
    assert browser.get("/staff/consultations/of-dorset").status_code == 404
    assert "Dorset only" not in browser.get("/staff").text


def test_no_page_is_kept_by_a_cache_or_shown_inside_another(office: Office) -> None:
    browser = office.signed_in()
    for page in (
        browser.get("/staff"),
        browser.get(SUMMARY),
        browser.get("/staff/password"),
        browser.get("/staff/nothing"),
        browser.post("/staff/sign-out"),
        office.browser().get("/staff"),
        office.browser().get("/staff/sign-in"),
    ):
        assert page.headers["cache-control"] == "no-store"
        assert page.headers["x-frame-options"] == "DENY"
        assert "script-src 'self'" in page.headers["content-security-policy"]
        assert "<script" not in page.text and " style=" not in page.text and " onclick=" not in page.text
