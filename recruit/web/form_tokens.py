"""The token that each form carries, signed once for a session and not for each page.

Flask-WTF signs it anew for every page, which took a sixteenth of the time of a page.  A token does not grow old here
(see WTF_CSRF_TIME_LIMIT in `config`), so when it was signed means nothing.
"""

from functools import lru_cache
from typing import Any

from flask import Flask, current_app, g, session
from flask_wtf.csrf import generate_csrf
from itsdangerous import URLSafeTimedSerializer

KEPT = 4096  # sessions whose token a process remembers
NAME = "csrf_token"


def init_app(app: Flask) -> None:
    """Give templates the token.  Call it after Flask-WTF, whose own is replaced."""
    app.jinja_env.globals[NAME] = form_token
    app.context_processor(lambda: {NAME: form_token})


def form_token() -> str:
    """Return the token for the forms of this page."""
    token: str | None = g.get(NAME)
    if token is None:
        if not isinstance(session.get(NAME), str):
            generate_csrf()  # it gives the session its secret, and signs it for this second alone
        token = _signed(current_app.secret_key, session[NAME])
        setattr(g, NAME, token)
    return token


@lru_cache(maxsize=KEPT)
def _signed(key: Any, secret: str) -> str:
    """Return the session's `secret` signed as Flask-WTF does."""
    return str(URLSafeTimedSerializer(key, salt="wtf-csrf-token").dumps(secret))
