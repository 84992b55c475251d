"""`/pathways`: ways through music. Each has the page of an entry, with a picture and, on request, the next steps."""

from collections.abc import Mapping
from typing import Any

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response
from markupsafe import Markup

from bot.reader import TypedReader
from bot.web.forms import Fields, read_address
from bot.web.site import Site
from heard.bursaries.circumstances import Circumstances
from heard.bursaries.learn import age_range, areas_of
from heard.cards import page_of
from heard.content.schema import Pathway
from heard.directory.wish import ages_of_year
from heard.pathways.picture import picture_of
from heard.pathways.walk import Walk

ADDRESS = "/pathways"
_LONGEST = 100


def routes_router(site: Site) -> APIRouter:
    """The list of routes."""
    router = APIRouter(include_in_schema=False)

    @router.api_route(ADDRESS, methods=["GET", "HEAD"])
    def routes(request: Request) -> Response:
        """Every route of this hub."""
        title, listed = site.say("pages.routes.title"), site.heard.pathways.pages.all
        return site.page("routes.html", here=ADDRESS, title=title, routes=listed, page_of=page_of)

    @router.api_route(f"{ADDRESS}/{{id_}}", methods=["GET", "HEAD"])
    def route(id_: str) -> Response:
        """A route has one address, that of its entry."""
        listed = site.heard.entries.get(id_)
        return RedirectResponse(listed.address if listed else ADDRESS, 308 if listed else 303)

    return router


def route_page(
    site: Site, reader: TypedReader, request: Request, route: Pathway, values: Mapping[str, Any]
) -> Response:
    """The page of one route, on top of what every entry's page shows."""
    fields = read_address(request)
    walk, told, problems = _told(site, reader, route, fields)
    pages, wording = site.heard.pathways.pages, site.heard.wording
    page = pages.of(route, walk, told)
    more = {
        "here": ADDRESS,
        "fields": fields,
        "problems": problems,
        "page": page,
        # Our own markup: picture_of escapes every word in it.
        "picture": Markup(picture_of(page, wording)),  # noqa: S704
        "stages": pages.stages(route),
        "asked": bool(fields) and not problems,
    }
    return site.page("route.html", status=422 if problems else 200, **{**values, **more})


def _told(
    site: Site, reader: TypedReader, route: Pathway, fields: Fields
) -> tuple[Walk, Circumstances, dict[str, str]]:
    """Where somebody is, what narrows the entries, and which fields cannot be read."""
    problems: dict[str, str] = {}
    where, age, stage = fields.get("where")[:_LONGEST], fields.get("age")[:_LONGEST], fields.get("stage")
    found = site.heard.typed.place_in(where, reader)
    if where and not found:
        problems["where"] = site.say("pages.find.problem.where", county=site.heard.content.hub.county)
    span = age_range(age) or ages_of_year(age)
    if age and span is None:
        problems["age"] = site.say("pages.find.problem.age")
    if stage and stage not in dict(site.heard.pathways.pages.stages(route)):
        problems["stage"] = site.say("pages.find.problem.choose")
    place = str(found[0].value) if found else None
    home = areas_of(place, site.heard.typed.directory.places) if place else ()
    return Walk(route.id, stage or None, place=place), Circumstances(age=span, home=home), problems
