"""What every page of the directory needs: the entries, their words, and the way back to a page."""

import re
from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from fastapi import Request
from fastapi.responses import Response

from bot.staff.door import RefusedError, Visit, go
from bot.staff.look import Look
from heard.bootstrap import Heard
from heard.errors import EntryError
from heard.forms import Words
from heard.imports import Checker
from heard.store.entries import Due
from heard.store.entry_edits import Edit
from heard.store.entry_rows import StoredEntry

ADDRESS: Final = "/staff/directory"
_ID = re.compile(r"[a-z0-9-]{1,80}")
"""The database is not asked for anything else."""
_HERE: Final = ZoneInfo("Europe/London")


class Desk:
    """The directory of one hub, as staff work on it."""

    def __init__(self, heard: Heard, look: Look) -> None:
        self._heard = heard
        self.look = look
        self.hub = heard.settings.hub
        self.store = heard.store
        self.threshold = heard.settings.threshold
        self.words = Words(heard.wording)

    @property
    def checker(self) -> Checker:
        """Checks entries by the rules of the content files."""
        return Checker(self._heard.content.districts)

    def page(self, template: str, visit: Visit, status: int = 200, **values: Any) -> Response:
        """A page, with what all of them use. `may_change` says whether this visit may change entries."""
        common = {"words": self.words, "day": day, "moment": moment, "may_change": self.may_change(visit)}
        return self.look.page(template, visit, status, **(common | values))

    def may_change(self, visit: Visit) -> bool:
        """Whether buttons that change something are shown; the routes refuse all others anyway."""
        return visit.session.member.may("edit_content")

    def entry(self, id_: str) -> StoredEntry:
        """One entry. Raises RefusedError where there is none."""
        stored = self.store.entries.get(self.hub, id_) if _ID.fullmatch(id_) else None
        if stored is None:
            raise RefusedError("no_entry", 404)
        return stored

    def due(self) -> Sequence[Due]:
        """What should be checked, the most pressing first."""
        return self.store.entries.due_for_check(self.hub, today(), doubted=self.store.votes.doubted(self.hub))

    def do(self, visit: Visit, edit: Edit) -> None:
        """Makes one change in the name of whoever is here. Raises RefusedError where it cannot be made any more."""
        try:
            self.store.entries.apply(self.hub, [edit], who=visit.session.member.name)
        except EntryError:
            raise RefusedError("no_entry", 404) from None


def today() -> date:
    """The day it is in England."""
    return datetime.now(_HERE).date()


def day(date_: date) -> str:
    """A day as people write it."""
    return f"{date_:%-d %B %Y}"


def moment(at: datetime) -> str:
    """A day and a time of day in England."""
    return f"{at.astimezone(_HERE):%-d %B %Y, %H:%M}"


def to(address: str, **said: str) -> Response:
    """To another page of the directory, with what it should say."""
    return go(f"{ADDRESS}{address}{f'?{urlencode(said)}' if said else ''}")


async def sent(request: Request) -> dict[str, list[str]]:
    """Every text of a form, by its name."""
    form = await request.form()
    return {name: [text for text in form.getlist(name) if isinstance(text, str)] for name in form}
