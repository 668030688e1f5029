"""A refusal becomes a page.  One template serves every error, so a code that nobody thought of still gets a page."""

from collections.abc import Callable
from http import HTTPStatus

import structlog
from flask import Flask, Response, flash, g, get_template_attribute, redirect, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.exceptions import HTTPException

from recruit.core.db import db
from recruit.core.errors import Conflict, DomainError, Gone, Incomplete, NotAllowed, NotFound, Unavailable
from recruit.web import guard
from recruit.web.open_data import is_api, problem
from recruit.web.typed import typed_text

STATUS: dict[type[DomainError], int] = {
    NotFound: 404,
    Gone: 410,
    NotAllowed: 403,
    Conflict: 409,
    Incomplete: 422,
    Unavailable: 503,
}
RETRY_AFTER = "5"  # seconds

TITLES = {
    400: "There is a problem with this address or form",
    403: "You cannot see this page",
    404: "Page not found",
    405: "This page cannot be used that way",
    408: "That took too long to arrive",
    409: "This has changed",
    410: "This page is no longer here",
    413: "That is too long to send",
    422: "Something is missing",
    429: "Too many tries",
    503: "The service cannot answer just now",
}
MESSAGES = {
    400: "Go back and try again. If you typed the address, check it.",
    403: "You are signed in, but this page is for people with another role.",
    404: (
        "If you typed the address, check it. If you followed a link, the page may have moved, or it may belong to"
        " somebody else’s account."
    ),
    405: "Go back to the page before and use its links and buttons.",
    408: "Your connection may be slow. What you saved before is still here.",
    413: "What you sent is larger than a form here can be. What you saved before is still here.",
    429: "Wait a few minutes, then try again.",
}
KEEPS_TYPED = (403, 404, 409)
"""After a form to a page that was there, or was theirs, when they opened it: what they typed is shown to be copied."""
STALE_FORM = "The form was open too long, or you signed in or out since. Go back, reload the page and send it again."
COME_BACK = "You came back to a form that was sent before. This is its page as it is now."
BROKEN = "Something went wrong on our side. What you saved before is still here. Try again in a few minutes."

logger = structlog.get_logger(__name__)


def init_app(app: Flask) -> None:
    """Register a page for every refusal and fault."""
    app.register_error_handler(DomainError, _refused)
    app.register_error_handler(CSRFError, _stale_form)
    app.register_error_handler(HTTPException, _failed)
    app.register_error_handler(OperationalError, _database_away)
    app.register_error_handler(PoolTimeout, _database_away)
    app.register_error_handler(DBAPIError, _broken)
    app.register_error_handler(Exception, _broken)


def _page(
    status: int, message: str | None = None, title: str | None = None, what_next: str = ""
) -> tuple[str | Response, int]:
    if is_api():
        return problem(status, message or HTTPStatus(status).description), status
    if status in KEEPS_TYPED and request.method == "POST":
        what_next = what_next or _typed()
    title = title or TITLES.get(status, "Sorry, there is a problem" if status >= 500 else HTTPStatus(status).phrase)
    body = render_template(
        "errors/refused.html",
        title=title,
        message=message or MESSAGES.get(status, BROKEN),
        status=status,
        what_next=what_next,
        canonical="",
    )
    return body, status


def _typed() -> str:
    show: Callable[[list[tuple[str, str]]], str] = get_template_attribute("components/typed.html", "typed_answers")
    return show(typed_text())


def _refused(error: DomainError) -> ResponseReturnValue:
    status = next(STATUS[kind] for kind in type(error).__mro__ if kind in STATUS)
    return *_page(status, str(error)), {"Retry-After": RETRY_AFTER} if status == 503 else {}


def _stale_form(_error: CSRFError) -> ResponseReturnValue:
    """Answer a form without a good token: most often its session has ended, and the token with it."""
    if not g.actor.is_signed_in and request.blueprint in guard.AREAS:
        return guard.ask_to_sign_in()
    return _page(400, STALE_FORM, what_next=_typed())


def _failed(error: HTTPException) -> ResponseReturnValue:
    if error.response is not None:
        return error.response
    status = error.code or 500
    if status == 405 and request.method in ("GET", "HEAD") and not is_api():
        above = guard.page_above()  # of a form's own address, where somebody comes back to what it answered
        if above is not None:
            flash(COME_BACK, "notice")
            return redirect(above)
    headers = {name: value for name, value in error.get_headers() if name in ("Allow", "Retry-After")}
    return *_page(status), headers


def _route() -> str:
    """Return the route for the log: the address itself may hold a person's reference."""
    return request.url_rule.rule if request.url_rule else ""


def _database_away(error: Exception) -> ResponseReturnValue:
    logger.error("database_away", kind=type(error).__name__, route=_route())
    db.session.rollback()
    return _unavailable(503), 503, {"Retry-After": RETRY_AFTER}


def _broken(error: Exception) -> ResponseReturnValue:
    logger.exception("unhandled", kind=type(error).__name__, route=_route())
    db.session.rollback()
    return _unavailable(500), 500


def _unavailable(status: int) -> str | Response:
    return problem(status, TITLES[503] + ".") if is_api() else render_template("errors/unavailable.html")
