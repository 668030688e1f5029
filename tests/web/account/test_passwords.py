import pytest
import time_machine
from sqlalchemy import select

from recruit.accounts.models import UserSession
from recruit.accounts.passwords import PERSONAL, TOO_SHORT
from recruit.core import clock
from recruit.core.db import db
from recruit.rules import limits
from tests.accounts.people import NEW_PASSWORD, PASSWORD, somebody
from tests.visitor import Visitor
from tests.web.account.mails import mails, newest_link

EMAIL = "sam@demo.example"


@pytest.fixture
def sam(visit_as):
    return visit_as(somebody(email=EMAIL, name="Sam Taylor"))


def can_sign_in(app, password):
    visitor = Visitor(app)
    visitor._read(
        "POST", "/sign-in", 200, data={"csrf_token": visitor.token(), "email": EMAIL, "password": "no " + password}
    )
    response = visitor.client.post(
        "/sign-in", data={"csrf_token": visitor.token(), "email": EMAIL, "password": password}
    )
    return response.status_code == 302


def test_a_changed_password_ends_every_other_session_and_a_mail_says_so(sam, visit_as, app):
    elsewhere = visit_as(sam.user)
    with sam.client.session_transaction() as cookie:
        before = dict(cookie)
    sam.submit("/account/password", {"current": PASSWORD, "password": NEW_PASSWORD})
    page = sam.follow()
    elsewhere.get("/account", 302)
    with elsewhere.client.session_transaction() as cookie:
        cookie.update(before)
    elsewhere.get("/account", 302)

    assert "You are signed out on every other device" in page.text
    assert [(to, subject) for to, subject, _ in mails()] == [(EMAIL, "Your password was changed")]
    assert (can_sign_in(app, NEW_PASSWORD), can_sign_in(app, PASSWORD)) == (True, False)


@pytest.mark.parametrize(
    ("data", "field", "message"),
    [
        ({"current": ""}, "current", "Enter your current password"),
        ({"password": ""}, "password", "Choose a password"),
        ({"password": "short"}, "password", TOO_SHORT),
        ({"password": "sam.taylor"}, "password", PERSONAL),
    ],
)
def test_what_is_wrong_with_a_new_password_is_said_and_nothing_changes(sam, app, data, field, message):
    page = sam.submit("/account/password", {"current": PASSWORD, "password": NEW_PASSWORD, **data}, 200)

    assert page.select_one(f"[id='{field}-error']").text.replace("Error:", "").strip() == message
    assert can_sign_in(app, PASSWORD)


def test_a_stolen_session_cannot_guess_the_old_password(sam, app):
    for _ in range(9):
        sam.submit("/account/password", {"current": "wrong", "password": NEW_PASSWORD}, 200)
    sam.submit("/account/password", {"current": PASSWORD, "password": NEW_PASSWORD}, 200)

    assert mails() == []


def test_a_reset_signs_out_everywhere_and_forgives_failed_tries(sam, app, visitor):
    for _ in range(9):
        visitor.submit("/sign-in", {"email": EMAIL, "password": "wrong"}, 200)
    visitor.submit("/reset-password?next=/jobs", {"email": EMAIL.upper()})
    visitor.get(newest_link())
    visitor.submit(newest_link(), {"password": NEW_PASSWORD})
    sam.get("/account", 302)

    assert visitor.response.headers["Location"] == "/sign-in?next=/jobs"
    assert [subject for _, subject, _ in mails()] == ["Choose a new password", "Your password was changed"]
    assert db.session.scalars(select(UserSession)).all() == []
    assert (can_sign_in(app, NEW_PASSWORD), can_sign_in(app, PASSWORD)) == (True, False)


def test_a_reset_link_works_once_for_an_hour_and_only_the_newest(sam, visitor):
    visitor.submit("/reset-password", {"email": EMAIL})
    older = newest_link()
    visitor.submit("/reset-password", {"email": EMAIL})
    newer, start = newest_link(), clock.now()
    visitor.get(older, 410)
    with time_machine.travel(start + limits.RESET_LINK_LIVES, tick=False):
        page = visitor.get(newer, 410)
    assert page.select_one("main a")["href"] == "/reset-password"

    visitor.submit(newer, {"password": "short"}, 200)
    visitor.submit(newer, {"password": "sam.taylor"}, 200)
    visitor.submit(newer, {"password": NEW_PASSWORD})
    visitor.get(newer, 410)


def test_a_reset_link_confirms_the_address_of_a_new_account(visitor, app):
    somebody(email=EMAIL, confirmed_at=None)
    visitor.submit("/reset-password", {"email": EMAIL})
    visitor.submit(newest_link(), {"password": NEW_PASSWORD})

    assert can_sign_in(app, NEW_PASSWORD)


def test_a_changed_password_ends_the_links_that_were_sent_before(sam, visitor):
    visitor.submit("/reset-password", {"email": EMAIL})
    link = newest_link()
    sam.submit("/account/password", {"current": PASSWORD, "password": NEW_PASSWORD})

    visitor.get(link, 410)


def test_the_account_page_says_who_and_what_for(sam):
    page = sam.get("/account")

    assert [value.text.strip() for value in page.select("dd.govuk-summary-list__value")][:2] == ["Sam Taylor", EMAIL]
    assert "you apply for jobs" in page.select("dd.govuk-summary-list__value")[-1].text


def test_a_visitor_has_no_account_page(visitor):
    visitor.get("/account", 302)
    assert visitor.response.headers["Location"] == "/sign-in?next=/account"

    visitor.get("/account/password", 302)
    assert visitor.response.headers["Location"] == "/sign-in?next=/account/password"
