"""Who is at the staff door: cookies, sign-in, forms that came from our own pages."""

import hmac
import secrets
from dataclasses import dataclass

from fastapi import Request
from fastapi.responses import RedirectResponse, Response

from bot.message import Pseudonyms
from bot.problems import ProblemError
from heard.staff import Permission, StaffAccounts, StaffSession

SESSION_COOKIE = "heard_staff"
FORM_COOKIE = "heard_form"
SIGN_IN = "/staff/sign-in"
PASSWORD = "/staff/password"  # noqa: S105  (an address)


class ElsewhereError(Exception):
    """The browser must go to another page first."""

    def __init__(self, address: str) -> None:
        super().__init__(address)
        self.address = address


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
        """`secure`: the site is reached by https, so the cookies say so."""
        self._accounts = accounts
        self._pseudonyms = pseudonyms
        self._secure = secure

    def visit(self, request: Request, permission: Permission | None = None) -> Visit:
        """The visit of somebody who has signed in. Raises ElsewhereError, or ProblemError (403) without the right.

        A one-time password is changed before anything else.
        """
        token = request.cookies.get(SESSION_COOKIE)
        session = self._accounts.session(token)
        if token is None or session is None:
            raise ElsewhereError(SIGN_IN)
        if session.member.must_change_password and permission is not None:
            raise ElsewhereError(PASSWORD)
        if permission is not None and not session.member.may(permission):
            raise ProblemError(403, "your account may not do this; ask the person who runs Heard here")
        return Visit(session, token)

    def needs_own_form(self, visit: Visit, csrf: str) -> None:
        """Raises ProblemError (403) for a form that is not from our page."""
        if not visit.session.csrf_holds(csrf):
            raise ProblemError(403, "this form is out of date; open the page again")

    def form_token(self, request: Request) -> str:
        """The token of the sign-in form, where there is no session yet: the same in the cookie and in the form."""
        return request.cookies.get(FORM_COOKIE) or secrets.token_urlsafe(24)

    def needs_form_token(self, request: Request, given: str) -> None:
        """Raises ProblemError (403) for a sign-in form that another site sent."""
        kept = request.cookies.get(FORM_COOKIE, "")
        if not kept or not hmac.compare_digest(kept.encode(), given.encode()):
            raise ProblemError(403, "this form is out of date; open the sign-in page again and allow cookies")

    def address(self, request: Request) -> str:
        """A keyed hash of where the request comes from, for the lock-out."""
        return self._pseudonyms.of("staff address", request.client.host if request.client else "")

    def give_session(self, response: Response, token: str) -> Response:
        """Puts the session into the browser."""
        self._cookie(response, SESSION_COOKIE, token)
        return response

    def give_form_token(self, response: Response, token: str) -> Response:
        """Puts the sign-in form's token into the browser."""
        self._cookie(response, FORM_COOKIE, token)
        return response

    def take_session(self, response: Response) -> Response:
        """Takes the session out of the browser."""
        response.delete_cookie(SESSION_COOKIE, path="/staff")
        return response

    def _cookie(self, response: Response, name: str, value: str) -> None:
        response.set_cookie(name, value, path="/staff", httponly=True, samesite="strict", secure=self._secure)


def go(address: str) -> RedirectResponse:
    """To another page, by GET."""
    return RedirectResponse(address, status_code=303, headers={"Cache-Control": "no-store"})
