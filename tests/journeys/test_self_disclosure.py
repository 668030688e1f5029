"""Somebody on a shortlist tells something in confidence on a phone; the safeguarding lead opens it and concludes."""

import pytest
from playwright.sync_api import expect

from recruit.accounts.credentials import hash_password
from recruit.accounts.models import User
from recruit.applications.models import Application
from recruit.core import clock
from recruit.core.db import db
from recruit.core.transaction import transaction
from recruit.rules.access import Role
from recruit.rules.lifecycle import ApplicationStatus
from recruit.self_disclosures.asking import ask_shortlisted
from tests import factories
from tests.databases import end_connections
from tests.journeys.acting import enter, press
from tests.journeys.conftest import PASSWORD, Service
from tests.journeys.extremes import app_of, beside_the_service
from tests.journeys.visiting import NARROW
from tests.review.sent import sent_application

pytestmark = pytest.mark.browser


@pytest.fixture
def asked(service: Service) -> tuple[str, str, str]:
    """Somebody on a shortlist is asked; return their address, the lead's and the application's reference."""
    with app_of(service.environment).app_context():
        application = beside_the_service(sent_application)
        lead = beside_the_service(lambda: factories.UserFactory(roles=[Role.SAFEGUARDING]))
        found = (application.candidate.email, lead.email, application.reference)
        ids, password_hash = (application.id, lead.id), hash_password(PASSWORD)
        with transaction():
            application, lead = db.session.get_one(Application, ids[0]), db.session.get_one(User, ids[1])
            application.status = ApplicationStatus.SHORTLISTED
            application.candidate.password_hash = lead.password_hash = password_hash
        with transaction():
            ask_shortlisted(clock.now())
        db.session.remove()
        end_connections()
    return found


def test_it_is_told_on_a_phone_and_read_by_the_lead(open_page, service: Service, asked: tuple[str, str, str]):
    email, lead_email, reference = asked
    assert "self-disclosure" in service.mailbox.wait_for(email, "self-disclosure")
    page = enter(open_page(width=NARROW, javascript=False), email)
    page.goto(f"/applications/{reference}")
    page.get_by_role("link", name="Your self-disclosure").click()
    page.get_by_role("button", name="Start").click()
    for name in ("unspent", "barred", "referred", "known", "dismissed", "disciplined", "regulator"):
        page.locator(f"[name={name}][value=no]").check()
    page.locator("[name=spent][value=yes]").check()
    press(page, "Save and continue")
    page.get_by_role("button", name="Tell us about it").click()
    page.get_by_label("When was it?").fill("March 2014")
    page.get_by_label("What was the offence?").fill("Zanzibar-shoplifting")
    page.get_by_label("What was the sentence, order or caution?").fill("A caution")
    press(page, "Save")
    page.get_by_role("button", name="Continue").click()
    expect(page.locator("main")).to_contain_text("Zanzibar-shoplifting")
    page.get_by_label("What I tell you here is true").check()
    press(page, "Send")
    expect(page.get_by_text("We have your self-disclosure. Thank you.")).to_be_visible()

    lead = enter(open_page(), lead_email)
    lead.goto(f"/review/disclosures/{reference}")
    expect(lead.locator("main")).not_to_contain_text("Zanzibar")
    press(lead, "Open it")
    expect(lead.locator("main")).to_contain_text("Zanzibar-shoplifting")
    lead.get_by_label("Discussed, no concern").check()
    press(lead, "Keep the conclusion")
    expect(lead.locator(".tag").first).to_have_text("Discussed, no concern")
