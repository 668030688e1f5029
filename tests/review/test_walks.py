"""Each of the reader's vacancies walked by itself, as PostgreSQL is told to, finds what all together have."""

from dataclasses import replace
from datetime import timedelta
from itertools import product

import pytest

from recruit.applications.models import Application
from recruit.core.db import db, rows_at_once
from recruit.review.filters import Filters, Place
from recruit.review.queries import _ask
from recruit.review.walks import Walk, rows_of
from recruit.rules.access import NOBODY, Actor, Role
from recruit.rules.interview_stages import InterviewStage
from recruit.rules.lifecycle import ApplicationStatus
from tests.factories import NOW, ApplicationFactory, UserFactory, VacancyFactory

MOST = 4
FILTERS = [
    Filters(status=None, waiting=True),
    Filters(status=None),
    Filters(),
    Filters(status=None, unread=True),
    Filters(status=None, due_within=0),
    Filters(status=None, assigned_to=NOBODY),
    Filters(interview=InterviewStage.TO_INVITE),
]


@pytest.fixture
def reader(session) -> Actor:
    """Somebody of HR with three vacancies, each with more applications than a page has, beside those of others."""
    user = UserFactory(roles=[Role.HR])
    named, have, both, others = (
        VacancyFactory(published=True, contact_email=email)
        for email in (user.email.upper(), "", user.email, "another@council.test")
    )
    for number in range(MOST + 2):
        for vacancy in (named, have, both, others):
            status = ApplicationStatus.SHORTLISTED if number % 3 == 1 else ApplicationStatus.SUBMITTED
            due_at = NOW + timedelta(hours=number * 7 % 5 - 2)
            has_it = user.id if vacancy in (have, both) and number == 0 else None
            ApplicationFactory(submitted=True, vacancy=vacancy, status=status, due_at=due_at, assigned_to_id=has_it)
    ApplicationFactory(submitted=True, vacancy=named, candidate=user, due_at=NOW - timedelta(days=9))
    db.session.commit()
    return user.as_actor()


def found(walk: Walk, values: dict[str, object]) -> list[str]:
    return [row.reference for row in rows_at_once(rows_of(walk), **values)]


@pytest.mark.postgresql_alone
@pytest.mark.parametrize("filters", FILTERS)
@pytest.mark.parametrize(("is_back", "with_place"), [(False, False), (False, True), (True, True)])
def test_each_vacancy_by_itself_finds_what_all_together_have(reader, filters, is_back, with_place):
    place = Place(NOW, db.session.query(Application.id).order_by(Application.id).all()[9][0]) if with_place else None
    walk, values = _ask(reader, replace(filters, is_mine=True), place, is_back, NOW, MOST)

    assert "LATERAL" in str(rows_of(walk).compile(db.engine))
    assert found(walk, values) == found(walk._replace(laterally=False), values)
    assert walk.laterally


@pytest.mark.postgresql_alone
def test_a_page_of_ones_own_vacancies_is_full_and_of_them_all(reader):
    walk, values = _ask(reader, Filters(status=None, is_mine=True), None, False, NOW, 100)
    rows = rows_at_once(rows_of(walk), **values)

    assert len(rows) == 3 * (MOST + 2)
    assert [(row.due_at, row.id) for row in rows] == sorted((row.due_at, row.id) for row in rows)


@pytest.mark.parametrize(("label", "vacancy"), [*product((False, True), repeat=2)])
def test_a_label_or_a_vacancy_is_narrower_than_ones_own(reader, label, vacancy):
    filters = Filters(status=None, is_mine=True, label_id=1 if label else None, vacancy_id=1 if vacancy else None)
    walk, _ = _ask(reader, filters, None, False, NOW, MOST)

    assert ("LATERAL" in str(rows_of(walk))) is (walk.laterally and not label and not vacancy)
