"""A vacancy is cancelled: its open applications end, everybody is told once, and interviews are taken off."""

from datetime import timedelta

import pytest

from recruit.applications.letters import LetterDraft
from recruit.applications.queries import counts_by_status, events_of
from recruit.core import clock
from recruit.core.db import db
from recruit.core.errors import Conflict, NotAllowed
from recruit.core.transaction import transaction
from recruit.interviews import cancelling
from recruit.interviews.models import DiaryPiece, InterviewBooking, InterviewSlot
from recruit.notifications.models import OutboxMessage
from recruit.rules.access import Role
from recruit.rules.lifecycle import ApplicationStatus
from tests.factories import UserFactory
from tests.interviews.planning import planned
from tests.review.sent import sent_application
from tests.review.test_service import decide

S = ApplicationStatus


def cancel(actor, vacancy):
    with transaction():
        return cancelling.cancel_vacancy(
            actor, vacancy, "No budget", seen_version=vacancy.version, now=clock.now() + timedelta(seconds=1)
        )


def told(kind="application_vacancy_cancelled"):
    return sorted(row.recipient for row in db.session.query(OutboxMessage).filter_by(notification=kind))


def test_those_who_wait_end_and_are_told_and_interviews_are_taken_off(session):
    interviews = planned(2, slots=3, invited=True)
    first, second = interviews.applications
    interviews.choose(first, interviews.slots[0])

    assert cancel(interviews.hr.as_actor(), interviews.vacancy) == 2
    assert {first.status, second.status} == {S.VACANCY_CANCELLED}
    assert told() == sorted(one.candidate.email for one in (first, second))
    assert told("interview_cancelled") == [first.candidate.email]
    assert (db.session.query(InterviewBooking).count(), db.session.query(DiaryPiece).count()) == (0, 0)
    assert db.session.query(InterviewSlot).filter(InterviewSlot.cancelled_at.is_(None)).count() == 0
    assert counts_by_status(f"vacancy:{interviews.vacancy.id}")[S.VACANCY_CANCELLED] == 2


def test_a_decision_that_was_not_released_is_dropped_but_a_no_waits_on(session):
    hr = UserFactory(roles=[Role.HR]).as_actor()
    yes = sent_application()
    no = sent_application(vacancy=yes.vacancy)
    decide(hr, yes)
    decide(hr, no, S.NOT_SHORTLISTED)

    assert cancel(hr, yes.vacancy) == 1
    assert (yes.status, yes.told_status) == (S.VACANCY_CANCELLED, None)
    assert (no.status, no.told_status) == (S.NOT_SHORTLISTED, S.SUBMITTED)
    assert db.session.query(LetterDraft.application_id).all() == [(no.id,)]
    assert events_of(yes.id)[-1].message_id is not None


@pytest.mark.parametrize("role", [Role.CANDIDATE, Role.PANEL, Role.RECRUITER])
def test_whoever_may_not_cancel_ends_nothing(session, role):
    application = sent_application()
    with pytest.raises(NotAllowed):
        cancel(UserFactory(roles=[role]).as_actor(), application.vacancy)
    assert (application.status, told()) == (S.SUBMITTED, [])


def test_cancelled_twice_everybody_is_told_once(session):
    hr = UserFactory(roles=[Role.HR]).as_actor()
    application = sent_application()
    cancel(hr, application.vacancy)
    with pytest.raises(Conflict):
        cancel(hr, application.vacancy)
    assert told() == [application.candidate.email]
