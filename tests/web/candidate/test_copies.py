"""What was sent as a PDF: the frozen words, for its candidate alone, and the page to print where none can be made."""

from contextlib import contextmanager

import pytest

from recruit.applications.models import Application
from recruit.core.db import db
from recruit.web import pdf
from tests.paper import needs_pango, read
from tests.visitor import Visitor


@pytest.fixture
def sent(candidate: Visitor, ready: Application) -> Application:
    candidate.post(f"/applications/{ready.reference}/check")
    return ready


@contextmanager
def without_pango(monkeypatch):
    """Have the system lack the library."""
    with monkeypatch.context() as changed:
        changed.setattr(pdf, "_PANGO", ("libno-such-pango.so.0",))
        pdf.can_make_pdf.cache_clear()
        yield
    pdf.can_make_pdf.cache_clear()


@needs_pango
def test_what_was_sent_comes_as_a_pdf_that_can_be_read_aloud(candidate: Visitor, sent: Application):
    sent.vacancy.description = "Other words"
    db.session.commit()

    answer = candidate.client.get(f"/applications/{sent.reference}/copy.pdf")

    assert answer.status_code == 200
    assert answer.content_type == "application/pdf"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="application-{sent.reference}.pdf"'
    assert answer.headers["Cache-Control"] == "no-store"
    paper = read(answer.data)
    assert paper.title == f"Application {sent.reference} – Children’s social work jobs"
    assert (paper.language, paper.is_marked) == ("en-GB", True)
    assert {"H1", "H2", "H3", "P", "Table", "TR", "TH", "TD", "Figure"} <= paper.tags
    assert "Middlesbrough Council" in paper.text
    assert "Full name Sam Taylor" in paper.text
    assert "You will work with children and their families." in paper.text
    assert "Other words" not in paper.text
    assert f"Application {sent.reference} Page 1 of {paper.pages}" in paper.text


@needs_pango
@pytest.mark.parametrize("path", ["", "/copy", "/confirmation"])
def test_every_page_about_what_was_sent_leads_to_its_pdf(candidate: Visitor, sent: Application, path: str):
    page = candidate.get(f"/applications/{sent.reference}{path}")

    links = [link["href"] for link in page.main.select("a") if "PDF" in link.text]
    assert links == [f"/applications/{sent.reference}/copy.pdf"]


def test_a_draft_has_no_pdf(candidate: Visitor, ready: Application):
    candidate.get(f"/applications/{ready.reference}/copy.pdf", 404)

    assert "PDF" not in [link.text for link in candidate.get(f"/applications/{ready.reference}/copy").select("a")]


def test_where_none_can_be_made_the_page_to_print_is_offered(candidate: Visitor, sent: Application, monkeypatch, capfd):
    with without_pango(monkeypatch):
        candidate.get(f"/applications/{sent.reference}/copy.pdf", 302)
        to = candidate.response.location
        page = candidate.get(f"/applications/{sent.reference}")
        copy = candidate.get(to)

    assert to == f"/applications/{sent.reference}/copy"
    assert [link["href"] for link in page.main.select("a") if link.text == "Print or save as PDF"] == [to]
    assert "choose “Save as PDF”" in copy.main.text
    assert [link.text for link in copy.main.select("a") if "Download" in link.text] == []
    logged = capfd.readouterr()
    assert (logged.out + logged.err).count("Pango is not installed") == 1
