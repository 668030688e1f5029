"""Vacancies that candidates save: once, so many, their own, in the order in which they close."""

from datetime import timedelta
from decimal import Decimal

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from recruit.core.errors import Conflict, NotAllowed
from recruit.core.transaction import transaction
from recruit.rules import limits
from recruit.rules.access import Role
from recruit.rules.lifecycle import VacancyStatus
from recruit.vacancies.models import SavedVacancy
from recruit.vacancies.saved import remove_saved_vacancy, save_vacancy, saved_vacancies
from tests.factories import NOW, UserFactory, VacancyFactory

DAY = timedelta(days=1)


def a_vacancy(**facts):
    return VacancyFactory(published=True, **{"opens_at": NOW - 9 * DAY, "closes_at": NOW + 9 * DAY, **facts})


def test_saving_twice_is_saving_once(session: Session):
    actor, vacancy = UserFactory().as_actor(), a_vacancy()

    for _ in range(2):
        with transaction():
            save_vacancy(actor, vacancy, now=NOW)

    assert session.scalar(select(func.count()).select_from(SavedVacancy)) == 1


def test_only_candidates_save(session: Session):
    actor, vacancy = UserFactory(roles=[Role.HR]).as_actor(), a_vacancy()

    with pytest.raises(NotAllowed):
        save_vacancy(actor, vacancy, now=NOW)


def test_there_is_a_limit(session: Session, monkeypatch):
    monkeypatch.setattr(limits, "SAVED_VACANCIES", 1)
    actor, first, second = UserFactory().as_actor(), a_vacancy(), a_vacancy()
    with transaction():
        save_vacancy(actor, first, now=NOW)

    with pytest.raises(Conflict), transaction():
        save_vacancy(actor, second, now=NOW)

    assert [line.slug for line in saved_vacancies(actor, now=NOW)] == [first.slug]


def test_what_closes_soonest_stands_first_and_what_ended_last(session: Session):
    actor = UserFactory().as_actor()
    facts = [
        {"title": "Later"},
        {"title": "Closed", "closes_at": NOW - DAY},
        {"title": "Cancelled", "status": VacancyStatus.CANCELLED, "closes_at": NOW + DAY},
        {"title": "Today", "closes_at": NOW + timedelta(hours=5, minutes=10)},
    ]
    with transaction():
        for one in facts:
            save_vacancy(actor, a_vacancy(**one), now=NOW)

    lines = saved_vacancies(actor, now=NOW)

    assert [(line.title, line.closing, line.is_open) for line in lines] == [
        ("Today", "Closes at 2:40pm on Tuesday 10 March 2026: closes in 5 hours", True),
        ("Later", "Closes at 9:30am on Thursday 19 March 2026", True),
        ("Closed", "Closed on Monday 9 March 2026", False),
        ("Cancelled", "Cancelled", False),
    ]
    assert lines[0].pay == "£28,672 to £36,922 a year for full time"


def test_pay_says_what_weeks_there_are_and_what_stands_beside_it(session: Session):
    actor = UserFactory().as_actor()
    kept = {"kind": "retention", "amount_pence": 1_000_00, "paid": "once", "after_months": 12}
    with transaction():
        save_vacancy(actor, a_vacancy(paid_weeks=Decimal("44.6"), additions=[kept]), now=NOW)

    [line] = saved_vacancies(actor, now=NOW)

    share = "£24,524 to £31,581 a year for 37 hours a week, 44.6 paid weeks a year"
    assert (line.pay, line.beside) == (
        f"£28,672 to £36,922 a year for full time, pro rata {share}",
        "retention payment",
    )


def test_each_takes_away_only_their_own(session: Session):
    mine, theirs, vacancy = UserFactory().as_actor(), UserFactory().as_actor(), a_vacancy()
    with transaction():
        save_vacancy(mine, vacancy, now=NOW)
        save_vacancy(theirs, vacancy, now=NOW)

    for _ in range(2):
        with transaction():
            remove_saved_vacancy(mine, vacancy.slug)

    assert (saved_vacancies(mine, now=NOW), len(saved_vacancies(theirs, now=NOW))) == ([], 1)
