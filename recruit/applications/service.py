"""What a candidate does with an application as a whole: start it, withdraw it.  Sending it is in `submitting`."""

from datetime import datetime
from typing import Any, TypedDict

from sqlalchemy import delete

from recruit.accounts.models import User
from recruit.applications import carrying, moves, queries
from recruit.applications.letters import LetterDraft
from recruit.applications.models import Application, ContactDetails
from recruit.core.db import db
from recruit.core.errors import Conflict, Incomplete
from recruit.core.references import CODE_LENGTH, new_application_code
from recruit.notifications import outbox
from recruit.notifications.models import OutboxMessage
from recruit.rules.access import Actor, Permission, authorise
from recruit.rules.lifecycle import APPLICATION_MOVES, OVER, ApplicationStatus, VacancyStatus, permit
from recruit.rules.notifications import Notification
from recruit.vacancies.models import Vacancy

CODES_TRIED = 4  # codes of one length before a longer one is taken


def start_application(actor: Actor, candidate: User, vacancy: Vacancy, *, now: datetime) -> Application:
    """Return a new draft for `vacancy`, with the name and address of the account filled in, or all of the last one.

    Raises:
        NotAllowed: only candidates apply.
        Conflict: the vacancy is not open, or the candidate has an application for it.
    """
    authorise(actor, Permission.APPLICATION_START, vacancy)
    if vacancy.status == VacancyStatus.PAUSED:
        raise Conflict("This vacancy is paused, so you cannot start an application for it now.")
    if not vacancy.is_open(now):
        raise Conflict("This vacancy is closed, so you cannot start an application for it.")
    if queries.live_application(actor, vacancy.id) is not None:
        raise Conflict("You have an application for this vacancy.")

    last = carrying.last_application(candidate.id)
    application = Application(
        reference=_free_reference(),
        candidate_id=candidate.id,
        vacancy_id=vacancy.id,
        team_id=vacancy.team_id,
        created_at=now,
    )
    db.session.add(application)
    db.session.flush()  # the contact details need its id
    db.session.add(ContactDetails(application_id=application.id, full_name=candidate.name, email=candidate.email))
    if last is not None:
        carrying.carry_over(last, application)
    return application


def _free_reference() -> str:
    """Return a reference that nobody has.  When the short ones are nearly used up, one character is added."""
    for attempt in range(CODES_TRIED * 4):
        code = new_application_code(length=CODE_LENGTH + attempt // CODES_TRIED)
        if not queries.is_reference_taken(code):
            return code
    raise Conflict("We could not find a free reference. Try again.")


def withdraw_application(actor: Actor, application: Application, *, reason: str, now: datetime) -> None:
    """Take `application` back.  The reason is kept for HR; a decision that the candidate was not told of is not sent.

    Raises:
        NotAllowed: it is somebody else's application.
        Conflict: it is a draft, was withdrawn before, or the candidate has been told the outcome.
        Incomplete: no reason was given.
    """
    move = permit(APPLICATION_MOVES, actor, application, ApplicationStatus.WITHDRAWN)
    if application.status_for_candidate() in OVER:
        raise Conflict("This application has been decided, so there is nothing left to withdraw.")
    if not reason.strip():
        raise Incomplete("Select why you are withdrawing")

    drop_draft(application.id)
    if waiting := latest_message(application):
        outbox.call_back(waiting, at=now)
    message = tell_candidate(Notification.APPLICATION_WITHDRAWN, application, now=now)
    moves.take(move, actor, application, now=now, message=message, reason=reason)


def drop_draft(application_id: int) -> None:
    """Forget the letter about a decision that its candidate will not be told of; there may be none."""
    db.session.execute(delete(LetterDraft).where(LetterDraft.application_id == application_id))


def latest_message(application: Application) -> OutboxMessage | None:
    """Return the last message that a move of `application` posted, gone or not."""
    events = [event for event in queries.events_of(application.id) if event.message_id]
    return db.session.get(OutboxMessage, events[-1].message_id) if events else None


def tell_candidate(
    notification: Notification, application: Application, *, now: datetime, **more: str
) -> OutboxMessage:
    """Post a message to the candidate about their application, to the address that they have confirmed.

    Args:
        more: what its template names beside `message_words`, or in place of it.
    """
    words: dict[str, Any] = {name: str(value) for name, value in {**message_words(application), **more}.items()}
    return outbox.post(notification, application.candidate.email, at=now, about=application.reference, **words)


class MessageWords(TypedDict):
    """What every message about an application says.

    `path` is the address of its page; the contact is the vacancy's, whom to ask, "" for what it does not name.
    """

    name: str
    vacancy: str
    reference: str
    path: str
    contact_role: str
    contact_email: str
    contact_phone: str


def message_words(application: Application) -> MessageWords:
    """Return what every message about `application` says."""
    return {
        "name": application.candidate.name.split()[0] if application.candidate.name.split() else "",
        "vacancy": application.vacancy.title,
        "reference": application.reference,
        "path": f"/applications/{application.reference}",
        "contact_role": application.vacancy.contact_role,
        "contact_email": application.vacancy.contact_email,
        "contact_phone": application.vacancy.contact_phone,
    }
