"""Flask's session cookie, read and written with less ado: each page needs it, and most change nothing."""

from flask import Flask, Response
from flask.sessions import SecureCookieSessionInterface, SessionMixin
from itsdangerous import URLSafeTimedSerializer


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

    def save_session(self, app: Flask, session: SessionMixin, response: Response) -> None:
        """Say that the answer depends on the cookie if anybody has looked at the session; set it if it has changed."""
        if session.modified or self.should_set_cookie(app, session) or "Vary" in response.headers:
            super().save_session(app, session, response)
        elif session.accessed:
            response.headers.add("Vary", "Cookie")
