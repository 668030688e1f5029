"""Vacancies that are kept between two visits.  A query in the address keeps the page itself from being kept."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from bs4 import BeautifulSoup
from flask import Flask
from sqlalchemy import update
from sqlalchemy.orm import Session

from recruit.core.counters import renew_public_pages
from recruit.core.transaction import transaction
from recruit.rules.lifecycle import VacancyStatus
from recruit.vacancies.models import Vacancy, VacancyEvent
from recruit.web import kept_vacancies
from recruit.web.kept_vacancies import KeptVacancies
from tests.factories import TeamFactory, VacancyFactory
from tests.visitor import Visitor

NOW = datetime(2026, 5, 12, 9, 0, tzinfo=UTC)
DAY = timedelta(days=1)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel(NOW, tick=False) as clock:
        yield clock


def published(**kwargs) -> Vacancy:
    times = {"opens_at": NOW - DAY, "closes_at": NOW + 20 * DAY}
    return VacancyFactory(published=True, **{**times, "slug": "this", **kwargs})


def page(visitor: Visitor, slug: str = "this") -> BeautifulSoup:
    return visitor.get(f"/jobs/{slug}?made=afresh")


def changed(app: Flask) -> None:
    """Let the process see that the public revision has moved: it asks each half second of a clock of its own."""
    app.extensions["public_revision"].forget()


def test_the_second_page_asks_for_nothing(visitor: Visitor, queries: list[str]):
    published(title="Before")
    first = page(visitor)
    queries.clear()

    second = page(visitor)

    assert second.main == first.main
    assert [query for query in queries if "counter" not in query] == []


def test_an_edit_shows(app: Flask, visitor: Visitor):
    vacancy = published(title="Before")
    assert page(visitor).h1.get_text() == "Before"

    with transaction():
        vacancy.title, vacancy.criteria[0].text = "After", "Sings well"
    changed(app)

    assert page(visitor).h1.get_text() == "After"
    assert "Sings well" in page(visitor).main.get_text()


def test_a_change_of_the_team_or_past_the_models_shows(app: Flask, session: Session, visitor: Visitor):
    vacancy = published(team=TeamFactory(name="Apples"))
    assert "Apples" in page(visitor).select_one(".key-facts").get_text()

    with transaction():
        vacancy.team.name = "Pears"
        session.execute(update(Vacancy).values(title="After", version=vacancy.version))
        renew_public_pages()
    changed(app)

    assert "Pears" in page(visitor).select_one(".key-facts").get_text()
    assert page(visitor).h1.get_text() == "After"


def test_a_cancelling_shows(app: Flask, session: Session, visitor: Visitor):
    vacancy = published()
    assert page(visitor).select("a[href$=apply]") != []

    with transaction():
        vacancy.status = VacancyStatus.CANCELLED
        session.add(VacancyEvent(vacancy_id=vacancy.id, source="published", target="cancelled", at=NOW))
    changed(app)

    assert page(visitor).select_one("main h2").get_text() == "This vacancy has been cancelled"


def test_the_clock_closes_it(visitor: Visitor, clock):
    published(closes_at=NOW + DAY)
    notes = []
    for moment in (NOW, NOW + timedelta(hours=1), NOW + DAY - timedelta(seconds=1), NOW + DAY):
        clock.move_to(moment)
        shown = page(visitor)
        notes.append([element.get_text() for element in shown.select(".key-facts .tag, main .govuk-inset-text h2")])

    assert notes == [[], ["closes in 23 hours"], ["closes in less than a minute"], ["This vacancy has closed"]]


def test_the_day_by_which_all_hear_goes_by(visitor: Visitor, clock):
    published(closes_at=NOW)  # 10 working days after: 27 May
    texts = []
    for days in (15, 16):
        clock.move_to(NOW + days * DAY)
        texts.append(page(visitor).select_one(".govuk-inset-text").get_text())

    assert ["you will hear from us by" in text for text in texts] == [True, False]


def test_a_clock_that_is_put_back_hides_it_again(visitor: Visitor, clock):
    published()
    page(visitor)

    clock.move_to(NOW - 2 * DAY)

    visitor.get("/jobs/this?made=afresh", 404)


def test_two_vacancies_are_never_mixed(visitor: Visitor):
    for slug in ("one", "two", "three"):
        published(slug=slug, title=slug, team=TeamFactory(name=f"Team {slug}"))

    for slug in ("one", "two", "three", "two", "one"):
        shown = page(visitor, slug)
        assert (shown.h1.get_text(), f"Team {slug}" in shown.select_one(".key-facts").get_text()) == (slug, True)


def test_what_is_not_found_is_not_kept(app: Flask, visitor: Visitor, clock):
    published(opens_at=NOW + DAY)
    visitor.get("/jobs/this?made=afresh", 404)

    clock.move_to(NOW + DAY)

    assert page(visitor).h1 is not None


def test_no_more_than_so_many_are_kept(app: Flask, visitor: Visitor, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(kept_vacancies, "KEPT", 2)
    changed(app)
    team = TeamFactory()
    for slug in ("one", "two", "three"):
        published(slug=slug, team=team)
        page(visitor, slug)
    for slug in ("one", "two", "three"):
        page(visitor, slug)

    assert len(app.extensions["vacancies"]._kept[1]) == 2


def test_reads_in_a_session_of_its_own(session: Session, queries: list[str]):
    """Whoever is signed in has begun to read before the revision is asked for, and may stand on older rows."""
    published()
    sent = []

    @contextmanager
    def reading() -> Iterator[None]:
        queries.clear()
        yield
        sent.append(len(queries))
        queries.clear()

    kept = KeptVacancies(lambda: 1, reading)
    for _ in range(2):
        kept.page("this", NOW)

    assert (sent, queries) == ([3], [])
