"""`/robots.txt` and `/sitemap.xml`: what search engines may show, and where it is."""

from xml.sax.saxutils import escape

from fastapi import APIRouter, Request
from fastapi.responses import PlainTextResponse, Response

from bot.web import find, money, routes
from bot.web.site import Site

_PAGES = ("/", find.ADDRESS, money.ADDRESS, routes.ADDRESS)
_NOT_FOR_ALL = ("/api/", "/staff", "/chat", f"{find.ADDRESS}?", "/entry/*?")
"""What is nobody's to find by a search engine: the doors, and every search that somebody has made."""
_READ = ["GET", "HEAD"]


def crawlers_router(site: Site) -> APIRouter:
    """Both files of one installation."""
    router = APIRouter(include_in_schema=False)

    @router.api_route("/robots.txt", methods=_READ)
    def robots(request: Request) -> Response:
        """Who may look where."""
        lines = ["User-agent: *", *(f"Disallow: {path}" for path in _NOT_FOR_ALL)]
        lines += ["", f"Sitemap: {site.address(request, '/sitemap.xml')}", ""]
        return PlainTextResponse("\n".join(lines))

    @router.api_route("/sitemap.xml", methods=_READ)
    def sitemap(request: Request) -> Response:
        """Every page that is for everybody, and when somebody last checked what is on it."""
        pages = [(path, None) for path in _PAGES]
        pages += [(listed.address, listed.entry.checked) for listed in site.heard.entries]
        urls = "".join(
            f"<url><loc>{escape(site.address(request, path))}</loc>"
            f"{f'<lastmod>{checked.isoformat()}</lastmod>' if checked else ''}</url>\n"
            for path, checked in pages
        )
        head = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
        return Response(f"{head}{urls}</urlset>\n", media_type="application/xml")

    return router
