"""How often one network may ask for what is costly.

It is asked for where it counts, not before each request: a limiter that looks at every request took a tenth of the
time of a page that it does not limit.
"""

import math
import time

from flask import Flask, current_app, request
from limits import parse
from limits.storage import storage_from_string
from limits.strategies import FixedWindowRateLimiter
from werkzeug.exceptions import TooManyRequests

from recruit.accounts.networks import network_of


def init_app(app: Flask) -> None:
    """Count in the store of REDIS_URL, for all processes; without one, each process counts for itself."""
    store = app.config["SETTINGS"].redis_url or "memory://"
    app.extensions["rates"] = FixedWindowRateLimiter(storage_from_string(store))


def count_search() -> None:
    """Count a search by this request's network; over the rate of the settings the answer is 429."""
    _count("search", current_app.config["SETTINGS"].search_rate)


def count_api() -> None:
    """Count an answer of the API in the same way, by a rate of its own."""
    _count("api", current_app.config["SETTINGS"].api_rate)


def _count(what: str, most: str) -> None:
    rate, limiter = parse(most), current_app.extensions["rates"]
    network = network_of(request.remote_addr or "unknown")
    if not limiter.hit(rate, what, network):
        left = limiter.get_window_stats(rate, what, network).reset_time - time.time()
        raise TooManyRequests(retry_after=max(1, math.ceil(left)))


def forget(app: Flask) -> None:
    """Start counting again."""
    app.extensions["rates"].storage.reset()
