"""How long one new vacancy takes to be held against the alerts: `python -m tests.bench.alerts [10000 100000]`.

Each number of alerts gets a database of its own in a temporary folder: SQLite, or PostgreSQL with
`TEST_DATABASE=postgresql`.  Half of the alerts share a few hundred usual searches; the other half has searches that
nobody else has.  The time is that of `match_vacancies`, whole: reading the vacancy, finding the searches, noting each
alert that is to tell of it, and the commit.
"""

import os
import random
import statistics
import sys
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

from flask_migrate import upgrade
from sqlalchemy import func, insert, select

from recruit.alerts.matching import Matching
from recruit.alerts.models import Alert, AlertMatch, AlertSearch
from recruit.alerts.rounds import Rounds
from recruit.alerts.searches import key_of
from recruit.app import create_app
from recruit.config import Environment, Settings
from recruit.core.db import db
from recruit.core.transaction import transaction
from recruit.vacancies.finder_query import YES, Facet, Hours, Query
from recruit.vacancies.finder_rows import read_rows
from recruit.vacancies.models import Contract
from tests.databases import end_connections, fresh_database
from tests.factories import NOW, GradeFactory, TeamFactory, VacancyFactory

NUMBERS = (10_000, 100_000)
TEAMS = tuple(f"team-of-{name}" for name in ("fostering", "mash", "adoption", "court", "disability", "leaving-care"))
PLACES = ("north", "south", "east", "west", "central", "riverside", "hemlington", "acklam", "linthorpe", "coulby")
USUAL = ("", "social worker", "fostering", "mash", "asye", "part time", "looked after", "senior", "court", "adoption")
VACANCIES = 12


def query(draw: random.Random, *, own: bool) -> Query:
    """Return a usual search, or one that hardly anybody else has."""
    chosen: dict[Facet, tuple[str, ...]] = {}
    if draw.random() < 0.6:
        chosen[Facet.TEAM] = (draw.choice(TEAMS),)
    if draw.random() < 0.4:
        chosen[Facet.HOURS] = (draw.choice(list(Hours)).value,)
    if draw.random() < 0.2:
        chosen[Facet.CONTRACT] = (draw.choice(list(Contract)).value,)
    if draw.random() < 0.2:
        chosen[Facet.NEWLY_QUALIFIED] = (YES,)
    words = draw.choice(USUAL)
    if own:
        chosen[Facet.SALARY_MIN] = (str(draw.randrange(25_000, 60_000, 250)),)
        words = f"{words} {draw.choice(PLACES)} {draw.choice(USUAL)}" if draw.random() < 0.7 else words
    return Query(" ".join(words.split()), chosen)


def fill(number: int) -> int:
    """Keep `number` confirmed alerts; return how many distinct searches they have."""
    draw, rows = random.Random(1), []
    ids: dict[Any, int] = {}
    searches = [query(draw, own=index % 2 == 1) for index in range(number)]
    for one in searches:
        if (key := key_of(one)) not in ids:
            ids[key] = len(ids) + 1
            chosen = {facet.value: list(values) for facet, values in one.chosen.items()}
            rows.append({"id": ids[key], "key": key, "words": one.words, "chosen": chosen})
    before = NOW - timedelta(days=9)
    alerts = [
        {
            "search_id": ids[key_of(one)],
            "email": f"p{index}@people.example",
            "email_key": f"p{index}@people.example",
            "words": one.words,
            "frequency": ("instant", "daily", "weekly")[index % 3],
            "consent": "I agree.",
            "consented_at": before,
            "confirmed_at": before,
            "kept_at": before,
        }
        for index, one in enumerate(searches)
    ]
    with transaction():
        for model, values in ((AlertSearch, rows), (Alert, alerts)):
            for start in range(0, len(values), 5_000):
                db.session.execute(insert(model), values[start : start + 5_000])
    return len(rows)


def measure(number: int) -> str:
    """Return a line of figures for `number` alerts."""
    distinct, worker = fill(number), Rounds()
    teams = [TeamFactory(slug=slug, name=slug.replace("-", " ")) for slug in TEAMS]
    times, ids = [], []
    for index in range(VACANCIES + 1):
        title = ("Social worker", "Senior social worker", "Court officer")[index % 3]
        place = f"{PLACES[index % len(PLACES)]} office"
        vacancy = VacancyFactory(
            published=True, title=title, workplace=place, team=teams[index % len(teams)], grade=GradeFactory(),
            opens_at=NOW, published_at=NOW, closes_at=NOW + timedelta(days=20),
        )  # fmt: skip
        ids.append(vacancy.id)
        begun = time.perf_counter()
        more = True
        while more:
            with transaction():
                more = worker.match_vacancies(NOW)
        times.append(time.perf_counter() - begun)
    first, *others = times
    matched = (db.session.scalar(select(func.count()).select_from(AlertMatch)) or 0) / len(ids)
    rows, matching = read_rows(NOW), Matching()
    matching.add(db.session.execute(select(AlertSearch.id, AlertSearch.words, AlertSearch.chosen)).tuples())
    found = []
    for vacancy_id in ids * 2:
        begun = time.perf_counter()
        matching.searches_for(rows.vacancies[vacancy_id], rows.texts[vacancy_id])
        found.append(time.perf_counter() - begun)
    asking, whole = (statistics.median(some) * 1000 for some in (found[len(ids) :], others))
    return (
        f"{number:>7,} alerts, {distinct:>6,} distinct searches: asked in {asking:.2f} ms, with {matched:,.0f} matches"
        f" noted in {whole:.0f} ms ({whole * 1000 / max(1, matched):.0f} µs each); the first, which reads the searches,"
        f" {first:.2f} s"
    )


def main() -> None:
    """Print the figures of each number of alerts."""
    kind = os.environ.get("TEST_DATABASE", "sqlite")
    for number in [int(given) for given in sys.argv[1:]] or NUMBERS:
        with tempfile.TemporaryDirectory() as folder, fresh_database(kind, Path(folder)) as url:
            app = create_app(Settings(recruit_env=Environment.TEST, data_dir=Path(folder), database_url=url))
            with app.app_context():
                upgrade()
                sys.stdout.write(f"{kind}: {measure(number)}\n")
                db.session.remove()
                end_connections()


if __name__ == "__main__":
    main()
