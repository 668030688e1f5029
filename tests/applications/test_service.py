"""Starting, sending and withdrawing an application."""

from datetime import timedelta

import pytest

from recruit.applications import moves, sections_lists, service, stages, submitting
from recruit.applications import queries as kept
from recruit.applications.letters import LetterDraft
from recruit.applications.models import Application, ApplicationEvent, HistoryEntry, Snapshot
from recruit.applications.saving import Entered, version_of
from recruit.core.db import db
from recruit.core.errors import Conflict, Incomplete, NotAllowed
from recruit.core.transaction import transaction
from recruit.notifications.models import OutboxMessage
from recruit.rules.access import Role
from recruit.rules.lifecycle import APPLICATION_MOVES, ApplicationStatus, VacancyStatus, permit
from tests import factories
from tests.applications.answers import complete_application, open_vacancy
from tests.factories import NOW


@pytest.fixture
def ready(session) -> Application:
    """A whole draft for a vacancy that is open at NOW."""
    vacancy = open_vacancy()
    return complete_application(factories.ApplicationFactory(vacancy=vacancy))


def submit(application: Application, now=NOW) -> None:
    with transaction():
        submitting.send_application(application.candidate.as_actor(), application, now=now)


def count(model) -> int:
    return db.session.query(model).count()


def test_starting_fills_in_name_and_address(session):
    candidate = factories.UserFactory(name="Zoë O’Neil", email="zoe@people.example")
    vacancy = factories.VacancyFactory(published=True)

    with transaction():
        application = service.start_application(candidate.as_actor(), candidate, vacancy, now=vacancy.opens_at)

    contact = kept.contact_details_of(application)
    assert (contact.full_name, contact.email) == ("Zoë O’Neil", "zoe@people.example")
    assert application.status == ApplicationStatus.DRAFT


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.CANDIDATE}))
def test_only_candidates_start(session, role: Role):
    user = factories.UserFactory(roles=[role])
    vacancy = factories.VacancyFactory(published=True)

    with pytest.raises(NotAllowed), transaction():
        service.start_application(user.as_actor(), user, vacancy, now=vacancy.opens_at)


def test_nobody_starts_for_a_closed_vacancy(session):
    candidate, vacancy = factories.UserFactory(), factories.VacancyFactory(published=True)

    with pytest.raises(Conflict, match="closed"), transaction():
        service.start_application(candidate.as_actor(), candidate, vacancy, now=vacancy.closes_at)


def test_one_live_application_a_vacancy(ready: Application):
    with pytest.raises(Conflict), transaction():
        service.start_application(ready.candidate.as_actor(), ready.candidate, ready.vacancy, now=NOW)


def test_sending_freezes_the_answers_and_posts_one_message(ready: Application):
    submit(ready)

    assert (ready.status, ready.submitted_at) == (ApplicationStatus.SUBMITTED, NOW)
    snapshot = kept.snapshot_of(ready.id)
    assert snapshot.content["contact-details"]["full_name"] == "Sam Taylor"
    assert [row["criterion"] for row in snapshot.content["evidence"]] == [
        criterion.text for criterion in ready.vacancy.criteria
    ]
    (message,) = db.session.query(OutboxMessage).all()
    assert (message.recipient, message.context["reference"]) == (ready.candidate.email, ready.reference)
    (event,) = kept.events_of(ready.id)
    assert (event.source, event.target, event.message_id) == ("draft", "submitted", message.id)
    for scope in (stages.ALL, stages.of_vacancy(ready.vacancy_id), stages.of_team(ready.vacancy.team_id)):
        assert kept.counts_by_status(scope) == {ApplicationStatus.SUBMITTED: 1}


def test_sending_twice_is_refused_and_changes_nothing(ready: Application):
    submit(ready)

    with pytest.raises(Conflict, match="already sent"):
        submit(ready)

    assert (count(ApplicationEvent), count(Snapshot), count(OutboxMessage)) == (1, 1, 1)


def test_the_last_second_counts_and_the_closing_moment_is_too_late(ready: Application):
    closes_at = ready.vacancy.closes_at

    with pytest.raises(Conflict, match=r"^This vacancy closed before you sent"):
        submit(ready, closes_at)
    assert (ready.status, count(Snapshot), count(OutboxMessage)) == (ApplicationStatus.DRAFT, 0, 0)

    submit(ready, closes_at - timedelta(microseconds=1))
    assert ready.status == ApplicationStatus.SUBMITTED


def test_somebody_else_cannot_send(ready: Application):
    with pytest.raises(NotAllowed), transaction():
        submitting.send_application(factories.UserFactory().as_actor(), ready, now=NOW)


def test_an_unfinished_application_is_not_sent(session):
    vacancy = open_vacancy()
    draft = factories.ApplicationFactory(vacancy=vacancy)

    with pytest.raises(Incomplete, match="Enter your full name"):
        submit(draft)


def test_a_new_gap_in_a_finished_history_keeps_it_from_being_sent(ready: Application):
    post = next(entry for entry in kept.entries_of(ready, HistoryEntry) if entry.ended_month is None)
    ended = Entered({"ended_month": NOW.date().replace(month=1, day=1)}, version_of(post))
    with transaction():
        sections_lists.change_entry(ready.candidate.as_actor(), ready, HistoryEntry, post.id, ended, now=NOW)

    with pytest.raises(Incomplete, match=r"^Tell us what you did from February 2026 to March 2026 \(2 months\)$"):
        submit(ready)


def test_a_submission_costs_few_statements(ready: Application, queries: list[str]):
    actor, reference = ready.candidate.as_actor(), ready.reference
    db.session.commit()
    queries.clear()

    checked = submitting.check_application(actor, kept.own_application(actor, reference), now=NOW)
    assert len(queries) == 7  # the application with its vacancy and candidate; six kinds of answers
    queries.clear()
    with transaction():
        submitting.submit_application(actor, checked, now=NOW)

    writes = [statement.split()[0] for statement in queries]
    assert writes == ["INSERT", "UPDATE", *["INSERT"] * 4]  # message; it; counts, event, snapshot, names


def check(application: Application) -> submitting.Checked:
    """Check a draft as the page does, and give up what was read."""
    checked = submitting.check_application(application.candidate.as_actor(), application, now=NOW)
    db.session.rollback()
    return checked


def test_an_answer_that_changes_after_the_check_keeps_it_from_being_sent(ready: Application):
    checked = check(ready)
    actor, post = ready.candidate.as_actor(), kept.entries_of(ready, HistoryEntry)[0]
    with transaction():
        entered = Entered({"duties": "Something else"}, version_of(post))
        sections_lists.change_entry(actor, ready, HistoryEntry, post.id, entered, now=NOW)

    with pytest.raises(Conflict, match=r"^Your answers, or the words of the vacancy, changed"), transaction():
        submitting.submit_application(actor, checked, now=NOW)
    assert (ready.status, count(Snapshot), count(OutboxMessage)) == (ApplicationStatus.DRAFT, 0, 0)


def test_a_vacancy_that_is_cancelled_after_the_check_takes_no_application(ready: Application):
    checked = check(ready)
    with transaction():
        ready.vacancy.status = VacancyStatus.CANCELLED

    with pytest.raises(Conflict), transaction():
        submitting.submit_application(ready.candidate.as_actor(), checked, now=NOW)
    assert (ready.status, count(Snapshot), count(OutboxMessage)) == (ApplicationStatus.DRAFT, 0, 0)


def test_the_closing_moment_counts_when_it_is_kept_and_not_when_it_was_checked(ready: Application):
    checked, closes_at = check(ready), ready.vacancy.closes_at

    with pytest.raises(Conflict, match=r"^This vacancy closed before you sent"), transaction():
        submitting.submit_application(ready.candidate.as_actor(), checked, now=closes_at)
    assert (ready.status, count(Snapshot), count(OutboxMessage)) == (ApplicationStatus.DRAFT, 0, 0)


def test_what_was_checked_is_sent_once(ready: Application):
    actor, checked = ready.candidate.as_actor(), check(ready)
    with transaction():
        submitting.submit_application(actor, checked, now=NOW)

    with pytest.raises(Conflict), transaction():
        submitting.submit_application(actor, checked, now=NOW)
    assert (count(Snapshot), count(OutboxMessage), count(ApplicationEvent)) == (1, 1, 1)


def test_withdrawing_keeps_the_reason_and_tells_the_candidate(ready: Application):
    submit(ready)

    with transaction():
        service.withdraw_application(ready.candidate.as_actor(), ready, reason="I have taken another job", now=NOW)

    assert ready.status == ApplicationStatus.WITHDRAWN
    assert kept.events_of(ready.id)[-1].reason == "I have taken another job"
    assert count(OutboxMessage) == 2


def test_withdrawing_needs_a_reason(ready: Application):
    submit(ready)

    with pytest.raises(Incomplete), transaction():
        service.withdraw_application(ready.candidate.as_actor(), ready, reason=" ", now=NOW)


def test_withdrawing_takes_back_a_decision_that_was_not_told(ready: Application):
    submit(ready)
    hr = factories.UserFactory(roles=[Role.HR]).as_actor()
    move = permit(APPLICATION_MOVES, hr, ready, ApplicationStatus.NOT_SHORTLISTED)
    with transaction():
        event_id = moves.take(move, hr, ready, now=NOW, is_untold=True, reason="Criterion 2")
        draft = LetterDraft(
            application_id=ready.id,
            event_id=event_id,
            template="application_not_shortlisted",
            opening="No",
            next_steps="-",
        )
        db.session.add(draft)

    with transaction():
        service.withdraw_application(
            ready.candidate.as_actor(), ready, reason="My circumstances have changed", now=NOW + timedelta(minutes=1)
        )

    assert db.session.query(LetterDraft).count() == 0
    assert (ready.status, ready.told_status, ready.untold_since) == (ApplicationStatus.WITHDRAWN, None, None)
