"""Errors as pages: what went wrong and what to do, never what somebody wrote."""

import structlog
from fastapi import FastAPI, Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from starlette.exceptions import HTTPException

from bot.staff.door import ElsewhereError, RefusedError, go
from bot.staff.look import Look
from heard.errors import StoreError

log = structlog.get_logger()


def handle_trouble(app: FastAPI, look: Look) -> None:
    """Makes every error of the staff pages a page."""

    @app.exception_handler(ElsewhereError)
    async def elsewhere(request: Request, error: ElsewhereError) -> Response:
        return go(error.address)

    @app.exception_handler(RefusedError)
    async def refused(request: Request, error: RefusedError) -> Response:
        return look.trouble(error.reason, error.status)

    @app.exception_handler(RequestValidationError)
    async def malformed(request: Request, error: RequestValidationError) -> Response:
        return look.trouble("form_wrong", 422)

    @app.exception_handler(HTTPException)
    async def http_error(request: Request, error: HTTPException) -> Response:
        page = look.trouble("not_found" if error.status_code in {404, 405} else "form_wrong", error.status_code)
        page.headers.update(error.headers or {})
        return page

    @app.exception_handler(StoreError)
    async def resting(request: Request, error: StoreError) -> Response:
        log.error("a staff page without the database", reason=str(error))
        return look.trouble("resting", 503)

    @app.exception_handler(Exception)
    async def fault(request: Request, error: Exception) -> Response:
        return look.trouble("fault", 500)
