"""The database locked or stopped for some seconds: everybody is answered in time, and all goes on by itself."""

import signal
import sqlite3
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager

import psutil
import pytest
from sqlalchemy import select

from recruit.accounts.models import User
from recruit.core.db import db
from recruit.core.transaction import transaction
from tests.bench.drafts import Draft, cookie_for, make_drafts
from tests.databases import end_connections
from tests.service import ledger
from tests.service.place import Answer, Place, Service, ask

pytestmark = pytest.mark.slow

AWAY = 6.0  # seconds
ANSWER_WITHIN = 3.0  # seconds
RECOVER_WITHIN = 2.0  # seconds
WRITERS = 8


@contextmanager
def database_away(place: Place) -> Iterator[None]:
    """Lock SQLite from another program; stop every process of PostgreSQL where it stands."""
    if place.postgresql is None:
        with closing(sqlite3.connect(place.folder / "recruit.sqlite3", isolation_level=None)) as connection:
            connection.execute("BEGIN IMMEDIATE")
            yield
        return
    postmaster = psutil.Process(place.postgresql.get_pid())
    stopped = [postmaster, *postmaster.children()]
    for process in stopped:
        process.send_signal(signal.SIGSTOP)
    try:
        yield
    finally:
        for process in stopped:
            process.send_signal(signal.SIGCONT)


def asking_in_turns(asks: list[Callable[[], Answer]], seconds: float, found: list[Answer]) -> threading.Thread:
    """Ask one after the other, again and again, for so many seconds."""

    def keep_asking() -> None:
        until, number = time.monotonic() + seconds, 0
        while time.monotonic() < until:
            found.append(asks[number % len(asks)]())
            number += 1
            time.sleep(0.05)

    thread = threading.Thread(target=keep_asking)
    thread.start()
    return thread


def test_everybody_is_answered_while_the_database_is_away(
    place: Place, service: Service, capsys: pytest.CaptureFixture[str]
):
    drafts = make_drafts(place.app, WRITERS, seed=21)
    with place.app.app_context():
        officer = db.session.scalars(select(User).where(User.email == "hr@demo.example")).one()
        with transaction():
            cookie, _ = cookie_for(place.app, officer)
        db.session.remove()
        end_connections()

    def send(draft: Draft) -> Answer:
        form = {"csrf_token": draft.csrf_token}
        return ask(service.port, "POST", f"/applications/{draft.reference}/check", form, draft.cookie)

    pages = [
        lambda: ask(service.port, "GET", "/jobs"),
        lambda: ask(service.port, "GET", "/sign-in"),
        lambda: ask(service.port, "GET", "/review", cookie=cookie),
    ]
    for page in pages:
        assert page().status == 200
    read: list[Answer] = []
    written: list[Answer] = []
    with database_away(place):
        threads = [asking_in_turns([lambda draft=draft: send(draft)], AWAY - 1, written) for draft in drafts]
        threads.append(asking_in_turns(pages, AWAY - 1, read))
        time.sleep(AWAY)
        for thread in threads:
            thread.join()
    back = time.monotonic()
    for draft in drafts:  # each of the server's processes notices for itself that the database is back
        while send(draft).status != 302:
            assert time.monotonic() - back < 30
    recovered = time.monotonic() - back
    with capsys.disabled():
        for name, answers in (("pages", read), ("writes", written)):
            kinds = dict(Counter(one.status for one in answers))
            print(f"\n{place.kind} {name}: {kinds}, slowest {max(one.took for one in answers):.2f} s", end="")
        print(f"; recovered in {recovered:.2f} s")

    assert {answer.status for answer in written} == {503}
    assert {answer.headers.get("retry-after") for answer in written} == {"5"}
    assert {"Sorry, the service is not available" in answer.text for answer in written} == {True}
    assert {answer.status for answer in read} <= ({200} if place.kind == "sqlite" else {200, 503})
    assert [answer.took for answer in (*read, *written) if answer.took >= ANSWER_WITHIN] == []
    assert recovered < RECOVER_WITHIN
    once = Counter({1: WRITERS})
    assert ledger.sent_once(place, [draft.reference for draft in drafts]) == dict.fromkeys(ledger.MADE, once)
    assert ledger.wrong_counts(place) == {}
