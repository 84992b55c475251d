"""What was looked for and not found. Thin: the figures come protected from heard/needs."""

from datetime import date
from typing import Annotated

from fastapi import APIRouter, Depends
from fastapi.responses import Response

from bot.staff.door import RefusedError, StaffDoor, Visit
from bot.staff.look import Look
from heard.bootstrap import Heard
from heard.needs.csv_file import rows_of
from heard.needs.gap import NOT_SAID, PLAYED
from heard.needs.report import Asked, NeedsReport, View
from heard.needs.sayings import Names
from heard.sheets import write_csv
from heard.sheets.sheet import disarmed


def gaps_router(heard: Heard, door: StaffDoor, look: Look) -> APIRouter:
    """The page and its file, for those who have signed in."""
    router = APIRouter()
    hub = heard.content.hub
    districts = {d.id: d.name for d in heard.content.districts if d.area in hub.areas}
    report = NeedsReport(heard.store.needs, hub.id, tuple(districts), heard.settings.threshold)
    names = Names(heard.wording, districts)
    reading = Annotated[Visit, Depends(door.needs("read_summaries"))]

    def wanted(period: str, district: str, instrument: str) -> tuple[Asked, View | None]:
        today = date.today()
        periods = report.periods(today)
        asked = Asked(period or next(iter(periods), ""), district or None, instrument or None)
        view = report.view(asked, today)
        if view is None and (periods or period or district or instrument):
            raise RefusedError("no_figures", 404)
        return asked, view

    @router.get("/needs")
    def needs(visit: reading, period: str = "", district: str = "", instrument: str = "") -> Response:
        asked, view = wanted(period, district, instrument)
        today = date.today()
        return look.page(
            "needs.html",
            visit,
            asked=asked,
            view=view,
            names=names,
            periods=report.periods(today),
            districts=(*districts, NOT_SAID),
            instruments=sorted(PLAYED, key=lambda value: names.of("instrument", value)),
            this_month=report.this_month(today),
            threshold=heard.settings.threshold,
        )

    @router.get("/needs.csv")
    def needs_csv(visit: reading, period: str = "", district: str = "", instrument: str = "") -> Response:
        _, view = wanted(period, district, instrument)
        if view is None:
            raise RefusedError("no_figures", 404)
        rows = [
            [disarmed(cell) if isinstance(cell, str) else cell for cell in row]
            for row in rows_of(view, names, heard.wording)
        ]
        name = f"not-found-{view.asked.period.replace('/', '-')}.csv"
        headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
        return Response(write_csv(rows[0], rows[1:]), media_type="text/csv; charset=utf-8", headers=headers)

    return router
