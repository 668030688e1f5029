"""Going back from a decision that the candidate knows of: with a reason, to where it was, and told in a letter."""

import pytest

from recruit.applications.queries import events_of
from recruit.core import clock
from recruit.core.db import db
from recruit.core.errors import Conflict, Incomplete, NotAllowed
from recruit.core.transaction import transaction
from recruit.notifications.models import OutboxMessage
from recruit.review import letters, reopening
from recruit.rules.access import Role
from recruit.rules.lifecycle import ApplicationStatus, VacancyStatus
from recruit.rules.notifications import Notification
from tests.factories import UserFactory
from tests.interviews.planning import held, planned
from tests.review.sent import release, sent_application
from tests.review.test_service import decide, undo

S = ApplicationStatus


@pytest.fixture
def hr(session):
    return UserFactory(name="Harper Reed", roles=[Role.HR]).as_actor()


@pytest.fixture
def told(hr):
    """Return an application whose candidate was told that it is not taken forward."""
    application = sent_application()
    decide(hr, application, S.NOT_SHORTLISTED)
    release(hr, application)
    return application


def reopen(actor, application, reason="Criterion 2 was misread", **given):
    values = {"seen_version": application.version, "now": clock.now(), **given}
    with transaction():
        reopening.reopen_application(actor, application, reason, **values)


def test_it_goes_back_with_its_reason_and_the_candidate_reads_what_they_were_told_until_released(hr, told):
    reopen(hr, told)
    event, draft = events_of(told.id)[-1], letters.draft_of(told)

    assert (told.status, told.status_for_candidate()) == (S.SUBMITTED, S.NOT_SHORTLISTED)
    assert (event.source, event.target, event.reason) == ("not_shortlisted", "submitted", "Criterion 2 was misread")
    assert (draft.notification, draft.event_id) == (Notification.APPLICATION_CORRECTED, event.id)
    assert "misread" not in str(letters.context_of(told, draft, now=clock.now()))

    release(hr, told)
    last = db.session.query(OutboxMessage).order_by(OutboxMessage.id.desc()).first()
    assert last.notification == Notification.APPLICATION_CORRECTED
    assert told.status_for_candidate() == S.SUBMITTED
    decide(hr, told)
    assert told.status == S.SHORTLISTED


def test_reopening_is_undone_while_the_candidate_does_not_know_of_it(hr, told):
    reopen(hr, told)
    undo(hr, told)

    assert (told.status, told.status_for_candidate()) == (S.NOT_SHORTLISTED, S.NOT_SHORTLISTED)
    assert letters.draft_of(told) is None
    reopen(hr, told)


def test_an_outcome_goes_back_to_where_it_came_from(hr, session):
    interviews = planned(1, slots=1, invited=True)
    (one,) = interviews.applications
    held(interviews, one)
    for target in (S.RESERVE, S.APPOINTED):
        decide(hr, one, target)
        release(hr, one)
    reopen(hr, one)

    assert (one.status, one.status_for_candidate()) == (S.RESERVE, S.APPOINTED)
    assert (
        "You are on our reserve list, as before."
        in letters.words_of(one, letters.draft_of(one), now=clock.now())["next_steps"]
    )


def test_what_was_decided_undone_and_reopened_on_the_way_does_not_count(hr, session):
    interviews = planned(1, slots=1, invited=True)
    (one,) = interviews.applications
    held(interviews, one)
    decide(hr, one, S.RESERVE)
    release(hr, one)
    decide(hr, one, S.APPOINTED)
    undo(hr, one)
    decide(hr, one, S.NOT_APPOINTED, criterion_id=one.vacancy.criteria[0].id, reason="Because")
    release(hr, one)

    reopen(hr, one)
    release(hr, one)
    assert one.status == S.RESERVE
    reopen(hr, one)
    assert one.status == S.SHORTLISTED


def test_a_shortlisting_is_reopened_though_a_later_decision_was_undone(hr, session):
    interviews = planned(1, slots=1)
    (one,) = interviews.applications
    decide(hr, one, S.NOT_APPOINTED, criterion_id=one.vacancy.criteria[0].id, reason="Because")
    undo(hr, one)
    reopen(hr, one)

    assert (one.status, one.status_for_candidate()) == (S.SUBMITTED, S.SHORTLISTED)


def test_whoever_is_shortlisted_again_is_asked_again_to_choose_times(hr, session):
    interviews = planned(1, slots=1, invited=True)
    (one,) = interviews.applications
    reopen(hr, one)
    release(hr, one)
    decide(hr, one)
    release(hr, one)

    assert interviews.invite() == 1


def test_a_shortlisting_with_an_interview_time_is_not_reopened(hr, session):
    interviews = planned(1, slots=1, invited=True)
    (one,) = interviews.applications
    interviews.choose(one, interviews.slots[0])

    with pytest.raises(Conflict, match="Take it off on the vacancy’s interviews page first"):
        reopen(hr, one)


def test_what_the_candidate_does_not_know_is_undone_and_not_reopened(hr):
    application = sent_application()
    decide(hr, application)
    with pytest.raises(Conflict, match="can be undone, and nothing is sent"):
        reopen(hr, application)


def test_what_was_not_decided_or_was_withdrawn_is_not_reopened(hr):
    application = sent_application()
    with pytest.raises(Conflict):
        reopen(hr, application)
    application.status = S.WITHDRAWN
    db.session.commit()
    with pytest.raises(Conflict):
        reopen(hr, application)


def test_nothing_is_reopened_for_a_cancelled_vacancy(hr, told):
    told.vacancy.status = VacancyStatus.CANCELLED
    db.session.commit()
    with pytest.raises(Conflict, match="The vacancy was cancelled"):
        reopen(hr, told)


def test_it_needs_a_reason(hr, told):
    with pytest.raises(Incomplete, match="Enter why it is reopened"):
        reopen(hr, told, " ")


def test_the_second_of_two_is_told(hr, told):
    seen = told.version
    reopen(hr, told)
    with pytest.raises(Conflict, match="Harper Reed reopened this application at"):
        reopen(UserFactory(roles=[Role.HR]).as_actor(), told, seen_version=seen)


@pytest.mark.parametrize("role", [role for role in Role if role != Role.HR])
def test_nobody_but_hr_reopens(told, role):
    with pytest.raises(NotAllowed):
        reopen(UserFactory(roles=[role]).as_actor(), told)


def test_nobody_reopens_their_own(hr):
    own = sent_application(candidate=UserFactory(roles=[Role.CANDIDATE, Role.HR]))
    decide(hr, own)
    release(hr, own)
    with pytest.raises(NotAllowed):
        reopen(own.candidate.as_actor(), own)
