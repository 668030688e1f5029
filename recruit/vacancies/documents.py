"""The files of a vacancy, such as a job description: added, named and removed by its team."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm.attributes import flag_modified

from recruit.core.db import db
from recruit.core.errors import Conflict, Incomplete, NotFound
from recruit.core.text import clean_line
from recruit.documents.inspecting import size_words
from recruit.documents.models import Document
from recruit.documents.names import title_from
from recruit.documents.receiving import Kept, copy_of, document_of
from recruit.rules import limits
from recruit.rules.access import Actor, Permission, authorise
from recruit.rules.lifecycle import WRITABLE
from recruit.rules.uploads import KINDS
from recruit.vacancies.models import Vacancy
from recruit.vacancies.moves import note
from recruit.vacancies.service import UNCHANGING

FULL = f"A vacancy has at most {limits.VACANCY_DOCUMENTS} documents. Remove one first."
GONE = "This document is not there any more. Somebody may have removed it."


def add_document(actor: Actor, vacancy: Vacancy, kept: Kept, *, now: datetime) -> Document:
    """Give `vacancy` one more document, called after its file.

    Args:
        actor: a recruiter of its team.
        kept: the file, whose bytes are in the store.

    Raises:
        NotAllowed: it is another team's.
        Conflict: nothing of it can be changed now, it has as many as it may, or the same file is there already.
    """
    _hold(actor, vacancy)
    if any(document.sha256 == kept.sha256 for document in vacancy.documents):
        raise Conflict("The same file is there already. It was not added twice.")
    if len(vacancy.documents) >= limits.VACANCY_DOCUMENTS:
        raise Conflict(FULL)

    document = document_of(actor, kept, title_from(kept.name), now=now)
    vacancy.documents.append(document)
    _changed(actor, vacancy, f"Document added: {in_words(document)}", now)
    return document


def name_document(actor: Actor, vacancy: Vacancy, key: str, title: str, *, now: datetime) -> None:
    """Call a document otherwise.

    Raises:
        NotAllowed: it is another team's.
        NotFound: there is no such document.
        Conflict: nothing of the vacancy can be changed now.
        Incomplete: the name is missing, too long or taken.
    """
    _hold(actor, vacancy)
    document, title = document_in(vacancy, key), clean_line(title)
    if not title or len(title) > limits.LINE_CHARACTERS:
        raise Incomplete(f"Enter what the document is, in at most {limits.LINE_CHARACTERS} characters")
    others = (one.title.casefold() for one in vacancy.documents if one is not document)
    if title.casefold() in others:
        raise Incomplete("Another document of this vacancy is called that. Say how they differ")

    if title != document.title:
        _changed(actor, vacancy, f"Document “{document.title}” is now called “{title}”", now)
        document.title = title


def remove_document(actor: Actor, vacancy: Vacancy, key: str, *, now: datetime) -> None:
    """Take a document away; its bytes are swept.

    Raises:
        NotAllowed: it is another team's.
        NotFound: there is no such document.
        Conflict: nothing of the vacancy can be changed now.
    """
    _hold(actor, vacancy)
    document = document_in(vacancy, key)

    vacancy.documents.remove(document)
    _changed(actor, vacancy, f"Document removed: {in_words(document)}", now)


def copy_documents(actor: Actor, vacancy: Vacancy, copy: Vacancy, *, now: datetime) -> None:
    """Give a copy of `vacancy` its documents, on the same bytes."""
    held = select(Document).where(Document.vacancy_id == vacancy.id).order_by(Document.id)
    documents = db.session.scalars(held.with_for_update()).all()  # nobody removes one, and its bytes, meanwhile
    copy.documents = [copy_of(actor, document, now=now) for document in documents]


def document_in(vacancy: Vacancy, key: str) -> Document:
    """Return the document of `vacancy` that `key` names.

    Raises:
        NotFound: there is none.
    """
    document = next((one for one in vacancy.documents if one.key == key), None)
    if document is None:
        raise NotFound(GONE)
    return document


def in_words(document: Document) -> str:
    """Return "Job description (PDF, 87 KB)"."""
    return f"{document.title} ({KINDS[document.kind].words}, {size_words(document.size)})"


def _hold(actor: Actor, vacancy: Vacancy) -> None:
    """Let one at a time change the documents of `vacancy`, and say why none can be changed if so."""
    authorise(actor, Permission.VACANCY_EDIT, vacancy)
    db.session.refresh(vacancy, with_for_update={"of": Vacancy})
    db.session.expire(vacancy, ["documents"])
    if vacancy.status in UNCHANGING:
        raise Conflict(UNCHANGING[vacancy.status])


def _changed(actor: Actor, vacancy: Vacancy, words: str, now: datetime) -> None:
    if vacancy.status in WRITABLE:
        vacancy.edited_by_id = actor.user_id
        flag_modified(vacancy, "title")  # a new version: whoever sends it for approval reads it again
    note(actor, vacancy, vacancy.status, now, words)
