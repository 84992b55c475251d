"""The feed over HTTP: every answer valid by the public schemas, conditional, open to all, and clear when wrong."""

import random
from collections.abc import Iterator
from urllib.parse import urlencode

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from bot.openreferral import OpenToAll, openreferral_router
from bot.problems import handle_problems
from bot.security import SecurityHeaders
from heard.bootstrap import Heard, build
from heard.settings import Settings
from tests.builders import an_opportunity
from tests.openreferral import check, check_page
from tests.system import ROOT

LISTS = {
    "services": ("service_list", "service"),
    "organizations": ("organization_list", "organization"),
    "taxonomies": ("taxonomy", "taxonomy"),
    "taxonomy_terms": ("taxonomy_term", "taxonomy_term"),
    "service_at_locations": ("service_at_location_list", "service_at_location"),
}


@pytest.fixture(scope="module", params=["hertfordshire", "dorset"])
def heard(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Heard]:
    environ = {
        "HUB": request.param,
        "HEARD_VAR": str(tmp_path_factory.mktemp("var")),
        "HEARD_SECRET": "a secret of the tests that is long enough",
    }
    built = build(Settings.from_env(environ, ROOT))
    yield built
    built.store.close()


@pytest.fixture(scope="module")
def client(heard: Heard) -> TestClient:
    app = FastAPI()
    handle_problems(app)
    app.add_middleware(OpenToAll)
    app.add_middleware(SecurityHeaders)
    app.include_router(openreferral_router(heard))
    return TestClient(app, raise_server_exceptions=False)


def get(client: TestClient, path: str, **parameters):
    answer = client.get(f"/openreferral{path}", params=parameters)
    assert answer.status_code == 200, answer.text
    return answer.json()


@pytest.mark.parametrize("path", ["", "/"])
def test_the_root_says_what_this_is(client, path):
    about = get(client, path)
    assert about["version"] == "HSDS-UK-3.0"
    assert about["openapi_url"].endswith("/api/openapi.json") and about["profile"].startswith("https://")


@pytest.mark.parametrize("name", LISTS)
def test_every_page_and_every_object_is_valid(client, name):
    short, full = LISTS[name]
    page, number, seen = {"last_page": False}, 1, []
    while not page["last_page"]:
        page = get(client, f"/{name}", page=number, per_page=20)
        check_page(page, short)
        seen += [one["id"] for one in page["contents"]]
        number += 1
    assert len(seen) == len(set(seen)) == page["total_items"] > 0
    for id_ in random.Random(1).sample(seen, min(len(seen), 15)):
        check(get(client, f"/{name}/{id_}"), full)


def test_links_inside_the_feed_lead_somewhere(client):
    service = get(client, "/services", full="true")["contents"][0]
    assert get(client, f"/organizations/{service['organization_id']}")["name"] == service["organization"]["name"]
    for attribute in service["attributes"]:
        term = get(client, f"/taxonomy_terms/{attribute['taxonomy_term_id']}")
        assert get(client, f"/taxonomies/{term['taxonomy_id']}")["name"] == term["taxonomy"]
        found = get(client, "/services", taxonomy_term_id=term["id"], per_page=500)
        assert service["id"] in [one["id"] for one in found["contents"]]


def test_an_answer_that_is_known_is_not_sent_again(client):
    first = client.get("/openreferral/services")
    tag, date = first.headers["etag"], first.headers["last-modified"]
    for headers in ({"If-None-Match": tag}, {"If-None-Match": f'"x", W/{tag}'}, {"If-Modified-Since": date}):
        again = client.get("/openreferral/services", headers=headers)
        assert again.status_code == 304 and again.content == b"" and again.headers["etag"] == tag
    for headers in ({"If-None-Match": '"x"', "If-Modified-Since": date}, {"If-Modified-Since": "yesterday"}):
        assert client.get("/openreferral/services", headers=headers).status_code == 200
    assert client.get("/openreferral/services?page=2").headers["etag"] != tag


def test_head_is_get_without_the_body(client):
    head, got = client.head("/openreferral/services"), client.get("/openreferral/services")
    assert head.status_code == 200 and head.content == b"" and head.headers["etag"] == got.headers["etag"]


def test_pages_of_other_sites_may_read_and_nothing_more(client):
    origin = {"Origin": "https://elsewhere.example"}
    for path in ("/openreferral/services", "/openreferral/services/none", "/openreferral/services?page=0"):
        assert client.get(path, headers=origin).headers["access-control-allow-origin"] == "*"
    assert client.get("/openreferral/").headers["access-control-allow-origin"] == "*"
    asked = origin | {"Access-Control-Request-Method": "GET", "Access-Control-Request-Headers": "If-None-Match"}
    assert client.options("/openreferral/services", headers=asked).status_code == 200
    asked["Access-Control-Request-Method"] = "POST"
    assert client.options("/openreferral/services", headers=asked).status_code == 400
    assert client.post("/openreferral/services").status_code == 405


@pytest.mark.parametrize("name", LISTS)
@pytest.mark.parametrize("id_", ["nothing", "00000000-0000-0000-0000-000000000000", "%00", "'--", "a" * 3000])
def test_an_unknown_id_is_not_found(client, name, id_):
    answer = client.get(f"/openreferral/{name}/{id_}")
    assert answer.status_code == 404 and answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == 404 and answer.json()["detail"]


@pytest.mark.parametrize(
    ("parameters", "advice"),
    [
        ({"page": "0"}, "page: "),
        ({"per_page": "many"}, "per_page: "),
        ({"minimum_age": "-1"}, "minimum_age: "),
        ({"postcode": "<script>"}, "postcode: "),
        ({"proximity": "10"}, "proximity: "),
        ({"modified_after": "1"}, "modified_after: "),
    ],
)
def test_a_wrong_parameter_is_a_problem_that_names_it(client, parameters, advice):
    for name in ("services", "service_at_locations", "organizations"):
        answer = client.get(f"/openreferral/{name}?{urlencode(parameters)}")
        assert answer.status_code == 400 and answer.headers["content-type"] == "application/problem+json"
        assert answer.json()["detail"].startswith(advice) and "script" not in answer.text


def test_an_address_without_end_is_refused(client):
    assert client.get("/openreferral/services?search=" + "a" * 3000).status_code == 414


def test_a_change_of_the_directory_is_in_the_feed_at_once(heard, client):
    hub = heard.settings.hub
    before = client.get("/openreferral/services?search=xylophones")
    assert before.json()["empty"]
    added = an_opportunity(id="new-xylophones", name="Xylophones for all", area=hub, place=None)
    heard.store.entries.add(hub, added, who="Ann")
    heard.live.refresh()
    after = client.get("/openreferral/services?search=xylophones", headers={"If-None-Match": before.headers["etag"]})
    assert [one["name"] for one in after.json()["contents"]] == ["Xylophones for all"]
    heard.store.entries.retire(hub, "new-xylophones", who="Ann")
    heard.live.refresh()
    assert client.get(f"/openreferral/services/{after.json()['contents'][0]['id']}").status_code == 404
