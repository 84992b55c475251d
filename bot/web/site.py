"""How the public pages look and what holds for all of them: the layout, the addresses, how fast one may ask."""

import re
from datetime import date
from pathlib import Path
from typing import Any

from fastapi import Request
from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from heard.bootstrap import Heard
from heard.wording import DEFAULT_LANGUAGE

_HERE = Path(__file__).parent
TEMPLATES = _HERE / "templates"
LANGUAGE = DEFAULT_LANGUAGE
_LABEL = re.compile(r"^([^:.]{2,24}:)( .+)$")


def templates(folder: Path) -> Environment:
    """Jinja2 over a folder and the common layout: everything is escaped, and an unknown name is an error."""
    return Environment(
        loader=FileSystemLoader([folder, TEMPLATES]),
        autoescape=select_autoescape(default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )


class Site:
    """Makes the public pages of one installation."""

    def __init__(self, heard: Heard) -> None:
        self._heard = heard
        self._templates = templates(TEMPLATES)

    @property
    def heard(self) -> Heard:
        """What the pages show."""
        return self._heard

    def say(self, key: str, /, **values: Any) -> str:
        """The pages' words."""
        return self._heard.wording.say(key, LANGUAGE, **values)

    def page(self, template: str, /, *, status: int = 200, cache: str = "no-cache", **values: Any) -> HTMLResponse:
        """A page from a template, with the hub, the words and the helplines that every page has."""
        common = {
            "hub": self._heard.content.hub,
            "say": self.say,
            "urgent": self._heard.safeguarding.urgent_cards(),
            "labelled": labelled,
            "here": "",
        }
        html = self._templates.get_template(template).render(common | values)
        return HTMLResponse(html, status, {"Cache-Control": cache})

    def too_fast(self, seconds: int) -> HTMLResponse:
        """The page that asks to wait."""
        return self.page("trouble.html", status=429, title=self.say("pages.trouble.fast"), cache="no-store")

    def address(self, request: Request, path: str) -> str:
        """A page's address as somebody else can open it."""
        base = self._heard.settings.public_url or str(request.base_url).rstrip("/")
        return f"{base}{path}"

    def today(self) -> date:
        """The day, for what is over and what is to come."""
        return date.today()


def labelled(summary: str) -> list[tuple[str, str]]:
    """A card's lines, with the first words apart ("How to apply:") where there are several; as replies.js does it."""
    lines = [line for line in summary.splitlines() if line]
    found = [_LABEL.match(line) if len(lines) > 1 else None for line in lines]
    return [(match[1], match[2]) if match else ("", line) for line, match in zip(lines, found, strict=True)]
