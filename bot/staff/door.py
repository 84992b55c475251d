"""Who is at the staff door: cookies, sign-in, forms that came from our own pages."""

import hmac
import re
import secrets
from dataclasses import dataclass
from urllib.parse import urlencode

from fastapi import Request
from fastapi.responses import RedirectResponse, Response

from bot.gate import network
from bot.message import Pseudonyms
from bot.origin import from_another_site
from bot.staff.needs import Before, Changes, Needs
from heard.staff import Permission, SignedIn, StaffAccounts, StaffMember, StaffSession

SESSION_COOKIE = "heard_staff"
FORM_COOKIE = "heard_form"
HOME = "/staff"
SIGN_IN = "/staff/sign-in"
PASSWORD = "/staff/password"  # noqa: S105  (an address)
CODE = "/staff/code"
SECOND_FACTOR = "/staff/second-factor"
_OURS = re.compile(r"/staff(/(?!sign-|code|password)[a-z0-9-]{1,80}(/[a-z0-9-]{1,80}){0,3})?")
"""The pages that somebody may be led to after signing in."""


class ElsewhereError(Exception):
    """The browser must go to another page first."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.address = address


class RefusedError(Exception):
    """Nothing is shown or done; `reason` names the words of the page that says why."""

    def __init__(self, reason: str, status: int = 403) -> None:
        super().__init__(reason)
        self.reason = reason
        self.status = status


@dataclass(frozen=True, slots=True)
class Visit:
    """A signed-in request: whose it is, and the cookie's token."""

    session: StaffSession
    token: str

    @property
    def csrf(self) -> str:
        """Goes into every form."""
        return self.session.csrf


class StaffDoor:
    """Lets in those who have signed in and may."""

    def __init__(self, accounts: StaffAccounts, pseudonyms: Pseudonyms, *, secure: bool) -> None:
        """`secure`: the site is reached by https, whatever a request looks like; its cookies go no other way."""
        self._accounts = accounts
        self._pseudonyms = pseudonyms
        self._secure = secure

    def needs(self, permission: Permission | None = None, *, before: Before | None = None) -> Needs:
        """Declares that a route is for those who have signed in and may."""
        return Needs(self, permission, before)

    def changes(self, permission: Permission | None = None, *, before: Before | None = None) -> Changes:
        """Declares that a route changes something, and takes only a form of ours."""
        return Changes(self, permission, before)

    def visit(self, request: Request, permission: Permission | None = None, before: Before | None = None) -> Visit:
        """The visit of somebody who has signed in. Raises ElsewhereError, or RefusedError without the right.

        First comes the code of the second factor, then an own password, then what the role allows; `before` is for
        the pages on the way.
        """
        visit = self.known(request)
        if visit is None:
            raise ElsewhereError(_sign_in_first(request))
        member = visit.session.member
        if member.code_to_come and before != "code":
            raise ElsewhereError(CODE)
        if member.must_change_password and before is None:
            raise ElsewhereError(PASSWORD)
        if permission is not None and not member.holds(permission):
            raise RefusedError("not_yours")
        if permission is not None and not member.may(permission):
            raise ElsewhereError(SECOND_FACTOR)
        return visit

    def known(self, request: Request) -> Visit | None:
        """The visit of somebody who has signed in; None where nobody has, or it is over."""
        token = self.token(request)
        session = self._accounts.session(token)
        return Visit(session, token) if session is not None else None

    def fresh(self, signed_in: SignedIn) -> Visit:
        """The visit that goes on with a session that has just begun."""
        return Visit(StaffSession(signed_in.member, signed_in.csrf), signed_in.token)

    def token(self, request: Request) -> str:
        """The session's token as the browser gave it."""
        return request.cookies.get(SESSION_COOKIE, "")

    def needs_own_form(self, request: Request, visit: Visit, csrf: str) -> None:
        """Raises RefusedError for a form that is not from our page."""
        if from_another_site(request) or not visit.session.csrf_holds(csrf):
            raise RefusedError("form_old")

    def form_token(self, request: Request) -> str:
        """The token of the sign-in form, where there is no session yet: the same in the cookie and in the form."""
        return request.cookies.get(FORM_COOKIE) or secrets.token_urlsafe(24)

    def needs_form_token(self, request: Request, given: str) -> None:
        """Raises RefusedError for a sign-in form that another site sent."""
        kept = request.cookies.get(FORM_COOKIE, "")
        same = hmac.compare_digest(kept.encode(), given.encode())
        if from_another_site(request) or not kept or not same:
            raise RefusedError("form_old")

    def address(self, request: Request) -> str:
        """A keyed hash of where the request comes from, for the lock-out."""
        host = request.client.host if request.client else None
        return self._pseudonyms.of("staff address", network(host) or "this machine")

    def give_session(self, request: Request, response: Response, token: str) -> Response:
        """Puts the session into the browser."""
        return self._give(request, response, SESSION_COOKIE, token)

    def give_form_token(self, request: Request, response: Response, token: str) -> Response:
        """Puts the sign-in form's token into the browser."""
        return self._give(request, response, FORM_COOKIE, token)

    def take_session(self, request: Request, response: Response) -> Response:
        """Takes the session out of the browser."""
        return self._give(request, response, SESSION_COOKIE, "", lasts=0)

    def _give(self, request: Request, response: Response, name: str, value: str, lasts: int | None = None) -> Response:
        secure = self._secure or request.url.scheme == "https"
        response.set_cookie(name, value, lasts, path=HOME, httponly=True, samesite="strict", secure=secure)
        return response


def go(address: str) -> RedirectResponse:
    """To another page, by GET."""
    return RedirectResponse(address, status_code=303, headers={"Cache-Control": "no-store"})


def wanted(address: str) -> str:
    """The page that somebody asked for before signing in, if it is one of ours; else the first one."""
    return address if _OURS.fullmatch(address) else HOME


def next_stop(member: StaffMember, to: str) -> str:
    """Where somebody goes who has just signed in: what is still to come, then the page that was asked for."""
    if member.code_to_come:
        return CODE if to == HOME else f"{CODE}?{urlencode({'to': to})}"
    return PASSWORD if member.must_change_password else to


def _sign_in_first(request: Request) -> str:
    """The sign-in page, which leads back to what was asked for and tells a session that is over from none at all."""
    to = wanted(request.url.path)
    asked = {"over": "1"} if SESSION_COOKIE in request.cookies else {}
    asked |= {"to": to} if to != HOME else {}
    return f"{SIGN_IN}?{urlencode(asked)}" if asked else SIGN_IN
