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
from functools import lru_cache
from typing import Final

from flask import Flask, Response

from recruit import logs
from recruit.core import clock
from recruit.web.current import current_g, current_request

_encode: Final = json.JSONEncoder().encode
KEPT: Final = 1024  # beginnings of lines that a process keeps: of each route, a few statuses


def init_app(app: Flask) -> None:
    """Log every request.  Call it after the request has been given its id, and before all that may refuse it."""

    @app.before_request
    def start_clock() -> None:
        current_g().began = time.perf_counter()

    @app.after_request
    def log_request(response: Response) -> Response:
        asked, began = current_request(), current_g().get("began")
        route = asked.url_rule.rule if asked.url_rule else ""
        ms = "null" if began is None else f"{(time.perf_counter() - began) * 1000:.1f}"
        moment = f"{clock.now().replace(tzinfo=None).isoformat()}Z"
        with suppress(OSError, ValueError):  # nobody reads the log any more: visitors need not suffer for it
            sys.stderr.write(
                f'{_beginning(asked.method, route, response.status_code)}, "ms": {ms}, '
                f"{_encode({**logs.ids_named(), 'timestamp': moment})[1:]}\n"
            )
        return response


@lru_cache(maxsize=KEPT)
def _beginning(method: str, route: str, status: int) -> str:
    """Return a line as far as it is the same for many requests, without its end."""
    said = {"method": method, "route": route, "status": status, "event": "request", "level": "info"}
    return json.dumps({**said, "logger": __name__})[:-1]
