"""What is asked before it is known who asks is shown to nobody but who may see it."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import event
from sqlalchemy.engine import Engine
from sqlalchemy.exc import OperationalError
from structlog.testing import capture_logs

from recruit.accounts import sessions
from recruit.accounts.models import RoleGrant
from recruit.core import clock
from recruit.core.db import db
from recruit.logs import with_ids
from recruit.review.models import ApplicationRead
from recruit.rules import limits
from recruit.rules.access import Role
from tests.factories import UserFactory
from tests.review.sent import sent_application

SESSION, APPLICATION = "user_session", "FROM application "


@pytest.fixture
def application(session):
    return sent_application(candidate=UserFactory(name="Kim Lee"))


def paths_of(application):
    return ["/review", f"/review/applications/{application.reference}"]


def test_it_is_asked_with_who_asks_once_that_is_known(hr, queries, application):
    for path in paths_of(application):
        hr.get(path)
        queries.clear()
        hr.get(path)

        reads = [text for text in queries if text.startswith(("SELECT", "WITH"))]
        assert len(reads) == 3
        assert [SESSION in text for text in reads] == [True, False, False]


def test_whoever_is_signed_out_sees_none_of_it(hr, application):
    for path in paths_of(application):
        hr.get(path)
    sessions.end_all_sessions(hr.user)
    db.session.commit()

    for path in paths_of(application):
        page = hr.get(path, status=302)
        assert "/sign-in" in hr.response.headers["Location"]
        assert "Kim Lee" not in str(page)


def test_whoever_lost_their_role_sees_none_of_it(hr, application):
    for path in paths_of(application):
        hr.get(path)
    db.session.query(RoleGrant).filter_by(user_id=hr.user.id).delete()
    db.session.commit()

    for path in paths_of(application):
        assert "Kim Lee" not in str(hr.get(path, status=403))


def test_another_account_in_the_same_browser_sees_its_own(hr, application):
    colleague = UserFactory(name="Wren Alder", roles=[Role.HR, Role.CANDIDATE])
    own = sent_application(candidate=colleague)
    db.session.add(ApplicationRead(application_id=application.id, user_id=hr.user.id, at=clock.now()))
    db.session.commit()
    paths = ["/review?unread=yes&status=any", *paths_of(own)[1:]]
    first = [str(hr.get(path)) for path in paths * 2]
    assert [own.reference in page for page in first] == [True] * 4
    assert application.reference not in first[0]

    hr.sign_in(colleague)

    for _ in range(2):
        page = str(hr.get(paths[0]))
        assert application.reference in page
        assert own.reference not in page
        assert own.reference not in str(hr.get(paths[1], status=404).select_one("main"))


def test_an_address_that_means_nothing_is_not_found(hr):
    for _ in range(2):
        hr.get("/review", status=200)
        hr.get("/review/applications/nothing", status=404)
        hr.get("/review/applications/APP-2222-2222", status=404)


def test_what_is_sent_is_asked_of_the_database_as_it_is_then(hr, application):
    for path in paths_of(application):
        hr.get(path)
    application.candidate.name = "Ash Vane"
    db.session.commit()

    assert "Ash Vane" in hr.get("/review").text
    hr.post(f"/review/applications/{application.reference}/notes", {"text": "Called"})
    assert "Called" in hr.get(f"/review/applications/{application.reference}").text


def test_nothing_is_asked_for_who_may_not_see_it(candidate, queries, application):
    for path in paths_of(application):
        for _ in range(3):
            queries.clear()
            assert "Kim Lee" not in str(candidate.get(path, status=403))
            assert len(queries) == 1  # the session


def test_whoever_was_idle_for_too_long_sees_none_of_it(hr, application):
    for path in paths_of(application):
        hr.sign_in(hr.user)
        hr.get(path)
        with time_machine.travel(clock.now() + limits.SESSION_IDLE_STAFF + timedelta(minutes=1), tick=False):
            assert "Kim Lee" not in str(hr.get(path, status=302))


def test_where_it_cannot_be_asked_who_asks_is_known_all_the_same(app, hr, application):
    path = paths_of(application)[1]
    hr.get(path)

    def fail(_connection, _cursor, statement, *_):
        if "own_number" in statement:
            raise OperationalError(statement, {}, Exception("it was refused"))

    event.listen(Engine, "before_cursor_execute", fail)
    try:
        with capture_logs(processors=[with_ids]) as logged:
            hr.get(path, status=503)
    finally:
        event.remove(Engine, "before_cursor_execute", fail)

    assert {line.get("user_id") for line in logged} == {hr.user.id}
    assert "Kim Lee" in str(hr.get(path))
