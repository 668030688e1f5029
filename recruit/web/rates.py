"""How often one network may ask for what is costly.

It is asked for where it counts, not before each request: a limiter that looks at every request took a tenth of the
time of a page that it does not limit.
"""

import math
import time

from flask import Flask, current_app, request
from limits import parse
from limits.storage import MemoryStorage, storage_from_string
from limits.strategies import FixedWindowRateLimiter
from werkzeug.exceptions import TooManyRequests

from recruit.accounts.networks import network_of

TIDIED_EVERY = 10.0  # seconds after which counts whose window is over are forgotten


class OwnCounts(MemoryStorage):
    """The counts of one process.  The library starts a thread each time to forget old ones: half of a search's time."""

    STORAGE_SCHEME = None  # type: ignore[assignment]  # not found by an address

    def __init__(self) -> None:
        super().__init__()
        self._tidied_at = time.time()

    def incr(self, key: str, expiry: float, amount: int = 1) -> int:
        """Add `amount` to the count of `key`, which is over `expiry` seconds after it began; return it."""
        now = time.time()
        if now - self._tidied_at >= TIDIED_EVERY:
            self._tidied_at = now
            for old in [one for one, until in list(self.expirations.items()) if until <= now]:
                self.clear(old)
        self.get(key)  # forgets it, if its window is over
        with self.locks[key]:
            self.storage[key] += amount
            if self.storage[key] == amount:
                self.expirations[key] = now + expiry
            return self.storage[key]


def init_app(app: Flask) -> None:
    """Count in the store of REDIS_URL, for all processes; without one, each process counts for itself."""
    store = app.config["SETTINGS"].redis_url
    app.extensions["rates"] = FixedWindowRateLimiter(storage_from_string(store) if store else OwnCounts())


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
