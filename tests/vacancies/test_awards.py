"""A pay award: what it would change, applying it, and what publication settles."""

from datetime import date, timedelta

import pytest
from sqlalchemy import select

from recruit.core.db import db
from recruit.core.errors import Conflict, Incomplete, NotAllowed
from recruit.core.transaction import transaction
from recruit.pay.models import PayPoint, PayTable
from recruit.rules.access import SYSTEM, Actor, Role
from recruit.rules.lifecycle import VacancyStatus
from recruit.vacancies import approval, awards, pricing
from recruit.vacancies.models import Vacancy, VacancyEvent
from tests import factories
from tests.factories import NOW


def _table(day: date, more: int = 1_000_00, points: range = range(20, 37)) -> PayTable:
    old = factories.PayTableFactory.build().points
    made = [PayPoint(point=one.point, annual_pence=one.annual_pence + more) for one in old if one.point in points]
    return factories.PayTableFactory(effective_on=day, points=made)


def _live(**given) -> Vacancy:
    times = {"opens_at": NOW - timedelta(days=3), "closes_at": NOW + timedelta(days=9)}
    return factories.VacancyFactory(**{"published": True, **times, **given})


@pytest.fixture
def officer(session) -> Actor:
    return factories.UserFactory(name="Harper Reed", roles=[Role.HR]).as_actor()


def _raises() -> list[awards.Raise]:
    table = awards.award_in_force(NOW)
    assert table
    return list(awards.raises(table.effective_on, {one.point: one.annual_pence for one in table.points}, now=NOW))


def _apply(actor: Actor, marks: list[str]) -> list[Vacancy]:
    with transaction():
        return [one.vacancy for one in awards.apply_award(actor, marks, now=NOW)]


def test_an_award_lists_open_and_scheduled_vacancies_and_no_others(session):
    opened, scheduled = _live(), _live(opens_at=NOW + timedelta(days=1))
    _live(closes_at=NOW)
    _live(status=VacancyStatus.CANCELLED)
    factories.VacancyFactory(waiting=True)
    newer = _table(date(2021, 4, 1))
    _live(pay_table=newer)
    _table(date(2027, 4, 1))  # not in force yet

    assert [(one.vacancy, one.before, one.after) for one in _raises()] == [
        (one, "£28,672 to £36,922", "£29,672 to £37,922") for one in (opened, scheduled)
    ]


def test_hr_applies_it_and_the_history_keeps_both(officer: Actor):
    chosen, other = _live(), _live()
    newer = _table(date(2021, 4, 1))

    assert _apply(officer, [_raises()[0].mark]) == [chosen]

    assert (chosen.pay_table, chosen.salary_min_pence, chosen.salary_max_pence) == (newer, 29_672_00, 37_922_00)
    assert (other.salary_min_pence, other.pay_table.effective_on) == (28_672_00, date(2020, 4, 1))
    event = db.session.scalars(select(VacancyEvent)).one()
    assert (event.source, event.target, event.actor_id) == ("published", "published", officer.user_id)
    assert event.reason == (
        "Pay award of 1 April 2021 applied: £29,672 to £37,922 a year, before it £28,672 to £36,922"
    )


def test_all_or_none_are_changed(officer: Actor):
    first, second = _live(), _live()
    _table(date(2021, 4, 1))
    marks = [one.mark for one in _raises()]
    second.title = "Changed meanwhile"
    db.session.commit()

    with pytest.raises(Conflict, match=f"{second.reference} changed, or the pay table did, since you opened this page"):
        _apply(officer, marks)

    assert first.salary_min_pence == 28_672_00
    assert len(_apply(officer, [one.mark for one in _raises()])) == 2


def test_a_newer_table_than_was_read_is_not_applied(officer: Actor):
    _live()
    _table(date(2021, 4, 1))
    marks = [one.mark for one in _raises()]
    _table(date(2022, 4, 1), more=2_000_00)

    with pytest.raises(Conflict):
        _apply(officer, marks)


@pytest.mark.parametrize(
    ("more", "points", "fault"),
    [
        (-1_00, range(20, 37), "The new table pays less, so candidates would be misled."),
        (1_00, range(20, 30), "The new table has no point 30."),
    ],
)
def test_what_a_table_cannot_pay_is_said_and_refused(officer: Actor, more: int, points: range, fault: str):
    _live()
    _table(date(2021, 4, 1), more, points)
    [one] = _raises()

    assert (one.fault, one.after) == (fault, "")
    with pytest.raises(Conflict):
        _apply(officer, [one.mark])


def test_nobody_else_applies_an_award_and_none_is_nothing(officer: Actor):
    for actor in (SYSTEM, factories.UserFactory(roles=[Role.RECRUITER]).as_actor()):
        with pytest.raises(NotAllowed):
            _apply(actor, ["x"])
    with pytest.raises(Incomplete, match="Select at least 1 vacancy"):
        _apply(officer, [])


@pytest.mark.parametrize(("has_chosen", "day"), [(False, date(2021, 4, 1)), (True, date(2020, 4, 1))])
def test_publication_takes_the_table_in_force_unless_one_was_chosen(officer: Actor, has_chosen: bool, day: date):
    chosen = factories.PayTableFactory()
    _table(date(2021, 4, 1))
    closes = {"closes_at": NOW + timedelta(days=20)}
    vacancy = factories.VacancyFactory(waiting=True, pay_table=chosen if has_chosen else None, **closes)

    assert bool(pricing.older_table(vacancy, NOW)) is has_chosen
    with transaction():
        approval.approve_vacancy(officer, vacancy, seen_version=vacancy.version, now=NOW)

    assert (vacancy.pay_table.effective_on, vacancy.salary_min_pence) == (day, 28_672_00 + 1_000_00 * (not has_chosen))


@pytest.mark.parametrize(
    ("imports", "message"),
    [
        (
            lambda: _table(date(2021, 4, 1)),
            "pay would be £29,672 to £37,922 on the pay table of 1 April 2021; you read £28,672 to £36,922",
        ),
        (
            lambda: factories.WelcomeSchemeVersionFactory(number=2, amount_pence=4_000_00, valid_from=date(2025, 1, 1)),
            "the welcome payment would be terms number 2, £4,000, which you have not read",
        ),
    ],
)
def test_what_was_imported_since_it_was_read_is_not_approved(officer: Actor, imports, message: str):
    factories.PayTableFactory()
    welcome = factories.WelcomeSchemeVersionFactory(number=1)
    closes = {"closes_at": NOW + timedelta(days=20)}
    vacancy = factories.VacancyFactory(waiting=True, pay_table=None, welcome=welcome, **closes)
    seen = pricing.settlement(vacancy, now=NOW).mark
    imports()

    with pytest.raises(Conflict) as refusal, transaction():
        approval.approve_vacancy(officer, vacancy, seen_version=vacancy.version, seen_pay=seen, now=NOW)

    assert str(refusal.value) == (f"Since you opened this page, {message}. Nothing was approved: check it and decide.")
    assert vacancy.status is VacancyStatus.AWAITING_APPROVAL


@pytest.mark.parametrize("odd", ["", "x", "1.2.3.4", "9" * 5000, "1.1.1.1.zzzzzzzzzzzz", "²"])
def test_a_made_up_mark_approves_nothing(officer: Actor, odd: str):
    factories.PayTableFactory()
    vacancy = factories.VacancyFactory(waiting=True, pay_table=None, closes_at=NOW + timedelta(days=20))

    with pytest.raises(Conflict), transaction():
        approval.approve_vacancy(officer, vacancy, seen_version=vacancy.version, seen_pay=odd, now=NOW)
