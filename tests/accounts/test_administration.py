import pytest
from sqlalchemy import select

from recruit.accounts import administration, sessions
from recruit.accounts.credentials import matches
from recruit.accounts.links import new_link, user_of_link
from recruit.accounts.models import TokenPurpose, User
from recruit.core.db import db
from recruit.core.errors import Conflict, Incomplete, NotAllowed, NotFound
from recruit.core.transaction import transaction
from recruit.notifications.models import OutboxMessage
from recruit.rules.access import SYSTEM, Actor, Role
from recruit.rules.notifications import Notification
from tests.accounts.people import PASSWORD, kept, signed_in
from tests.factories import NOW, UserFactory

OTHERS = [Actor(), *(Actor(99, frozenset({role})) for role in Role if role != Role.ADMIN)]
GIVEN = {"email": "robin@demo.example", "name": "Robin Carter", "roles": [Role.RECRUITER]}


def create(actor=SYSTEM, **given):
    with transaction():
        return administration.create_account(actor, **{**GIVEN, **given}, now=NOW)


def test_an_account_with_a_password_can_be_used_at_once(session):
    user = create(password_hash=kept(), roles=[Role.HR, Role.PANEL, Role.HR])

    assert (user.confirmed_at, user.as_actor().roles) == (NOW, {Role.HR, Role.PANEL})
    assert matches(user.password_hash, PASSWORD)
    assert db.session.scalars(select(OutboxMessage)).all() == []


def test_an_account_without_a_password_gets_a_link_to_choose_one(session):
    user = create()
    mail = db.session.scalars(select(OutboxMessage)).one()

    assert (mail.notification, mail.recipient) == (Notification.ACCOUNT_PASSWORD_RESET, "robin@demo.example")
    assert user_of_link(mail.context["token"], TokenPurpose.RESET, now=NOW) == user


@pytest.mark.parametrize(
    ("given", "refusal"),
    [
        ({"name": " \u200b"}, Incomplete),
        ({"name": "x" * 201}, Incomplete),
        ({"roles": []}, Incomplete),
        ({"email": "robin"}, Incomplete),
        ({"email": "SAM@demo.example"}, Conflict),
    ],
)
def test_what_makes_no_account(session, given, refusal):
    UserFactory(email="sam@demo.example")

    with pytest.raises(refusal):
        create(**given)
    assert len(db.session.scalars(select(User)).all()) == 1


@pytest.mark.parametrize("actor", OTHERS)
def test_only_an_administrator_may(session, actor):
    user = UserFactory()

    for act in (
        lambda: create(actor),
        lambda: administration.disable_account(actor, user, now=NOW),
        lambda: administration.enable_account(actor, user),
    ):
        with pytest.raises(NotAllowed):
            act()


def test_disabling_ends_sessions_and_links_and_enabling_lets_in_again(session):
    user = UserFactory()
    with transaction():
        token = sessions.open_session(user, now=NOW)
        link = new_link(user, TokenPurpose.RESET, now=NOW)
    with transaction():
        administration.disable_account(SYSTEM, user, now=NOW)
    with transaction():
        administration.enable_account(SYSTEM, user)

    assert user.disabled_at is None
    assert signed_in(token, now=NOW) is None
    assert user_of_link(link, TokenPurpose.RESET, now=NOW) is None


def test_what_is_disabled_or_enabled_already_and_ones_own_account_are_refused(session):
    user, own = UserFactory(disabled_at=NOW), UserFactory(roles=[Role.ADMIN])

    with pytest.raises(Conflict):
        administration.disable_account(SYSTEM, user, now=NOW)
    with pytest.raises(Conflict):
        administration.disable_account(own.as_actor(), own, now=NOW)
    with pytest.raises(Conflict):
        administration.enable_account(SYSTEM, own)


def test_an_address_without_an_account_is_not_found(session):
    with pytest.raises(NotFound):
        administration.account_of("nobody@demo.example")
