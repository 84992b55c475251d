"""A page for each entry, to be sent to somebody: what it says, for a calendar, and for other programs."""

from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from bot.reader import TypedReader
from bot.web.forms import read_form
from bot.web.routes import route_page
from bot.web.site import LANGUAGE, Site
from heard.cards import notice
from heard.content.schema import Bursary, Pathway
from heard.entries import Facts, Listed
from heard.entries.calendar import calendar_of
from heard.entries.schema_org import as_schema_org
from heard.rightness import ANSWERS

_READ = ["GET", "HEAD"]
"""Programs that show what is behind a link ask for the head first."""


def entry_router(site: Site, reader: TypedReader) -> APIRouter:
    """`/entry/<id>`, its calendar file, and what is said of an address that leads nowhere."""
    router = APIRouter(include_in_schema=False)

    @router.api_route("/entry/{id_}.ics", methods=_READ)
    def calendar(request: Request, id_: str) -> Response:
        """The entry's days and weekly times."""
        listed = site.heard.entries.get(id_)
        file = _calendar(site, request, listed) if listed else None
        if file is None:
            return _not_there(site, id_, dates=listed is not None)
        headers = {"Content-Disposition": f'attachment; filename="{id_}.ics"', "Cache-Control": "no-cache"}
        return Response(file, media_type="text/calendar; charset=utf-8", headers=headers)

    @router.api_route("/entry/{id_}", methods=_READ)
    def entry(request: Request, id_: str) -> Response:
        """The entry's page."""
        listed = site.heard.entries.get(id_)
        if listed is None:
            return _not_there(site, id_)
        values = _values(site, request, listed)
        if isinstance(listed.entry, Pathway):
            return route_page(site, reader, request, listed.entry, values)
        return site.page("entry.html", **values)

    @router.post("/entry/{id_}/right")
    async def was_right(request: Request, id_: str) -> Response:
        """Counts whether the entry was right, for the hub to look at what was not. Nobody is kept with it."""
        listed, form = site.heard.entries.get(id_), await read_form(request)
        if form is None:
            return site.page("trouble.html", status=413, title=site.say("pages.money.too_long"), cache="no-store")
        if listed is None:
            return _not_there(site, id_)
        answer = next((a for a in ANSWERS if a == form.get("answer")), None)
        from_here = request.headers.get("sec-fetch-site", "same-origin") in ("same-origin", "none")
        if answer is not None and from_here and request.client is not None:
            site.heard.rightness.on_page(request.client.host, listed.entry.id, answer, site.today())
        thanks = f"?thanks={answer}#was-right" if answer is not None and from_here else ""
        return RedirectResponse(f"{listed.address}{thanks}", 303, {"Cache-Control": "no-store"})

    return router


def _values(site: Site, request: Request, listed: Listed) -> Mapping[str, Any]:
    entry, wording = listed.entry, site.heard.wording
    address = site.address(request, listed.address)
    facts = Facts(wording)
    helpline = site.heard.safeguarding.card(entry.id) if listed.kind == "helpline" else None
    return {
        "here": listed.address,
        "listed": listed,
        "entry": entry,
        "address": address,
        "lead": facts.lead(entry),
        "url": None if isinstance(entry, Pathway) else entry.url,
        "facts": facts.of(entry),
        "conditions": site.heard.bursaries.check.conditions_of(entry) if isinstance(entry, Bursary) else (),
        "contacts": helpline.contacts if helpline else (),
        "person": site.heard.talk.contact_card(LANGUAGE),
        "notice": notice(entry.checked, wording),
        "calendar": f"{listed.address}.ics" if _calendar(site, request, listed) else None,
        "letter": _letter(site, entry.name, address),
        "schema_org": as_schema_org(entry, address),
        "thanks": next((a for a in ANSWERS if a == request.query_params.get("thanks")), ""),
    }


def _calendar(site: Site, request: Request, listed: Listed) -> bytes | None:
    address = site.address(request, listed.address)
    return calendar_of(listed.entry, address, site.today(), site.heard.wording)


def _letter(site: Site, name: str, address: str) -> str:
    """A link that opens an e-mail with the page's address in it."""
    body = site.say("pages.entry.letter", name=name, address=address)
    return f"mailto:?subject={quote(name)}&body={quote(body)}"


def _not_there(site: Site, id_: str, *, dates: bool = False) -> Response:
    """What to do instead: entries of nearly that name, a search, a person."""
    title = site.say("pages.entry.no_dates" if dates else "pages.entry.gone")
    like = site.heard.entries.like(id_[:100])
    words = " ".join(id_.removesuffix(".ics").replace("-", " ").split())[:80]
    person = site.heard.talk.contact_card(LANGUAGE)
    return site.page("entry_gone.html", status=404, title=title, like=like, words=words, person=person)
