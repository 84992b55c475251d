"""The directory of an office: entries put into its database, and forms filled in as a browser sends them."""

import re
from html import unescape
from html.parser import HTMLParser
from typing import Any

import httpx

from heard.content.schema import Bursary, Opportunity, Pathway
from tests.bot.staff.office import Office, TestClient
from tests.builders import an_opportunity

HUB = "hertfordshire"
ADDRESS = "/staff/directory"


def furnished(office: Office) -> Office:
    """A few entries of each kind of use, in the database of an office; none of them checked."""
    store = office.heard.store
    choir = an_opportunity(
        id="tring-choir", name="Tring Youth Choir", place="Tring", instruments=("voice",), cost="free"
    )
    band = an_opportunity(
        id="hatfield-band", name="Hatfield Big Band", instruments=("trumpet", "saxophone"), ages=(9, 18)
    )
    for entry in (choir, band, a_bursary(), a_pathway()):
        store.entries.add(HUB, entry, who="Bo")
    return office


def a_bursary(**values: Any) -> Bursary:
    usual: dict[str, Any] = {
        "id": "lesson-fund", "name": "Lesson Fund", "confidence": "page", "funder": "The Fund", "area": "hertfordshire",
        "what_it_pays": "Half of the lessons.", "amount_note": None, "ages": None, "how_to_apply": None,
        "evidence_needed": None, "deadline_note": None,
        "eligibility": [
            {"field": "pupil_premium", "value": True},
            {"any_of": [{"field": "send", "value": True}, {"field": "household_income_max", "value": 31000}]},
        ],
    }  # fmt: skip
    return Bursary.model_validate(usual | values)


def a_pathway() -> Pathway:
    stage = {"typical_age": None, "what_happens": "You sing.", "examples": ["tring-choir"]}
    return Pathway.model_validate(
        {
            "id": "singing",
            "name": "Singing",
            "for_whom": "All",
            "confidence": "page",
            "stages": [stage | {"id": "start", "title": "Start"}, stage | {"id": "go-on", "title": "Go on"}],
        }
    )


def entry(office: Office, id_: str) -> Any:
    stored = office.heard.store.entries.get(HUB, id_)
    assert stored is not None
    return stored


class _Form(HTMLParser):
    """What a browser would send of the last form on a page with a field `csrf`, as it stands."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.forms: list[list[tuple[str, str]]] = []
        self._select = self._textarea = ""
        self._text: str | None = None

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        a = {name: value or "" for name, value in attrs}
        if tag == "form":
            self.forms.append([])
        elif tag == "input" and a.get("type") not in ("submit", "file") and a.get("name"):
            if a.get("type") != "checkbox" or "checked" in a:
                self.forms[-1].append((a["name"], a.get("value", "")))
        elif tag == "select":
            self._select = a["name"]
            self.forms[-1].append((self._select, ""))
        elif tag == "option" and "selected" in a and self._select:
            self.forms[-1][-1] = (self._select, a["value"])
        elif tag == "textarea":
            self._textarea, self._text = a["name"], ""

    def handle_data(self, data: str) -> None:
        if self._text is not None:
            self._text += data

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea" and self._text is not None:
            self.forms[-1].append((self._textarea, self._text.removeprefix("\n")))
            self._text = None
        elif tag == "select":
            self._select = ""


def fields(page: httpx.Response, holding: str = "csrf") -> dict[str, list[str]]:
    """The fields of the largest form of a page that has a field of this name."""
    parser = _Form()
    parser.feed(page.text)
    form = max((f for f in parser.forms if any(name == holding for name, _ in f)), key=len)
    found: dict[str, list[str]] = {}
    for name, value in form:
        found.setdefault(name, []).append(value)
    return found


def fill_in(browser: TestClient, address: str, **values: str | list[str]) -> httpx.Response:
    """Opens a form, changes some fields (a dot or bracket in a name as it is in the form) and sends it."""
    return send(browser, address, fields(browser.get(address)), **values)


def send(browser: TestClient, address: str, form: dict[str, list[str]], **values: str | list[str]) -> httpx.Response:
    changed = {name: value if isinstance(value, list) else [value] for name, value in values.items()}
    return browser.post(address, data=form | changed)


def beside(page: httpx.Response, field: str) -> str:
    """What is said to be wrong beside a field."""
    id_ = "f-" + field.replace("[", "-").replace("]", "").replace(".", "-")
    found = re.search(rf'id="{re.escape(id_)}-wrong">([^<]*)<', page.text)
    return unescape(found[1]).strip() if found else ""


__all__ = ["ADDRESS", "HUB", "Opportunity", "a_bursary", "beside", "entry", "fields", "fill_in", "furnished", "send"]
