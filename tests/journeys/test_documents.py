"""A candidate sends a document that HR asked for, from a phone; HR finds it, and saves it as a file."""

from dataclasses import dataclass
from datetime import timedelta

import pytest
from playwright.sync_api import Page, expect

from recruit.accounts.credentials import hash_password
from recruit.accounts.models import User
from recruit.applications.models import Application
from recruit.core import clock
from recruit.core.calendar import london_day
from recruit.core.db import db
from recruit.core.transaction import transaction
from recruit.document_requests.service import ask_for_document
from recruit.rules.access import Role
from recruit.rules.lifecycle import ApplicationStatus
from tests import factories
from tests.databases import end_connections
from tests.documents.test_pictures import PRIVATE, jpeg
from tests.journeys.acting import enter, press
from tests.journeys.conftest import PASSWORD, Service
from tests.journeys.extremes import app_of, beside_the_service
from tests.journeys.visiting import NARROW
from tests.review.sent import sent_application

pytestmark = pytest.mark.browser
REFUSED = "The name of the file ends in .pdf, but it is a JPEG photo. Let its name end in .jpg, and choose it again"


@dataclass
class Asked:
    """Who is asked by whom, by email address, and on which application."""

    candidate: str
    hr: str
    reference: str


@pytest.fixture
def asked(service: Service) -> Asked:
    """HR asks somebody on a shortlist for a certificate."""
    with app_of(service.environment).app_context():
        application = beside_the_service(sent_application)
        hr = beside_the_service(lambda: factories.UserFactory(roles=[Role.HR]))
        found = Asked(application.candidate.email, hr.email, application.reference)
        ids, password_hash, now = (application.id, hr.id), hash_password(PASSWORD), clock.now()
        with transaction():
            application, hr = db.session.get_one(Application, ids[0]), db.session.get_one(User, ids[1])
            application.status = ApplicationStatus.SHORTLISTED
            application.candidate.password_hash = hr.password_hash = password_hash
            due_on = london_day(now) + timedelta(days=7)
            ask_for_document(hr.as_actor(), application, "Degree certificate", "We check it.", due_on, now=now)
        db.session.remove()
        end_connections()
    return found


def choose(page: Page, name: str, content: bytes) -> None:
    page.get_by_label("File").set_input_files({"name": name, "mimeType": "", "buffer": content})
    press(page, "Send")


def test_a_document_is_refused_in_words_then_taken_and_saved_by_hr(open_page, service: Service, asked: Asked):
    assert "Degree certificate" in service.mailbox.wait_for(asked.candidate, "document")
    candidate = enter(open_page(width=NARROW, javascript=False), asked.candidate)
    candidate.goto(f"/applications/{asked.reference}")
    with candidate.expect_navigation():
        candidate.get_by_role("link", name="Degree certificate").click()
    photo = jpeg()
    choose(candidate, "certificate.pdf", photo)
    expect(candidate.locator(".govuk-error-summary")).to_contain_text(REFUSED)
    expect(candidate.locator("#file-error")).to_contain_text(REFUSED)
    expect(candidate.get_by_text("What we have")).to_have_count(0)

    choose(candidate, "IMG_0001.jpg", photo)
    expect(candidate.get_by_text("We have your document. Thank you.")).to_be_visible()
    expect(candidate.locator("main")).to_contain_text(f"{asked.reference}, document 1")
    expect(candidate.get_by_role("link", name="IMG_0001.jpg")).to_be_visible()
    service.mailbox.wait_for(asked.hr, "document")

    hr = enter(open_page(), asked.hr)
    hr.goto(f"/review/applications/{asked.reference}/documents")
    with hr.expect_download() as saving:
        hr.get_by_role("button", name="Save the file").click()
    assert saving.value.suggested_filename == f"{asked.reference.lower()}-degree-certificate.jpg"
    saved = saving.value.path().read_bytes()
    assert saved[:3] == photo[:3]
    assert [word for word in PRIVATE if word in saved] == []
    press(hr, "Accept")
    candidate.reload()
    expect(candidate.get_by_text("Accepted: you do not need to do anything.")).to_be_visible()
