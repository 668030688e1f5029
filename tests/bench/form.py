"""Prints what the candidate's form costs: each section's page, and the last moments before closing.

    python -m tests.bench.form

On SQLite or, with `TEST_DATABASE=postgresql`, PostgreSQL, in a database of its own.
The machine is shared and absolute figures drift: what counts is the ratio to the bare page of the same run.
"""

import gzip
import http.client
import os
import statistics
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextvars import Context
from datetime import date, timedelta
from threading import Barrier
from urllib.parse import urlencode

import click
from flask import Flask
from sqlalchemy import delete, event, func, select
from sqlalchemy.engine import Engine

from recruit.accounts.models import User
from recruit.applications.models import Application, ApplicationEvent, HistoryEntry, Section
from recruit.core import clock
from recruit.core.db import db
from recruit.core.transaction import transaction
from recruit.rules.lifecycle import ApplicationStatus
from recruit.vacancies.models import Vacancy
from tests.applications.answers import work_values
from tests.bench.__main__ import app_for
from tests.bench.drafts import Draft, cookie_for, make_drafts
from tests.bench.place import demonstration
from tests.databases import end_connections
from tests.servers import free_port, serve

CLIENTS = 20
RUNS = 40
PAGES = ("", *(f"/{section.value}" for section in Section), "/check", "/copy")


def main() -> None:
    kind = os.environ.get("TEST_DATABASE", "sqlite")
    with demonstration(kind) as environment:
        app = app_for(environment)
        for entries in (1, 60):
            pages(app, entries)
        closing(app, environment)
        with app.app_context():
            end_connections()


def pages(app: Flask, entries: int) -> None:
    """Print time, statements and weight of each page of a draft with so many entries in its history."""
    cookie, reference = a_draft(app, entries)
    client = app.test_client(use_cookies=False)
    sent: list[str] = []

    def ask(path: str) -> tuple[float, bytes]:
        began = time.perf_counter()
        answer = Context().run(client.get, path, headers={"Cookie": cookie})
        took = (time.perf_counter() - began) * 1000
        assert answer.status_code in (200, 302), f"{answer.status} {path}"
        return took, answer.data

    def note(_connection, _cursor, statement, _parameters, _context, _many):
        sent.append(statement)

    bare = statistics.median(ask("/healthz")[0] for _ in range(RUNS))
    heads = f"{'p50 ms':>8}{'p99':>8}{'x bare':>8}{'queries':>9}{'KiB':>7}{'gzip KiB':>10}"
    click.echo(f"{f'{entries} in history':<22}{heads}")
    for part in PAGES:
        path = f"/applications/{reference}{part}"
        ask(path)
        sent.clear()
        event.listen(Engine, "before_cursor_execute", note)
        body = ask(path)[1]
        event.remove(Engine, "before_cursor_execute", note)
        times = [ask(path)[0] for _ in range(RUNS)]
        p50 = statistics.median(times)
        selects = len([one for one in sent if one.startswith("SELECT")])
        weight = f"{len(body) / 1024:>7.1f}{len(gzip.compress(body, 6)) / 1024:>10.1f}"
        click.echo(f"{part or '/':<22}{p50:>8.1f}{max(times):>8.1f}{p50 / bare:>8.1f}{selects:>9}{weight}")


def a_draft(app: Flask, entries: int) -> tuple[str, str]:
    """Return the cookie and the reference of the demonstration's draft, its history made so long."""
    with app.app_context():
        with transaction():
            owner = db.session.scalars(select(User).where(User.email_key == "candidate@demo.example")).one()
            own = (Application.candidate_id == owner.id, Application.status == ApplicationStatus.DRAFT)
            draft = db.session.scalars(select(Application).where(*own)).first()
            assert draft, "the demonstration's candidate has a draft"
            draft.history_since = date(2010, 7, 1)
            db.session.execute(delete(HistoryEntry).where(HistoryEntry.application_id == draft.id))
            for number in range(entries):
                began = date(2010 + number % 16, 1 + number % 12, 1)
                values = work_values(title=f"Post {number}", started_month=began, ended_month=began)
                db.session.add(HistoryEntry(application_id=draft.id, **values))
            cookie, _ = cookie_for(app, owner)
            reference = draft.reference
        db.session.remove()
    return cookie, reference


def closing(app: Flask, environment: dict[str, str]) -> None:
    """Let twenty people send until the vacancies have closed; what was answered must be there, once."""
    drafts = make_drafts(app, CLIENTS * 12, seed=1)
    port = free_port()
    together = Barrier(CLIENTS)
    with serve("wsgi:app", {**environment, "PORT": str(port)}, ready="/healthz"), ThreadPoolExecutor(CLIENTS) as pool:
        bare = statistics.median(send(port, "GET", "/healthz", "", {})[0] for _ in range(RUNS))
        close_in(app, seconds=0.7)
        answers = list(pool.map(lambda number: client(port, drafts[number::CLIENTS], together), range(CLIENTS)))
    given = [one for some in answers for one in some]
    references = [draft.reference for draft in drafts]
    with app.app_context():
        moves = db.session.execute(
            select(Application.reference, func.count())
            .join(ApplicationEvent, ApplicationEvent.application_id == Application.id)
            .where(Application.reference.in_(references), Application.submitted_at.is_not(None))
            .group_by(Application.reference)
        ).tuples()
        there = dict(moves.all())
        db.session.remove()
    assert {reference for reference, status, _ in given if status == 302} == set(there)
    assert set(there.values()) <= {1}, "one is sent twice"
    times = sorted(took for _, status, took in given if status == 302)
    p50, p99 = statistics.median(times), times[int(len(times) * 0.99) - 1]
    statuses = dict(Counter(status for _, status, _ in given))
    click.echo(f"closing time, {CLIENTS} clients: answers {statuses}, {len(there)} there, each once")
    click.echo(f"p50 {p50:.0f} ms ({p50 / bare:.0f} x the bare page), p99 {p99:.0f} ms ({p99 / bare:.0f} x)")


def close_in(app: Flask, *, seconds: float) -> None:
    """Let every open vacancy close in so many seconds."""
    with app.app_context(), transaction():
        now = clock.now()
        for vacancy in db.session.scalars(select(Vacancy).where(Vacancy.closes_at > now)):
            vacancy.closes_at = max(now, vacancy.opens_at or now) + timedelta(seconds=seconds)


def client(port: int, drafts: list[Draft], together: Barrier) -> list[tuple[str, int, float]]:
    """Send each of `drafts`, and say of each how it was answered."""
    together.wait()
    answers = []
    for draft in drafts:
        headers = {"Cookie": draft.cookie, "Content-Type": "application/x-www-form-urlencoded"}
        body = urlencode({"csrf_token": draft.csrf_token})
        took, status = send(port, "POST", f"/applications/{draft.reference}/check", body, headers)
        answers.append((draft.reference, status, took))
    return answers


def send(port: int, method: str, path: str, body: str, headers: dict[str, str]) -> tuple[float, int]:
    """Send one request on a connection of its own; return milliseconds and status."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    began = time.perf_counter()
    connection.request(method, path, body or None, headers)
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return (time.perf_counter() - began) * 1000, answer.status


if __name__ == "__main__":
    main()
