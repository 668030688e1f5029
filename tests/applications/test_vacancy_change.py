"""What a change of a published vacancy may promise, and what approving it brings with it."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from recruit.applications.promises import due_day, hear_by
from recruit.applications.vacancy_change import approve_revision
from recruit.core.calendar import closing_moment
from recruit.core.db import db
from recruit.core.transaction import transaction
from recruit.rules import limits
from recruit.rules.access import Actor, Role
from recruit.vacancies import revisions
from recruit.vacancies.models import Vacancy
from recruit.vacancies.readiness import NotReady
from recruit.vacancies.writing_models import VacancyRevision
from tests import factories

NOW = datetime(2026, 12, 5, 9, tzinfo=UTC)
OPENED = NOW - timedelta(days=4)
CLOSES = closing_moment(date(2026, 12, 18))


@pytest.fixture
def vacancy(session) -> Vacancy:
    return factories.VacancyFactory(published=True, opens_at=OPENED, closes_at=CLOSES)


@pytest.fixture
def recruiter(vacancy: Vacancy) -> Actor:
    return factories.UserFactory(roles=[Role.RECRUITER]).as_actor(frozenset({vacancy.team_id}))


@pytest.fixture
def officer(session) -> Actor:
    return factories.UserFactory(roles=[Role.HR]).as_actor()


def changed(recruiter: Actor, vacancy: Vacancy, **values: Any) -> VacancyRevision:
    with transaction():
        revision = revisions.start_revision(recruiter, vacancy, now=NOW)
    given = {"grade": vacancy.grade, "table": vacancy.pay_table, "welcome": "keep", "closes_at": vacancy.closes_at}
    with transaction():
        seen = revision.version
        revisions.change_terms(recruiter, revision, **{**given, **values}, seen_version=seen, now=NOW)
    return revision


def sent(recruiter: Actor, vacancy: Vacancy, **values: Any) -> VacancyRevision:
    revision = changed(recruiter, vacancy, **values)
    with transaction():
        revisions.send_revision(recruiter, revision, "Few applied.", seen_version=revision.version, now=NOW)
    return revision


def approve(officer: Actor, revision: VacancyRevision) -> None:
    with transaction():
        approve_revision(officer, revision, seen_version=revision.version, now=NOW)


def test_the_promise_to_who_waits_for_a_first_answer_follows_the_closing_date(recruiter, officer, vacancy):
    waits = factories.ApplicationFactory(vacancy=vacancy, submitted=True)
    elsewhere = factories.ApplicationFactory(submitted=True)
    before = (waits.due_at, elsewhere.due_at)
    revision = sent(recruiter, vacancy, closes_at=closing_moment(date(2027, 1, 8)))

    approve(officer, revision)

    db.session.expire_all()
    assert waits.due_at > before[0]
    assert due_day(waits.due_at) == hear_by(waits)
    assert elsewhere.due_at == before[1]


@pytest.mark.parametrize(("interview_on", "fits"), [(date(2027, 1, 9), True), (date(2027, 1, 8), False)])
def test_the_last_day_in_winter_is_the_one_that_people_read(recruiter, vacancy, interview_on, fits):
    vacancy.interview_on = interview_on
    closes_at = closing_moment(date(2027, 1, 8))

    found = revisions.wrong_closing(vacancy, closes_at, NOW)

    assert [one.message for one in found] == (
        [] if fits else ["The closing date must be before the interviews. Change their date first"]
    )


@pytest.mark.parametrize(("more", "fits"), [(timedelta(), True), (timedelta(minutes=1), False)])
def test_a_change_makes_it_no_longer_than_a_vacancy_may_be(recruiter, vacancy, more, fits):
    longest = NOW + timedelta(days=limits.MAXIMUM_ADVERT_DAYS) + more
    if fits:
        assert changed(recruiter, vacancy, closes_at=longest).after["closes_at"] == longest.isoformat()
        return
    with pytest.raises(NotReady, match=f"at most {limits.MAXIMUM_ADVERT_DAYS} days away"):
        changed(recruiter, vacancy, closes_at=longest)
