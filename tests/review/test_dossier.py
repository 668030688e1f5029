"""What the page of an application asks at once: whether others sent its number, and what it does not look at."""

from collections.abc import Callable

import pytest

from recruit.accounts.models import User
from recruit.applications.models import Application, RegistrationAnswer
from recruit.applications.queries import sent_content
from recruit.core.db import db
from recruit.core.errors import NotFound
from recruit.review.dossier import Opened, application_to_read, reading_queries
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

    assert opened_by(reader, application).row.has_same_number is is_same


def opened_by(reader: User, application: Application) -> Opened:
    return application_to_read(reading_queries(reader.as_actor(), application.reference))


def test_what_is_beside_an_application_is_its_own_each_time(session, app):
    reader, _other = UserFactory(roles=[Role.HR]), sent_application()
    application = sent_application()
    db.session.commit()

    with app.test_request_context("/"):
        found = [opened_by(reader, application) for _ in range(2)]

    for opened in found:
        assert opened.application.id == application.id
        assert {row.application_id for row in opened.happened.events} == {application.id}


def test_what_was_sent_is_asked_for_once(session, app, queries):
    application = sent_application()
    key, reference, actor = application.id, application.reference, UserFactory(roles=[Role.HR]).as_actor()
    db.session.commit()

    with app.test_request_context("/"):
        for statements in (3, 2):
            queries.clear()
            application_to_read(reading_queries(actor, reference))
            content = sent_content(key, reference)
            assert len(queries) == statements
            assert content["contact-details"]["full_name"] == "Sam Taylor"


def test_an_own_application_is_not_found_nor_anything_beside_it(session, app):
    application = sent_application()
    reader = UserFactory(roles=[Role.HR])
    db.session.commit()

    with app.test_request_context("/"):
        opened_by(reader, application)
        with pytest.raises(NotFound):
            opened_by(application.candidate, application)
