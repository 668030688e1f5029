"""Asking a candidate for one document with a reason, sending it, and looking at it."""

import re
from datetime import date, datetime

from sqlalchemy import delete
from sqlalchemy.orm.attributes import flag_modified

from recruit.applications.models import Application
from recruit.applications.service import message_words, tell_candidate
from recruit.conversation.queries import hr_addresses
from recruit.core.calendar import london_day, long_date
from recruit.core.db import db
from recruit.core.errors import Conflict, Incomplete
from recruit.core.text import clean_line, clean_prose
from recruit.document_requests.models import DocumentRequest, DocumentRequestEvent
from recruit.document_requests.queries import requests_of
from recruit.documents.models import Document
from recruit.documents.receiving import Kept, document_of
from recruit.notifications import outbox
from recruit.notifications.models import OutboxMessage
from recruit.rules import limits
from recruit.rules.access import Actor, Permission, authorise
from recruit.rules.document_requests import ASKABLE, REQUEST_MOVES, RequestStatus
from recruit.rules.lifecycle import OVER, permit
from recruit.rules.notifications import Notification

_CV = re.compile(r"\bc\.?v\.?\b|curriculum vitae|\br[eé]sum[eé]\b", re.IGNORECASE)
NO_CV = "We do not ask for CVs: everybody gives the same full history in the form, so that nothing goes unseen"
TOO_EARLY = "A document can be asked for once the candidate knows that they are on the shortlist."
STALE = "This has changed since you opened the page. Look at it again first."
NOT_TAKEN = (
    "This page has changed since you opened it, in another window or because HR wrote to you,"
    " so your file was not taken. Read what it says now. If the file is still the one to send, choose it again."
)


def ask_for_document(
    actor: Actor, application: Application, name: str, reason: str, due_on: date, *, now: datetime
) -> DocumentRequest:
    """Ask the candidate for one document; they are told by email.

    Args:
        actor: an HR person; not the candidate.
        name: what it is, such as "Degree certificate".
        reason: why it is needed, as the candidate reads it.
        due_on: the day by which it is needed.

    Raises:
        NotAllowed: not HR, or their own application.
        Conflict: the candidate does not know that they are on the shortlist, it is over, or the same is asked for.
        Incomplete: something is missing or too long, it is a CV, or the day does not fit.
    """
    authorise(actor, Permission.DOCUMENT_ASK, application)
    db.session.refresh(application, with_for_update={"of": Application})  # in turns: a double click is two of them
    if application.status not in ASKABLE or application.status_for_candidate() not in ASKABLE:
        raise Conflict(TOO_EARLY)
    asked = requests_of(application.id)
    name, reason = _checked(name, reason, due_on, now)
    live = [one for one in asked if one.status is not RequestStatus.CANCELLED]
    if any(one.name.casefold() == name.casefold() for one in live):
        raise Conflict(f"“{name}” is asked for already.")
    if len(asked) >= limits.DOCUMENT_REQUESTS:
        raise Conflict(f"At most {limits.DOCUMENT_REQUESTS} documents can be asked for on one application.")

    request = DocumentRequest(
        application=application,
        number=len(asked) + 1,
        name=name,
        reason=reason,
        due_on=due_on,
        status=RequestStatus.ASKED,
        asked_by_id=actor.user_id,
        asked_at=now,
    )
    db.session.add(request)
    _note(actor, request, "", now, reason)
    _tell_candidate(request, reason, now)
    return request


def send_document(actor: Actor, request: DocumentRequest, kept: Kept, *, seen_version: int, now: datetime) -> None:
    """Give HR the document; one that was sent before is removed.  The same file again changes nothing.

    Args:
        actor: the candidate.
        kept: the file, whose bytes are in the store.
        seen_version: of the request, as the page showed it.

    Raises:
        NotAllowed: it is somebody else's.
        Conflict: it was accepted, is not needed any more, the application is over, or the page showed something else:
            another window sent another file, or HR asked again.
    """
    _hold(request)
    move = permit(REQUEST_MOVES, actor, request, RequestStatus.RECEIVED)
    if request.application.status_for_candidate() in OVER:
        raise Conflict("This application has ended, so there is nothing to send for it any more.")
    if request.document is not None and request.document.sha256 == kept.sha256:
        return
    if request.version != seen_version:
        raise Conflict(NOT_TAKEN)

    db.session.execute(delete(Document).where(Document.request_id == request.id))
    document = document_of(actor, kept, request.name, now=now)
    document.request_id = request.id
    db.session.add(document)
    source, request.status, request.again = request.status, move.target, ""
    flag_modified(request, "due_on")  # another file is a new version: nobody accepts what they have not seen
    _note(actor, request, source, now, digest=kept.sha256)
    if move.notification is not None:
        for address in hr_addresses(request.application):
            words = message_words(request.application)
            words["path"] = f"/review/applications/{request.application.reference}/documents"
            outbox.post(move.notification, address, at=now, **words, document=request.name)


def accept_document(actor: Actor, request: DocumentRequest, *, seen_version: int, now: datetime) -> None:
    """Say that the document is what was asked for.

    Raises:
        NotAllowed: not HR, or their own application.
        Conflict: there is nothing to accept, or it is not what the page showed any more.
    """
    _hold(request, seen_version)
    move = permit(REQUEST_MOVES, actor, request, RequestStatus.ACCEPTED)

    source, request.status = request.status, move.target
    _note(actor, request, source, now)


def ask_again(
    actor: Actor, request: DocumentRequest, words: str, due_on: date, *, seen_version: int, now: datetime
) -> None:
    """Ask for another one, saying what is wrong with this; it stays until the next one comes.

    Raises:
        NotAllowed: not HR, or their own application.
        Conflict: nothing was sent, or it is not what the page showed any more.
        Incomplete: no words, or too many, or the day does not fit.
    """
    _hold(request, seen_version)
    move = permit(REQUEST_MOVES, actor, request, RequestStatus.ASKED)
    _, words = _checked(request.name, words, due_on, now)

    source, request.status, request.again, request.due_on = request.status, move.target, words, due_on
    _note(actor, request, source, now, words)
    _tell_candidate(request, words, now)


def cancel_request(actor: Actor, request: DocumentRequest, *, seen_version: int, now: datetime) -> None:
    """Say that it is not needed any more; what was sent is removed.

    Raises:
        NotAllowed: not HR, or their own application.
        Conflict: it was accepted or cancelled before, or it is not what the page showed any more.
    """
    _hold(request, seen_version)
    move = permit(REQUEST_MOVES, actor, request, RequestStatus.CANCELLED)

    db.session.execute(delete(Document).where(Document.request_id == request.id))
    source, request.status = request.status, move.target
    _note(actor, request, source, now)


def remind_of(request: DocumentRequest, *, now: datetime) -> OutboxMessage:
    """Post what asks for a document once more, in the place of one that did not arrive, and return it."""
    return _tell_candidate(request, request.again or request.reason, now)


def _hold(request: DocumentRequest, seen_version: int | None = None) -> None:
    db.session.refresh(request, with_for_update={"of": DocumentRequest})
    db.session.expire(request, ["document"])
    if seen_version is not None and request.version != seen_version:
        raise Conflict(STALE)


def _checked(name: str, reason: str, due_on: date, now: datetime) -> tuple[str, str]:
    name, reason, today = clean_line(name), clean_prose(reason), london_day(now)
    if not name or len(name) > limits.LINE_CHARACTERS:
        raise Incomplete(f"Enter what you need, in at most {limits.LINE_CHARACTERS} characters")
    if _CV.search(name):
        raise Incomplete(NO_CV)
    if not reason or len(reason) > limits.NOTE_CHARACTERS:
        raise Incomplete(f"Say why, in at most {limits.NOTE_CHARACTERS:,} characters")
    if not today <= due_on <= today + limits.DOCUMENT_DUE_WITHIN:
        raise Incomplete("The day must be today or later, and within 3 months")
    return name, reason


def _note(
    actor: Actor, request: DocumentRequest, source: str, now: datetime, reason: str = "", *, digest: str = ""
) -> None:
    db.session.add(
        DocumentRequestEvent(
            request=request,
            actor_id=actor.user_id,
            source=source,
            target=request.status,
            reason=reason,
            file_digest=digest,
            at=now,
        )
    )


def _tell_candidate(request: DocumentRequest, reason: str, now: datetime) -> OutboxMessage:
    application = request.application
    return tell_candidate(
        Notification.DOCUMENT_ASKED,
        application,
        now=now,
        path=f"{message_words(application)['path']}/documents/{request.number}/upload",
        document=request.name,
        reason=reason,
        by=long_date(request.due_on),
    )
