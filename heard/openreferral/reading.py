"""An Open Referral feed, fetched page by page or read from a file, within limits of size and time.

Whatever breaks off in the middle is an error of the whole: half a feed would look like the retirement of the rest.
"""

import json
import time
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

import httpx

from heard.errors import HeardError
from heard.imports.proposal import Mistake

Json = dict[str, Any]

_SCHEMES = ("http://", "https://")
_AGAIN = frozenset({429, 502, 503, 504})
_FULL = frozenset({"attributes", "schedules", "service_at_locations", "cost_options", "contacts", "service_areas"})
"""What only a full service has."""


class FeedError(HeardError):
    """A feed that cannot be read as a whole; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is read at most, so that no feed can fill the disk or take all day."""

    bytes_each: int = 20_000_000
    bytes_all: int = 300_000_000
    services: int = 20_000
    seconds_each: float = 30
    seconds_all: float = 1800
    at_once: int = 4
    tries: int = 3


@dataclass(frozen=True, slots=True)
class Record:
    """One service as the feed has it, whole as far as it gives it whole."""

    where: str
    service: Json


@dataclass(frozen=True, slots=True)
class FeedRead:
    """Everything that was read. `base` is the address under which services are, None for a file."""

    source: str
    base: str | None
    records: tuple[Record, ...]
    mistakes: tuple[Mistake, ...]


def read_feed(source: str, limits: Limits | None = None) -> FeedRead:
    """Reads a feed at an http(s) address, its /services or one service, or a file of one of these.

    Raises FeedError.
    """
    if source.lower().startswith(_SCHEMES):
        with _Fetching(limits or Limits()) as fetching:
            return _fetched(source, fetching, limits or Limits())
    if "://" in source:
        raise FeedError(f"{source}: only http:// and https:// addresses are read, and files")
    return _from_file(Path(source), limits or Limits())


def _from_file(path: Path, limits: Limits) -> FeedRead:
    try:
        if path.stat().st_size > limits.bytes_each:
            raise FeedError(f"{path.name}: the file is larger than {limits.bytes_each // 1_000_000} MB")
        value = _json(path.read_bytes(), path.name)
    except OSError as error:
        raise FeedError(f"{path}: it cannot be read ({error.strerror})") from error
    listed = _listed(value, path.name)
    if isinstance(value, dict) and _count(value, "total_pages") > 1 and len(listed) < _count(value, "total_items"):
        raise FeedError(
            f"{path.name}: this is one page of {value['total_pages']}; give the address of the feed, or a file with all"
        )
    return _read(path.name, None, enumerate(listed, start=1))


def _fetched(source: str, fetching: "_Fetching", limits: Limits) -> FeedRead:
    try:
        start = httpx.URL(source)
    except httpx.InvalidURL:
        raise FeedError(f"{source}: this is no http(s) address") from None
    first = fetching.get(start, missing_is_none=True)
    if first is None or (isinstance(first, dict) and "version" in first and "contents" not in first):
        start = start.copy_with(path=f"{start.path.rstrip('/')}/services")
        first = None
    if isinstance(first, dict) and "contents" not in first:
        return _read(_label(start), None, enumerate(_listed(first, _label(start)), start=1))
    items = list(_pages(start, fetching, limits))
    base = str(start.copy_with(query=None, fragment=None)).rstrip("/")
    with ThreadPoolExecutor(limits.at_once) as threads:
        whole = list(threads.map(lambda item: _whole(item, base, fetching), items))
    return _read(_label(start), base, enumerate(whole, start=1))


def _pages(start: httpx.URL, fetching: "_Fetching", limits: Limits) -> Iterator[Any]:
    """The contents of every page. Fails where there are fewer than the feed says, or the same page comes again."""
    number, got, said = 1, 0, 0
    before: list[Any] = []
    while True:
        page = fetching.get(start.copy_merge_params({"page": str(number), "full": "true"}))
        contents = _listed(page, f"page {number}")
        said = max(said, _count(page, "total_items"))
        if contents and contents == before:
            break  # a feed that knows no pages gives the first one again
        yield from contents
        got += len(contents)
        if got > limits.services:
            raise FeedError(f"the feed has more than {limits.services} services; narrow it, as with ?search=music")
        last = not isinstance(page, dict) or page.get("last_page") is True or not contents
        if last or (_count(page, "total_pages") and number >= _count(page, "total_pages")):
            break
        before, number = contents, number + 1
    if got < said:
        raise FeedError(f"the feed is cut off: it says {said} services and gave {got}. Nothing is imported; try later.")


def _whole(item: Any, base: str, fetching: "_Fetching") -> Any:
    """The full service for a short one; the mistake where the feed does not give it."""
    if not isinstance(item, dict) or _FULL & item.keys() or not isinstance(item.get("id"), str) or "service" in item:
        return item
    try:
        whole = fetching.get(httpx.URL(f"{base}/{quote(item['id'], safe='')}"))
    except _RefusedError as error:
        return Mistake("", item["id"], f"the feed lists this service and does not give it ({error.status})")
    return whole if isinstance(whole, dict) else item


def _read(source: str, base: str | None, items: Any) -> FeedRead:
    records: dict[str, Record] = {}
    mistakes: list[Mistake] = []
    for number, item in items:
        where = f"record {number}"
        if isinstance(item, Mistake):
            mistakes.append(Mistake(where, item.id, item.advice))
            continue
        service = _service(item)
        id_ = service.get("id") if service else None
        if service is None or not isinstance(id_, str) or not id_.strip():
            mistakes.append(Mistake(where, None, "this is no service: it needs an id, a name and a status"))
        elif id_ in records:
            if not _further_place(records[id_].service, service):
                mistakes.append(Mistake(where, id_, f"the feed has this service twice; {records[id_].where} is taken"))
        else:
            records[id_] = Record(where, service)
    return FeedRead(source, base, tuple(records.values()), tuple(mistakes))


def _service(item: Any) -> Json | None:
    """A service; a service at location is turned round."""
    if not isinstance(item, dict):
        return None
    if isinstance(item.get("service"), dict):
        site = {name: value for name, value in item.items() if name != "service"}
        return {**item["service"], "service_at_locations": [site]}
    return dict(item)


def _further_place(service: Json, again: Json) -> bool:
    """Adds the place of the same service at another location; false where it is simply there twice."""
    here, more = service.get("service_at_locations"), again.get("service_at_locations")
    new = isinstance(here, list) and isinstance(more, list) and any(site not in here for site in more)
    if isinstance(here, list) and isinstance(more, list) and new:
        service["service_at_locations"] = [*here, *(site for site in more if site not in here)]
    return new


def _listed(value: Any, name: str) -> list[Any]:
    """The services in a page, a bare list or a single object."""
    contents = value.get("contents") if isinstance(value, dict) and "contents" in value else value
    if isinstance(contents, dict) and ("status" in contents or "service" in contents):
        contents = [contents]
    if not isinstance(contents, list):
        raise FeedError(f"{name}: this is no Open Referral list; expected a page with contents, or one service")
    objects = [item for item in contents if isinstance(item, dict)]
    if objects and not any({"status", "service", "organization"} & item.keys() for item in objects):
        raise FeedError(f"{name}: there are no services in it; give the address or the file of the services")
    return contents


def _count(page: Any, name: str) -> int:
    value = page.get(name) if isinstance(page, dict) else None
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else 0


def _label(url: httpx.URL) -> str:
    """The address without a password."""
    return str(url.copy_with(username=None, password=None)).split("://", 1)[1]


def _json(data: bytes, name: str) -> Any:
    try:
        return json.loads(data.decode("utf-8-sig"), parse_constant=lambda word: None)
    except UnicodeDecodeError:
        raise FeedError(f"{name}: this is not UTF-8") from None
    except json.JSONDecodeError as error:
        cut = error.pos >= len(error.doc.rstrip()) - 1 or "Unterminated" in error.msg
        what = "it is cut off: the JSON ends in the middle" if cut else f"this is no JSON (line {error.lineno})"
        raise FeedError(f"{name}: {what}. Nothing is imported.") from None
    except RecursionError:
        raise FeedError(f"{name}: it is nested too deep") from None


class _RefusedError(FeedError):
    """An answer with an HTTP status that is none we can use."""

    def __init__(self, url: str, status: int) -> None:
        super().__init__(f"{url} answers with HTTP {status}; nothing is imported")
        self.status = f"HTTP {status}"


class _Fetching:
    """Gets JSON over HTTP, counting bytes and seconds."""

    def __init__(self, limits: Limits, sleep: Callable[[float], None] = time.sleep) -> None:
        self._limits = limits
        self._sleep = sleep
        self._until = time.monotonic() + limits.seconds_all
        self._bytes = 0
        headers: Mapping[str, str] = {"Accept": "application/json", "User-Agent": "Heard (directory import)"}
        self._client = httpx.Client(
            follow_redirects=True, max_redirects=5, timeout=limits.seconds_each, headers=headers
        )

    def __enter__(self) -> "_Fetching":
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()

    def get(self, url: httpx.URL, *, missing_is_none: bool = False) -> Any:
        """The JSON at an address. With `missing_is_none`, None where there is nothing. Raises FeedError."""
        shown = _label(url)
        for left in reversed(range(self._limits.tries)):
            try:
                with self._client.stream("GET", url) as answer:
                    if answer.status_code in _AGAIN and left:
                        self._sleep(_pause(answer))
                        continue
                    if answer.status_code == 404 and missing_is_none:
                        return None
                    if answer.status_code != 200:
                        raise _RefusedError(shown, answer.status_code)
                    return _json(self._body(answer, shown), shown)
            except (httpx.HTTPError, httpx.InvalidURL, UnicodeError) as error:
                raise FeedError(f"{shown}: {_reason(error)} Nothing is imported; try later.") from error
        raise AssertionError("the last try returns or raises")

    def _body(self, answer: httpx.Response, shown: str) -> bytes:
        body = bytearray()
        for part in answer.iter_bytes():
            body += part
            self._bytes += len(part)
            if len(body) > self._limits.bytes_each or self._bytes > self._limits.bytes_all:
                raise FeedError(f"{shown}: the feed is too large ({self._bytes // 1_000_000} MB so far); narrow it")
            if time.monotonic() > self._until:
                minutes = round(self._limits.seconds_all / 60)
                raise FeedError(f"{shown}: the feed takes longer than {minutes} minutes. Nothing is imported.")
        return bytes(body)


def _pause(answer: httpx.Response) -> float:
    after = answer.headers.get("Retry-After", "")
    return min(int(after), 60) if after.isdigit() else 2.0


def _reason(error: Exception) -> str:
    if isinstance(error, httpx.TimeoutException):
        return "it does not answer in time."
    if isinstance(error, httpx.ConnectError):
        return "nothing answers at this address."
    if isinstance(error, httpx.TooManyRedirects):
        return "it sends us round in a circle."
    if isinstance(error, httpx.UnsupportedProtocol | httpx.InvalidURL | UnicodeError):
        return "this is no http(s) address."
    return "the connection broke off in the middle."
