"""`/find`: the search as a form, for whoever would rather type into fields than chat. Works without JavaScript."""

from collections.abc import Iterable, Sequence
from typing import Any
from urllib.parse import urlencode

from fastapi import APIRouter, Request
from fastapi.responses import RedirectResponse, Response

from bot.reader import TypedReader
from bot.web.forms import Fields, read_address
from bot.web.site import LANGUAGE, Site
from heard.directory.search import DROPPABLE, Result
from heard.directory.typed import CHOICES, MILES, Asked, Problem, Typed
from heard.safeguarding import Disclosure

ADDRESS = "/find"
_FREE = ("text", "where", "age")
"""Fields in one's own words."""
_ONE = (*_FREE, "within", "online", "adults")
_PAGE = 10
_DROP = "drop"


def find_router(site: Site, reader: TypedReader) -> APIRouter:
    """The search page of one installation."""
    router = APIRouter(include_in_schema=False)

    @router.api_route(ADDRESS, methods=["GET", "HEAD"])
    def find(request: Request) -> Response:
        """The form, and under it what fits what is in it. Nothing of it is kept or logged."""
        fields = read_address(request)
        clean = _without_details(site, fields)
        if clean is not None:
            # So that no name and no whole postcode stays in the address, which may be kept or sent on.
            return RedirectResponse(_link(clean), 303, {"Cache-Control": "no-store"})
        disclosure = site.heard.safeguarding.screen(site.heard.redact(fields.get("text")).text)
        if disclosure is not None:
            return _help(site, fields, disclosure)
        typed = _typed(fields)
        asked = site.heard.typed.asked(typed, reader) if typed != Typed() else None
        now = site.heard.typed
        results = now.results(asked.wish) if asked and not asked.problems else ()
        for result in results if request.client is not None else ():
            site.heard.needs.on_page(request.client.host, result, now.directory, site.today())
        status = 422 if asked and asked.problems else 200
        return site.page("find.html", status=status, **_values(site, fields, asked, results))

    return router


def _typed(fields: Fields) -> Typed:
    chosen = [(name, value) for name in CHOICES for value in fields.all(name)]
    dropped = [name for name in fields.all(_DROP) if name in DROPPABLE]
    return Typed(**{name: fields.get(name) for name in _ONE}, chosen=tuple(chosen), dropped=tuple(dropped))


def _values(site: Site, fields: Fields, asked: Asked | None, results: Sequence[Result]) -> dict[str, Any]:
    heard = site.heard
    every = [heard.typed.found(result) for result in results]
    named = heard.entries.get(asked.named) if asked and asked.named else None
    shown = _shown(fields)
    return {
        "here": ADDRESS,
        "title": site.say("pages.find.title"),
        "fields": fields,
        "choices": {name: heard.typed.choices(name) for name in CHOICES},
        "miles": MILES,
        "problems": {problem.field: _said(site, problem) for problem in asked.problems} if asked else {},
        "every": [(found, _drops(site, fields, found.dropped)) for found in every],
        "shown": shown,
        "more": _link(fields, shown=str(shown + _PAGE)) if any(len(f.lines) > shown for f in every) else None,
        "which": [(name, _link(fields, where=name)) for name in every[0].which] if every else (),
        "named": named,
        "open": any(fields.get(name) for name in (*CHOICES, "within", "online", "adults")),
        "person": heard.talk.contact_card(LANGUAGE),
        "help_now": None,
    }


def _help(site: Site, fields: Fields, disclosure: Disclosure) -> Response:
    """Somebody may be in danger: who can help comes before any search, and instead of one."""
    replies = site.heard.safeguarding.answer(disclosure, LANGUAGE)
    values = _values(site, Fields(), None, ()) | {"help_now": replies}
    return site.page("find.html", cache="no-store", **values)


def _without_details(site: Site, fields: Fields) -> Fields | None:
    """The same fields without names, numbers and the second half of a postcode; None where there are none in it."""
    redacted = {name: site.heard.redact(fields.get(name)) for name in _FREE}
    if not any(redaction.spans for redaction in redacted.values()):
        return None
    return fields.having({name: str(redaction.text) for name, redaction in redacted.items()})


def _shown(fields: Fields) -> int:
    text = fields.get("shown")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 4 else _PAGE


def _drops(site: Site, fields: Fields, names: Iterable[str]) -> list[tuple[str, str]]:
    """For each condition that stands in the way, what giving it up is called and where that leads."""
    dropped = fields.all(_DROP)
    return [(site.say(f"search.drop_choice.{name}"), _link(fields, **{_DROP: (*dropped, name)})) for name in names]


def _said(site: Site, problem: Problem) -> str:
    return site.say(f"pages.find.problem.{problem.key}", **dict(problem.values))


def _link(fields: Fields, **changes: str | tuple[str, ...]) -> str:
    """The same search with some fields changed, straight to what is found."""
    return f"{ADDRESS}?{urlencode(fields.having(changes).pairs())}#results"
