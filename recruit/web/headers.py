"""What every answer says to the browser about safety and keeping."""

import secrets
from collections.abc import Callable
from typing import Any
from wsgiref.headers import Headers

from flask import Flask, Response

from recruit import logs
from recruit.web.answer import Answer
from recruit.web.current import current_g, current_request
from recruit.web.header_names import names_of
from recruit.web.session_cookie import SessionCookie

CONTENT_SECURITY_POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self'",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
ALWAYS = {
    "Content-Security-Policy": CONTENT_SECURITY_POLICY,
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "same-origin",
    "X-Frame-Options": "DENY",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=()",
}
_ALWAYS = tuple(ALWAYS.items())
HSTS = "max-age=31536000; includeSubDomains"  # seconds: one year; ASVS 3.4.1
REQUEST_ID = "X-Request-ID"


def for_static_files(settings: Any) -> Callable[[Headers, str, str], None]:
    """Return what sets the headers of the built files, which are answered before the app is asked."""

    def set_headers(headers: Headers, _path: str, _url: str) -> None:
        headers["X-Content-Type-Options"] = "nosniff"
        headers["Cross-Origin-Resource-Policy"] = "same-origin"
        if settings.is_production():
            headers["Strict-Transport-Security"] = HSTS

    return set_headers


def init_app(app: Flask) -> None:
    """Set the headers on every answer, and name every request in the logs."""
    is_production = app.config["SETTINGS"].is_production()
    app.session_interface, app.response_class = SessionCookie(), Answer

    @app.before_request
    def name_request() -> None:
        current_g().request_id = request_id = secrets.token_hex(16)
        logs.name_lines(request_id=request_id)

    @app.after_request
    def set_headers(response: Response) -> Response:
        headers = response.headers
        if "cache-control" not in names_of(headers):
            headers.add("Cache-Control", "no-store")  # private until a view says otherwise
        headers._list.extend(_ALWAYS)  # `extend` looks for faults in each of these, each time
        if is_production:
            headers["Strict-Transport-Security"] = HSTS
        headers.add(REQUEST_ID, current_g().get("request_id", ""))
        if response.status_code >= 400 and current_request().method == "GET":
            headers["X-Robots-Tag"] = "noindex"
        return response
