"""Documents of a vacancy: chosen, named, removed, read by candidates."""

from io import BytesIO
from typing import Any

import pytest
from sqlalchemy import select

from recruit.core.db import db
from recruit.documents.models import Document, DocumentState
from recruit.rules import limits
from recruit.rules.access import Role
from recruit.rules.lifecycle import VacancyStatus
from recruit.vacancies.models import Vacancy, VacancyEvent
from tests import factories
from tests.documents.making import pdf, sent
from tests.visitor import Visitor


def _path(vacancy: Vacancy, end: str = "") -> str:
    return f"/recruiter/vacancies/{vacancy.reference}/documents{end}"


def send(who: Visitor, vacancy: Vacancy, content: bytes, name: str = "job_description.pdf", status: int = 302) -> Any:
    return who.post(_path(vacancy, "/upload"), {"file": (BytesIO(content), name)}, status=status)


def _errors(page: Any) -> list[str]:
    return [item.get_text(strip=True) for item in page.select(".govuk-error-summary__list li")]


def _documents() -> list[Document]:
    return list(db.session.scalars(select(Document).order_by(Document.id)))


def test_a_document_is_added_named_shown_and_removed(recruiter: Visitor, visitor: Visitor, mine):
    vacancy = mine(published=True)

    send(recruiter, vacancy, pdf())
    recruiter.submit(recruiter.response.headers["Location"], {"title": "The job in full"})
    listed = recruiter.get(_path(vacancy))
    assert [line.get_text() for line in listed.select(".criteria__text")] == ["The job in full", "PDF, 1 KB"]
    link = visitor.get(f"/jobs/{vacancy.slug}").select_one("a[href*='/documents/']")
    assert link is not None
    visitor.get(link["href"])
    answer = visitor.response
    assert (answer.data, answer.mimetype) == (pdf(), "application/pdf")
    name = f"{vacancy.reference.lower()}-the-job-in-full.pdf"
    assert answer.headers["Content-Disposition"] == f"attachment; filename=\"{name}\"; filename*=UTF-8''{name}"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert answer.headers["Cache-Control"] == "private, no-store"
    assert "sandbox" in ";".join(answer.headers.getlist("Content-Security-Policy"))

    recruiter.post(listed.select_one("form[action*='/remove']")["action"])
    visitor.client.application.extensions["public_pages"].clear()
    visitor.get(link["href"], 404)
    said = [event.reason for event in db.session.scalars(select(VacancyEvent).order_by(VacancyEvent.id))]
    assert said == [
        "Document added: Job description (PDF, 1 KB)",
        "Document “Job description” is now called “The job in full”",
        "Document removed: The job in full (PDF, 1 KB)",
    ]


def test_what_is_wrong_with_a_file_is_said_beside_the_field(recruiter: Visitor, mine):
    vacancy = mine()

    page = send(recruiter, vacancy, b"GIF89a", status=200)
    assert _errors(page) == [
        "The name of the file ends in .pdf, but it is another kind of file inside. Save it again as a PDF"
    ]
    assert page.select_one("#file-error") is not None
    long = sent(recruiter.token(), pdf() + b"x" * 20_000_000)
    page = recruiter._read("POST", _path(vacancy, "/upload"), 200, **long)
    assert _errors(page) == ["The file must be 10 MB or smaller. Save it with smaller pictures, or with fewer pages"]
    longer = sent(recruiter.token(), b"x" * limits.UPLOAD_REQUEST_BYTES)
    recruiter._read("POST", _path(vacancy, "/upload"), 413, **longer)
    recruiter._read("POST", _path(vacancy, "/nothing"), 413, **long)
    assert _documents() == []


def test_a_second_click_adds_nothing_and_five_are_enough(recruiter: Visitor, mine):
    vacancy = mine()
    for number in range(limits.VACANCY_DOCUMENTS - 1):
        send(recruiter, vacancy, pdf(b"%d" % number))

    assert _errors(send(recruiter, vacancy, pdf(b"0"), status=409)) == [
        "The same file is there already. It was not added twice."
    ]
    send(recruiter, vacancy, pdf(b"5"))
    assert "at most 5 documents" in _errors(send(recruiter, vacancy, pdf(b"6"), status=409))[0]
    assert len(_documents()) == limits.VACANCY_DOCUMENTS


def test_names_differ(recruiter: Visitor, mine):
    vacancy = mine()
    send(recruiter, vacancy, pdf(b"1"))
    send(recruiter, vacancy, pdf(b"2"), "offer.pdf")
    address = recruiter.response.headers["Location"]

    assert _errors(recruiter.submit(address, {"title": ""}, status=200)) == ["Enter what the document is"]
    page = recruiter.submit(address, {"title": "JOB description"}, status=200)
    assert _errors(page) == ["Another document of this vacancy is called that. Say how they differ"]


def test_a_copy_has_them_on_the_same_bytes(recruiter: Visitor, mine):
    vacancy = mine()
    send(recruiter, vacancy, pdf())
    recruiter.post(f"/recruiter/vacancies/{vacancy.reference}/copy")

    first, second = _documents()
    assert (first.stored_as, first.vacancy_id == second.vacancy_id) == (second.stored_as, False)
    assert first.key != second.key


@pytest.mark.parametrize("status", [VacancyStatus.AWAITING_APPROVAL, VacancyStatus.CANCELLED])
def test_nothing_changes_while_it_is_read_or_after_its_end(recruiter: Visitor, mine, status: VacancyStatus):
    vacancy = mine(waiting=True) if status is VacancyStatus.AWAITING_APPROVAL else mine(published=True, status=status)

    send(recruiter, vacancy, pdf(), status=409)
    assert _documents() == []


def test_who_may_read_one_before_it_is_public(recruiter: Visitor, visitor: Visitor, visit_as, mine):
    vacancy = mine(waiting=True)
    other = visit_as(factories.UserFactory(roles=[Role.RECRUITER]))
    hr = visit_as(factories.UserFactory(roles=[Role.HR]))
    stored = recruiter.client.application.extensions["documents"].keep(pdf())
    document = Document(
        key="k1", title="Job", name="job.pdf", kind="pdf", size=9, sha256="0" * 64, stored_as=stored,
        received_at=factories.NOW,
    )  # fmt: skip
    vacancy.documents.append(document)
    db.session.commit()

    recruiter.get(_path(vacancy, "/k1/file"))
    hr.get(f"/review/approvals/{vacancy.reference}/documents/k1")
    assert hr.get(f"/review/approvals/{vacancy.reference}/preview").select_one("a[href$='/documents/k1']")
    assert recruiter.get(f"/recruiter/vacancies/{vacancy.reference}/preview").select_one("a[href$='/k1/file']")
    other.get(_path(vacancy, "/k1/file"), 404)
    visitor.get(f"/jobs/{vacancy.slug}/documents/k1", 404)
    recruiter.get(_path(vacancy, "/k2/file"), 404)
    document.state, document.scanned_at = DocumentState.REFUSED, factories.NOW
    recruiter.get(_path(vacancy, "/k1/file"), 404)


@pytest.mark.parametrize("number", [0, 1, 3])
def test_the_public_page_takes_three_queries_whatever_it_has(
    recruiter: Visitor, visitor: Visitor, mine, queries: list[str], number: int
):
    vacancy = mine(published=True)
    for position in range(number):
        send(recruiter, vacancy, pdf(b"%d" % position))
    visitor.client.application.extensions["public_pages"].clear()
    visitor.get("/jobs")
    queries.clear()

    page = visitor.get(f"/jobs/{vacancy.slug}")

    assert len(page.select("a[href*='/documents/']")) == number
    assert len(queries) == 4  # one of them the revision
