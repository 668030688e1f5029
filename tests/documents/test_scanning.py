"""What a scanner says becomes of documents; what it does not say is never clean."""

from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from recruit.config import Settings
from recruit.core.errors import Unavailable
from recruit.documents.models import Document, DocumentState
from recruit.documents.receiving import Kept, document_of
from recruit.documents.scanner import Scanner
from recruit.documents.scanning import Scans
from recruit.documents.storage import DocumentStore
from recruit.rules.access import Actor
from recruit.rules.uploads import FileKind
from tests.documents.clamd import clamd
from tests.factories import NOW, VacancyFactory
from tests.visitor import Visitor

CONTENTS = (b"a plain page" * 9_000, b"EICAR", b"LONG")


@pytest.fixture
def store(tmp_path: Path) -> DocumentStore:
    return DocumentStore("", tmp_path / "documents")


@pytest.fixture
def documents(session: Session, store: DocumentStore) -> list[Document]:
    kept = [Kept("a.pdf", FileKind.PDF, len(one), "0" * 64, store.keep(one)) for one in CONTENTS]
    vacancy = VacancyFactory(published=True)
    vacancy.documents = [document_of(Actor(), one, str(place), now=NOW) for place, one in enumerate(kept)]
    session.commit()
    return list(vacancy.documents)


def test_what_is_found_is_refused_and_what_is_not_looked_at_waits(session: Session, store, documents):
    with clamd() as address:
        Scans(store, Scanner(address)).scan_documents(NOW)

    session.expire_all()
    assert [(one.state, one.scanned_at) for one in documents] == [
        (DocumentState.CLEAN, NOW),
        (DocumentState.REFUSED, NOW),
        (DocumentState.RECEIVED, None),
    ]


def test_a_scanner_that_does_not_answer_makes_nothing_clean(session: Session, store, documents):
    with clamd() as address:
        pass

    with pytest.raises(Unavailable, match="does not answer"):
        Scans(store, Scanner(address)).scan_documents(NOW)
    session.expire_all()
    assert {one.state for one in documents} == {DocumentState.RECEIVED}


def test_where_a_scanner_is_set_only_what_is_clean_is_shown(
    visitor: Visitor, settings: Settings, monkeypatch, session: Session, documents: list[Document]
):
    documents[0].state, documents[0].scanned_at = DocumentState.CLEAN, NOW
    documents[1].state, documents[1].scanned_at = DocumentState.REFUSED, NOW
    session.commit()
    page, slug = visitor.client.application.extensions["public_pages"], session.get_one(
        VacancyFactory._meta.model, documents[0].vacancy_id
    ).slug  # fmt: skip

    def titles() -> list[str]:
        page.clear()
        return [link.get_text() for link in visitor.get(f"/jobs/{slug}").select("a[href*='/documents/']")]

    assert titles() == ["0", "2"]
    monkeypatch.setattr(settings, "scanner_url", "clamd://localhost:3310")
    assert titles() == ["0"]
    visitor.get(f"/jobs/{slug}/documents/{documents[2].key}", 404)
