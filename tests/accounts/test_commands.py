import pytest
from sqlalchemy import select

from recruit.accounts import sessions
from recruit.accounts.credentials import matches
from recruit.accounts.models import User
from recruit.core import clock
from recruit.core.db import db
from recruit.core.transaction import transaction
from recruit.notifications.models import OutboxMessage
from recruit.rules.access import Role
from tests.accounts.people import PASSWORD, signed_in
from tests.factories import UserFactory

CREATE = ["accounts", "create", "robin@demo.example", "--name", "Robin Carter", "--role", "hr", "--role", "panel"]


@pytest.fixture
def run(app, session):
    def invoke(*arguments, typed=None):
        db.session.commit()
        result = app.test_cli_runner().invoke(args=list(arguments), input=typed)
        db.session.rollback()
        return result

    return invoke


def test_create_sends_a_link_to_choose_a_password(run):
    result = run(*CREATE)
    user = db.session.scalars(select(User)).one()

    assert result.exit_code == 0, result.output
    assert user.as_actor().roles == {Role.HR, Role.PANEL}
    assert [mail.recipient for mail in db.session.scalars(select(OutboxMessage))] == ["robin@demo.example"]


def test_create_asks_for_a_password_until_it_is_good(run):
    result = run(*CREATE, "--ask-password", typed=f"password\n{PASSWORD}\n{PASSWORD}\n")
    user = db.session.scalars(select(User)).one()

    assert result.exit_code == 0, result.output
    assert PASSWORD not in result.output
    assert matches(user.password_hash, PASSWORD)


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["accounts", "create", "robin", "--name", "R", "--role", "hr"], "Enter an email address"),
        (["accounts", "create", "sam@demo.example", "--name", "R", "--role", "hr"], "has an account"),
        (["accounts", "create", "robin@demo.example", "--name", "R", "--role", "king"], "king"),
        (["accounts", "disable", "nobody@demo.example"], "No account"),
        (["accounts", "enable", "sam@demo.example"], "not disabled"),
    ],
)
def test_a_refusal_is_a_line_and_a_status(run, arguments, message):
    UserFactory(email="sam@demo.example")
    result = run(*arguments)

    assert result.exit_code in (1, 2)
    assert message in result.output
    assert len(db.session.scalars(select(User)).all()) == 1


def test_disable_signs_out_and_enable_lets_in(run):
    user = UserFactory(email="sam@demo.example")
    with transaction():
        token = sessions.open_session(user, now=clock.now())

    assert run("accounts", "disable", "SAM@demo.example").exit_code == 0
    assert signed_in(token, now=clock.now()) is None
    assert run("accounts", "enable", "sam@demo.example").exit_code == 0
    assert db.session.scalars(select(User)).one().disabled_at is None
