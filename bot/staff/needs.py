"""What a route of the staff pages asks for, said where the route is: whose visit it must be, and what it may do.

    @router.get("/needs")
    def needs(visit: Annotated[Visit, Depends(door.needs("read_summaries"))]) -> Response:

    @router.post("/needs")
    def change(visit: Annotated[Visit, Depends(door.changes("edit_content"))]) -> Response:

A test reads these from the routes and fails for one that says nothing.
"""

from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal

from fastapi import Form, Request

from heard.staff import Permission

if TYPE_CHECKING:
    from bot.staff.door import StaffDoor, Visit

Before = Literal["code", "password"]


class Anyone:
    """A route for those who have not signed in yet."""

    def __call__(self) -> None:
        """Lets everybody through."""


@dataclass(frozen=True, eq=False)
class Needs:
    """A route for those who have signed in.

    `permission` None: whatever their role. `before`: also while the code of the second factor, or an own password, is
    still to come; the code comes first.
    """

    door: "StaffDoor"
    permission: Permission | None = None
    before: Before | None = None

    def __call__(self, request: Request) -> "Visit":
        """The visit. Raises ElsewhereError or RefusedError."""
        return self.door.visit(request, self.permission, self.before)


class Changes(Needs):
    """A route that changes something, from a form of ours: it carries the session's own token in the field `csrf`."""

    def __call__(self, request: Request, csrf: Annotated[str, Form()] = "") -> "Visit":  # type: ignore[override]
        """The visit. Raises ElsewhereError or RefusedError."""
        visit = super().__call__(request)
        self.door.needs_own_form(request, visit, csrf)
        return visit
