"""Flask's session cookie, read and written with less ado: each page needs it, and most change nothing."""

import time
from copy import deepcopy
from functools import lru_cache
from typing import Any, NamedTuple

from flask import Flask, Request, Response
from flask.sessions import SecureCookieSession, SecureCookieSessionInterface, SessionMixin
from itsdangerous import BadSignature, URLSafeTimedSerializer
from werkzeug.sansio.http import parse_cookie

from recruit.web.header_names import names_of

KEPT = 1024  # cookies that a process remembers as its own: a browser sends the same one for a minute and longer
LONGEST_KEPT = 4096  # characters of all of a browser's cookies; those that are longer are read each time


class SessionCookie(SecureCookieSessionInterface):
    """Signs with one serializer, not with a new one for each page, and is brief with a session that is only read."""

    def __init__(self) -> None:
        self._signer: tuple[object, URLSafeTimedSerializer] | None = None

    def get_signing_serializer(self, app: Flask) -> URLSafeTimedSerializer | None:
        """Return what signs and reads the cookie; another one when the keys are others."""
        keys = (app.secret_key, app.config["SECRET_KEY_FALLBACKS"])
        if self._signer is None or self._signer[0] != keys:
            signer = super().get_signing_serializer(app)
            if signer is None:
                return None
            self._signer = (keys, signer)
        return self._signer[1]

    def open_session(self, app: Flask, request: Request) -> SecureCookieSession | None:
        """Return what the cookie says; nothing of one that we did not sign, or too long ago."""
        signer = self.get_signing_serializer(app)
        if signer is None:
            return None
        try:
            said = self._said(app, signer, request)
        except BadSignature:
            return self.session_class()
        is_in_time = 0 <= int(time.time()) - said.signed_at <= app.permanent_session_lifetime.total_seconds()
        return self.session_class(said.copied() if is_in_time else None)

    def _said(self, app: Flask, signer: URLSafeTimedSerializer, request: Request) -> "_Said":
        name, header = self.get_cookie_name(app), request.environ.get("HTTP_COOKIE", "")
        if len(header) > LONGEST_KEPT:
            return _read(signer, request.cookies.get(name, ""))
        return _read_header(signer, name, header)

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Say that the answer depends on the cookie if anybody has looked at the session; set it if it has changed."""
        if session.modified or self.should_set_cookie(app, session) or "vary" in names_of(response.headers):
            super().save_session(app, session, response)
        elif session.accessed:
            response.headers.add("Vary", "Cookie")


class _Said(NamedTuple):
    """What a cookie says, whether no change of a copy can change what is remembered of it, and when it was signed, in
    whole seconds since 1970.
    """

    values: Any
    is_flat: bool
    signed_at: int

    def copied(self) -> Any:
        return {**self.values} if self.is_flat else deepcopy(self.values)


@lru_cache(maxsize=KEPT)
def _read_header(signer: URLSafeTimedSerializer, name: str, header: str) -> _Said:
    """Return what the cookie of that name says in a header with all of a browser's; errors as `_read`."""
    return _read(signer, parse_cookie(header).get(name, ""))


def _read(signer: URLSafeTimedSerializer, cookie: str) -> _Said:
    """Return what a cookie says.

    Raises:
        itsdangerous.BadSignature: by somebody else.
    """
    said, signed_at = signer.loads(cookie, return_timestamp=True)
    is_flat = type(said) is dict and all(type(value) in _UNCHANGING for value in said.values())
    return _Said(said, is_flat, int(signed_at.timestamp()))


_UNCHANGING = frozenset({str, int, bool, float, type(None)})
