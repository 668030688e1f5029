"""What a reviewer may do, what is refused and in which words."""

from datetime import timedelta

import pytest

from recruit.applications import service as candidates
from recruit.applications.letters import LetterDraft
from recruit.applications.queries import counts_by_status, events_of
from recruit.core import clock
from recruit.core.calendar import long_moment
from recruit.core.db import db
from recruit.core.errors import Conflict, Incomplete, NotAllowed
from recruit.core.transaction import transaction
from recruit.notifications.models import OutboxMessage
from recruit.review import letters, service
from recruit.review.models import ApplicationRead, Assignment, ReviewNote
from recruit.rules.access import NOBODY, Role
from recruit.rules.lifecycle import ApplicationStatus, VacancyStatus
from recruit.rules.notifications import Notification
from tests.factories import ApplicationFactory, UserFactory
from tests.review.sent import release, sent_application

S = ApplicationStatus


@pytest.fixture
def hr(session):
    return UserFactory(name="Harper Reed", roles=[Role.HR]).as_actor()


@pytest.fixture
def other_hr(session):
    return UserFactory(name="Hollis Grant", roles=[Role.HR]).as_actor()


@pytest.fixture
def application(session):
    return sent_application(days_ago=3)


def decide(actor, application, target=S.SHORTLISTED, **given):
    values = {"seen_version": application.version, "now": clock.now(), **given}
    if target == S.NOT_SHORTLISTED:
        values = {
            "criterion_id": application.vacancy.criteria[0].id,
            "reason": "Your examples are the team’s",
            **values,
        }
    with transaction():
        service.move_application(actor, application, target, **values)


def undo(actor, application, **given):
    values = {"seen_version": application.version, "now": clock.now(), **given}
    with transaction():
        service.undo_move(actor, application, **values)


def messages(application):
    to_them = db.session.query(OutboxMessage).filter(OutboxMessage.recipient == application.candidate.email)
    return to_them.order_by(OutboxMessage.id).all()[1:]


def last_event(application):
    return events_of(application.id)[-1]


def test_shortlisting_is_an_event_a_letter_that_waits_and_a_count(hr, application):
    now = clock.now()
    decide(hr, application, reason="All six", now=now)
    event, draft = last_event(application), letters.draft_of(application)
    assert (event.actor_id, event.source, event.target) == (hr.user_id, "submitted", "shortlisted")
    assert event.reason == "All six"
    assert (draft.notification, draft.event_id) == (Notification.APPLICATION_SHORTLISTED, event.id)
    assert (application.told_status, application.untold_since) == (S.SUBMITTED, now)
    assert messages(application) == []
    assert {s: n for s, n in counts_by_status("all").items() if n} == {S.SHORTLISTED: 1}
    assert {s: n for s, n in counts_by_status(f"team:{application.team_id}").items() if n} == {S.SHORTLISTED: 1}


def test_the_candidate_sees_a_decision_only_once_it_is_released(hr, application):
    decide(hr, application, now=clock.now() - timedelta(days=90))
    assert application.status_for_candidate() == S.SUBMITTED
    release(hr, application)
    assert application.status_for_candidate() == S.SHORTLISTED


def test_nothing_is_decided_on_top_of_what_the_candidate_does_not_know(hr, application):
    decide(hr, application)
    with pytest.raises(Conflict, match="has not been told of the last decision"):
        decide(hr, application, S.APPOINTED)


def test_an_unsuccessful_candidate_is_sent_the_criterion_and_the_feedback(hr, application):
    decide(hr, application, S.NOT_SHORTLISTED, reason="Say what you decided yourself")
    release(hr, application)
    (message,) = messages(application)
    assert message.context["criterion"] == application.vacancy.criteria[0].text
    assert message.context["feedback"] == "Say what you decided yourself"
    event = events_of(application.id)[-2]
    assert (event.criterion_id, event.reason) == (application.vacancy.criteria[0].id, "Say what you decided yourself")


def test_the_note_of_a_shortlisting_is_not_in_the_message(hr, application):
    decide(hr, application, reason="Strong, but ask about 2019")
    release(hr, application)
    (message,) = messages(application)
    assert "2019" not in str(message.context)


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"reason": "  "}, "Enter what you would have liked to read"),
        ({"criterion_id": None}, "Select the criterion that decided it"),
        ({"criterion_id": -1}, "Select the criterion that decided it"),
        ({"reason": "x" * 2001}, "What you write must be 2,000 characters or fewer"),
    ],
    ids=["no reason", "no criterion", "unknown criterion", "too long"],
)
def test_marking_as_unsuccessful_needs_a_reason_and_a_criterion(hr, application, given, words):
    with pytest.raises(Incomplete) as refusal:
        decide(hr, application, S.NOT_SHORTLISTED, **given)
    assert str(refusal.value) == words
    assert (application.status, messages(application)) == (S.SUBMITTED, [])


def test_a_criterion_of_another_vacancy_is_refused(hr, application):
    elsewhere = sent_application().vacancy.criteria[0].id
    with pytest.raises(Incomplete, match="Select the criterion"):
        decide(hr, application, S.NOT_SHORTLISTED, criterion_id=elsewhere)


@pytest.mark.parametrize("role", [role for role in Role if role != Role.HR])
def test_nobody_but_hr_does_anything(application, role):
    actor = UserFactory(roles=[role]).as_actor()
    for refused in (
        lambda: decide(actor, application),
        lambda: undo(actor, application),
        lambda: service.assign_application(actor, application, None, seen_assignee_id=None, now=clock.now()),
        lambda: service.add_note(actor, application, "x", now=clock.now()),
        lambda: service.mark_read(actor, application, now=clock.now()),
    ):
        with pytest.raises(NotAllowed):
            refused()


def test_nobody_decides_on_notes_or_takes_on_their_own_application(session):
    own = sent_application(candidate=UserFactory(roles=[Role.CANDIDATE, Role.HR]))
    actor = own.candidate.as_actor()
    for refused in (
        lambda: decide(actor, own),
        lambda: undo(actor, own),
        lambda: service.assign_application(actor, own, actor.user_id, seen_assignee_id=None, now=clock.now()),
        lambda: service.add_note(actor, own, "x", now=clock.now()),
        lambda: service.mark_read(actor, own, now=clock.now()),
    ):
        with pytest.raises(NotAllowed):
            refused()


@pytest.mark.parametrize("target", [S.SUBMITTED, S.DRAFT])
def test_a_decision_goes_only_where_the_table_says(hr, application, target):
    with pytest.raises(Conflict):
        decide(hr, application, target)


def test_hr_cannot_withdraw_for_a_candidate(hr, application):
    with pytest.raises(NotAllowed):
        decide(hr, application, S.WITHDRAWN)


def test_moving_back_is_undoing_and_not_deciding(hr, application):
    decide(hr, application)
    with pytest.raises(Conflict, match="taken back with"):
        decide(hr, application, S.SUBMITTED)


def test_a_draft_is_not_decided_noted_or_assigned(hr, session):
    draft = ApplicationFactory()
    for refused in (
        lambda: decide(hr, draft),
        lambda: service.assign_application(hr, draft, None, seen_assignee_id=None, now=clock.now()),
        lambda: service.add_note(hr, draft, "x", now=clock.now()),
    ):
        with pytest.raises(Conflict):
            refused()


def test_whoever_comes_second_is_told_who_did_what_and_when(hr, other_hr, application):
    seen, now = application.version, clock.now()
    decide(hr, application, now=now)
    with pytest.raises(Conflict) as refusal:
        decide(other_hr, application, S.NOT_SHORTLISTED, seen_version=seen)
    said = f"Harper Reed shortlisted this application at {long_moment(now)}. Nothing of yours was saved."
    assert str(refusal.value) == said
    assert application.status == S.SHORTLISTED


def test_a_decision_that_was_undone_meanwhile_refuses_an_old_page_too(hr, other_hr, application):
    seen = application.version
    decide(hr, application)
    undo(hr, application)
    with pytest.raises(Conflict, match="Harper Reed undid the decision on this application"):
        decide(other_hr, application, seen_version=seen)


def test_a_withdrawal_meanwhile_is_told_too(hr, application):
    seen = application.version
    with transaction():
        candidates.withdraw_application(application.candidate.as_actor(), application, reason="Moved", now=clock.now())
    with pytest.raises(Conflict, match="^The candidate withdrew this application at"):
        decide(hr, application, seen_version=seen)


def test_what_is_no_move_refuses_no_decision(hr, application):
    seen = application.version
    with transaction():
        application.equality_asked = True
    assert application.version != seen
    decide(hr, application, seen_version=seen)
    assert application.status == S.SHORTLISTED


def test_undoing_leaves_an_event_and_nothing_for_the_candidate(hr, application):
    decide(hr, application, S.NOT_SHORTLISTED)
    undo(hr, application)
    assert (messages(application), db.session.query(LetterDraft).count()) == ([], 0)
    assert (application.status, application.told_status, application.untold_since) == (S.SUBMITTED, None, None)
    assert (last_event(application).source, last_event(application).target) == ("not_shortlisted", "submitted")
    assert {s: n for s, n in counts_by_status("all").items() if n} == {S.SUBMITTED: 1}


def test_an_undone_decision_can_be_made_anew(hr, application):
    decide(hr, application, S.NOT_SHORTLISTED)
    undo(hr, application)
    decide(hr, application)
    release(hr, application)
    assert [message.notification for message in messages(application)] == [Notification.APPLICATION_SHORTLISTED]


def test_once_the_candidate_is_told_nothing_is_undone(hr, application):
    decide(hr, application)
    release(hr, application)
    with pytest.raises(Conflict, match=r"^The candidate knows of the decision, or there is none, so nothing"):
        undo(hr, application)
    assert application.status == S.SHORTLISTED


def test_nobody_is_shortlisted_for_a_cancelled_vacancy(hr, application):
    application.vacancy.status = VacancyStatus.CANCELLED
    db.session.commit()
    seen = application.version

    with pytest.raises(Conflict, match=r"^The vacancy was cancelled, so nobody can be shortlisted for it\.$"):
        decide(hr, application)
    assert (application.status, application.version, messages(application)) == (S.SUBMITTED, seen, [])
    assert {s: n for s, n in counts_by_status("all").items() if n} == {S.SUBMITTED: 1}

    decide(hr, application, S.NOT_SHORTLISTED)
    with pytest.raises(Conflict, match="can no longer be undone"):
        undo(hr, application)
    assert application.status == S.NOT_SHORTLISTED


def test_what_is_not_decided_cannot_be_undone(hr, application):
    with pytest.raises(Conflict):
        undo(hr, application)


def test_assigning_is_kept_with_who_did_it_and_does_not_touch_the_version(hr, other_hr, application):
    seen = application.version
    with transaction():
        service.assign_application(hr, application, other_hr.user_id, seen_assignee_id=None, now=clock.now())
    (kept,) = db.session.query(Assignment).all()
    assert (kept.actor_id, kept.assignee_id, application.assigned_to_id) == (hr.user_id, *[other_hr.user_id] * 2)
    decide(other_hr, application, seen_version=seen)


def test_two_who_assign_at_once_do_not_overwrite_each_other(hr, other_hr, application):
    with transaction():
        service.assign_application(hr, application, hr.user_id, seen_assignee_id=None, now=clock.now())
    with pytest.raises(Conflict, match="Harper Reed has it now"), transaction():
        service.assign_application(other_hr, application, other_hr.user_id, seen_assignee_id=None, now=clock.now())
    assert application.assigned_to_id == hr.user_id
    assert db.session.query(Assignment).count() == 1


def test_giving_it_to_who_has_it_changes_nothing(hr, application):
    for _ in range(2):
        with transaction():
            service.assign_application(hr, application, hr.user_id, seen_assignee_id=None, now=clock.now())
    assert db.session.query(Assignment).count() == 1


def test_it_is_given_to_people_of_hr_only(hr, application):
    recruiter = UserFactory(roles=[Role.RECRUITER])
    gone = UserFactory(roles=[Role.HR], disabled_at=clock.now())
    for wrong in (recruiter.id, gone.id, NOBODY, -1, 10**18):
        with pytest.raises(Incomplete, match="Select a person from the list"):
            service.assign_application(hr, application, wrong, seen_assignee_id=None, now=clock.now())


def test_it_is_never_given_to_its_candidate(hr, session):
    application = sent_application(candidate=UserFactory(roles=[Role.CANDIDATE, Role.HR]))
    with pytest.raises(Incomplete, match="Select a person from the list"):
        service.assign_application(hr, application, application.candidate_id, seen_assignee_id=None, now=clock.now())


def test_a_note_has_an_author_and_a_moment(hr, application):
    now = clock.now()
    with transaction():
        service.add_note(hr, application, "x" * 2000, now=now)
    (note,) = db.session.query(ReviewNote).all()
    assert (note.author_id, note.text, note.at) == (hr.user_id, "x" * 2000, now)


@pytest.mark.parametrize(
    ("written", "words"), [("", "Enter a note"), (" \n", "Enter a note"), ("x" * 2001, "2,000 characters or fewer")]
)
def test_a_note_is_1_to_2000_characters(hr, application, written, words):
    with pytest.raises(Incomplete, match=words):
        service.add_note(hr, application, written, now=clock.now())


def test_reading_is_kept_once_for_each_person(hr, other_hr, application):
    first = clock.now()
    for actor, at in ((hr, first), (hr, first + timedelta(hours=1)), (other_hr, first)):
        with transaction():
            service.mark_read(actor, application, now=at)
    read = db.session.query(ApplicationRead.user_id, ApplicationRead.at).order_by(ApplicationRead.user_id).all()
    assert sorted(tuple(row) for row in read) == sorted([(hr.user_id, first), (other_hr.user_id, first)])
