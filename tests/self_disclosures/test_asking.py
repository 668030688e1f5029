"""Who is asked for a self-disclosure and when, who is reminded, and what is forgotten."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from recruit.core import clock
from recruit.core.db import db
from recruit.core.transaction import transaction
from recruit.notifications.models import OutboxMessage
from recruit.rules.lifecycle import ApplicationStatus as A
from recruit.rules.lifecycle import VacancyStatus
from recruit.rules.notifications import Notification
from recruit.rules.self_disclosure import Act, Question
from recruit.self_disclosures import disclosing
from recruit.self_disclosures.asking import ask_and_remind, forget_drafts, remind
from recruit.self_disclosures.contents import DisclosureAnswers
from recruit.self_disclosures.models import SelfDisclosure, SelfDisclosureEvent
from recruit.self_disclosures.standing import needed_by
from tests.self_disclosures.told import answered, asked, booked, cover, sent, shortlisted

MONDAY = datetime(2026, 3, 2, 10, tzinfo=UTC)


def messages(kind: Notification) -> list[OutboxMessage]:
    return list(db.session.scalars(select(OutboxMessage).where(OutboxMessage.notification == kind)))


def test_everybody_who_knows_of_the_shortlist_is_asked_once(session):
    application = shortlisted()
    for _ in range(2):
        with transaction():
            ask_and_remind(clock.now())

    assert [event.act for event in db.session.query(SelfDisclosureEvent)] == [Act.ASKED]
    [message] = messages(Notification.SELF_DISCLOSURE_ASKED)
    assert (message.recipient, message.about) == (application.candidate.email, application.reference)
    assert message.context["path"] == f"/applications/{application.reference}/self-disclosure"


@pytest.mark.parametrize(
    "given",
    [
        {"told_status": A.SUBMITTED, "untold_since": MONDAY},
        {"status": A.SUBMITTED},
        {"status": A.NOT_SHORTLISTED},
        {"status": A.APPOINTED},
        {"status": A.WITHDRAWN},
        {"vacancy__status": VacancyStatus.CANCELLED},
        {"vacancy__status": VacancyStatus.UNFILLED, "vacancy__filled": 0, "vacancy__outcome_reason": "other"},
        {"due_at": clock.now() - timedelta(days=29)},  # of a shortlist from before anybody was asked
        {"candidate__disabled_at": MONDAY},
    ],
)
def test_nobody_else_is_asked(session, given):
    shortlisted(**given)
    with transaction():
        ask_and_remind(clock.now())

    assert db.session.query(SelfDisclosure).count() == 0
    assert messages(Notification.SELF_DISCLOSURE_ASKED) == []


@pytest.mark.parametrize(
    ("interview_in", "at", "reminded"),
    [
        (7, MONDAY + timedelta(days=3), True),  # a Thursday, and the interview is on Monday
        (7, MONDAY + timedelta(days=4), True),  # no worker ran on Thursday
        (7, MONDAY + timedelta(days=2), False),
        (7, MONDAY + timedelta(days=3, hours=-8), False),  # by night
        (None, MONDAY + timedelta(days=3), True),  # five working days to answer, two of them left
        (None, MONDAY + timedelta(days=2), False),
        (7, MONDAY + timedelta(days=9), False),  # the interview is over
        (42, MONDAY + timedelta(days=38), True),  # asked for weeks ago
        (42, MONDAY + timedelta(days=30), False),
    ],
)
def test_who_has_not_sent_it_is_reminded_two_working_days_before(session, interview_in, at, reminded):
    application = asked(at=MONDAY)
    if interview_in:
        booked(application, MONDAY + timedelta(days=interview_in))
    for _ in range(2):
        with transaction():
            remind(at)

    assert len(messages(Notification.SELF_DISCLOSURE_REMINDER)) == reminded


def test_a_reminder_tells_nobody_of_a_decision_that_waits_to_be_released(session):
    application = asked(at=MONDAY)
    application.told_status, application.untold_since = A.NOT_SHORTLISTED, MONDAY  # reopened, and on the list again
    db.session.commit()
    with transaction():
        remind(MONDAY + timedelta(days=3))

    assert messages(Notification.SELF_DISCLOSURE_REMINDER) == []


@pytest.mark.parametrize(
    ("interview_in", "day"), [(None, "2026-03-09"), (3, "2026-03-05"), (20, "2026-03-22"), (-1, "2026-03-09")]
)
def test_it_is_needed_before_an_interview_to_come_or_within_five_working_days(interview_in, day):
    interview_at = None if interview_in is None else MONDAY + timedelta(days=interview_in)

    assert needed_by(MONDAY, interview_at).isoformat() == day


def test_who_has_sent_it_is_not_reminded_and_a_reminder_that_waits_is_taken_back(session):
    application = asked(at=MONDAY)
    with transaction():
        remind(MONDAY + timedelta(days=3))
    [message] = messages(Notification.SELF_DISCLOSURE_REMINDER)
    mark = answered(application)
    with transaction():
        disclosing.send(application.candidate.as_actor(), application, confirmed=True, seen_mark=mark, now=clock.now())
    db.session.refresh(message)

    assert message.cancelled_at is not None


@pytest.mark.parametrize(
    ("status", "told", "is_kept"),
    [
        (A.WITHDRAWN, None, False),
        (A.VACANCY_CANCELLED, None, False),
        (A.NOT_APPOINTED, None, False),
        (A.NOT_APPOINTED, A.SHORTLISTED, True),  # they do not know yet
        (A.SUBMITTED, None, True),  # reopened: it may be asked again
        (A.APPOINTED, None, True),
    ],
)
def test_a_draft_goes_when_the_application_is_over_for_its_candidate(session, status, told, is_kept):
    application = asked()
    answered(application, Question.SPENT)
    application.status, application.told_status = status, told
    application.untold_since = MONDAY if told else None
    db.session.commit()
    with transaction():
        forget_drafts(clock.now())

    assert db.session.scalar(select(func.count()).select_from(DisclosureAnswers)) == is_kept
    assert (Act.DRAFT_REMOVED in [event.act for event in db.session.query(SelfDisclosureEvent)]) is not is_kept


def test_a_draft_goes_with_a_vacancy_that_is_cancelled(session):
    application = asked()
    answered(application, Question.SPENT)
    application.status = A.APPOINTED  # which cancelling does not undo
    application.vacancy.status = VacancyStatus.CANCELLED
    db.session.commit()
    with transaction():
        forget_drafts(clock.now())

    assert db.session.scalar(select(func.count()).select_from(DisclosureAnswers)) == 0


def test_what_was_sent_stays_when_the_application_is_over(session):
    application = sent(Question.SPENT)
    application.status = A.WITHDRAWN
    db.session.commit()
    with transaction():
        forget_drafts(clock.now())

    assert db.session.get(DisclosureAnswers, application.id) is not None
    assert cover(application).sent_at is not None
