"""Public pages kept as bytes.

A page that is the same for everybody is made once and handed out until something that the public can see changes, or
the clock would change it (a vacancy opens or closes).  Each process keeps its own; each asks the database at most every
`CHECK_EVERY` seconds whether the public revision has moved, so no page is stale for longer than that.
"""

import hashlib
import time
from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from typing import TYPE_CHECKING

from flask import Flask, Response
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from werkzeug.http import is_resource_modified

from recruit.core import clock
from recruit.core.counters import public_revision
from recruit.core.db import db
from recruit.core.patience import awaited
from recruit.web.current import g, request, session

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIEnvironment

CHECK_EVERY = 0.5  # seconds; the promise is one
LONGEST = 60.0  # seconds a page is kept at most: words like "3 days ago" stay true
BYTES = 32 * 1024 * 1024  # of pages kept by one process, the oldest forgotten first
QUERY_BYTES = 500  # bytes of a query string that is worth keeping a page for


Key = tuple[str, str]
"""Path and query string."""


@dataclass(slots=True)
class _Page:
    headers: list[tuple[str, str]]
    body: bytes
    etag: str
    last_modified: str | None
    revision: int
    until: float  # seconds since the epoch


class PublicRevision:
    """Says whether the public revision has moved, asking the database at most every `CHECK_EVERY` seconds.

    Args:
        app: the Flask app, for a database context.
    """

    def __init__(self, app: Flask) -> None:
        self._app = app
        self._number: int | None = None
        self._moves, self._checked = 0, 0.0

    def current(self) -> int:
        """Return a number that is the same for as long as the revision is."""
        moment = time.monotonic()
        if self._number is None or moment - self._checked >= CHECK_EVERY:
            try:
                with self._app.app_context(), awaited():
                    number = public_revision()
                    db.session.rollback()
            except (DBAPIError, PoolTimeout):  # away: nobody can change it either, so what is kept stays good
                self._checked = time.monotonic()
                return self._moves
            self._checked = moment
            if number != self._number:
                self._number = number
                self._moves += 1
        return self._moves

    def forget(self) -> None:
        """Count whatever is found next as moved."""
        self._number = None


class PublicPages:
    """A WSGI layer in front of the app that answers kept pages to visitors without a cookie.

    Args:
        app: the Flask app.
        inner: what answers when no page is kept.
        revision: says which pages are still good.
    """

    def __init__(self, app: Flask, inner: Callable[..., Iterable[bytes]], revision: PublicRevision) -> None:
        self._inner, self._public = inner, revision
        self._cookie = app.config["SESSION_COOKIE_NAME"] + "="
        self._pages: OrderedDict[Key, _Page] = OrderedDict()
        self._bytes = 0
        self._lock = Lock()

    def __call__(self, environ: "WSGIEnvironment", start_response: "StartResponse") -> Iterable[bytes]:
        key = self._key(environ)
        if key is None:
            return self._inner(environ, start_response)
        revision = self._public.current()
        page = self._pages.get(key)
        if page is None or page.revision != revision or page.until <= time.time():
            environ["recruit.keep"] = self._keeper(key, revision)
            return self._inner(environ, start_response)
        if _is_unchanged(environ, page.etag, page.last_modified):
            start_response("304 Not Modified", [pair for pair in page.headers if pair[0] != "Content-Length"])
            return []
        start_response("200 OK", page.headers)
        return [] if environ["REQUEST_METHOD"] == "HEAD" else [page.body]

    def clear(self) -> None:
        """Forget every kept page."""
        with self._lock:
            self._pages.clear()
            self._bytes = 0
            self._public.forget()

    def _key(self, environ: "WSGIEnvironment") -> Key | None:
        """Return under what name the answer may be kept, or None where it is not the same for everybody."""
        query = environ.get("QUERY_STRING", "")
        if environ["REQUEST_METHOD"] not in ("GET", "HEAD") or len(query) > QUERY_BYTES:
            return None
        if self._cookie in environ.get("HTTP_COOKIE", ""):
            return None
        return environ.get("PATH_INFO", ""), query

    def _keeper(self, key: Key, revision: int) -> Callable[[Response, float], None]:
        def keep(response: Response, until: float) -> None:
            headers = [(name, value) for name, value in response.headers.items() if name != "X-Request-ID"]
            page = _Page(
                headers,
                response.get_data(),
                response.headers["ETag"],
                response.headers.get("Last-Modified"),
                revision,
                until,
            )
            with self._lock:
                self._forget(key)
                self._pages[key] = page
                self._bytes += len(page.body)
                while self._bytes > BYTES:
                    self._forget(next(iter(self._pages)))

        return keep

    def _forget(self, key: Key) -> None:
        page = self._pages.pop(key, None)
        self._bytes -= len(page.body) if page else 0


def init_app(app: Flask) -> None:
    """Put the kept pages in front of `app`, and let views say which may be kept."""
    revision = app.extensions["public_revision"] = PublicRevision(app)
    pages = app.extensions["public_pages"] = PublicPages(app, app.wsgi_app, revision)
    if app.config["SETTINGS"].keep_public_pages:
        app.wsgi_app = pages  # type: ignore[method-assign]  # Flask's documented way

    @app.after_request
    def keep_public(response: Response) -> Response:
        until: float | None = g.get("public_until")
        if until is None or response.status_code != 200 or g.actor.is_signed_in:
            return response
        if session.modified or "Set-Cookie" in response.headers:
            return response  # a cookie is one visitor's, and would be handed to all
        response.headers["Cache-Control"] = "public, no-cache"  # a browser may keep it, and asks each time
        response.headers["ETag"] = f'"{hashlib.sha256(response.get_data()).hexdigest()[:24]}"'
        if g.public_is_kept and (keep := request.environ.get("recruit.keep")):
            keep(response, until)
        if _is_unchanged(request.environ, response.headers["ETag"], response.headers.get("Last-Modified")):
            response.status_code = 304
            response.set_data(b"")
            del response.headers["Content-Length"]
        return response


def _is_unchanged(environ: "WSGIEnvironment", etag: str, last_modified: str | None) -> bool:
    """Say whether the visitor has this very page (RFC 9110: its mark decides; its date where no mark is given)."""
    marks = environ.get("HTTP_IF_NONE_MATCH")
    if marks == etag:
        return True
    if marks is None and "HTTP_IF_MODIFIED_SINCE" not in environ:
        return False
    return not is_resource_modified(environ, etag=etag, last_modified=last_modified)


def same_for_everybody(until: datetime | None = None, *, is_kept: bool = True) -> None:
    """Let the page that is being made be kept, at the latest until the moment `until`, when the clock changes it.

    Args:
        until: the moment; none for a page that no clock changes.
        is_kept: False for an address that people made up: it gets its mark, and is made anew each time.
    """
    g.public_is_kept = is_kept
    longest = clock.now().timestamp() + LONGEST
    g.public_until = min(longest, until.timestamp()) if until else longest
