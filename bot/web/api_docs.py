"""`/api/docs`: the APIs, to be read and tried. Swagger's files are served from here, and no script is in the page."""

from pathlib import Path

import fastapi_offline
from fastapi import APIRouter
from fastapi.responses import Response

from bot.web.site import Site

ADDRESS = "/api/docs"
STATIC = "/api/static"
FILES = Path(fastapi_offline.__file__).parent / "static"


def api_docs_router(site: Site) -> APIRouter:
    """The page of one installation."""
    router = APIRouter(include_in_schema=False)

    @router.get(ADDRESS)
    def api_docs() -> Response:
        return site.page("api_docs.html", files=STATIC)

    return router
