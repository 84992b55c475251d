"""What search engines are told: every page that is for everybody, and nothing that somebody has asked."""

import xml.etree.ElementTree as ET
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from tests.browser.stage import Script, stage_app
from tests.heard.bursaries.talks import the_content

NAMES = {"s": "http://www.sitemaps.org/schemas/sitemap/0.9"}


@pytest.fixture(scope="module")
def client() -> Iterator[TestClient]:
    with TestClient(stage_app(Script())) as client:
        yield client


def test_every_page_is_in_the_map_and_is_there(client: TestClient) -> None:
    answer = client.get("/sitemap.xml")
    assert answer.headers["content-type"].startswith("application/xml")
    found = [url.text or "" for url in ET.fromstring(answer.content).findall("s:url/s:loc", NAMES)]
    content = the_content("hertfordshire")
    entries = (*content.opportunities, *content.bursaries, *content.pathways, *content.helplines)
    pages = {f"{client.base_url}{path}" for path in ("/", "/find", "/bursaries", "/pathways")}
    assert set(found) == pages | {f"{client.base_url}/entry/{entry.id}" for entry in entries}
    assert len(found) == len(set(found))
    assert all(client.get(url).status_code == 200 for url in found[:12])


def test_nobodys_search_and_no_door_is_for_search_engines(client: TestClient) -> None:
    lines = client.get("/robots.txt").text.splitlines()
    assert lines[0] == "User-agent: *"
    for path in ("/api/", "/staff", "/chat", "/find?"):
        assert f"Disallow: {path}" in lines
    assert f"Sitemap: {client.base_url}/sitemap.xml" in lines


def test_the_start_page_leads_to_all_of_them(client: TestClient) -> None:
    page = client.get("/").text
    for path in ("/find", "/bursaries", "/pathways"):
        assert page.count(f'<a href="{path}"') == 2
        assert client.get(path).status_code == 200
