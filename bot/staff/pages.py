"""What staff read. Thin: what may be shown comes protected from heard/summaries."""

import re
from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import Response

from bot.staff.door import HOME, RefusedError, StaffDoor, Visit, go
from bot.staff.look import Look
from bot.staff.needs import Anyone
from heard.bootstrap import Heard
from heard.summaries import summarise

_ID = re.compile(r"[a-z0-9-]{1,80}")
"""The database is not asked for anything else: PostgreSQL takes no zero bytes, for one."""


def pages_router(heard: Heard, door: StaffDoor, look: Look) -> APIRouter:
    """The pages for those who have signed in."""
    router = APIRouter()
    store, hub = heard.store, heard.settings.hub
    reading = Annotated[Visit, Depends(door.needs("read_summaries"))]

    @router.get("")
    def home(visit: reading, done: str = "") -> Response:
        consultations = store.consultations.all(hub)
        return look.page("consultations.html", visit, consultations=consultations, new_password=done == "password")

    @router.get("/", include_in_schema=False, dependencies=[Depends(Anyone())])
    def also_home() -> Response:
        return go(HOME)

    @router.get("/consultations/{id_}")
    def consultation(visit: reading, id_: str) -> Response:
        stored = store.consultations.get(hub, id_) if _ID.fullmatch(id_) else None
        if stored is None:
            raise RefusedError("no_consultation", 404)
        summary = summarise(stored.consultation, store.answers.of(hub, id_), heard.settings.threshold)
        return look.page("summary.html", visit, summary=summary, state=stored.state)

    return router
