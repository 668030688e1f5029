"""Whoever has begun to apply is told what a pay award makes of the pay."""

from datetime import UTC, date, datetime
from decimal import Decimal

import pytest
from sqlalchemy import select

from recruit.applications.vacancy_award import apply_award
from recruit.core.db import db
from recruit.core.errors import Incomplete
from recruit.core.transaction import transaction
from recruit.notifications.delivery import render, text_of
from recruit.notifications.models import OutboxMessage
from recruit.pay.models import PayPoint
from recruit.rules.access import Role
from recruit.vacancies import awards, revisions
from tests import factories
from tests.review.sent import SENDER

NOW = datetime.now(UTC)
NEWER = date(2021, 4, 1)


def test_who_has_a_draft_is_told_the_pay_before_and_after(session):
    officer = factories.UserFactory(roles=[Role.HR]).as_actor()
    share = {"weekly_hours": Decimal("18.5"), "full_time": False, "part_time": True}
    whole, part, other = (factories.VacancyFactory(published=True, **given) for given in ({}, share, {}))
    drafts = [factories.ApplicationFactory(vacancy=vacancy) for vacancy in (whole, part)]
    factories.ApplicationFactory(vacancy=other)
    factories.ApplicationFactory(vacancy=whole, submitted=True)
    factories.ApplicationFactory(vacancy=whole).candidate.disabled_at = NOW
    points = [PayPoint(point=one.point, annual_pence=one.annual_pence + 1_000_00) for one in whole.pay_table.points]
    factories.PayTableFactory(effective_on=NEWER, points=points)
    session.commit()
    found = awards.raises(NEWER, {one.point: one.annual_pence for one in points}, now=NOW)

    with transaction():
        done, told = apply_award(officer, [one.mark for one in found if one.vacancy is not other], now=NOW)

    assert (len(done), told) == (2, 2)
    sent = db.session.scalars(select(OutboxMessage).order_by(OutboxMessage.id)).all()
    assert [(one.notification, one.recipient, one.context["changed"]) for one in sent] == [
        (
            "vacancy_changed",
            drafts[0].candidate.email,
            "- Pay: £29,672 to £37,922 a year (before: £28,672 to £36,922 a year)",
        ),
        (
            "vacancy_changed",
            drafts[1].candidate.email,
            "- Pay: £29,672 to £37,922 a year full time, £14,836 to £18,961 a year for 18.5 hours a week"
            " (before: £28,672 to £36,922 a year full time, £14,336 to £18,461 a year for 18.5 hours a week)",
        ),
    ]


def test_who_asks_for_a_change_is_told_that_an_award_has_overtaken_it(session):
    officer = factories.UserFactory(name="Harper Reed", roles=[Role.HR]).as_actor()
    vacancy, other, third = (factories.VacancyFactory(published=True) for _ in range(3))
    for one in (vacancy, third):
        author = factories.UserFactory(roles=[Role.RECRUITER])
        factories.TeamMemberFactory(team_id=one.team_id, user_id=author.id)
        with transaction():
            revisions.start_revision(author.as_actor(frozenset({one.team_id})), one, now=NOW)
        author.disabled_at = NOW if one is third else None
    author = revisions.open_revision(vacancy).author
    points = [PayPoint(point=one.point, annual_pence=one.annual_pence + 1_000_00) for one in vacancy.pay_table.points]
    factories.PayTableFactory(effective_on=NEWER, points=points)
    session.commit()
    found = awards.raises(NEWER, {one.point: one.annual_pence for one in points}, now=NOW)

    with transaction():
        apply_award(officer, [one.mark for one in found], now=NOW)

    [told] = db.session.scalars(select(OutboxMessage)).all()
    assert (told.notification, told.recipient) == ("vacancy_change_overtaken", author.email)
    mail = text_of(render(told, SENDER, at=NOW))
    assert f"Harper Reed changed {vacancy.title}, {vacancy.reference}" in mail
    assert "by a pay award it pays £29,672 to £37,922 a year now, and £28,672 to £36,922 a year before" in mail
    assert f"/recruiter/vacancies/{vacancy.reference}" in mail
    assert other.reference not in mail


@pytest.mark.parametrize("number", [1, 3])
def test_changes_that_are_open_are_asked_for_once_for_all(session, queries, number):
    officer = factories.UserFactory(roles=[Role.HR]).as_actor()
    vacancies = [factories.VacancyFactory(published=True) for _ in range(number)]
    points = [PayPoint(point=one.point, annual_pence=one.annual_pence) for one in vacancies[0].pay_table.points]
    factories.PayTableFactory(effective_on=NEWER, points=points)
    session.commit()
    found = awards.raises(NEWER, {one.point: one.annual_pence for one in points}, now=NOW)
    queries.clear()

    with transaction():
        done, _ = apply_award(officer, [one.mark for one in found], now=NOW)

    assert len(done) == number
    assert len([one for one in queries if "FROM vacancy_revision" in one]) == 1


def test_nobody_is_told_of_an_award_that_was_not_applied(session):
    officer = factories.UserFactory(roles=[Role.HR]).as_actor()
    factories.ApplicationFactory(vacancy=factories.VacancyFactory(published=True))

    with pytest.raises(Incomplete), transaction():
        apply_award(officer, [], now=NOW)

    assert db.session.scalars(select(OutboxMessage)).all() == []
