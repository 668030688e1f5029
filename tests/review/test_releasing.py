"""Decisions that wait are sent or undone together: each once, and what cannot be is named."""

from collections.abc import Sequence
from datetime import timedelta

import pytest

from recruit.accounts.models import User
from recruit.applications.models import Application, ApplicationEvent
from recruit.core import clock
from recruit.core.db import db
from recruit.core.transaction import transaction
from recruit.notifications.models import OutboxMessage
from recruit.review import releasing, service
from recruit.review.history import what_happened_last
from recruit.review.releasing import RowResult, Ticked
from recruit.rules.access import Role
from recruit.rules.lifecycle import ApplicationStatus
from tests.factories import UserFactory
from tests.review.sent import open_vacancy, sent_application
from tests.review.test_together import AT_ONCE, all_at_once

HOLD = timedelta(hours=1)


@pytest.fixture
def officer(session) -> User:
    return UserFactory(name="Harper Reed", roles=[Role.HR])


def decided(officer: User, number: int = 1, **given) -> list[Application]:
    """Return applications of one vacancy that were shortlisted just now, in the order of references."""
    vacancy = open_vacancy()
    found = sorted((sent_application(vacancy=vacancy) for _ in range(number)), key=lambda one: one.reference)
    for application in found:
        with transaction():
            service.move_application(
                officer.as_actor(),
                application,
                ApplicationStatus.SHORTLISTED,
                seen_version=application.version,
                **{"hold": HOLD, "now": clock.now(), **given},
            )
    return found


def ticks(applications: Sequence[Application]) -> list[Ticked]:
    return [Ticked(one.reference, one.version) for one in applications]


def release(officer: User, ticked: Sequence[Ticked]) -> list[RowResult]:
    with transaction():
        return releasing.release(officer.as_actor(), ticked, now=clock.now())


def due() -> list[bool]:
    """Return of each message of a decision whether it may go now."""
    db.session.expire_all()
    rows = db.session.query(OutboxMessage).order_by(OutboxMessage.id)
    kinds = ("application_shortlisted", "application_not_shortlisted")
    return [row.due_at <= clock.now() and row.cancelled_at is None for row in rows if row.notification.value in kinds]


def test_what_is_released_goes_now_and_the_candidate_may_know(officer):
    first, second = decided(officer, 2)

    assert release(officer, ticks([first])) == [RowResult(first.reference)]
    assert due() == [application is first for application in sorted((first, second), key=lambda one: one.reference)]
    assert first.status_for_candidate(clock.now()) == ApplicationStatus.SHORTLISTED
    assert second.status_for_candidate(clock.now()) == ApplicationStatus.SUBMITTED
    assert [one.application.reference for one in releasing.held_decisions(officer.as_actor(), now=clock.now())] == [
        second.reference
    ]
    assert what_happened_last(officer.as_actor(), first).startswith("You sent the decision on this application at ")


def test_of_a_batch_the_one_that_cannot_go_is_named_and_the_others_go(officer):
    applications = decided(officer, 5)
    seen = ticks(applications)
    with transaction():
        service.undo_move(officer.as_actor(), applications[2], seen_version=seen[2].version, now=clock.now())
    results = release(UserFactory(roles=[Role.HR]), [*seen, Ticked("A-22222", 1)])
    refused = {row.reference: row.refusal for row in results if row.refusal}

    assert refused.keys() == {applications[2].reference, "A-22222"}
    assert refused[applications[2].reference].startswith("Harper Reed undid the decision on this application at ")
    assert refused["A-22222"] == "There is no such application."
    assert sum(due()) == 4


def test_a_second_release_of_the_same_batch_is_told_and_sends_nothing_more(officer):
    applications = decided(officer, 2)
    seen = ticks(applications)
    release(officer, seen)
    results = release(UserFactory(name="Hollis Grant", roles=[Role.HR]), seen)

    assert [row.refusal.startswith("Harper Reed sent the decision on this application at ") for row in results] == [
        True, True,
    ]  # fmt: skip
    assert db.session.query(OutboxMessage).filter_by(notification="application_shortlisted").count() == 2
    again = release(officer, ticks(applications))
    assert [row.refusal.startswith("The candidate was told of the decision at ") for row in again] == [True, True]


def test_what_was_ticked_is_undone_together(officer):
    applications = decided(officer, 2)
    with transaction():
        results = releasing.take_back(officer.as_actor(), ticks(applications), now=clock.now())

    assert results == [RowResult(one.reference) for one in applications]
    assert due() == [False, False]
    assert {one.status for one in applications} == {ApplicationStatus.SUBMITTED}
    assert list(releasing.held_decisions(officer.as_actor(), now=clock.now())) == []


def test_nobody_releases_the_decision_on_their_own_application_or_sees_it(officer):
    (application,) = decided(officer)
    application.candidate.grants = [*application.candidate.grants]
    own = application.candidate.as_actor()
    hr = type(own)(own.user_id, frozenset({Role.HR}), name=own.name)
    with transaction():
        results = releasing.release(hr, ticks([application]), now=clock.now())

    assert results[0].refusal
    assert list(releasing.held_decisions(hr, now=clock.now())) == []
    assert due() == [False]


def test_what_a_worker_has_in_hand_is_left_to_it(officer):
    (application,) = decided(officer)
    message = db.session.query(OutboxMessage).filter_by(notification="application_shortlisted").one()
    message.lease, message.leased_until = "worker", clock.now() + timedelta(minutes=5)
    db.session.commit()

    assert [row.refusal for row in release(officer, ticks([application]))] == ["The message has already gone."]


def test_twenty_officers_release_one_batch_at_one_moment(app, session, officer):
    applications = decided(officer, 3)
    seen, actor = ticks(applications), officer.as_actor()
    session.remove()
    done: list[int] = []

    def work(_number: int) -> None:
        results = releasing.release(actor, seen, now=clock.now())
        done.append(sum(not row.refusal for row in results))

    answers = all_at_once(app, work)
    released = db.session.query(ApplicationEvent).filter(ApplicationEvent.source == ApplicationEvent.target).count()

    assert answers == {"done": AT_ONCE}
    assert sorted(done) == [0] * (AT_ONCE - 1) + [3]
    assert released == 3
    assert due() == [True] * 3
