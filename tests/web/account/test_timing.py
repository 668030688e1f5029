"""Time does not tell who has an account.  The exact proof counts hashes (tests/accounts); this looks at a clock."""

from collections.abc import Callable
from time import perf_counter

from tests.accounts.people import PASSWORD, somebody
from tests.visitor import Visitor

TRIES = 4
FACTOR = 2.5  # of the quickest of each: without the spent hash a known account takes more than ten times as long


def seconds(send: Callable[[], None]) -> float:
    start = perf_counter()
    send()
    return perf_counter() - start


def compare(visitor: Visitor, path: str, known: dict[str, str], unknown: dict[str, str]) -> float:
    """Return how many times as long the slower takes.  They take turns, so that a busy machine slows both."""
    token = visitor.token()
    times: dict[bool, list[float]] = {True: [], False: []}
    for number in range(2 * TRIES):
        data = known if number % 2 else unknown
        form = {"csrf_token": token, **data}
        times[bool(number % 2)].append(seconds(lambda form=form: visitor.client.post(path, data=form)))
    slow, fast = sorted((min(times[True]), min(times[False])), reverse=True)
    return slow / fast


def test_signing_in_takes_as_long_for_known_and_unknown(visitor):
    somebody(email="known@demo.example")

    known = {"email": "known@demo.example", "password": "wrong"}
    assert compare(visitor, "/sign-in", known, {**known, "email": "nobody@demo.example"}) < FACTOR


def test_registering_takes_as_long_for_known_and_unknown(visitor):
    somebody(email="known@demo.example")

    known = {"name": "Sam", "email": "known@demo.example", "password": PASSWORD}
    assert compare(visitor, "/register", known, {**known, "email": "nobody@demo.example"}) < FACTOR


def test_asking_for_a_reset_takes_as_long_for_known_and_unknown(visitor):
    somebody(email="known@demo.example")

    assert (
        compare(visitor, "/reset-password", {"email": "known@demo.example"}, {"email": "nobody@demo.example"}) < FACTOR
    )
