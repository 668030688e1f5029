"""Somebody to be appointed answers on a phone: what is asked only then unfolds, and nothing stays in the browser."""

import pytest
from playwright.sync_api import expect

from recruit.accounts.credentials import hash_password
from recruit.applications.models import Application
from recruit.appointments.employment_opening import open_details
from recruit.core import clock
from recruit.core.db import db
from recruit.core.transaction import transaction
from recruit.rules.access import Actor
from recruit.rules.lifecycle import ApplicationStatus
from tests.databases import end_connections
from tests.journeys.acting import enter, press
from tests.journeys.conftest import PASSWORD, Service
from tests.journeys.extremes import app_of, beside_the_service
from tests.journeys.visiting import NARROW, follow
from tests.review.sent import sent_application

pytestmark = [pytest.mark.browser, pytest.mark.one_database]
KEPT = "JSON.stringify([localStorage, sessionStorage, document.cookie])"


@pytest.fixture
def asked(service: Service) -> tuple[str, str]:
    """Return the email address of somebody who is asked, and the reference of their application."""
    with app_of(service.environment).app_context():
        made = beside_the_service(sent_application)
        email, reference, key = made.candidate.email, made.reference, made.id
        application = db.session.get_one(Application, key)
        with transaction():
            application.candidate.password_hash = hash_password(PASSWORD)
            application.status = ApplicationStatus.APPOINTED
            db.session.flush()
            open_details(Actor(), [application], now=clock.now())
        db.session.remove()
        end_connections()
    return email, reference


def test_answers_unfold_are_kept_on_the_server_alone_and_an_account_is_hidden(asked, open_page):
    email, reference = asked
    page = enter(open_page(width=NARROW), email)
    page.goto(f"/applications/{reference}")
    follow(page, "Before you start")
    follow(page, "Your DBS certificate")
    expect(page.get_by_label("Certificate number")).to_be_hidden()
    page.get_by_label("Yes", exact=True).first.check()
    page.get_by_label("Certificate number").fill("0012 3456 7890")
    page.get_by_label("Yes, I have finished this section").check()
    press(page, "Save and continue")
    expect(page.get_by_role("alert")).to_contain_text("Enter the name on your certificate")
    expect(page.get_by_label("Certificate number")).to_have_value("0012 3456 7890")

    page.goto(f"/applications/{reference}/before-you-start/bank-details")
    page.get_by_label("Name on the account").fill("A Sample")
    page.get_by_label("Sort code").fill("30-94-30")
    page.get_by_label("Account number").fill("87654321")
    page.get_by_label("Yes, I have finished this section").check()
    press(page, "Save and continue")
    follow(page, "Bank details")

    expect(page.get_by_text("••••••21")).to_be_visible()
    expect(page.get_by_label("Account number")).to_have_value("")
    assert [digits for digits in ("87654321", "30-94-30", "0012 3456") if digits in page.evaluate(KEPT)] == []
