"""Counting what is costly: each window counts anew, and nothing is left of those that are over."""

import threading
import time

import pytest
from limits import parse
from limits.strategies import FixedWindowRateLimiter

from recruit.web import rates


def test_a_window_counts_to_its_most_and_then_anew(monkeypatch: pytest.MonkeyPatch):
    counts, now = rates.OwnCounts(), time.time()
    limiter, rate = FixedWindowRateLimiter(counts), parse("2 per minute")

    assert [limiter.hit(rate, "search", "one") for _ in range(3)] == [True, True, False]
    assert limiter.hit(rate, "search", "other")
    assert len(counts.storage) == 2
    monkeypatch.setattr(time, "time", lambda: now + 61)
    assert limiter.hit(rate, "search", "third")
    assert len(counts.storage) == 1, "what is over is forgotten, whoever it was of"
    assert limiter.hit(rate, "search", "one")


def test_counting_starts_no_thread():
    counts = rates.OwnCounts()
    counts.timer.join()
    before = threading.active_count()
    for _ in range(5):
        counts.incr("search", 60)

    assert (counts.get("search"), threading.active_count()) == (5, before)
    assert not counts.timer.is_alive()
