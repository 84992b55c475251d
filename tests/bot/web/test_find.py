"""The search page over the line: without JavaScript, without Rasa, with whatever is in the address."""

import html
import re
from collections.abc import Iterator

import httpx
import pytest

from tests.browser.stage import standing


@pytest.fixture(scope="module")
def client() -> Iterator[httpx.Client]:
    with standing() as stage, httpx.Client(base_url=stage.url, timeout=30) as client:
        yield client


def found(page: str) -> list[str]:
    return re.findall(r'<h3 class="entry-name"><a href="/entry/([a-z0-9-]+)">', page)


def test_the_form_works_without_any_script(client: httpx.Client) -> None:
    page = client.get("/find").text
    assert '<form method="get" action="/find#results"' in page
    assert "<script" not in page and "onclick" not in page and "style=" not in page
    labelled = set(re.findall(r'<label for="([a-z_]+)"', page))
    named = set(re.findall(r'<(?:input|select)[^>]* name="([a-z_]+)"', page))
    assert labelled == named
    assert {"text", "where", "age", "instrument", "genre", "activity", "cost", "when", "access_need", "online"} <= named
    assert found(page) == []


def test_words_are_read_as_in_the_chat(client: httpx.Client) -> None:
    page = client.get("/find", params={"text": "free drum lessons near Hatfield for my 9 year old"})
    assert page.status_code == 200
    assert "Drum lessons near Hatfield, for age 9, free" in page.text
    assert found(page.text)[:2] == ["hms-first-access-whole-class", "mid-herts-music-centre"]


def test_each_result_says_why_it_fits_what_to_check_and_when_it_was_checked(client: httpx.Client) -> None:
    page = client.get("/find", params={"text": "drums", "where": "Hatfield", "age": "9"}).text
    for card in re.findall(r'<li class="card opportunity">(.*?)</h3>(.*?)<p class="notice">(.*?)</p>', page, re.DOTALL):
        assert "It fits because:" in card[1]
        assert "not checked yet" in card[2]
    assert "cost not given" in page and "Please check:" in page


def test_bad_input_is_said_beside_its_field_and_what_was_typed_stays(client: httpx.Client) -> None:
    answer = client.get("/find", params={"text": "harp", "where": "Atlantis", "age": "ninety"})
    page = html.unescape(answer.text)
    assert answer.status_code == 422
    assert re.search(r'<p class="error" id="where-problem">I don\'t know this place', page)
    assert re.search(r'name="age"[^>]*aria-describedby="age-hint age-problem" aria-invalid="true"', page)
    assert 'value="Atlantis"' in page and 'value="ninety"' in page
    assert 'href="#age"' in page and 'role="alert"' in page
    assert found(page) == []


def test_nothing_found_says_which_condition_to_drop_and_leads_there(client: httpx.Client) -> None:
    wish = {"text": "steel pan degree", "where": "Hatfield", "age": "3", "cost": "free"}
    page = client.get("/find", params=wish).text
    drops = [html.unescape(a) for a in re.findall(r'href="(/find\?[^"]*drop=[^"]+)"', page)]
    assert "Nothing fits all of that." in page and "What comes closest" in page
    assert drops
    assert "drop=" in drops[0] and found(client.get(drops[0]).text)


def test_more_shows_more(client: httpx.Client) -> None:
    first = client.get("/find", params={"where": "Hatfield"}).text
    (more,) = re.findall(r'<a class="button quiet" href="([^"]+)">Show more', first)
    second = client.get(html.unescape(more)).text
    assert len(found(first.split("What comes closest")[0])) == 10
    assert found(second)[:10] == found(first)[:10] and len(found(second)) > 10


@pytest.mark.parametrize(
    "address",
    ["shown=-1", "shown=99999999999999", "shown=%C2%B2", "drop=age&drop=area&text=drums", "text=%00",
     "text=" + "x" * 5000,
     "instrument=harp&instrument=flute", "&&&===", "text[]=x", "where=%F0%9F%A5%81", "a=" * 400, "cost=free'--"],
)  # fmt: skip
def test_whatever_is_in_the_address_gets_a_page(client: httpx.Client, address: str) -> None:
    answer = client.get(f"/find?{address}")
    assert answer.status_code in {200, 422}
    assert answer.text.count("<h1>") == 1


def test_markup_comes_back_as_text(client: httpx.Client) -> None:
    page = client.get("/find", params={"text": "<script>alert(1)</script>\"'>", "where": '"><img src=x>'}).text
    assert "<script>" not in page and "<img src=x>" not in page


def test_a_whole_postcode_and_a_name_do_not_stay_in_the_address(client: httpx.Client) -> None:
    answer = client.get("/find", params={"text": "drums for my son Bartholomew", "where": "SG13 8DE"})
    assert answer.status_code == 303
    assert answer.headers["cache-control"] == "no-store"
    there = answer.headers["location"]
    assert "Bartholomew" not in there and "8DE" not in there and "where=SG13" in there
    page = client.get(there)
    assert page.status_code == 200 and found(page.text)
    assert "Bartholomew" not in page.text


def test_a_cry_for_help_gets_help_and_no_list_of_choirs(client: httpx.Client) -> None:
    answer = client.get("/find", params={"text": "my dad hits me and i am scared to go home"})
    assert 'role="alert"' in answer.text and "Childline" in answer.text.split("<form")[0]
    assert found(answer.text) == []
    assert answer.headers["cache-control"] == "no-store"
    assert "hits me" not in answer.text


def test_the_name_of_an_entry_leads_to_it(client: httpx.Client) -> None:
    page = client.get("/find", params={"text": "Mid Herts Music Centre (Hatfield)"}).text
    assert "Do you mean this one?" in page and 'href="/entry/mid-herts-music-centre"' in page


def test_no_address_holds_more_than_it_was_asked_for(client: httpx.Client) -> None:
    page = client.get("/find", params={"where": "Hatfield", "surprise": "drums"}).text
    assert "Music near Hatfield" in page


def test_children_who_want_different_things_get_a_list_each(client: httpx.Client) -> None:
    page = client.get(
        "/find", params={"text": "choir for my 7 year old and drums for my 12 year old", "where": "Watford"}
    )
    assert re.findall(r"<h2>([^<]+)</h2>", page.text)[:1] == ["Choirs near Watford, for age 7"]
    assert "<h2>Drums near Watford, for age 12</h2>" in page.text
