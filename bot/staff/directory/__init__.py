"""The directory's pages for staff: what there is, what to check, the form, spreadsheets."""

from fastapi import APIRouter

from bot.staff.directory.desk import Desk
from bot.staff.directory.editing import editing_router
from bot.staff.directory.entries import entries_router
from bot.staff.directory.lists import lists_router
from bot.staff.directory.sheets import sheets_router
from bot.staff.door import StaffDoor
from bot.staff.look import Look
from heard.bootstrap import Heard


def directory_router(heard: Heard, door: StaffDoor, look: Look) -> APIRouter:
    """All of them: to read for everybody who has signed in, to change for those who may."""
    desk = Desk(heard, look)
    router = APIRouter()
    for make in (lists_router, entries_router, editing_router, sheets_router):
        router.include_router(make(desk, door), prefix="/directory")
    return router
