"""What a change of a published vacancy may promise, and what approving it brings with it."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from recruit.applications.promises import due_day, hear_by
from recruit.applications.vacancy_change import approve_revision
from recruit.applications.vacancy_outcome import record_outcome
from recruit.applications.vacancy_posts import change_posts
from recruit.core.calendar import closing_moment
from recruit.core.db import db
from recruit.core.errors import Conflict, Incomplete
from recruit.core.transaction import transaction
from recruit.notifications.models import OutboxMessage
from recruit.pay.additions import Addition, Kind, Paid, additions_of
from recruit.rules import limits
from recruit.rules.access import Actor, Role
from recruit.rules.lifecycle import ApplicationStatus, RevisionStatus, VacancyStatus
from recruit.vacancies import revised_post, revisions
from recruit.vacancies.before_and_after import differences
from recruit.vacancies.models import Contract, Vacancy
from recruit.vacancies.readiness import NotReady
from recruit.vacancies.revised_terms import Post
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


PART_TIME = {"full_time": False, "part_time": True, "weekly_hours": Decimal("22.2")}
FIXED = {"contract": Contract.FIXED_TERM, "fixed_term_months": 12}
ONCE = Addition(kind=Kind.RETENTION, amount_pence=1_000_00, paid=Paid.ONCE, after_months=12)


def with_post(recruiter: Actor, vacancy: Vacancy, **values: Any) -> VacancyRevision:
    with transaction():
        revision = revisions.start_revision(recruiter, vacancy, now=NOW)
    with transaction():
        post = replace(Post.of(vacancy), **values)
        revised_post.change_post(recruiter, revision, post, seen_version=revision.version)
    return revision


def with_payment(recruiter: Actor, revision: VacancyRevision, addition: Addition) -> VacancyRevision:
    with transaction():
        revised_post.set_addition(recruiter, revision, addition, seen_version=revision.version, now=NOW)
    return revision


def send(recruiter: Actor, revision: VacancyRevision) -> VacancyRevision:
    with transaction():
        revisions.send_revision(recruiter, revision, "Few applied.", seen_version=revision.version, now=NOW)
    return revision


def test_hours_contract_and_payments_change_by_approval_and_drafts_are_told(recruiter, officer, vacancy):
    factories.ApplicationFactory(vacancy=vacancy)
    revision = with_payment(recruiter, with_post(recruiter, vacancy, **PART_TIME, **FIXED), ONCE)
    send(recruiter, revision)
    assert (vacancy.weekly_hours, vacancy.contract, vacancy.additions) == (37, Contract.PERMANENT, [])

    shown = {part: (before, after) for part, before, after in differences(revision)}
    approve(officer, revision)

    db.session.expire_all()
    assert shown == {
        "Grade and pay": (
            "Social worker, £28,672 to £36,922 a year",
            "Social worker, £28,672 to £36,922 a year full time, £17,203 to £22,153 a year for 22.2 hours a week",
        ),
        "Hours": ("37 hours a week, full time", "22.2 hours a week, part time"),
        "Contract": ("Permanent", "Fixed term, 12 months"),
        "Retention payment": ("None", "£1,000 once, after 12 months"),
    }
    assert Post.of(vacancy) == replace(Post.of(vacancy), **PART_TIME, **FIXED)
    assert additions_of(vacancy.additions) == [ONCE]
    [told] = db.session.scalars(select(OutboxMessage).where(OutboxMessage.notification == "vacancy_changed"))
    assert "- Hours: 22.2 hours a week, part time (before: 37 hours a week, full time)" in told.context["changed"]
    assert "- Retention payment: £1,000 once, after 12 months (before: None)" in told.context["changed"]


@pytest.mark.parametrize(
    ("values", "message"),
    [
        ({"full_time": False}, "Select full time, part time or job share"),
        ({"weekly_hours": Decimal(30)}, "Hours a week must be 37 while full time is selected"),
        ({"contract": Contract.FIXED_TERM}, "Enter how many months a fixed term is for"),
        ({"fixed_term_months": 6}, "none for another contract"),
    ],
)
def test_a_post_that_cannot_be_is_refused(recruiter, vacancy, values, message):
    with pytest.raises(Incomplete, match=message):
        with_post(recruiter, vacancy, **values)


@pytest.mark.parametrize(("days", "fits"), [(0, False), (1, True)])
def test_a_payment_that_is_over_is_not_promised(recruiter, vacancy, days, fits):
    supplement = Addition(
        kind=Kind.MARKET_SUPPLEMENT, amount_pence=1_000_00, paid=Paid.MONTHLY,
        ends_on=NOW.date() + timedelta(days=days),
    )  # fmt: skip
    revision = with_post(recruiter, vacancy)
    if not fits:
        with pytest.raises(Incomplete, match="Market supplement: the date on which it is reviewed or ends has passed"):
            with_payment(recruiter, revision, supplement)
        return
    with_payment(recruiter, revision, supplement)
    with transaction():
        revised_post.remove_addition(recruiter, revision, Kind.MARKET_SUPPLEMENT, seen_version=revision.version)
    assert differences(revision) == []


def test_the_welcome_payment_has_to_be_for_the_post_as_it_becomes(recruiter, officer, vacancy):
    terms = factories.WelcomeSchemeVersionFactory(
        eligibility={**RULES, "fixed_term_from_months": None}, not_with=["retention"]
    )
    vacancy.welcome_id = terms.id
    db.session.commit()
    revision = with_post(recruiter, vacancy, **PART_TIME)

    with pytest.raises(Incomplete, match="it is not for fixed terms"):
        with_post(recruiter, vacancy, **FIXED)
    with pytest.raises(Incomplete, match="not paid together with a retention payment"):
        with_payment(recruiter, revision, ONCE)
    changed(recruiter, vacancy, welcome="none")
    with_payment(recruiter, with_post(recruiter, vacancy, **FIXED), ONCE)
    with pytest.raises(Incomplete):
        changed(recruiter, vacancy, welcome="keep")


def test_hours_that_changed_meanwhile_make_a_change_stale(recruiter, officer, vacancy):
    revision = send(recruiter, with_post(recruiter, vacancy, **FIXED))
    vacancy.job_share = True
    db.session.commit()

    with pytest.raises(Conflict, match="The vacancy itself has changed"):
        approve(officer, revision)


def test_a_change_that_was_sent_before_posts_could_change_is_still_approved(recruiter, officer, vacancy):
    revision = sent(recruiter, vacancy, closes_at=closing_moment(date(2026, 12, 28)))
    new = (*Post.__dataclass_fields__, "additions")
    revision.before = {name: value for name, value in revision.before.items() if name not in new}
    revision.after = {name: value for name, value in revision.after.items() if name not in new}
    db.session.commit()

    assert [part for part, _, _ in differences(revision)] == ["Closes"]
    approve(officer, revision)

    assert (vacancy.closes_at, vacancy.weekly_hours) == (closing_moment(date(2026, 12, 28)), 37)


def with_posts(recruiter: Actor, vacancy: Vacancy, posts: int) -> VacancyRevision:
    with transaction():
        revision = revisions.start_revision(recruiter, vacancy, now=NOW)
    with transaction():
        change_posts(recruiter, revision, posts, seen_version=revision.version)
    return revision


def test_the_number_of_posts_changes_by_approval(recruiter, officer, vacancy):
    factories.ApplicationFactory(vacancy=vacancy)
    revision = send(recruiter, with_posts(recruiter, vacancy, 3))
    assert (vacancy.posts, differences(revision)) == (1, [("Posts", "1", "3")])

    approve(officer, revision)

    assert vacancy.posts == 3
    [told] = db.session.scalars(select(OutboxMessage).where(OutboxMessage.notification == "vacancy_changed"))
    assert told.context["changed"] == "- Posts: 3 (before: 1)"


@pytest.mark.parametrize(
    ("posts", "message"),
    [
        (0, "1 person is to be appointed already, so there must be at least as many posts"),
        (51, "Posts must be between 1 and 50"),
    ],
)
def test_posts_that_cannot_be_are_refused(recruiter, vacancy, posts, message):
    factories.ApplicationFactory(vacancy=vacancy, submitted=True, status=ApplicationStatus.APPOINTED)

    with pytest.raises(Incomplete, match=message):
        with_posts(recruiter, vacancy, posts)
    assert differences(with_posts(recruiter, vacancy, 1)) == []


def test_who_was_appointed_while_a_change_waited_keeps_a_post(recruiter, officer, vacancy):
    vacancy.posts = 3
    db.session.commit()
    revision = send(recruiter, with_posts(recruiter, vacancy, 1))
    for _ in range(2):
        factories.ApplicationFactory(vacancy=vacancy, submitted=True, status=ApplicationStatus.APPOINTED)
    factories.ApplicationFactory(submitted=True, status=ApplicationStatus.APPOINTED)

    with pytest.raises(Incomplete, match="2 people are to be appointed already"):
        approve(officer, revision)

    db.session.rollback()
    assert (vacancy.posts, revision.status) == (3, RevisionStatus.AWAITING_APPROVAL)


def test_after_closing_only_the_number_of_posts_changes_and_nobody_is_written_to(recruiter, officer, vacancy):
    factories.ApplicationFactory(vacancy=vacancy)
    other = send(recruiter, with_post(recruiter, vacancy, **FIXED))
    vacancy.closes_at = NOW
    db.session.commit()
    with pytest.raises(Conflict, match="only its number of posts can change"):
        approve(officer, other)
    with transaction():
        revisions.drop_revision(recruiter, other, seen_version=other.version, now=NOW)
    with pytest.raises(Conflict, match="only its number of posts can change"):
        send(recruiter, with_post(recruiter, vacancy, **FIXED))
    with_post(recruiter, vacancy, contract=Contract.PERMANENT, fixed_term_months=None)
    revision = send(recruiter, with_posts(recruiter, vacancy, 2))

    approve(officer, revision)
    with transaction():
        record_outcome(recruiter, vacancy, 2, seen_version=vacancy.version, now=NOW)

    assert (vacancy.status, vacancy.posts, vacancy.filled) == (VacancyStatus.FILLED, 2, 2)
    told = select(OutboxMessage).where(OutboxMessage.notification == "vacancy_changed")
    assert db.session.scalars(told).all() == []
    with pytest.raises(Conflict, match="Only a published vacancy without an outcome can be changed"):
        revisions.start_revision(recruiter, vacancy, now=NOW)


def test_an_outcome_that_was_recorded_while_more_posts_were_asked_for_stands(recruiter, officer, vacancy):
    revision = send(recruiter, with_posts(recruiter, vacancy, 2))
    vacancy.closes_at = NOW
    db.session.commit()
    with transaction():
        record_outcome(recruiter, vacancy, 1, seen_version=vacancy.version, now=NOW)

    with pytest.raises(Conflict, match="without an outcome"):
        approve(officer, revision)

    db.session.rollback()
    assert (vacancy.status, vacancy.posts, vacancy.filled) == (VacancyStatus.FILLED, 1, 1)
