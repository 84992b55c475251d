"""Ways through music over the line: the list, each route with its picture and its words, and the next steps near by."""

import html
import re
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from tests.browser.stage import Script, stage_app
from tests.heard.bursaries.talks import the_content

ORCHESTRA = "/entry/classical-orchestral-hertfordshire"


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with TestClient(stage_app(Script())) as client:
        yield client


def test_every_route_is_in_the_list_and_has_a_page(client: TestClient) -> None:
    page = client.get("/pathways").text
    routes = the_content("hertfordshire").pathways
    assert re.findall(r'<h2><a href="/entry/([a-z-]+)">', page) == [route.id for route in routes]
    for route in routes:
        assert client.get(f"/entry/{route.id}").status_code == 200


def test_a_route_is_a_picture_and_the_same_in_words(client: TestClient) -> None:
    page = html.unescape(client.get(ORCHESTRA).text)
    assert '<svg class="route-picture"' in page and 'role="img"' in page
    (words,) = re.findall(r'<ol class="steps">(.*?)</ol>', page, re.DOTALL)
    route = next(r for r in the_content("hertfordshire").pathways if ORCHESTRA.endswith(r.id))
    assert [t.strip() for t in re.findall(r"<h3>(.*?)</h3>", words)] == [stage.title for stage in route.stages]


def test_the_next_steps_have_entries_near_by_and_help_with_the_cost(client: TestClient) -> None:
    page = client.get(ORCHESTRA, params={"stage": "lessons", "where": "Hatfield", "age": "9"}).text
    (following,) = re.findall(r'<section id="next".*?</section>', page, re.DOTALL)
    assert "Step 3: First group nearby" in following and "Step 4: County group" in following
    assert "in Hatfield" in following and 'href="/entry/mid-herts-music-centre"' in following
    assert 'href="/entry/hms-bursary-stage-2"' in following
    assert "Another way:" in following
    assert "(You are here)" in page


@pytest.mark.parametrize(
    ("fields", "field", "words"),
    [
        ({"where": "Atlantis"}, "where", "I don't know this place"),
        ({"age": "ninety"}, "age", "I don't understand this age"),
        ({"stage": "moon"}, "stage", "Please pick one from this list"),
    ],
)
def test_what_cannot_be_read_is_said_beside_its_field(
    client: TestClient, fields: dict[str, str], field: str, words: str
) -> None:
    answer = client.get(ORCHESTRA, params=fields)
    assert answer.status_code == 422
    assert re.search(rf'<p class="error" id="{field}-problem">{words}', html.unescape(answer.text))


@pytest.mark.parametrize("query", ["where=" + "x" * 3000, "stage=<script>", "age=%00", "where=%F0%9F%A5%81&age=9"])
def test_whatever_is_in_the_address_gets_a_page(client: TestClient, query: str) -> None:
    answer = client.get(f"{ORCHESTRA}?{query}")
    assert answer.status_code in {200, 422}
    assert "<script>" not in answer.text.replace("<script type=", "")


def test_a_route_has_one_address(client: TestClient) -> None:
    moved = client.get("/pathways/rock-and-pop-band", follow_redirects=False)
    assert (moved.status_code, moved.headers["location"]) == (308, "/entry/rock-and-pop-band")
    lost = client.get("/pathways/nothing", follow_redirects=False)
    assert (lost.status_code, lost.headers["location"]) == (303, "/pathways")
