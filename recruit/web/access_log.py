"""One line of the log for each request that the application answers.

It names the route and not the address, because addresses hold references of people, and words that were searched for.
Kept public pages and built files are answered before the application is asked, and are not in it: a reverse proxy
counts those.
"""

import time

import structlog
from flask import Flask, Response, g, request

logger = structlog.get_logger(__name__)


def init_app(app: Flask) -> None:
    """Log every request.  Call it after the request has been given its id, and before all that may refuse it."""

    @app.before_request
    def start_clock() -> None:
        g.began = time.perf_counter()

    @app.after_request
    def log_request(response: Response) -> Response:
        logger.info(
            "request",
            method=request.method,
            route=request.url_rule.rule if request.url_rule else "",
            status=response.status_code,
            ms=round((time.perf_counter() - g.began) * 1000, 1) if "began" in g else None,
        )
        return response
