"""Bytes in a folder: kept whole, swept when nobody stands for them."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy.orm import Session

from recruit.core import clock
from recruit.core.errors import Unavailable
from recruit.documents.inspecting import inspect
from recruit.documents.models import Document, DocumentState
from recruit.documents.receiving import document_of, keep_bytes
from recruit.documents.storage import DocumentStore
from recruit.documents.sweeping import Sweep
from recruit.rules.access import Actor
from recruit.rules.uploads import OF_VACANCY
from tests.documents.making import pdf
from tests.factories import VacancyFactory

LATER = timedelta(hours=2)


@pytest.fixture
def store(tmp_path: Path) -> DocumentStore:
    return DocumentStore("", tmp_path / "documents")


def test_what_is_kept_is_read_back_and_nobody_else_looks_into_its_folder(store: DocumentStore, tmp_path: Path):
    name = store.keep(b"content")

    assert (store.read(name), (tmp_path / "documents" / name).read_bytes()) == (b"content", b"content")
    assert (tmp_path / "documents").stat().st_mode & 0o077 == 0


def test_says_in_words_that_a_store_does_not_answer(tmp_path: Path):
    (tmp_path / "documents").write_text("a file where the folder should be")
    broken = DocumentStore("", tmp_path / "documents")

    with pytest.raises(Unavailable, match="try again in a few minutes"):
        broken.keep(b"content")


def test_a_sweep_leaves_what_has_a_row_and_what_is_new(session: Session, store: DocumentStore):
    vacancy = VacancyFactory()
    kept = [keep_bytes(store, inspect("a.pdf", pdf(b"%d" % number), OF_VACANCY)) for number in range(3)]
    now = clock.now()
    rows: list[Document] = [document_of(Actor(), one, "A", now=now) for one in kept[:2]]
    rows[1].state, rows[1].scanned_at = DocumentState.REFUSED, now
    vacancy.documents = rows
    session.commit()
    sweep = Sweep(store)

    sweep.remove_orphans(now)
    assert len(list(store.names_before(now + LATER))) == 3, "forms may still be on their way"
    sweep.remove_orphans(now + LATER)

    assert list(store.names_before(now + LATER)) == [kept[0].stored_as]
