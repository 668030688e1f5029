"""What the page of an application asks at once: whether others sent its number, and what it does not look at."""

from collections.abc import Callable

import pytest

from recruit.accounts.models import User
from recruit.applications.models import Application, RegistrationAnswer
from recruit.core.db import db
from recruit.review.dossier import application_to_read
from recruit.rules.access import Role
from tests.applications.answers import complete_application
from tests.factories import ApplicationFactory, UserFactory
from tests.review.sent import open_vacancy, sent_application


def by_another(_application: Application, _reader: User) -> list[Application]:
    return [sent_application()]


def by_the_same(application: Application, _reader: User) -> list[Application]:
    return [sent_application(candidate=application.candidate)]


def by_the_reader(_application: Application, reader: User) -> list[Application]:
    return [sent_application(candidate=reader)]


def not_sent(_application: Application, _reader: User) -> list[Application]:
    return [complete_application(ApplicationFactory(vacancy=open_vacancy()))]


def without_a_number(application: Application, _reader: User) -> list[Application]:
    both = [application, sent_application()]
    for one in both:
        db.session.get_one(RegistrationAnswer, one.id).number = ""
    return both


@pytest.mark.parametrize(
    ("send", "is_same"),
    [(by_another, True), (by_the_same, False), (by_the_reader, False), (not_sent, False), (without_a_number, False)],
)
def test_it_is_said_whether_another_account_sent_the_number(
    session, send: Callable[[Application, User], list[Application]], is_same: bool
):
    application, reader = sent_application(), UserFactory(roles=[Role.HR, Role.CANDIDATE])
    send(application, reader)
    db.session.commit()

    assert application_to_read(reader.as_actor(), application.reference).has_same_number is is_same
