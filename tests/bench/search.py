"""Measures public search in one process: processor time of the index, and of the whole page against a bare one.

    TEST_DATABASE=sqlite|postgresql python -m tests.bench.search [vacancies]

A fifth of the vacancies is open.  Processor time and not the clock's: others use the machine, too.
"""

import os
import statistics
import sys
import time
from collections.abc import Callable
from typing import Any

from flask import Flask
from sqlalchemy import func, select, update

from recruit.core import clock
from recruit.core.counters import renew_public_pages
from recruit.core.db import db
from recruit.core.transaction import transaction
from recruit.vacancies.finder import Finder
from recruit.vacancies.finder_query import Facet, Query, Sort
from recruit.vacancies.models import Vacancy
from tests.bench.__main__ import add, app_for, rates
from tests.bench.place import demonstration
from tests.databases import end_connections
from tests.servers import serve

TIMES = 300  # of each query
FILTERS = {Facet.HOURS: ("full_time",), Facet.CONTRACT: ("permanent",)}
QUERIES = {
    "newest first": Query(),
    "newest first, filtered": Query(chosen=FILTERS),
    "newest first, filtered, page 200": Query(chosen=FILTERS, page=200),
    "newest first, words and filters": Query("children in care", FILTERS),
    "by relevance": Query("social worker", sort=Sort.RELEVANCE),
    "by relevance, two ideas": Query("children in care newly qualified", sort=Sort.RELEVANCE),
    "by relevance, page 200": Query("social worker", sort=Sort.RELEVANCE, page=200),
}
ADDRESSES: dict[str, tuple[str, dict[str, str]]] = {
    "list": ("/jobs?sort=closing", {}),
    "list, page 200": ("/jobs?sort=closing&page=200", {}),
    "filtered": ("/jobs?hours=full_time&contract=permanent", {}),
    "words, by relevance": ("/jobs?q=children+in+care", {}),
    "words, page 200": ("/jobs?q=social+worker&page=200", {}),
}


def timed(act: Callable[[], Any], times: int) -> tuple[float, float]:
    """Return the median and the 95th percentile of the processor time of `act`, in milliseconds."""
    act()
    found = []
    for _ in range(times):
        begun = time.process_time()
        act()
        found.append((time.process_time() - begun) * 1000)
    return statistics.median(found), sorted(found)[int(len(found) * 0.95)]


def index_figures(app: Flask) -> list[str]:
    """Return lines about the index, as each server process holds one."""
    finder: Finder = app.extensions["finder"]
    begun = time.process_time()
    index = finder.index(clock.now())
    read = time.process_time() - begun
    number = db.session.scalar(select(func.count()).select_from(Vacancy))
    lines = [f"{number:,} vacancies, {index.live(clock.now()).bit_count():,} open; read in {read:.1f} s"]
    for name, query in QUERIES.items():
        middle, slow = timed(lambda query=query: finder.search(query, clock.now()), TIMES)  # type: ignore[misc]
        lines.append(f"{name}: {middle:.2f} ms, p95 {slow:.2f} ms")
    with transaction():
        one = select(func.max(Vacancy.id)).scalar_subquery()
        db.session.execute(update(Vacancy).where(Vacancy.id == one).values(title="Zephyr"))
        renew_public_pages()
    app.extensions["public_revision"].forget()
    begun = time.process_time()
    finder.index(clock.now())
    return [*lines, f"a change is read in {time.process_time() - begun:.2f} s"]


def main() -> None:
    """Print the figures."""
    kind = os.environ.get("TEST_DATABASE", "sqlite")
    vacancies = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with demonstration(kind, SEARCH_RATE="1000000 per minute", KEEP_PUBLIC_PAGES="false") as environment:
        add(environment, vacancies, 0, 0.2)
        app = app_for(environment)
        with app.app_context():
            for line in index_figures(app):
                sys.stdout.write(f"{kind}: {line}\n")
            db.session.remove()
        with serve("tests.bench.hello:app", {}) as hello:
            for one in rates(environment, ADDRESSES, "", hello.url("/"), app):
                sys.stdout.write(f"{kind}: {one}\n")
        with app.app_context():
            end_connections()


if __name__ == "__main__":
    main()
