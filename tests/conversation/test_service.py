"""HR and a candidate write to each other about an application."""

from datetime import timedelta

import pytest

from recruit.accounts.models import User
from recruit.applications.models import Application
from recruit.conversation import service
from recruit.conversation.models import ConversationMessage
from recruit.conversation.queries import messages_of
from recruit.core import clock
from recruit.core.db import db
from recruit.core.errors import Conflict, Incomplete, NotAllowed
from recruit.core.transaction import transaction
from recruit.notifications.models import OutboxMessage
from recruit.rules import limits
from recruit.rules.access import Role
from tests.at_once import AT_ONCE, all_at_once
from tests.factories import ApplicationFactory, UserFactory
from tests.review.sent import sent_application


@pytest.fixture
def officer(session) -> User:
    return UserFactory(name="Harper Reed", email="harper@council.test", roles=[Role.HR])


@pytest.fixture
def application(session) -> Application:
    return sent_application(candidate=UserFactory(name="Kim Lee", email="kim@people.test"))


def ask(application: Application, text: str = "Where do I park?", **given) -> None:
    with transaction():
        service.write_to_hr(application.candidate.as_actor(), application, text, **{"now": clock.now(), **given})


def answer(officer: User, application: Application, text: str = "Behind the building.") -> None:
    with transaction():
        service.write_to_candidate(officer.as_actor(), application, text, now=clock.now())


def notices() -> list[tuple[str, str]]:
    rows = db.session.query(OutboxMessage).order_by(OutboxMessage.id)
    return [
        (row.notification.value, row.recipient) for row in rows if row.notification.value.startswith("conversation_")
    ]


def test_each_side_is_told_without_a_word_of_what_was_written(officer, application):
    ask(application)
    answer(officer, application)

    assert [(one.author.name, one.is_by_candidate, one.text) for one in messages_of(application.id)] == [
        ("Kim Lee", True, "Where do I park?"),
        ("Harper Reed", False, "Behind the building."),
    ]
    assert notices() == [
        ("conversation_to_hr", "harper@council.test"),
        ("conversation_to_candidate", "kim@people.test"),
    ]
    contexts = " ".join(str(row.context) for row in db.session.query(OutboxMessage))
    assert "park" not in contexts
    assert "Behind" not in contexts


def test_whoever_has_the_application_is_told_and_nobody_else(officer, application):
    application.assigned_to = UserFactory(email="hollis@council.test", roles=[Role.HR])
    db.session.commit()
    ask(application)

    assert notices() == [("conversation_to_hr", "hollis@council.test")]


def test_a_candidate_who_works_in_hr_is_not_told_of_their_own(officer, application):
    application.candidate.grants = [type(officer.grants[0])(role=role) for role in (Role.CANDIDATE, Role.HR)]
    UserFactory(email="gone@council.test", roles=[Role.HR]).disabled_at = clock.now()
    db.session.commit()
    ask(application)

    assert notices() == [("conversation_to_hr", "harper@council.test")]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (" \n", "Enter a message"),
        ("w" * (limits.CONVERSATION_CHARACTERS + 1), "Your message must be 4,000 characters or fewer"),
    ],
)
def test_nothing_and_too_much_is_refused(officer, application, text, words):
    for write in (lambda: ask(application, text), lambda: answer(officer, application, text)):
        with pytest.raises(Incomplete, match=words):
            write()

    assert (list(messages_of(application.id)), notices()) == ([], [])


def test_the_same_again_is_kept_once_but_not_for_ever(application):
    ask(application)
    with pytest.raises(Conflict, match="You wrote the same a moment ago, and it is kept"):
        ask(application)
    ask(application, now=clock.now() + limits.CONVERSATION_TWICE + timedelta(seconds=1))

    assert len(messages_of(application.id)) == 2


def test_a_day_has_an_end(officer, application):
    for number in range(limits.CONVERSATION_A_DAY):
        ask(application, f"Question {number}")
    with pytest.raises(Conflict, match="You have written a lot today"):
        ask(application, "One more")
    answer(officer, application)
    ask(application, "One more", now=clock.now() + limits.CONVERSATION_DAY + timedelta(seconds=1))


def test_only_both_sides_write_and_nothing_is_written_about_a_draft(officer, application):
    stranger, panel = UserFactory(), UserFactory(roles=[Role.PANEL])
    for user in (stranger, panel, officer):
        with pytest.raises(NotAllowed), transaction():
            service.write_to_hr(user.as_actor(), application, "Hello", now=clock.now())
    for user in (stranger, panel, application.candidate):
        with pytest.raises(NotAllowed), transaction():
            service.write_to_candidate(user.as_actor(), application, "Hello", now=clock.now())
    with pytest.raises(Conflict, match="This application has not been sent"):
        ask(ApplicationFactory())

    assert db.session.query(ConversationMessage).count() == 0


def test_an_email_that_failed_is_sent_again_and_one_that_did_not_is_not(officer, application):
    answer(officer, application)
    (message,) = messages_of(application.id)
    with pytest.raises(Conflict, match="has not failed"), transaction():
        service.tell_again(officer.as_actor(), application, message.id, now=clock.now())
    message.notice.failed_at = message.notice.unsettled_since = clock.now()
    db.session.commit()
    with transaction():
        service.tell_again(officer.as_actor(), application, message.id, now=clock.now())

    assert notices() == [("conversation_to_candidate", "kim@people.test")] * 2
    assert message.notice.failed_at is None
    with pytest.raises(Conflict), transaction():
        service.tell_again(officer.as_actor(), application, 10**12, now=clock.now())


def test_twenty_clicks_at_one_moment_are_one_message(app, session, application):
    key, actor = application.id, application.candidate.as_actor()
    session.remove()

    def work(_number: int) -> None:
        service.write_to_hr(actor, db.session.get_one(Application, key), "Where do I park?", now=clock.now())

    answers = all_at_once(app, work)

    assert answers == {"done": 1, "You wrote the same a moment ago, and it is kept.": AT_ONCE - 1}
    assert len(messages_of(key)) == 1
