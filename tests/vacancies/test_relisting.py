"""A vacancy that is over becomes a new draft, linked with it."""

from datetime import UTC, datetime, timedelta

import pytest

from recruit.core.db import db
from recruit.core.errors import Conflict, NotAllowed
from recruit.core.transaction import transaction
from recruit.rules.access import Actor, Role
from recruit.rules.lifecycle import VacancyStatus
from recruit.vacancies.authoring_queries import events_of
from recruit.vacancies.models import Vacancy
from recruit.vacancies.relisting import relist_vacancy, relisted_as
from recruit.vacancies.service import cancel_vacancy
from tests import factories


@pytest.fixture
def over(session) -> Vacancy:
    vacancy = factories.VacancyFactory(published=True, posts=3, title="Social worker, nights")
    vacancy.closes_at = datetime.now(UTC) - timedelta(hours=1)
    db.session.commit()
    return vacancy


@pytest.fixture
def recruiter(over: Vacancy) -> Actor:
    return factories.UserFactory(name="Robin Carter", roles=[Role.RECRUITER]).as_actor(frozenset({over.team_id}))


def relist(actor: Actor, vacancy: Vacancy, **values) -> Vacancy:
    with transaction():
        return relist_vacancy(actor, vacancy, **{"seen_version": vacancy.version, "now": datetime.now(UTC), **values})


def ended(vacancy: Vacancy, filled: int, status: VacancyStatus) -> Vacancy:
    vacancy.filled, vacancy.status = filled, status
    db.session.commit()
    return vacancy


@pytest.mark.parametrize(
    ("filled", "status", "left"),
    [(0, VacancyStatus.UNFILLED, 3), (1, VacancyStatus.PART_FILLED, 2), (3, VacancyStatus.FILLED, 3)],
)
def test_it_is_for_the_posts_that_are_left(recruiter, over, filled, status, left):
    copy = relist(recruiter, ended(over, filled, status))

    assert (copy.title, copy.posts, copy.status, copy.filled) == (over.title, left, VacancyStatus.DRAFT, None)
    assert (copy.closes_at, copy.interview_on, copy.pay_table_id) == (None, None, None)
    assert (copy.relisted_from_id, list(relisted_as(over))) == (over.id, [copy])
    assert events_of(over)[0].reason == f"Relisted as {copy.reference}"
    assert events_of(copy)[0].reason == f"Relisted from {over.reference}"


def test_it_is_relisted_once_unless_the_draft_was_deleted(recruiter, over):
    first = relist(recruiter, over)
    with pytest.raises(Conflict, match=f"This vacancy has been relisted as {first.reference} already"):
        relist(recruiter, over)
    with transaction():
        cancel_vacancy(recruiter, first, "", now=datetime.now(UTC))
    second = relist(recruiter, over)

    assert list(relisted_as(over)) == [second]


def test_what_still_takes_applications_is_not_relisted(recruiter, over):
    over.closes_at = datetime.now(UTC) + timedelta(days=2)
    db.session.commit()
    with pytest.raises(Conflict, match="This vacancy is not over, so it cannot be relisted"):
        relist(recruiter, over)


def test_a_paused_vacancy_is_not_over(recruiter, over):
    over.status = VacancyStatus.PAUSED
    db.session.commit()
    with pytest.raises(Conflict, match="This vacancy is not over"):
        relist(recruiter, over)


def test_another_team_may_not(over):
    stranger = factories.UserFactory(roles=[Role.RECRUITER]).as_actor(frozenset({factories.TeamFactory().id}))
    with pytest.raises(NotAllowed):
        relist(stranger, over)


def test_who_read_an_older_page_is_told(recruiter, over):
    seen = over.version
    ended(over, 0, VacancyStatus.UNFILLED)
    with pytest.raises(Conflict):
        relist(recruiter, over, seen_version=seen)
