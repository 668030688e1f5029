"""What a change of a published vacancy may promise, and what approving it brings with it."""

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy.exc import IntegrityError

from recruit.applications.promises import due_day, hear_by
from recruit.applications.vacancy_change import approve_revision
from recruit.core.calendar import closing_moment
from recruit.core.db import db
from recruit.core.errors import Conflict, Incomplete
from recruit.core.transaction import transaction
from recruit.rules import limits
from recruit.rules.access import Actor, Role
from recruit.rules.lifecycle import RevisionStatus
from recruit.vacancies import revisions
from recruit.vacancies.models import Contract, Vacancy
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


SUPPLEMENT = {"kind": "market_supplement", "amount_pence": 2_000_00, "paid": "monthly", "review_on": "2099-04-01"}
RULES = factories.WelcomeSchemeVersionFactory.build().eligibility


@pytest.mark.parametrize(
    ("post", "terms", "reason"),
    [
        (
            {"contract": Contract.FIXED_TERM, "fixed_term_months": 24},
            {"eligibility": {**RULES, "fixed_term_from_months": None}},
            "it is not for fixed terms",
        ),
        (
            {"additions": [SUPPLEMENT]},
            {"not_with": ["market_supplement"]},
            "not paid together with a market supplement",
        ),
        ({}, {"eligibility": {**RULES, "teams": ["fostering"]}}, "it is not for this team"),
    ],
)
def test_a_change_brings_no_welcome_payment_that_is_not_for_the_post(recruiter, vacancy, post, terms, reason):
    factories.WelcomeSchemeVersionFactory(**terms)
    for name, value in post.items():
        setattr(vacancy, name, value)
    db.session.commit()

    with pytest.raises(Incomplete, match=reason):
        changed(recruiter, vacancy, welcome="current")


def test_a_grade_that_the_kept_terms_are_not_for_is_refused(recruiter, officer, vacancy):
    version = factories.WelcomeSchemeVersionFactory(eligibility={**RULES, "grades": [vacancy.grade.code]})
    senior = factories.GradeFactory(code="senior", title="Senior social worker", point_min=30, point_max=34)
    vacancy.welcome_id = version.id
    db.session.commit()

    with pytest.raises(Incomplete, match="it is not for this grade"):
        changed(recruiter, vacancy, grade=senior)
    assert changed(recruiter, vacancy, grade=senior, welcome="none").after["welcome_id"] is None
    assert changed(recruiter, vacancy).after["welcome_id"] == version.id


def test_of_two_schemes_a_change_takes_the_one_that_is_for_the_post(recruiter, officer, vacancy):
    fits = factories.WelcomeSchemeVersionFactory(valid_from=date(2022, 1, 1))
    other = factories.WelcomeSchemeFactory(code="managers")
    factories.WelcomeSchemeVersionFactory(
        scheme=other, valid_from=date(2026, 1, 1), eligibility={**RULES, "grades": ["manager"]}
    )
    revision = sent(recruiter, vacancy, welcome="current")

    approve(officer, revision)

    assert vacancy.welcome_id == fits.id


def test_approval_asks_again_whether_the_welcome_payment_is_for_the_post(recruiter, officer, vacancy):
    kept = factories.WelcomeSchemeVersionFactory(eligibility={**RULES, "grades": [vacancy.grade.code, "senior"]})
    senior = factories.GradeFactory(code="senior", title="Senior social worker", point_min=30, point_max=34)
    vacancy.welcome_id = kept.id
    db.session.commit()
    revision = sent(recruiter, vacancy, grade=senior)
    senior.code = "senior-practitioner"
    db.session.commit()

    with pytest.raises(Incomplete, match="it is not for this grade"):
        approve(officer, revision)

    assert vacancy.grade_id != senior.id


def test_terms_that_a_newer_version_took_the_place_of_since_are_not_promised(recruiter, officer, vacancy):
    first = factories.WelcomeSchemeVersionFactory(number=1)
    revision = sent(recruiter, vacancy, welcome="current")
    factories.WelcomeSchemeVersionFactory(scheme=first.scheme, number=2, valid_from=date(2026, 6, 1))

    with pytest.raises(Conflict, match="Other terms of the welcome payment are in force now"):
        approve(officer, revision)


@pytest.mark.parametrize("who", ["author_id", "edited_by_id", "sent_by_id", None])
def test_the_database_keeps_no_change_that_was_approved_by_who_wrote_it(recruiter, officer, vacancy, who: str | None):
    other = factories.UserFactory(roles=[Role.HR]).id
    revision = sent(recruiter, vacancy, closes_at=closing_moment(date(2027, 1, 8)))
    revision.status, revision.decided_by_id, revision.decided_at = RevisionStatus.APPROVED, officer.user_id, NOW
    revision.author_id = revision.edited_by_id = revision.sent_by_id = other
    if who is None:
        revision.decided_by_id = None
    else:
        setattr(revision, who, officer.user_id)

    with pytest.raises(IntegrityError, match="approver"):
        db.session.flush()
    db.session.rollback()


@pytest.mark.parametrize("missing", ["author_id", "edited_by_id", "approver_id", "approved_at"])
def test_the_database_keeps_no_terms_that_nobody_else_approved(officer, missing: str):
    writer = factories.UserFactory(roles=[Role.ADMIN]).id
    approved = {
        "author_id": writer, "edited_by_id": writer, "approver_id": officer.user_id, "approved_at": NOW,
    }  # fmt: skip
    factories.WelcomeSchemeVersionFactory(**approved)
    wrong = officer.user_id if missing in ("author_id", "edited_by_id") else None

    with pytest.raises(IntegrityError, match="approver"):
        factories.WelcomeSchemeVersionFactory(**{**approved, missing: wrong})
    db.session.rollback()
