"""Which vacancies have a page, and what it is made of."""

from datetime import timedelta

import pytest
from sqlalchemy.orm import Session

from recruit.core.errors import NotFound
from recruit.rules.lifecycle import VacancyStatus
from recruit.vacancies.models import Vacancy, VacancyEvent
from recruit.vacancies.queries import public_team, public_vacancy
from recruit.vacancies.shown import shown_publicly
from tests.factories import NOW, VacancyFactory, WelcomeSchemeVersionFactory

DAY = timedelta(days=1)


def published(**kwargs) -> Vacancy:
    return VacancyFactory(published=True, **{"opens_at": NOW - DAY, "closes_at": NOW + DAY, **kwargs})


def cancel(session: Session, vacancy: Vacancy, at) -> Vacancy:
    vacancy.status = VacancyStatus.CANCELLED
    session.add(VacancyEvent(vacancy_id=vacancy.id, source="published", target="cancelled", at=at))
    session.commit()
    return vacancy


@pytest.mark.parametrize(
    ("times", "is_open"),
    [
        ({}, True),
        ({"opens_at": NOW}, True),
        ({"opens_at": NOW - 2 * DAY, "closes_at": NOW}, False),
    ],
)
def test_what_opened_has_a_page(session: Session, times: dict, is_open: bool):
    vacancy = published(welcome=WelcomeSchemeVersionFactory(), **times)

    shown = shown_publicly(vacancy.slug, now=NOW)

    assert (shown.vacancy.is_open(NOW), shown.cancelled_at) == (is_open, None)
    assert (shown.vacancy.team.name, shown.vacancy.welcome.amount_pence) == (vacancy.team.name, 5_000_00)
    assert [line.text for line in shown.vacancy.criteria] == [line.text for line in vacancy.criteria]
    assert public_vacancy(vacancy.slug, now=NOW).vacancy is vacancy


def test_all_it_shows_is_what_the_vacancy_says(session: Session):
    vacancy = published(caseload_typical=15, interview_on=NOW.date())

    shown = shown_publicly(vacancy.slug, now=NOW).vacancy

    nested = {"team", "grade", "pay_table", "welcome", "criteria", "documents"}
    names = set(type(shown).__dataclass_fields__) - nested
    assert {name: getattr(shown, name) for name in names} == {name: getattr(vacancy, name) for name in names}


def test_what_was_cancelled_after_it_opened_has_a_page(session: Session):
    vacancy = cancel(session, published(), NOW)

    shown = shown_publicly(vacancy.slug, now=NOW)

    assert (shown.vacancy.is_open(NOW), shown.cancelled_at) == (False, NOW)
    assert public_vacancy(vacancy.slug, now=NOW).cancelled_at == NOW


@pytest.mark.parametrize("read", [shown_publicly, public_vacancy])
def test_refuses_what_nobody_could_read(session: Session, read):
    draft, scheduled = VacancyFactory(), published(opens_at=NOW + timedelta(seconds=1))
    taken_back = cancel(session, published(opens_at=NOW - DAY), NOW - 2 * DAY)
    deleted = cancel(session, VacancyFactory(), NOW - DAY)

    for slug in (draft.slug, scheduled.slug, taken_back.slug, deleted.slug, "no-such-vacancy", "", "\x00", "\ud800"):
        with pytest.raises(NotFound):
            read(slug, now=NOW)


def test_public_team(session: Session):
    vacancy = published()

    assert public_team(vacancy.team.slug) is vacancy.team
    with pytest.raises(NotFound):
        public_team("no-such-team")
