"""Every route of the staff pages says who may use it, and nobody else gets through: read from the routes themselves."""

import pytest
from fastapi import FastAPI
from fastapi.routing import APIRouter, RouteContext, iter_route_contexts

from bot.message import Pseudonyms
from bot.staff import staff_app
from bot.staff.needs import Anyone, Changes, Needs
from heard.staff import GUARDED, ROLES, Role
from tests.bot.staff.office import SECRET, Office, hidden, reads

BEFORE_SIGNING_IN = {("GET", "/staff/"), ("GET", "/staff/sign-in"), ("POST", "/staff/sign-in")}
"""The only routes for everybody."""
BEFORE = {
    ("POST", "/staff/sign-out"): "code",
    ("GET", "/staff/code"): "code",
    ("POST", "/staff/code"): "code",
    ("GET", "/staff/password"): "password",
    ("POST", "/staff/password"): "password",
}
"""The only routes before the code of the second factor is given, or an own password is chosen."""


def routes(office: Office) -> list[tuple[str, str, RouteContext]]:
    """Every way in: method, address and route."""
    app = staff_app(office.heard, Pseudonyms(SECRET))
    found = [
        (method, str(route.path), route)
        for route in iter_route_contexts(app.routes)
        for method in sorted(route.methods or ())
    ]
    assert len(found) >= 8
    return found


def declared(route: RouteContext) -> Needs | Anyone | None:
    """What the route asks for, or None where it does not say."""
    dependant = getattr(route, "dependant", None)
    calls = [each.call for each in dependant.dependencies] if dependant is not None else []
    said = [call for call in calls if isinstance(call, Needs | Anyone)]
    assert len(said) <= 1, route.path
    return said[0] if said else None


def address(path: str) -> str:
    """The path with something in each of its places."""
    return path.replace("{id_}", "music-that-is-heard").replace("{", "").replace("}", "")


def undeclared(found: list[tuple[str, str, RouteContext]]) -> list[str]:
    """The routes that do not say who may use them, or that change something without asking for a form of ours."""
    return [
        f"{method} {path}"
        for method, path, route in found
        if (needs := declared(route)) is None
        or (isinstance(needs, Anyone) and (method, path) not in BEFORE_SIGNING_IN)
        or (isinstance(needs, Needs) and needs.before != BEFORE.get((method, path)))
        or (isinstance(needs, Needs) and method not in {"GET", "HEAD"} and not isinstance(needs, Changes))
    ]


def test_every_route_says_who_may_use_it_and_every_change_takes_a_form_of_ours(office: Office) -> None:
    assert undeclared(routes(office)) == []


def test_a_route_that_says_nothing_is_found_out(office: Office) -> None:
    router = APIRouter()
    router.add_api_route("/silent", lambda: None, methods=["GET", "POST"])
    app = FastAPI()
    app.include_router(router, prefix="/staff")
    found = [(m, str(r.path), r) for r in iter_route_contexts(app.routes) for m in sorted(r.methods or ())]
    assert {"GET /staff/silent", "POST /staff/silent"} <= set(undeclared(found))


@pytest.mark.parametrize("role", ROLES)
def test_a_role_gets_to_its_own_routes_and_to_no_other(office: Office, role: Role) -> None:
    browser = office.signed_in("Ada", role, second_factor=True)
    for method, path, route in routes(office):
        needs = declared(route)
        if not isinstance(needs, Needs) or needs.permission is None:
            continue
        fields = {"csrf": hidden(browser.get("/staff/password"), "csrf")} if method == "POST" else None
        answer = browser.request(method, address(path), data=fields)
        if needs.permission in ROLES[role]:
            assert answer.status_code not in {401, 403}, (role, method, path)
        else:
            assert answer.status_code == 403, (role, method, path)
            assert "Your account may not do this" in reads(answer)


def test_each_role_has_what_its_work_needs() -> None:
    rights = {role: sorted(permissions) for role, permissions in ROLES.items()}
    assert rights == {
        "viewer": ["read_summaries"],
        "editor": ["edit_content", "read_summaries"],
        "moderator": ["read_answers", "read_summaries"],
        "safeguarding_lead": ["read_summaries", "see_flags"],
        "admin": ["edit_content", "manage_staff", "read_answers", "read_audit", "read_summaries"],
    }
    assert {"read_answers", "see_flags", "manage_staff", "read_audit"} == GUARDED
