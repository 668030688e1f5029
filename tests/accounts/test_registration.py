import pytest
from sqlalchemy import select

from recruit.accounts import registration
from recruit.accounts.models import EmailToken, User
from recruit.accounts.registration import first_name, register
from recruit.core.db import db
from recruit.core.transaction import transaction
from recruit.notifications.models import OutboxMessage
from recruit.rules.access import Role
from recruit.rules.notifications import Notification
from tests.factories import NOW, UserFactory


def register_once(email="Sam@demo.example", name="Sam Taylor", goes_to="", **given):
    with transaction():
        register(email, name, given.get("password_hash", "a hash"), goes_to=goes_to, now=NOW)


def mails():
    return list(db.session.scalars(select(OutboxMessage).order_by(OutboxMessage.id)))


def test_a_new_account_is_a_candidates_and_not_confirmed(session):
    register_once(goes_to="/jobs/x/apply")
    user = db.session.scalars(select(User)).one()
    [mail] = mails()

    assert (user.email, user.email_key, user.name) == ("Sam@demo.example", "sam@demo.example", "Sam Taylor")
    assert (user.confirmed_at, user.created_at, user.as_actor().roles) == (None, NOW, {Role.CANDIDATE})
    assert (mail.notification, mail.recipient) == (Notification.ACCOUNT_CONFIRM, "Sam@demo.example")
    assert set(mail.context) == {"first_name", "token", "goes_to"}
    assert (mail.context["first_name"], mail.context["goes_to"]) == ("Sam", "/jobs/x/apply")


def test_who_has_an_account_is_told_by_mail_and_nothing_changes(session):
    user = UserFactory(email="sam@demo.example", name="Sam First", password_hash="first")
    register_once(name="Sam Second", password_hash="second")
    [mail] = mails()
    db.session.refresh(user)

    assert (user.name, user.password_hash) == ("Sam First", "first")
    assert (mail.notification, mail.context) == (Notification.ACCOUNT_EXISTS, {"first_name": "Sam", "goes_to": ""})
    assert db.session.scalars(select(EmailToken)).all() == []


def test_an_account_never_confirmed_takes_the_newest_password_and_the_newest_link(session):
    register_once(password_hash="first")
    register_once(name="Sam Second", password_hash="second")
    user = db.session.scalars(select(User)).one()

    assert (user.name, user.password_hash, user.confirmed_at) == ("Sam Second", "second", None)
    assert [mail.notification for mail in mails()] == [Notification.ACCOUNT_CONFIRM] * 2
    assert len(db.session.scalars(select(EmailToken)).all()) == 1


@pytest.mark.parametrize("confirmed_at", [None, NOW])
def test_a_disabled_account_gets_no_mail(session, confirmed_at):
    UserFactory(email="sam@demo.example", disabled_at=NOW, confirmed_at=confirmed_at)
    register_once()
    with transaction():
        registration.send_confirmation_to("sam@demo.example", goes_to="", now=NOW)

    assert mails() == []


def test_asking_for_the_link_again_sends_it_to_those_who_need_it(session):
    UserFactory(email="new@demo.example", confirmed_at=None)
    UserFactory(email="old@demo.example")
    for email in ("new@demo.example", "old@demo.example", "nobody@demo.example"):
        with transaction():
            registration.send_confirmation_to(email, goes_to="/jobs", now=NOW)

    assert [(mail.recipient, mail.notification) for mail in mails()] == [
        ("new@demo.example", Notification.ACCOUNT_CONFIRM),
        ("old@demo.example", Notification.ACCOUNT_EXISTS),
    ]


@pytest.mark.parametrize(
    ("name", "greeting"),
    [
        ("Sam Taylor", "Sam"),
        ("Anne-Marie O'Neill", "Anne-Marie"),
        ("D’Arcy", "D’Arcy"),
        ("Łukasz", "Łukasz"),
        ("محمد علي", "محمد"),
        ("http://evil.example", ""),
        ("evil.example now", ""),
        ("Win£1000", ""),
        ("x" * 31, ""),
        ("", ""),
    ],
)
def test_a_mail_greets_with_nothing_but_a_name(name, greeting):
    assert first_name(name) == greeting


def test_an_address_that_mail_cannot_go_to_is_no_account():
    with pytest.raises(ValueError, match="not a mail address"):
        registration.add_user("nowhere", "Sam", "", frozenset(), now=NOW)
