"""Decisions that wait are released or undone together: each once, and what cannot be is named."""

from datetime import timedelta

import pytest

from recruit.accounts.models import User
from recruit.applications.letters import Letter, LetterDraft
from recruit.applications.models import Application, ApplicationEvent
from recruit.core import clock
from recruit.core.db import db
from recruit.core.transaction import transaction
from recruit.notifications.delivery import render, text_of
from recruit.notifications.models import OutboxMessage
from recruit.review import letters, releasing, service
from recruit.review.history import what_happened_last
from recruit.review.releasing import Ticked
from recruit.review.rows import RowResult
from recruit.rules.access import Role
from recruit.rules.lifecycle import ApplicationStatus
from tests.at_once import AT_ONCE, all_at_once
from tests.factories import UserFactory
from tests.review.sent import SENDER, open_vacancy, release, sent_application, ticks
from tests.review.test_letters import first_seen


@pytest.fixture
def officer(session) -> User:
    return UserFactory(name="Harper Reed", roles=[Role.HR])


def decided(officer: User, number: int = 1, **given) -> list[Application]:
    """Return applications of one vacancy that were shortlisted a while ago, in the order of references."""
    vacancy = open_vacancy()
    found = sorted((sent_application(vacancy=vacancy) for _ in range(number)), key=lambda one: one.reference)
    for application in found:
        with transaction():
            service.move_application(
                officer.as_actor(),
                application,
                ApplicationStatus.SHORTLISTED,
                seen_version=application.version,
                **{"now": clock.now() - timedelta(hours=1), **given},
            )
    return found


def release_seen(officer: User, ticked: list[Ticked]) -> list[RowResult]:
    with transaction():
        return releasing.release(officer.as_actor(), ticked, SENDER, now=clock.now())


def posted() -> list[OutboxMessage]:
    """Return the messages about decisions."""
    db.session.expire_all()
    return db.session.query(OutboxMessage).filter_by(notification="application_shortlisted").all()


def test_nothing_goes_before_it_is_released_and_the_candidate_may_know_then(officer):
    first, second = decided(officer, 2)
    assert posted() == []

    assert release(officer.as_actor(), first) == [RowResult(first.reference)]
    (message,) = posted()
    assert (message.recipient, message.due_at <= clock.now()) == (first.candidate.email, True)
    assert first.status_for_candidate() == ApplicationStatus.SHORTLISTED
    assert second.status_for_candidate() == ApplicationStatus.SUBMITTED
    assert [one.application.reference for one in releasing.held_decisions(officer.as_actor())] == [second.reference]
    assert what_happened_last(officer.as_actor(), first).startswith(
        "You released the message about the decision on this application at "
    )


def test_what_was_sent_is_kept_word_for_word(officer):
    (application,) = decided(officer)
    with transaction():
        letters.edit_letter(
            officer.as_actor(), application, opening="See you soon.", next_steps="Bring a pen.", feedback="",
            seen=first_seen(application), now=clock.now(),
        )  # fmt: skip
    release(officer.as_actor(), application)
    (message,), (letter,) = posted(), db.session.query(Letter).all()
    mail = render(message, SENDER, at=message.posted_at)

    assert (letter.subject, letter.text) == (mail["Subject"], text_of(mail))
    assert "See you soon." in letter.text
    assert "Bring a pen." in letter.text
    assert "You are on the shortlist" not in letter.text
    assert (letter.message_id, db.session.query(LetterDraft).count()) == (message.id, 0)


def test_of_a_batch_the_one_that_cannot_go_is_named_and_the_others_go(officer):
    applications = decided(officer, 5)
    seen = ticks(applications)
    with transaction():
        service.undo_move(officer.as_actor(), applications[2], seen_version=seen[2].version, now=clock.now())
    results = release_seen(UserFactory(roles=[Role.HR]), [*seen, Ticked("A-22222", 1, 1)])
    refused = {row.reference: row.refusal for row in results if row.refusal}

    assert refused.keys() == {applications[2].reference, "A-22222"}
    assert refused[applications[2].reference].startswith("Harper Reed undid the decision on this application at ")
    assert refused["A-22222"] == "There is no such application."
    assert len(posted()) == 4


def test_a_second_release_of_the_same_batch_is_told_and_sends_nothing_more(officer):
    applications = decided(officer, 2)
    seen = ticks(applications)
    release_seen(officer, seen)
    results = release_seen(UserFactory(name="Hollis Grant", roles=[Role.HR]), seen)

    said = "Harper Reed released the message about the decision on this application at "
    assert [row.refusal.startswith(said) for row in results] == [True, True]
    assert len(posted()) == 2
    again = release(officer.as_actor(), *applications)
    assert [row.refusal for row in again] == ["There is no message to release."] * 2


def test_who_releases_words_that_were_changed_meanwhile_is_told(officer):
    (application,) = decided(officer)
    seen = ticks([application])
    with transaction():
        letters.edit_letter(
            officer.as_actor(), application, opening="Changed", next_steps="Wait.", feedback="",
            seen=first_seen(application), now=clock.now(),
        )  # fmt: skip
    (row,) = release_seen(UserFactory(roles=[Role.HR]), seen)

    assert row.refusal.startswith("Harper Reed changed the message at ")
    assert posted() == []


def test_what_was_ticked_is_undone_together(officer):
    applications = decided(officer, 2)
    with transaction():
        results = releasing.take_back(officer.as_actor(), ticks(applications), now=clock.now())

    assert results == [RowResult(one.reference) for one in applications]
    assert (posted(), db.session.query(LetterDraft).count()) == ([], 0)
    assert {one.status for one in applications} == {ApplicationStatus.SUBMITTED}
    assert list(releasing.held_decisions(officer.as_actor())) == []


def test_nobody_releases_the_decision_on_their_own_application_or_sees_it(officer):
    (application,) = decided(officer)
    own = application.candidate.as_actor()
    hr = type(own)(own.user_id, frozenset({Role.HR}), name=own.name)
    (row,) = release(hr, application)

    assert row.refusal
    assert list(releasing.held_decisions(hr)) == []
    assert posted() == []


def test_an_address_that_cannot_be_written_to_is_named_and_nothing_is_kept(officer):
    application, other = decided(officer, 2)
    application.candidate.email = "nobody"
    db.session.commit()
    results = {row.reference: row.refusal for row in release(officer.as_actor(), application, other)}

    assert results[application.reference].startswith("The message cannot be written")
    assert (results[other.reference], len(posted())) == ("", 1)
    assert application.told_status == ApplicationStatus.SUBMITTED


@pytest.mark.parametrize("rows", [1, 3])
def test_a_release_takes_the_same_statements_however_many_letters(officer, queries, rows):
    seen = ticks(decided(officer, rows))
    actor = officer.as_actor()
    queries.clear()
    with transaction():
        releasing.release(actor, seen, SENDER, now=clock.now())

    assert len([query for query in queries if query.startswith(("SELECT", "DELETE"))]) == 4


def test_twenty_officers_release_one_batch_at_one_moment(app, session, officer):
    applications = decided(officer, 3)
    seen, actor = ticks(applications), officer.as_actor()
    session.remove()
    done: list[int] = []

    def work(_number: int) -> None:
        results = releasing.release(actor, seen, SENDER, now=clock.now())
        done.append(sum(not row.refusal for row in results))

    answers = all_at_once(app, work)
    released = db.session.query(ApplicationEvent).filter(ApplicationEvent.source == ApplicationEvent.target).count()

    assert answers == {"done": AT_ONCE}
    assert sum(done) == 3
    assert (released, len(posted()), db.session.query(Letter).count()) == (3, 3, 3)
