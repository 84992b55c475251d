"""Looks at web addresses: few at once, one at a time for each host, HEAD first and GET where that is refused."""

import asyncio
import time
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass

import httpx

from heard.links.look import Look, State

_MOST_REDIRECTS = 8
_FOR_GOOD = frozenset({301, 308})
_GONE = frozenset({404, 410})
_AGENT = "Mozilla/5.0 (compatible; Heard link check)"


@dataclass(frozen=True)
class Pace:
    """How fast: addresses at once, seconds for one answer, seconds between two questions to one host."""

    at_once: int = 8
    seconds_each: float = 20
    pause: float = 1.0


def check_links(
    urls: Iterable[str], pace: Pace | None = None, told: Callable[[Look], None] | None = None
) -> list[Look]:
    """What came of each address, in their order. `told` hears of each as soon as it is known.

    Nothing of a page is read but its headers.
    """
    return asyncio.run(_check(list(dict.fromkeys(urls)), pace or Pace(), told or (lambda look: None)))


async def _check(urls: list[str], pace: Pace, told: Callable[[Look], None]) -> list[Look]:
    places = asyncio.Semaphore(pace.at_once)
    hosts: defaultdict[str, _Host] = defaultdict(lambda: _Host(pace.pause))
    headers = {"User-Agent": _AGENT, "Accept": "*/*"}
    async with httpx.AsyncClient(timeout=pace.seconds_each, headers=headers, max_redirects=_MOST_REDIRECTS) as client:

        async def one(url: str) -> Look:
            host = hosts[url.split("/")[2].casefold()]
            async with host.turn, places:
                look = await _look(url, client, host.pause)
            told(look)
            return look

        return list(await asyncio.gather(*(one(url) for url in urls)))


class _Host:
    """One host's turns: one question at a time, with a pause in between."""

    def __init__(self, pause: float) -> None:
        self.turn = asyncio.Lock()
        self._pause = pause
        self._last = float("-inf")

    async def pause(self) -> None:
        wait = self._last + self._pause - time.monotonic()
        if wait > 0:
            await asyncio.sleep(wait)
        self._last = time.monotonic()


async def _look(url: str, client: httpx.AsyncClient, pause: Callable[[], Awaitable[None]]) -> Look:
    try:
        await pause()
        answer = await _ask("HEAD", url, client)
        if answer.status_code >= 400:
            # Many servers know no HEAD, or answer it with anything.
            await pause()
            answer = await _ask("GET", url, client)
    except httpx.TooManyRedirects:
        return Look(url, "broken", None, "it sends visitors round in a circle")
    except httpx.TimeoutException:
        return Look(url, "unsure", None, "it does not answer in time")
    except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
        return _no_answer(url, error)
    return _judged(url, answer)


async def _ask(method: str, url: str, client: httpx.AsyncClient) -> httpx.Response:
    async with client.stream(method, url, follow_redirects=True) as answer:
        return answer


def _judged(url: str, answer: httpx.Response) -> Look:
    status, end = answer.status_code, str(answer.url)
    if status in _GONE:
        return Look(url, "broken", status, "there is no such page any more")
    if status >= 400:
        state: State = "unsure" if status in (401, 403, 408, 429) or status >= 500 else "broken"
        return Look(url, state, status, "it does not let us in" if status in (401, 403, 429) else "it reports an error")
    if not answer.history or _same(url, end):
        return Look(url, "ok", status)
    for_good = all(step.status_code in _FOR_GOOD for step in answer.history)
    return Look(url, "moved" if for_good else "ok", status, f"it leads to {end}")


def _same(url: str, end: str) -> bool:
    """Whether only http became https, www came or went, or a slash was added."""

    def plain(address: str) -> str:
        return address.partition("#")[0].partition("://")[2].removeprefix("www.").rstrip("/")

    return plain(url) == plain(end)


def _no_answer(url: str, error: Exception) -> Look:
    said = str(error).lower()
    if "certificate" in said:
        return Look(url, "broken", None, "its certificate is not valid")
    if isinstance(error, httpx.UnsupportedProtocol | httpx.InvalidURL) or "location header" in said:
        return Look(url, "broken", None, "it leads to something that is no web page")
    if isinstance(error, httpx.ConnectError | UnicodeError):
        return Look(url, "broken", None, "nothing answers at this address")
    return Look(url, "unsure", None, "the connection broke off")
