"""How often one network may ask for what is costly.

It is asked for where it counts, not before each request: a limiter that looks at every request took a tenth of the
time of a page that it does not limit.
"""

from flask import Flask, abort, current_app, request
from limits import parse
from limits.storage import storage_from_string
from limits.strategies import FixedWindowRateLimiter

from recruit.accounts.networks import network_of


def init_app(app: Flask) -> None:
    """Count in the store of REDIS_URL, for all processes; without one, each process counts for itself."""
    store = app.config["SETTINGS"].redis_url or "memory://"
    app.extensions["rates"] = FixedWindowRateLimiter(storage_from_string(store))


def count_search() -> None:
    """Count a search by this request's network; over the rate of the settings the answer is 429."""
    rate = parse(current_app.config["SETTINGS"].search_rate)
    if not current_app.extensions["rates"].hit(rate, "search", network_of(request.remote_addr or "unknown")):
        abort(429)


def forget(app: Flask) -> None:
    """Start counting again."""
    app.extensions["rates"].storage.reset()
