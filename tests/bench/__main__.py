"""Prints the figures: each page's rate as a ratio to the bare page, in one run on one machine.

    python -m tests.bench [--quick] [--postgresql]

The machine is shared and absolute figures drift, so runs are interleaved and the medians of ratios are what counts.
"""

import http.client
import logging
import os
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from http import HTTPStatus
from tempfile import TemporaryDirectory
from urllib.parse import urlencode, urlsplit

import click
import psutil
from flask import Flask
from sqlalchemy import event, func, select
from sqlalchemy.engine import Engine

from recruit import logs
from recruit.accounts.models import User
from recruit.app import create_app
from recruit.applications.models import Application, ApplicationEvent
from recruit.config import Settings
from recruit.core import clock
from recruit.core.db import db
from recruit.core.transaction import transaction
from recruit.notifications.models import OutboxMessage
from recruit.rules.lifecycle import ApplicationStatus, VacancyStatus
from recruit.vacancies.models import Vacancy
from tests.bench.drafts import cookie_for, make_drafts
from tests.bench.load import CLIENTS, SECONDS, Rate, measure, median, send
from tests.bench.place import demonstration
from tests.databases import end_connections
from tests.servers import ROOT, Server, flask, free_port, serve

RUNS = 3
SIZES = {"1x": (166, 1_000), "10x": (1_600, 10_000), "100x": (16_000, 100_000)}
"""Vacancies and applications added to the demonstration's: about 200 live at 1x when all are open."""
LIVE_SHARE = {"1x": 1.0, "10x": 0.5, "100x": 0.2}
SUBMITTING = 2  # seconds
LOOKED_AT = 50  # answers of a page, before it is measured and after
SUBMISSIONS = 2_000  # more than can be sent in that time
GOALS = {
    "vacancy list, kept": 0.8,
    "vacancy page, kept": 0.8,
    "vacancy list, afresh": 0.2,
    "vacancy page, afresh": 0.2,
    "filtered search, afresh": 0.1,
    "queue, first page": 0.12,
    "submit an application": 0.06,
}


@dataclass(frozen=True, slots=True)
class Line:
    """One figure."""

    page: str
    size: str
    rate: Rate
    hello: float
    queries: str

    def __str__(self) -> str:
        ratio = self.rate.per_second / self.hello
        goal = f"goal {GOALS[self.page]}" if self.page in GOALS else ""
        failed = f"  {self.rate.failed} FAILED" if self.rate.failed else ""
        return (
            f"{self.page:<28}{self.size:>5}{self.rate.per_second:>10.0f}/s{ratio:>8.2f}"
            f"{self.rate.p50:>9.1f}{self.rate.p99:>9.1f} ms{self.queries:>9}  {goal}{failed}"
        )


def main() -> int:
    quick, kind = "--quick" in sys.argv, "postgresql" if "--postgresql" in sys.argv else "sqlite"
    sizes = dict(list(SIZES.items())[:1]) if quick else SIZES
    click.echo(f"{kind}, {os.cpu_count()} processors, {CLIENTS} clients, 2 server processes, medians of {RUNS} runs")
    click.echo(f"{'page':<28}{'size':>5}{'rate':>12}{'ratio':>8}{'p50':>9}{'p99':>12}{'queries':>9}")
    place, before = demonstration(kind, SEARCH_RATE="1000000 per minute"), (0, 0)
    with place as environment, serve("tests.bench.hello:app", {}) as hello:
        for size in sizes:
            vacancies, applications = SIZES[size]
            add(environment, vacancies - before[0], applications - before[1], LIVE_SHARE[size])
            before = (vacancies, applications)
            for line in figures(environment, size, hello.url("/")):
                click.echo(str(line))
    if not quick:
        start_up()
    return 0


def add(environment: Mapping[str, str], vacancies: int, applications: int, live: float) -> None:
    numbers = ("--vacancies", str(vacancies), "--applications", str(applications), "--live", str(live))
    flask(environment, "demo", "bulk", *numbers)


def figures(environment: Mapping[str, str], size: str, hello: str) -> list[Line]:
    """Measure every page at one size."""
    app = app_for(environment)
    with app.app_context():
        now = clock.now()
        is_open = (Vacancy.status == VacancyStatus.PUBLISHED, Vacancy.opens_at <= now, Vacancy.closes_at > now)
        vacancy = db.session.scalars(select(Vacancy).where(*is_open).order_by(Vacancy.id)).first()
        sent = db.session.scalars(
            select(Application).where(Application.status == ApplicationStatus.SUBMITTED).order_by(Application.id.desc())
        ).first()
        officer = db.session.scalars(select(User).where(User.email == "hr@demo.example")).one()
        assert vacancy, "the demonstration has a vacancy"
        assert sent, "the demonstration has an application"
        slug, reference = vacancy.slug, sent.reference
        with transaction():
            cookie, _ = cookie_for(app, officer)
        db.session.remove()
    signed_in = {"Cookie": cookie}
    search = "/jobs?" + urlencode({"q": "children in care", "hours": "full_time", "sort": "newest"})
    pages = {
        "vacancy list, kept": ("/jobs", {}),
        "vacancy page, kept": (f"/jobs/{slug}", {}),
        "queue, first page": ("/review", signed_in),
        "an application in the queue": (f"/review/applications/{reference}", signed_in),
    }
    afresh: dict[str, tuple[str, dict[str, str]]] = {
        "vacancy list, afresh": ("/jobs", {}),
        "vacancy page, afresh": (f"/jobs/{slug}", {}),
        "filtered search, afresh": (search, {}),
    }
    lines = rates(environment, pages, size, hello, app)
    lines += rates({**environment, "KEEP_PUBLIC_PAGES": "false"}, afresh, size, hello, app)
    lines.append(submissions(environment, app, size, hello))
    with app.app_context():
        end_connections()
    return lines


def app_for(environment: Mapping[str, str]) -> Flask:
    settings = Settings(**{name.lower(): value for name, value in environment.items()})  # type: ignore[arg-type]
    logs.configure(level=logging.WARNING)  # a line for each request would stand between the figures
    return create_app(settings.model_copy(update={"recruit_env": "test", "keep_public_pages": False}))


Page = tuple[str | Sequence[str], dict[str, str]]
"""A path, or several that are asked for one after the other; and the headers."""


def rates(
    environment: Mapping[str, str],
    pages: Mapping[str, Page],
    size: str,
    hello: str,
    app: Flask,
) -> list[Line]:
    """Measure pages in turns with the bare page; a page's ratio is to the bare page's median of the same turns."""
    found: dict[str, list[Rate]] = {name: [] for name in pages}
    bare: list[float] = []
    with serve("wsgi:app", environment, ready="/healthz") as server:
        for page in pages.values():
            _rate(server, page, seconds=1)  # the first answers pay for starting
            _look(server, page)
        for _ in range(RUNS):
            bare.append(measure(hello).per_second)
            for name, page in pages.items():
                found[name].append(_rate(server, page))
        for page in pages.values():
            _look(server, page)
    base = statistics.median(bare)
    return [Line(name, size, median(found[name]), base, queries(app, *pages[name])) for name in pages]


def _look(server: Server, page: Page) -> None:
    """Look at some answers: `wrk` counts refusals, but the way to the sign-in page would be quick, and is none.

    Raises:
        ValueError: one of them is not the page.
    """
    path, headers = page
    connection = http.client.HTTPConnection(urlsplit(server.url("/")).netloc, timeout=30)
    with closing(connection):
        for each in [path] if isinstance(path, str) else path[:LOOKED_AT]:
            connection.request("GET", each, headers=headers)
            answer = connection.getresponse()
            answer.read()
            if answer.status != HTTPStatus.OK:
                raise ValueError(f"{answer.status} {each}")


def _rate(server: Server, page: Page, seconds: int = SECONDS) -> Rate:
    path, headers = page
    if isinstance(path, str):
        return measure(server.url(path), headers, seconds)
    jobs = [("GET", each, "", headers) for each in path]
    return send(urlsplit(server.url("/")).netloc, jobs, seconds=seconds, expected=200, look=False)


def queries(app: Flask, path: str | Sequence[str], headers: Mapping[str, str]) -> str:
    """Return how many statements the page sends, on its second time; of several the second one's."""
    first, second = (path, path) if isinstance(path, str) else path[:2]
    sent: list[str] = []

    def note(_connection, _cursor, statement, _parameters, _context, _many):
        sent.append(statement)

    client = app.test_client(use_cookies=False)
    client.get(first, headers=dict(headers))
    event.listen(Engine, "before_cursor_execute", note)
    answer = client.get(second, headers=dict(headers))
    event.remove(Engine, "before_cursor_execute", note)
    assert answer.status_code == 200, f"{answer.status} {second}"
    return str(len([one for one in sent if one.startswith("SELECT")]))


def submissions(environment: Mapping[str, str], app: Flask, size: str, hello: str) -> Line:
    """Send whole applications from sixteen clients at once; every one that was answered must be there, once."""
    drafts = make_drafts(app, SUBMISSIONS, seed=int(time.time()))
    with app.app_context():
        before = counted()
        db.session.remove()
    port = free_port()
    with serve("wsgi:app", {**environment, "PORT": str(port)}, ready="/healthz"):
        jobs = [
            (
                "POST",
                f"/applications/{draft.reference}/check",
                urlencode({"csrf_token": draft.csrf_token}),
                {"Cookie": draft.cookie, "Content-Type": "application/x-www-form-urlencoded"},
            )
            for draft in drafts
        ]
        bare = measure(hello, seconds=2).per_second
        rate = send(f"127.0.0.1:{port}", jobs, seconds=SUBMITTING, expected=302)
        base = (bare + measure(hello, seconds=2).per_second) / 2
    with app.app_context():
        after = counted()
        db.session.remove()
    added = {b - a for a, b in zip(before, after, strict=True)}
    assert len(added) == 1, f"applications, events and messages differ: {added}"
    kept = added.pop()
    assert rate.answered <= kept <= rate.answered + 2 * CLIENTS, (
        f"{rate.answered} answered, {kept} kept"
    )  # some in hand
    return Line("submit an application", size, rate, base, "")


def counted() -> tuple[int, int, int]:
    """Return how many applications were sent, how many events say so, how many confirmations wait or went."""
    sent = select(func.count()).select_from(Application).where(Application.submitted_at.is_not(None))
    events = select(func.count()).select_from(ApplicationEvent).where(ApplicationEvent.source == "draft")
    messages = select(func.count()).select_from(OutboxMessage)
    return tuple(int(db.session.scalar(one) or 0) for one in (sent, events, messages))  # type: ignore[return-value]


def start_up() -> None:
    """Print how long `make run`'s own part takes on an empty and on a ready folder, and the memory of each process."""
    with TemporaryDirectory() as folder:
        for name in ("first start, set up already", "second start"):
            port = free_port()
            environment = {**os.environ, "RECRUIT_ENV": "demo", "DATA_DIR": folder, "PORT": str(port)}
            began = time.monotonic()
            process = subprocess.Popen(
                [sys.executable, "-m", "recruit.start"], cwd=ROOT, env=environment, stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
            )  # fmt: skip
            wait_for(port)
            click.echo(f"{name}: {time.monotonic() - began:.1f} s")
            if name == "second start":
                click.echo(f"resident memory: {memory(process.pid)}")
            process.terminate()
            process.wait(30)


def wait_for(port: int) -> None:
    while True:
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5):
                return
        except OSError:
            time.sleep(0.05)


def memory(pid: int) -> str:
    """Return the resident memory of each process below `pid` in words."""
    parent = psutil.Process(pid)
    processes = [parent, *parent.children(recursive=True)]
    return ", ".join(f"{' '.join(one.cmdline()[1:4])[-40:]} {one.memory_info().rss // 2**20} MiB" for one in processes)


if __name__ == "__main__":
    sys.exit(main())
