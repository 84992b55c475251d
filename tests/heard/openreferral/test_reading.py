"""A feed is fetched page by page, and one that breaks off anywhere is refused as a whole."""

import dataclasses
import json

import pytest

from heard.content.load import load_content
from heard.openreferral import Feed, Query
from heard.openreferral.reading import FeedError, Limits, read_feed
from heard.wording import Wording
from tests.builders import CONTENT, an_opportunity
from tests.loopback import Answer, serving

QUICK = Limits(seconds_each=2, seconds_all=20)
CONTENTS = dataclasses.replace(
    load_content(CONTENT, "hertfordshire"),
    opportunities=tuple(an_opportunity(id=f"group-{n:03}", name=f"Group {n:03}") for n in range(120)),
)
FEED = Feed(CONTENTS, {}, Wording.load(CONTENT / "wording"), "https://hub.example")


def our_feed(method, path, parameters):
    """Our own feed, as the door serves it."""
    query = Query.read({name: [value] for name, value in parameters.items()})
    if path == "/openreferral":
        return Answer(json.dumps(FEED.about()))
    if path == "/openreferral/services":
        return Answer(json.dumps(FEED.services(query)))
    service = FEED.service(path.rpartition("/")[2])
    return Answer(json.dumps(service)) if service else Answer("{}", 404)


def a_page(*contents, number=1, pages=1, total=None, **more):
    said = {"total_items": len(contents) if total is None else total, "total_pages": pages, "page_number": number}
    return Answer(json.dumps({**said, "last_page": number == pages, "contents": contents, **more}))


def short(id_):
    return {"id": id_, "name": id_, "status": "active", "organization": {"name": "Them"}}


@pytest.mark.parametrize("path", ["", "/", "/services", "/services?"])
def test_our_own_feed_is_read_whole_from_any_of_its_addresses(path):
    def answer(method, path, parameters):
        return our_feed(method, path.rstrip("/"), parameters)

    with serving(answer) as site:
        feed = read_feed(f"{site.url}/openreferral{path}", QUICK)
    assert len(feed.records) == 120 and feed.mistakes == ()
    assert feed.base == f"{site.url}/openreferral/services"
    assert all("attributes" in record.service for record in feed.records)
    assert len(site.asked) <= 5


def test_filters_in_the_address_are_kept():
    with serving(our_feed) as site:
        assert len(read_feed(f"{site.url}/openreferral/services?search=group%20007", QUICK).records) == 1


def test_one_service_is_a_feed_of_one():
    id_ = FEED.services(Query())["contents"][0]["id"]
    with serving(our_feed) as site:
        assert len(read_feed(f"{site.url}/openreferral/services/{id_}", QUICK).records) == 1


def test_a_feed_that_lists_short_services_is_asked_for_each():
    def answer(method, path, parameters):
        if path == "/services":
            n = int(parameters.get("page", 1))
            return a_page(short(f"s{n}a"), short(f"s{n}b"), number=n, pages=3, total=6)
        if path == "/services/s2a":
            return Answer("{}", 500)
        return Answer(json.dumps({**short(path[10:]), "schedules": [{"id": "1"}]}))

    with serving(answer) as site:
        feed = read_feed(f"{site.url}/services", QUICK)
    assert [r.service["id"] for r in feed.records] == ["s1a", "s1b", "s2b", "s3a", "s3b"]
    assert all(record.service["schedules"] for record in feed.records)
    assert [str(m) for m in feed.mistakes] == [
        "record 3 (s2a): the feed lists this service and does not give it (HTTP 500)"
    ]
    assert site.at_once[1] <= QUICK.at_once


def test_what_is_there_twice_or_is_no_service_is_named():
    with serving(lambda *_: a_page({**short("a"), "schedules": []}, {**short("a"), "schedules": []}, 5, None)) as site:
        feed = read_feed(f"{site.url}/services", QUICK)
    assert [str(m) for m in feed.mistakes] == [
        "record 2 (a): the feed has this service twice; record 1 is taken",
        "record 3: this is no service: it needs an id, a name and a status",
        "record 4: this is no service: it needs an id, a name and a status",
    ]


def test_a_feed_that_knows_no_pages_is_read_once():
    with serving(lambda *_: Answer(json.dumps({"contents": [{**short("a"), "schedules": []}]}))) as site:
        assert len(read_feed(f"{site.url}/services", QUICK).records) == 1
    assert len(site.asked) <= 3


def test_somebody_who_is_busy_is_asked_again():
    answers = iter([Answer("{}", 503, {"Retry-After": "0"}), Answer("{}", 429, {"Retry-After": "0"})])
    with serving(lambda *_: next(answers, a_page({**short("a"), "schedules": []}))) as site:
        assert len(read_feed(f"{site.url}/services", QUICK).records) == 1


BROKEN = [
    ("a page that ends in the middle", lambda *_: Answer(b'{"contents": [{"id": "a"', cut=0), "it is cut off"),
    ("a connection that ends in the middle", lambda *_: Answer(b"{}" * 5000, cut=500), "broke off in the middle"),
    ("fewer than it says", lambda *_: a_page(short("a"), total=3), "says 3 services and gave 1"),
    ("no JSON", lambda *_: Answer("<html>Hello</html>"), "this is no JSON"),
    ("no UTF-8", lambda *_: Answer(b'"\xff"'), "not UTF-8"),
    ("something else", lambda *_: Answer('{"contents": "none"}'), "no Open Referral list"),
    ("organizations", lambda *_: Answer('{"contents": [{"id": "1", "name": "A"}]}'), "no services in it"),
    ("nested without end", lambda *_: Answer("[" * 100_000), "nested too deep|cut off"),
    ("an error", lambda *_: Answer("{}", 403), "HTTP 403"),
    ("a circle", lambda *_: Answer(b"", 302, {"Location": "/services"}), "round in a circle"),
    ("no answer", lambda *_: Answer("{}", wait=10), "does not answer in time"),
    ("a file of this machine", lambda *_: Answer(b"", 302, {"Location": "file:///etc/passwd"}), "no http"),
]


@pytest.mark.parametrize(("what", "answer", "advice"), BROKEN, ids=[what for what, *_ in BROKEN])
def test_a_feed_that_is_broken_is_refused_in_one_sentence(what, answer, advice):
    with serving(answer) as site, pytest.raises(FeedError, match=advice) as refused:
        read_feed(f"{site.url}/services", QUICK)
    assert "\n" not in str(refused.value)


def test_a_feed_that_breaks_off_on_a_later_page_gives_nothing():
    def answer(method, path, parameters):
        return (
            a_page(short("a"), number=1, pages=2, total=2) if parameters.get("page", "1") == "1" else Answer("{", cut=0)
        )

    with serving(answer) as site, pytest.raises(FeedError, match=r"page=2.*cut off.*Nothing is imported"):
        read_feed(f"{site.url}/services", QUICK)


@pytest.mark.parametrize(
    ("limits", "advice"),
    [
        (Limits(bytes_each=1000), "too large"),
        (Limits(bytes_all=30_000), "too large"),
        (Limits(services=70), "more than 70 services"),
        (Limits(seconds_all=0), "takes longer than"),
    ],
)
def test_no_feed_is_read_beyond_its_limits(limits, advice):
    with serving(our_feed) as site, pytest.raises(FeedError, match=advice):
        read_feed(f"{site.url}/openreferral/services", limits)


@pytest.mark.parametrize(
    ("source", "advice"),
    [
        ("ftp://feed.example/services", "only http:// and https://"),
        ("file:///etc/passwd", "only http:// and https://"),
        ("javascript://x/%0aalert(1)", "only http:// and https://"),
        ("http://127.0.0.1:1/services", "nothing answers"),
        ("http://feed.example:port/services", "no http"),
        ("http://" + "a" * 70 + ".invalid/", "nothing answers|no http"),
        ("/nowhere/at/all.json", "cannot be read"),
    ],
)
def test_what_is_no_feed_at_all_is_one_sentence(source, advice):
    with pytest.raises(FeedError, match=advice):
        read_feed(source, QUICK)


def test_a_password_in_the_address_is_not_repeated():
    with pytest.raises(FeedError) as refused:
        read_feed("http://me:s3cret-word@127.0.0.1:1/services", QUICK)
    assert "s3cret-word" not in str(refused.value)


@pytest.mark.parametrize(
    ("content", "advice"),
    [
        ('{"contents": [', "cut off"),
        ('{"total_items": 9, "total_pages": 9, "contents": [{"id": "a", "status": "active"}]}', "one page of 9"),
        ("", "cut off|no JSON"),
    ],
)
def test_a_file_that_is_broken_is_refused(tmp_path, content, advice):
    (tmp_path / "feed.json").write_text(content)
    with pytest.raises(FeedError, match=advice):
        read_feed(str(tmp_path / "feed.json"))
