"""Reading what was asked for.  Who asks is in the WHERE clause of the application that it belongs to."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from recruit.applications.models import Application
from recruit.core.db import db
from recruit.core.errors import NotFound
from recruit.document_requests.models import DocumentRequest, DocumentRequestEvent
from recruit.rules.access import Actor
from recruit.rules.document_requests import CANDIDATE_WORDS

MOST = 2**31  # what an address may number


def requests_of(application_id: int) -> Sequence[DocumentRequest]:
    """Return what was asked for on an application, in its order, with what was sent."""
    statement = (
        select(DocumentRequest)
        .where(DocumentRequest.application_id == application_id)
        .options(joinedload(DocumentRequest.document))
        .order_by(DocumentRequest.number)
    )
    return db.session.scalars(statement).all()


def request_in(application: Application, number: int) -> DocumentRequest:
    """Return one of the documents asked for on an application that the reader may see.

    Raises:
        NotFound: there is none of that number.
    """
    statement = select(DocumentRequest).where(
        DocumentRequest.application_id == application.id, DocumentRequest.number == min(number, MOST)
    )
    request = db.session.scalars(statement.options(joinedload(DocumentRequest.document))).one_or_none()
    if request is None:
        raise NotFound("No document was asked for at this address.")
    return request


def events_of(application_id: int) -> Sequence[DocumentRequestEvent]:
    """Return what was done about the documents of an application, oldest first, with who did it."""
    statement = (
        select(DocumentRequestEvent)
        .join(DocumentRequest, DocumentRequest.id == DocumentRequestEvent.request_id)
        .where(DocumentRequest.application_id == application_id)
        .options(joinedload(DocumentRequestEvent.actor), joinedload(DocumentRequestEvent.request))
        .order_by(DocumentRequestEvent.id)
    )
    return db.session.scalars(statement).all()


class OwnDocument(NamedTuple):
    """A document as its candidate reads of it in their own data."""

    application: str
    name: str
    why: str
    by: date
    status: str
    file: str
    received_at: datetime | None


def own_documents(actor: Actor) -> Sequence[OwnDocument]:
    """Return what `actor` was asked for and has sent, on every application, in the order of asking."""
    statement = (
        select(DocumentRequest)
        .join(Application, Application.id == DocumentRequest.application_id)
        .where(Application.candidate_id == actor.user_id)
        .options(joinedload(DocumentRequest.application), joinedload(DocumentRequest.document))
        .order_by(DocumentRequest.id)
    )
    return [
        OwnDocument(
            one.application.reference,
            one.name,
            one.reason,
            one.due_on,
            CANDIDATE_WORDS[one.status],
            one.document.name if one.document else "",
            one.document.received_at if one.document else None,
        )
        for one in db.session.scalars(statement)
    ]
