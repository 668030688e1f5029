"""A vacancy is cancelled: its open applications end, everybody is told once, and interviews are taken off."""

from datetime import timedelta

import pytest

from recruit.applications.cancelling import applications_that_end
from recruit.applications.letters import LetterDraft
from recruit.applications.models import Application
from recruit.applications.queries import counts_by_status, events_of
from recruit.core import clock
from recruit.core.db import db
from recruit.core.errors import Conflict, NotAllowed
from recruit.core.transaction import transaction
from recruit.interviews import cancelling
from recruit.interviews.models import DiaryPiece, InterviewBooking, InterviewSlot
from recruit.notifications.models import OutboxMessage
from recruit.review import service
from recruit.review.rows import RowResult
from recruit.rules.access import Role
from recruit.rules.lifecycle import ApplicationStatus, VacancyStatus
from recruit.vacancies.models import Vacancy
from tests.at_once import all_at_once
from tests.factories import UserFactory
from tests.interviews.planning import held, planned
from tests.review.sent import release, sent_application
from tests.review.test_letters import set_aside
from tests.review.test_service import decide, undo

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


def test_who_is_to_be_appointed_and_does_not_know_it_ends_and_who_knows_does_not(session):
    interviews = planned(2, slots=2, invited=True)
    (known, unknown), hr = interviews.applications, interviews.hr.as_actor()
    for one in (known, unknown):
        held(interviews, one)
        decide(hr, one, S.APPOINTED)
    release(hr, known)
    assert applications_that_end(interviews.vacancy) == 1

    assert cancel(hr, interviews.vacancy) == 1
    assert (known.status, unknown.status, unknown.told_status) == (S.APPOINTED, S.VACANCY_CANCELLED, None)
    assert told() == [unknown.candidate.email]
    assert [row.refusal for row in release(hr, unknown)] == ["There is no message to release."]
    with pytest.raises(Conflict):
        undo(hr, unknown)


def test_a_no_for_a_cancelled_vacancy_is_released_and_not_undone_into_one_that_nothing_ends(session):
    hr = UserFactory(roles=[Role.HR]).as_actor()
    no = sent_application()
    decide(hr, no, S.NOT_SHORTLISTED)
    cancel(hr, no.vacancy)

    with pytest.raises(Conflict, match=r"^The vacancy was cancelled, so the decision can no longer be undone\."):
        undo(hr, no)
    assert no.status == S.NOT_SHORTLISTED
    assert release(hr, no) == [RowResult(no.reference)]


def test_a_yes_for_a_cancelled_vacancy_is_neither_released_nor_let_stand(session):
    hr = UserFactory(roles=[Role.HR]).as_actor()
    yes = sent_application()
    decide(hr, yes)
    yes.vacancy.status = VacancyStatus.CANCELLED  # as one that was cancelled before this was held
    session.commit()

    assert [row.refusal[:25] for row in release(hr, yes)] == ["The vacancy was cancelled"]
    with pytest.raises(Conflict, match="The vacancy was cancelled, so the candidate cannot be told"):
        set_aside(hr, yes)
    assert yes.told_status == S.SUBMITTED


def test_a_decision_that_is_undone_while_its_vacancy_is_cancelled_leaves_nobody_waiting(app, session):
    hr = UserFactory(roles=[Role.HR]).as_actor()
    no = sent_application()
    decide(hr, no, S.NOT_SHORTLISTED)
    key, version, vacancy, seen = no.id, no.version, no.vacancy_id, no.vacancy.version
    session.remove()

    def work(number):
        now = clock.now() + timedelta(seconds=1)
        if number % 2:
            service.undo_move(hr, db.session.get(Application, key), seen_version=version, now=now)
        else:
            cancelling.cancel_vacancy(hr, db.session.get(Vacancy, vacancy), "No budget", seen_version=seen, now=now)

    all_at_once(app, work)
    assert db.session.get(Vacancy, vacancy).status == VacancyStatus.CANCELLED
    assert db.session.get(Application, key).status in (S.NOT_SHORTLISTED, S.VACANCY_CANCELLED)


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
