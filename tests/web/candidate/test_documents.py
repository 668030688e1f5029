"""A document that HR asked for: both sides' pages, and who may open it."""

from concurrent.futures import ThreadPoolExecutor
from contextvars import Context
from datetime import timedelta
from io import BytesIO
from threading import Barrier

import pytest
from flask import Flask

from recruit.core import clock
from recruit.core.calendar import london_day
from recruit.core.db import db
from recruit.document_requests.models import DocumentRequestEvent
from recruit.documents.models import Document, DocumentState
from recruit.record.models import Disclosure, Taking
from recruit.rules.access import Role
from recruit.rules.lifecycle import ApplicationStatus
from tests import factories
from tests.documents.making import JPEG, pdf, sent
from tests.review.sent import sent_application
from tests.visitor import Visitor

HR = "/review/applications/{}/documents"


@pytest.fixture
def application(session):
    application = sent_application()
    application.status = ApplicationStatus.SHORTLISTED
    db.session.commit()
    return application


@pytest.fixture
def mine(visit_as, application) -> Visitor:
    return visit_as(application.candidate)


@pytest.fixture
def asked(hr: Visitor, application) -> str:
    """HR asks; return the candidate's page of it."""
    hr.submit(f"{HR.format(application.reference)}/ask", {"name": "Degree certificate", "reason": "We check it."})
    return f"/applications/{application.reference}/documents/1"


def send(who: Visitor, path: str, content: bytes, name: str = "IMG_1.JPG", status: int = 302):
    shown = who.get(f"{path}/upload").select_one("[name=version]")
    version = shown["value"] if shown else ""
    return who.post(f"{path}/upload", {"file": (BytesIO(content), name), "version": version}, status=status)


def test_the_candidate_is_asked_sends_a_photo_and_hr_accepts_it(hr: Visitor, mine: Visitor, application, asked: str):
    page = mine.get(f"/applications/{application.reference}")
    assert page.select_one(f"a[href='{asked}/upload']").get_text(strip=True) == "Degree certificate"
    assert "Next: send us what we asked for" in page.main.get_text()

    refused = send(mine, asked, b"", status=200)
    assert "The file is empty" in refused.select_one("#file-error").get_text()
    send(mine, asked, JPEG)
    shown = mine.follow().main.get_text()
    assert f"{application.reference}, document 1" in shown
    assert "IMG_1.JPG" in shown

    listed = hr.get(HR.format(application.reference))
    assert listed.select_one(".tag").get_text() == "To look at"
    hr.post(listed.select_one("form[action$='/1/file']")["action"], status=200)
    assert (hr.response.data, hr.response.mimetype) == (JPEG, "image/jpeg")
    assert f"{application.reference.lower()}-degree-certificate.jpg" in hr.response.headers["Content-Disposition"]
    taken = db.session.query(Disclosure).one()
    assert (taken.taking, taken.content, taken.number) == (
        Taking.DOCUMENT, f"Degree certificate ({application.reference}, document 1)", 1,
    )  # fmt: skip
    version = listed.select_one("form[action$='/accept'] [name=version]")["value"]
    hr.post(f"{HR.format(application.reference)}/1/accept", {"version": version})
    assert "Accepted: you do not need to do anything." in mine.get(f"{asked}/upload").main.get_text()
    send(mine, asked, pdf(), "a.pdf", status=409)
    hr.post(f"{HR.format(application.reference)}/1/accept", {"version": version}, status=409)


def test_hr_asks_again_in_words_and_keeps_what_was_typed(hr: Visitor, mine: Visitor, application, asked: str):
    path = HR.format(application.reference)
    page = hr.submit(f"{path}/ask", {"name": "My CV", "reason": "Because."}, status=200)
    assert "We do not ask for CVs" in page.select_one(".govuk-error-summary").get_text()
    assert page.select_one("#name")["value"] == "My CV"
    send(mine, asked, JPEG)

    page = hr.submit(f"{path}/1/again", {"words": "", "due_on-year": ""}, status=200)
    assert len(page.select(".govuk-error-summary__list li")) == 2
    hr.submit(f"{path}/1/again", {"words": "Too dark"})
    assert "Too dark" in mine.get(f"{asked}/upload").main.get_text()
    assert "To send" in mine.get(f"/applications/{application.reference}").main.get_text()


def test_nobody_else_opens_it(app: Flask, visit_as, hr: Visitor, mine: Visitor, application, asked: str):
    send(mine, asked, pdf(), "a.pdf")
    mine.get(f"{asked}/file")
    hr_path = HR.format(application.reference)
    panel, other = (visit_as(factories.UserFactory(roles=[role])) for role in (Role.PANEL, Role.CANDIDATE))

    other.get(f"{asked}/file", 404)
    other.get(f"{asked}/upload", 404)
    panel.get(f"{asked}/file", 403)
    panel.post(f"{hr_path}/1/file", status=403)
    own = visit_as(application.candidate)
    db.session.add(type(application.candidate.grants[0])(user_id=application.candidate_id, role=Role.HR))
    own.get(hr_path, 404)  # nobody in HR reads what is about themselves
    hr.post(f"{hr_path}/2/file", status=404)
    mine.get(f"/applications/{application.reference}/documents/99999999999999999999/file", 404)
    document = db.session.query(Document).one()
    document.state, document.scanned_at = DocumentState.REFUSED, clock.now()
    hr.post(f"{hr_path}/1/file", status=404)
    mine.get(f"{asked}/file", 404)
    assert "Send it again" in mine.get(f"/applications/{application.reference}").main.get_text()
    assert "a virus was found" in mine.get(f"{asked}/upload").main.get_text()


def test_it_is_in_what_the_candidate_takes_away(mine: Visitor, asked: str):
    send(mine, asked, pdf(), "degree.pdf")

    assert "“degree.pdf”" in mine.get("/account/data").main.get_text()
    mine.get("/account/data.json")
    held = mine.response.json["documents"]
    assert [(one["name"], one["file"], one["by"]) for one in held] == [
        ("Degree certificate", "degree.pdf", (london_day(clock.now()) + timedelta(days=7)).isoformat())
    ]


def test_of_two_files_sent_at_the_same_moment_one_is_kept_and_the_other_is_told(
    app: Flask, mine: Visitor, application, asked: str
):
    browsers = [mine, Visitor(app)]
    browsers[1].sign_in(application.candidate)
    versions = [browser.get(f"{asked}/upload").select_one("[name=version]")["value"] for browser in browsers]
    tokens, files = [browser.token() for browser in browsers], [pdf(b"%first"), pdf(b"%second")]
    db.session.rollback()
    together = Barrier(2)

    def send_one(number: int) -> int:
        form = sent(tokens[number], files[number], version=versions[number])
        together.wait()
        return Context().run(browsers[number].client.post, f"{asked}/upload", **form).status_code

    with ThreadPoolExecutor(2) as pool:
        answers = list(pool.map(send_one, range(2)))

    assert sorted(answers) == [302, 409]
    kept = db.session.query(Document).one()
    assert app.extensions["documents"].read(kept.stored_as) == files[answers.index(302)]
    events = db.session.query(DocumentRequestEvent).filter_by(target="received")
    assert [event.file_digest for event in events] == [kept.sha256]
