"""The token that each form carries, signed once for a session and not for each page.

Flask-WTF signs it anew for every page, which took a sixteenth of the time of a page.  A token does not grow old here
(see WTF_CSRF_TIME_LIMIT in `config`), so when it was signed means nothing.
"""

import secrets
from functools import lru_cache
from typing import Any

from flask import Flask
from flask_wtf import CSRFProtect
from itsdangerous import URLSafeTimedSerializer

from recruit.web.current import current_application, request, session

KEPT = 4096  # sessions whose token a process remembers
NAME = "csrf_token"
SECRET_BYTES = 20  # as many as Flask-WTF's
READS = frozenset({"GET", "HEAD", "OPTIONS"})


def init_app(app: Flask) -> None:
    """Give templates the token.  Call it after Flask-WTF, whose own is replaced."""
    app.jinja_env.globals[NAME] = form_token
    app.context_processor(lambda: {NAME: form_token})


class FormTokens(CSRFProtect):
    """Asks of each form whether its token is right; what only reads is let through at once."""

    def protect(self, *given: Any, **named: Any) -> None:
        """Refuse a request that changes something and brings no token, or a wrong one."""
        if request.method in READS:
            return
        super().protect(*given, **named)


def form_token() -> str:
    """Return the token for the forms of this page."""
    secret = session.get(NAME)
    if not isinstance(secret, str):
        secret = session[NAME] = secrets.token_hex(SECRET_BYTES)
    return _signed(current_application().secret_key, secret)


@lru_cache(maxsize=KEPT)
def _signed(key: Any, secret: str) -> str:
    """Return the session's `secret` signed as Flask-WTF does."""
    return str(URLSafeTimedSerializer(key, salt="wtf-csrf-token").dumps(secret))
