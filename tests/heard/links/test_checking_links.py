"""Addresses are looked at politely, and each is ok, moved, unsure or broken for a reason."""

import time

import pytest

from heard.links import Look, Pace, check_links
from tests.loopback import Answer, serving

QUICK = Pace(at_once=4, seconds_each=2, pause=0)


def answers(method, path, parameters):
    match path:
        case "/head-refused":
            return Answer(status=405 if method == "HEAD" else 200)
        case "/head-lies":
            return Answer(status=404 if method == "HEAD" else 200)
        case "/for-good":
            return Answer(status=301, headers={"Location": "/fine"})
        case "/for-now":
            return Answer(status=302, headers={"Location": "/fine"})
        case "/slash":
            return Answer(status=301, headers={"Location": "/slash/"})
        case "/circle":
            return Answer(status=302, headers={"Location": "/circle"})
        case "/script":
            return Answer(status=302, headers={"Location": "javascript:alert(1)"})
        case "/to-nowhere":
            return Answer(status=301, headers={"Location": "/404"})
        case "/slow":
            return Answer(wait=10)
        case "/large":
            return Answer(b"x" * 5_000_000, status=405 if method == "HEAD" else 200)
        case _ if path[1:].isdigit():
            return Answer(status=int(path[1:]))
    return Answer("fine")


@pytest.mark.parametrize(
    ("path", "state", "status", "note"),
    [
        ("/fine", "ok", 200, None),
        ("/head-refused", "ok", 200, None),
        ("/head-lies", "ok", 200, None),
        ("/large", "ok", 200, None),
        ("/slash", "ok", 200, None),
        ("/for-now", "ok", 200, "it leads to {site}/fine"),
        ("/for-good", "moved", 200, "it leads to {site}/fine"),
        ("/404", "broken", 404, "there is no such page any more"),
        ("/410", "broken", 410, "there is no such page any more"),
        ("/to-nowhere", "broken", 404, "there is no such page any more"),
        ("/400", "broken", 400, "it reports an error"),
        ("/403", "unsure", 403, "it does not let us in"),
        ("/429", "unsure", 429, "it does not let us in"),
        ("/503", "unsure", 503, "it reports an error"),
        ("/circle", "broken", None, "it sends visitors round in a circle"),
        ("/script", "broken", None, "it leads to something that is no web page"),
        ("/slow", "unsure", None, "it does not answer in time"),
    ],
)
def test_an_address_is_judged_by_its_answer(path, state, status, note):
    with serving(answers) as site:
        found = check_links([site.url + path], QUICK)
    assert found == [Look(site.url + path, state, status, note and note.format(site=site.url))]


NOWHERE = (
    *("http://127.0.0.1:1/", "http://no-such-host.invalid/", f"http://{'a' * 70}.invalid/", "https://127.0.0.1:1/"),
    *("http://[half/", "http://x:port/", "http://"),
)


@pytest.mark.parametrize("url", NOWHERE)
def test_where_nothing_answers_is_broken(url):
    assert [(look.state, look.answered) for look in check_links([url], QUICK)] == [("broken", False)]


def test_a_page_without_a_valid_certificate_is_not_ok():
    with serving(answers) as site:
        look = check_links([site.url.replace("http://", "https://") + "/"], QUICK)[0]
    assert look.state != "ok" and not look.answered


def test_each_address_is_asked_once_and_told_as_it_is_known():
    told = []
    with serving(answers) as site:
        urls = [f"{site.url}/{n}00" for n in (2, 4, 5)]
        found = check_links([*urls, urls[0]], QUICK, told.append)
    assert [look.url for look in found] == urls and {look.url for look in told} == set(urls)
    assert sum(path == "/200" for _, path in site.asked) == 1


def test_one_host_is_asked_one_at_a_time_with_pauses():
    with serving(lambda *_: Answer("fine", wait=0.02)) as site:
        began = time.monotonic()
        check_links([f"{site.url}/{n}" for n in range(5)], Pace(at_once=5, seconds_each=5, pause=0.1))
        took = time.monotonic() - began
    assert site.at_once[1] == 1
    assert took >= 0.4


def test_several_hosts_are_asked_at_once_up_to_the_limit():
    sites = []
    peak, now = [0], [0]

    def answer(*_):
        now[0] += 1
        peak[0] = max(peak[0], now[0])
        time.sleep(0.2)
        now[0] -= 1
        return Answer("fine")

    with serving(answer) as one:
        port = one.url.rpartition(":")[2]
        sites = [f"http://127.0.0.{n}:{port}/" for n in (1, 1)] + [f"http://localhost:{port}/"]
        assert all(look.state == "ok" for look in check_links(sites, Pace(at_once=2, seconds_each=5, pause=0)))
    assert peak[0] <= 2
