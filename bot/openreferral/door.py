"""The routes of the feed: thin over heard/openreferral, with conditional answers and a door that is open to all."""

import asyncio
import hashlib
from collections.abc import Callable, Sequence
from email.utils import format_datetime, parsedate_to_datetime
from typing import Any

import orjson
from fastapi import APIRouter, Request
from fastapi.responses import Response
from starlette.middleware.cors import CORSMiddleware
from starlette.types import ASGIApp, Receive, Scope, Send

from bot.openreferral.documented import FOR_ORGANIZATIONS, FOR_SERVICES, FOR_TAXONOMIES, FOR_TERMS, documented
from bot.problems import ProblemError
from heard.bootstrap import Heard
from heard.content.load import Content
from heard.openreferral import Feed, ParameterError, Query

PREFIX = "/openreferral"
_FRESH_FOR = "public, max-age=60"
_LONGEST_QUERY = 2000

Answer = Callable[[Feed, Query], Any]
"""What a route makes of the feed; None where there is no such thing."""


class _Feeds:
    """The feed of the latest directory, made again when there is another."""

    def __init__(self, heard: Heard) -> None:
        self._heard = heard
        self._made: tuple[Content | None, Feed | None] = None, None

    def latest(self) -> Feed:
        content, feed = self._heard.content, self._made[1]
        if feed is None or self._made[0] is not content:
            changed_at = self._heard.store.entries.changed_at(content.hub.id)
            settings = self._heard.settings
            feed = Feed(content, changed_at, self._heard.wording, settings.public_url or settings.own_url)
            self._made = content, feed
        return feed


def openreferral_router(heard: Heard) -> APIRouter:
    """The routes of HSDS-UK 3.0."""
    router = APIRouter(prefix=PREFIX, tags=["open data"])
    feeds = _Feeds(heard)

    async def answer(request: Request, make: Answer) -> Response:
        return await asyncio.to_thread(_answer, request, feeds, make)

    def add(path: str, name: str, make: Answer, parameters: Sequence[str] = ()) -> None:
        async def route(request: Request) -> Response:
            return await answer(request, make)

        _add(router, path, name, route, documented(parameters))

    def add_one(path: str, name: str, make: Callable[[Feed, str], Any]) -> None:
        async def route(request: Request, id: str) -> Response:  # noqa: A002  (the standard's name)
            return await answer(request, lambda feed, _: make(feed, id))

        _add(router, f"{path}/{{id}}", name, route, {})

    add("", "What this feed is", lambda feed, _: feed.about())
    add("/", "What this feed is", lambda feed, _: feed.about())
    add("/services", "Services, by page", Feed.services, FOR_SERVICES)
    add_one("/services", "A service with all that belongs to it", Feed.service)
    add("/organizations", "Organizations, by page", Feed.organizations, FOR_ORGANIZATIONS)
    add_one("/organizations", "An organization with its services", Feed.organization)
    add("/taxonomies", "Taxonomies, by page", Feed.taxonomies, FOR_TAXONOMIES)
    add_one("/taxonomies", "A taxonomy", Feed.taxonomy)
    add("/taxonomy_terms", "Taxonomy terms, by page", Feed.taxonomy_terms, FOR_TERMS)
    add_one("/taxonomy_terms", "A taxonomy term", Feed.taxonomy_term)
    add("/service_at_locations", "Services at their places, by page", Feed.services_at_locations, FOR_SERVICES)
    add_one("/service_at_locations", "A service at one of its places", Feed.service_at_location)
    return router


def _add(router: APIRouter, path: str, name: str, route: Callable[..., Any], extra: dict[str, Any]) -> None:
    id_ = "openreferral" + path.replace("/{id}", "_by_id").replace("/", "_")
    router.add_api_route(
        path, route, methods=["GET"], summary=name, operation_id=id_, openapi_extra=extra, include_in_schema=bool(path)
    )
    router.add_api_route(path, route, methods=["HEAD"], include_in_schema=False)


def _answer(request: Request, feeds: _Feeds, make: Answer) -> Response:
    if len(request.url.query) > _LONGEST_QUERY:
        raise ProblemError(414, "The address is too long; ask for less.")
    feed = feeds.latest()
    try:
        given = {name: request.query_params.getlist(name) for name in request.query_params}
        made = make(feed, Query.read(given))
    except ParameterError as error:
        raise ProblemError(400, str(error)) from None
    if made is None:
        raise ProblemError(404, "There is nothing with this id. It may have been taken out of the directory.")
    body = orjson.dumps(made)
    headers = {
        "ETag": f'"{hashlib.sha256(body).hexdigest()[:32]}"',
        "Last-Modified": format_datetime(feed.made_at, usegmt=True),
        "Cache-Control": _FRESH_FOR,
        "Access-Control-Allow-Origin": "*",
        "Cross-Origin-Resource-Policy": "cross-origin",
    }
    if _known(request, headers["ETag"], feed):
        return Response(status_code=304, headers=headers)
    return Response(body, media_type="application/json", headers=headers)


def _known(request: Request, tag: str, feed: Feed) -> bool:
    """Whether the asker has this very answer. The tag goes before the date (RFC 9110, 13.2.2)."""
    if tags := request.headers.get("if-none-match"):
        return tags.strip() == "*" or tag in [one.strip().removeprefix("W/") for one in tags.split(",")]
    try:
        return feed.made_at <= parsedate_to_datetime(request.headers["if-modified-since"])
    except (KeyError, ValueError, TypeError):
        return False


class OpenToAll:
    """ASGI middleware: pages of other sites may read the feed, and nothing more."""

    def __init__(self, app: ASGIApp) -> None:
        self._app = app
        self._open = CORSMiddleware(
            app,
            allow_origins=["*"],
            allow_methods=["GET", "HEAD"],
            allow_headers=["If-None-Match", "If-Modified-Since"],
            expose_headers=["ETag", "Last-Modified"],
            max_age=86_400,
        )

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        ours = scope["type"] == "http" and (scope["path"] + "/").startswith(f"{PREFIX}/")
        await (self._open if ours else self._app)(scope, receive, send)
