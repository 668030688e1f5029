"""The client's address when requests come through reverse proxies of our own."""

from typing import TYPE_CHECKING

from werkzeug.middleware.proxy_fix import ProxyFix

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication


def behind_proxies(wsgi_app: "WSGIApplication", trusted: int) -> "WSGIApplication":
    """Return the application as it should be served behind a number of trusted reverse proxies.

    Anyone can send X-Forwarded-For: a limit by address that believed it could be escaped by making addresses up (ASVS
    5.0.0, 4.1.3). Each trusted proxy appends the address it was called from, so only the last `trusted` entries are
    true. X-Forwarded-Proto is believed as far; X-Forwarded-Host and -Prefix never, links are built from a setting.

    Args:
        wsgi_app: The application, for Flask `app.wsgi_app`.
        trusted: How many proxies of our own every request passes. 0, the safe default, believes no header.

    Raises:
        ValueError: `trusted` is negative.
    """
    if trusted < 0:
        raise ValueError(f"a number of proxies cannot be negative: {trusted}")
    if trusted == 0:
        return wsgi_app
    return ProxyFix(wsgi_app, x_for=trusted, x_proto=trusted, x_host=0, x_port=0, x_prefix=0)
