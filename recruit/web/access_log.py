"""One line of the log for each request that the application answers.

It names the route and not the address, because addresses hold references of people, and words that were searched for.
Kept public pages and built files are answered before the application is asked, and are not in it: a reverse proxy
counts those.

The line is written out here, in the shape that `logs` gives to all others: through the logging of the standard library
it took a tenth of the time of a page.
"""

import json
import sys
import time
from contextlib import suppress

import structlog
from flask import Flask, Response

from recruit.core import clock
from recruit.web.current import g, request


def init_app(app: Flask) -> None:
    """Log every request.  Call it after the request has been given its id, and before all that may refuse it."""

    @app.before_request
    def start_clock() -> None:
        g.began = time.perf_counter()

    @app.after_request
    def log_request(response: Response) -> Response:
        began: float | None = g.get("began")
        line = {
            "method": request.method,
            "route": request.url_rule.rule if request.url_rule else "",
            "status": response.status_code,
            "ms": round((time.perf_counter() - began) * 1000, 1) if began is not None else None,
            "event": "request",
            **structlog.contextvars.get_contextvars(),
            "level": "info",
            "logger": __name__,
            "timestamp": f"{clock.now().replace(tzinfo=None).isoformat()}Z",
        }
        with suppress(OSError, ValueError):  # nobody reads the log any more: visitors need not suffer for it
            sys.stderr.write(f"{json.dumps(line)}\n")
        return response
