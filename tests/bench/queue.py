"""Measures HR's queue at size, each page beside the bare one: `python -m tests.bench.queue [applications] …`.

SQLite, or PostgreSQL with TEST_DATABASE=postgresql.  A hundred applications a vacancy; 10,000 and 100,000 of them
unless others are given.  Asked for are what HR's page opens with, the lists that it offers, page 500, searches, an
application that is opened again, and applications of which each is another.  A page that is as before is kept, those of
some 150 applications that were opened before, too; but not those that each are opened for the first time, nor what was
sent with them: where they begin again, thousands lie between.
"""

import os
import sys
from collections.abc import Mapping
from itertools import cycle, islice
from urllib.parse import urlencode

from flask import Flask
from sqlalchemy import func, select

from recruit.accounts.models import User
from recruit.applications.models import Application
from recruit.core import clock
from recruit.core.db import db
from recruit.core.transaction import transaction
from recruit.review.filters import Filters
from recruit.review.queries import queue_page
from recruit.rules import limits
from recruit.rules.lifecycle import ApplicationStatus
from recruit.vacancies.models import Team, Vacancy
from tests.bench.__main__ import Page, add, app_for, rates
from tests.bench.drafts import cookie_for
from tests.bench.place import demonstration
from tests.databases import end_connections
from tests.servers import serve

SIZES = (10_000, 100_000)
A_VACANCY = 100  # applications
DEEP = 500  # the page that is far down
LIVE = 0.2  # share of the vacancies
EACH_ANOTHER = 12_000  # that are asked for in one run, the same some 150 in turn


def pages(app: Flask) -> dict[str, Page]:
    """Return what to ask for, by name: the path, and the headers of an officer who is signed in."""
    with app.app_context():
        officer = db.session.scalars(select(User).where(User.email == "hr@demo.example")).one()
        with transaction():
            cookie, _ = cookie_for(app, officer)
        actor, now = officer.as_actor(), clock.now()
        deep = queue_page(actor, Filters(), now=now, size=limits.PAGE_OF_APPLICATIONS * (DEEP - 1)).next
        vacancy, team = db.session.execute(
            select(Vacancy.reference, Team.slug)
            .select_from(Application)
            .join(Vacancy, Vacancy.id == Application.vacancy_id)
            .join(Team, Team.id == Vacancy.team_id)
            .where(Application.status == ApplicationStatus.SUBMITTED)
            .order_by(Application.id.desc())
            .limit(1)
        ).one()
        names = db.session.scalars(
            select(User.name)
            .join(Application, Application.candidate_id == User.id)
            .where(Application.status != ApplicationStatus.DRAFT)
            .group_by(User.name)
            .order_by(func.count(), User.name)
        ).all()
        whole = db.session.scalars(  # those of the demonstration are as long as real ones; what was added is short
            select(Application.reference)
            .join(User, User.id == Application.candidate_id)
            .where(Application.status == ApplicationStatus.SUBMITTED, User.email_key.not_like("bulk.%"))
            .order_by(Application.id)
        ).all()
        short = db.session.scalars(
            select(Application.reference)
            .where(Application.status == ApplicationStatus.SUBMITTED, Application.reference.not_in(whole))
            .order_by(Application.id.desc())
            .limit(EACH_ANOTHER)
        ).all()
        db.session.remove()
    asked = {
        "to review": {},
        f"page {DEEP}": {"after": str(deep)},
        "every status": {"status": "any"},
        "of a vacancy, shortlisted": {"vacancy": vacancy, "status": "shortlisted"},
        "of a team, unsuccessful": {"team": team, "status": "not_shortlisted"},
        "overdue": {"due": "0"},
        "unread": {"unread": "yes"},
        "mine": {"assigned": "me"},
        "of my vacancies": {"mine": "yes", "status": "todo"},
        "shortlisted, interviewed": {"interview": "interviewed"},
    }
    found = {name: f"/review?{urlencode({'status': 'submitted'} | what)}" for name, what in asked.items()}
    found["first page"] = "/review"
    # Of 10,000 some twenty have the most common name, of 1,000,000 hundreds, of whom a page shows 25.
    sought = {"a whole name": names[-1], "a rare name": names[0], "a first name": names[-1].split()[0]}
    found |= {f"search by {what}": f"/review/search?{urlencode({'q': name})}" for what, name in sought.items()}
    opened = [f"/review/applications/{reference}" for reference in whole]
    found["an application"] = opened[0]
    paths: dict[str, str | list[str]] = {
        **found,
        "applications, each another": list(islice(cycle(opened), EACH_ANOTHER)),
        "short ones, each opened first": list(
            islice(cycle([f"/review/applications/{reference}" for reference in short]), EACH_ANOTHER)
        ),
    }
    return {name: (path, {"Cookie": cookie}) for name, path in paths.items()}


def measure_at(environment: Mapping[str, str], size: int, hello: str) -> None:
    """Print the figures at the size that the database has."""
    app = app_for(environment)
    for line in rates(environment, pages(app), f"{size // 1000}k", hello, app):
        print(line, flush=True)
    with app.app_context():
        end_connections()


def main(sizes: list[int]) -> None:
    """Print the figures at each size, the smallest first."""
    kind = os.environ.get("TEST_DATABASE", "sqlite")
    there = 0
    with demonstration(kind) as environment, serve("tests.bench.hello:app", {}) as hello:
        for size in sorted(sizes):
            add(environment, (size - there) // A_VACANCY, size - there, LIVE)
            there = size
            measure_at(environment, size, hello.url("/"))


if __name__ == "__main__":
    main([int(size) for size in sys.argv[1:]] or list(SIZES))
