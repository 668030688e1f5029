"""Changing the address of an account."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select

from recruit.accounts import email_changes
from recruit.accounts.models import EmailChange, User, UserSession
from recruit.core import clock
from recruit.core.db import db
from recruit.rules import limits
from tests.accounts.people import NEW_PASSWORD, PASSWORD, somebody
from tests.visitor import Visitor
from tests.web.account.mails import first_link, mails

OLD, NEW = "sam@demo.example", "sam@new.example"
ASKED = "/account/email/sent"


@pytest.fixture
def sam(visit_as) -> Visitor:
    return visit_as(somebody(email=OLD))


def ask(sam: Visitor, email: str = NEW, status: int = 302, password: str = PASSWORD):
    return sam.submit("/account/email", {"email": email, "current": password}, status)


def link_to(recipient: str) -> str:
    return first_link([text for to, _, text in mails() if to == recipient][-1])


def address_of(sam: Visitor) -> str:
    db.session.rollback()
    return db.session.get_one(User, sam.user.id).email


def sign_in_status(app, email: str, password: str = PASSWORD) -> int:
    visitor = Visitor(app)
    token = visitor.token()
    return visitor.client.post("/sign-in", data={"csrf_token": token, "email": email, "password": password}).status_code


def test_a_new_address_is_confirmed_from_its_own_mail(app, sam, visit_as):
    other = visit_as(sam.user)
    ask(sam)
    assert sam.response.headers["Location"] == ASKED
    assert [(to, subject) for to, subject, _ in mails()] == [
        (NEW, "Confirm your new email address"),
        (OLD, "Your email address is about to change"),
    ]
    assert address_of(sam) == OLD

    link = link_to(NEW)
    assert NEW in sam.get(link).main.text
    assert address_of(sam) == OLD, "opening a link changes nothing"
    sam.submit(link)

    assert address_of(sam) == NEW
    sam.get("/account")
    other.get("/account", 302)
    assert (sign_in_status(app, NEW), sign_in_status(app, OLD)) == (302, 200)
    sam.get(link, 410)


def test_only_the_account_itself_uses_the_link(sam, visit_as, visitor):
    ask(sam)
    link = link_to(NEW)

    visitor.get(link, 302)
    assert visitor.response.headers["Location"].startswith("/sign-in?next=/account/email/confirm")
    visit_as(somebody(email="stranger@demo.example")).get(link, 410)
    assert address_of(sam) == OLD


def test_the_link_ends(sam):
    ask(sam)
    link = link_to(NEW)
    change = db.session.scalars(select(EmailChange)).one()
    assert change.expires_at - change.asked_at == limits.CONFIRM_LINK_LIVES
    change.expires_at = clock.now()
    db.session.commit()

    sam.get(link, 410)


def test_only_the_newest_link_works(sam):
    ask(sam)
    older = link_to(NEW)
    ask(sam, "sam@third.example")

    sam.get(older, 410)
    sam.get(link_to("sam@third.example"))


def test_an_address_that_is_taken_gets_the_same_answer_and_other_words(sam):
    somebody(email=NEW, name="Robin Taken")
    ask(sam)

    assert sam.response.headers["Location"] == ASKED
    assert [(to, subject) for to, subject, _ in mails()] == [
        (NEW, "You have an account already"),
        (OLD, "Your email address is about to change"),
    ]
    assert "confirm?token" not in mails()[0][2]


def test_an_address_that_was_taken_meanwhile_is_refused(sam):
    ask(sam)
    link = link_to(NEW)
    somebody(email=NEW)

    sam.submit(link, status=409)
    assert address_of(sam) == OLD


def test_an_account_that_was_never_confirmed_does_not_keep_an_address_from_its_owner(sam):
    squatter = somebody(email=NEW, confirmed_at=None).id
    ask(sam)
    sam.submit(link_to(NEW))

    assert address_of(sam) == NEW
    assert db.session.get(User, squatter) is None


def test_the_old_address_stops_a_change(app, sam, visitor):
    ask(sam)
    confirm, undo = link_to(NEW), link_to(OLD)
    assert "It stays" in visitor.get(undo).main.text
    sam.get("/account")
    visitor.submit(undo)

    assert visitor.response.headers["Location"] == "/check-email"
    assert address_of(sam) == OLD
    sam.get("/account", 302)
    assert sign_in_status(app, OLD) == 200, "the password ends: whoever asked knew it"
    assert mails()[-1][:2] == (OLD, "Choose a new password")
    visitor.submit(link_to(OLD), {"password": NEW_PASSWORD})
    assert sign_in_status(app, OLD, NEW_PASSWORD) == 302
    sam.sign_in(sam.user)
    sam.get(confirm, 410)
    visitor.get(undo, 410)


def test_the_old_address_takes_a_change_back_even_after_another(app, sam, visitor):
    ask(sam)
    undo = link_to(OLD)
    sam.submit(link_to(NEW))
    ask(sam, "sam@third.example")
    sam.submit(link_to("sam@third.example"))
    assert address_of(sam) == "sam@third.example"

    assert "We change it back" in visitor.get(undo).main.text
    visitor.submit(undo)

    assert address_of(sam) == OLD
    assert db.session.scalar(select(func.count()).select_from(EmailChange)) == 0
    assert db.session.scalar(select(func.count()).select_from(UserSession)) == 0


def test_taking_back_ends_after_some_days(sam, visitor):
    ask(sam)
    undo = link_to(OLD)
    change = db.session.scalars(select(EmailChange)).one()
    assert change.undo_until - change.asked_at == timedelta(days=14)
    change.undo_until = clock.now()
    db.session.commit()

    visitor.get(undo, 410)


def test_taking_back_never_takes_the_address_of_somebody_else(sam, visitor):
    ask(sam)
    undo = link_to(OLD)
    sam.submit(link_to(NEW))
    somebody(email=OLD)
    visitor.submit(undo, status=409)

    assert address_of(sam) == NEW


def test_the_password_is_asked_for_and_guesses_are_limited(sam):
    page = ask(sam, status=200, password="wrong")
    assert "This is not your password" in page.select_one("#current-error").text
    assert page.select_one("#email")["value"] == NEW
    for _ in range(limits.SIGN_IN_TRIES_ACCOUNT):
        ask(sam, status=200, password="wrong")
    ask(sam, status=200)

    assert mails() == []


@pytest.mark.parametrize(
    ("email", "message"),
    [
        ("", "Enter your new email address"),
        ("sam at home", "Enter an email address in the correct format, like name@example.com"),
        ("SAM@demo.example", "Enter another address. This one is the address of your account"),
        ("a@b\x00c.example\ud800", "Enter an email address in the correct format, like name@example.com"),
    ],
)
def test_an_address_that_will_not_do_is_refused_in_words(sam, email: str, message: str):
    page = sam.post("/account/email", {"email": email.encode("utf-8", "surrogatepass"), "current": PASSWORD}, 200)

    assert message in page.select_one("#email-error").text
    assert mails() == []


def test_mails_are_limited_for_both_addresses(sam, visit_as):
    for number in range(limits.MAIL_TRIES_ACCOUNT):
        ask(sam, f"sam{number}@new.example")
    page = ask(sam, status=200)
    assert "at most 5 of these emails an hour" in page.select_one("#email-error").text
    assert len(mails()) == 2 * limits.MAIL_TRIES_ACCOUNT

    for number in range(limits.MAIL_TRIES_ACCOUNT):
        ask(visit_as(somebody(email=f"other{number}@demo.example")), NEW)
    sent = len(mails())
    last = visit_as(somebody(email="last@demo.example"))
    ask(last, NEW)

    assert (last.response.headers["Location"], len(mails())) == (ASKED, sent)


def test_a_disabled_account_is_not_given_back(sam, visitor):
    ask(sam)
    undo = link_to(OLD)
    db.session.get_one(User, sam.user.id).disabled_at = clock.now()
    db.session.commit()

    visitor.get(undo, 410)
    assert email_changes.change_to_undo("nonsense", now=clock.now()) is None
