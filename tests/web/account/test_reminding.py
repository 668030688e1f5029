"""Saying no to reminders: in the account, by the page of a mail's link, by a mail program's one click (RFC 8058)."""

import pytest
from flask import current_app

from recruit.accounts.models import User
from recruit.applications.reminders import unsubscribe_path
from recruit.core.db import db
from recruit.rules.access import Role
from tests import factories


def wants(user: User) -> bool:
    db.session.rollback()
    return db.session.get_one(User, user.id).wants_reminders


@pytest.fixture
def path(candidate) -> str:
    return unsubscribe_path(candidate.user.id, current_app.config["SECRET_KEY"])


def test_reminders_are_chosen_in_the_account(candidate):
    candidate.post("/account/reminders", {"wants": "no"})
    assert "We will send you no reminders" in candidate.follow().text
    assert wants(candidate.user) is False

    candidate.post("/account/reminders", {"wants": "yes"})
    assert wants(candidate.user) is True


def test_a_mail_programs_one_click_needs_no_cookie_and_no_token(app, candidate, path):
    answer = app.test_client().post(path, data={"List-Unsubscribe": "One-Click"})

    assert (answer.status_code, wants(candidate.user)) == (200, False)
    assert app.test_client().post(path, data={"List-Unsubscribe": "One-Click"}).status_code == 200


def test_opening_the_link_changes_nothing_and_its_button_does(visitor, candidate, path):
    page = visitor.get(path)
    assert page.h1.text == "Stop reminders?"
    assert wants(candidate.user) is True

    page = visitor.submit(path, status=200)
    assert page.h1.text == "You get no more reminders"
    assert wants(candidate.user) is False
    assert visitor.get(path).h1.text == "You get no more reminders"


def test_a_link_that_we_did_not_make_is_refused(app, visitor, candidate, path):
    visitor.get(path[:-1], 404)
    assert app.test_client().post(path[:-1]).status_code == 400
    assert wants(candidate.user) is True


def test_staff_are_asked_nothing_about_reminders(visit_as):
    page = visit_as(factories.UserFactory(roles=[Role.HR])).get("/account")

    assert "Reminders" not in [heading.text for heading in page.select("h2")]
