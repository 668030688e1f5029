"""Many people at one moment.

On a machine that stands still for a while some wait in vain for their turn at the database.  They are told to try
again, which is an honest answer and no effect; whoever is told so here does it.
"""

import time
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from http import HTTPStatus
from threading import Barrier
from typing import Any

from flask import Flask
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as NoTurn
from werkzeug.test import TestResponse

from recruit.core.db import db
from recruit.core.errors import Conflict
from recruit.core.transaction import transaction

AT_ONCE = 20
TRIES = 10


def sent(send: Callable[[], TestResponse]) -> TestResponse:
    """Send a form, again when told that the service is busy, and return the answer."""
    for _ in range(TRIES - 1):
        answer = send()
        if answer.status_code != HTTPStatus.SERVICE_UNAVAILABLE:
            return answer
        time.sleep(float(answer.headers["Retry-After"]))
    return send()


def all_at_once(app: Flask, work: Callable[[int], Any]) -> Counter[str]:
    """Return how `work(number)` ended, each in a thread and an app context of its own, started at one moment."""
    gate = Barrier(AT_ONCE)

    def one(number: int) -> str:
        with app.app_context():
            gate.wait(timeout=60)
            for _ in range(TRIES - 1):
                try:
                    return _ended(work, number)
                except (NoTurn, OperationalError):  # the page that says to try again
                    time.sleep(0.1)
            return _ended(work, number)

    with ThreadPoolExecutor(AT_ONCE) as pool:
        return Counter(pool.map(one, range(AT_ONCE)))


def _ended(work: Callable[[int], Any], number: int) -> str:
    try:
        with transaction():
            work(number)
    except Conflict as refusal:
        return str(refusal)
    finally:
        db.session.remove()
    return "done"
