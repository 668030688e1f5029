"""Telling a candidate again what did not arrive: what it says is made afresh from how things stand now.

A letter about a decision goes word for word as it was released, and only while it is still true.
"""

from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from recruit.applications.deliveries import claim, settled
from recruit.applications.letters import Letter
from recruit.applications.models import Application, ApplicationEvent
from recruit.applications.promises import hear_by
from recruit.applications.service import tell_candidate
from recruit.appointments.employment_opening import tell_of_details
from recruit.appointments.employment_queries import details_of
from recruit.conversation.models import ConversationMessage
from recruit.conversation.service import renew_notice
from recruit.core.calendar import long_date
from recruit.core.db import db
from recruit.core.errors import Conflict
from recruit.document_requests.queries import requests_of
from recruit.document_requests.service import remind_of
from recruit.interviews import telling
from recruit.interviews.models import InterviewCancellation
from recruit.interviews.queries import bookings_of, interviewers_of, is_invited
from recruit.notifications import outbox
from recruit.notifications.delivery import as_sent
from recruit.notifications.models import OutboxMessage
from recruit.review.letters import draft_of, refuse_yes_of_cancelled
from recruit.review.resendable import CLOSED, NO_TIME, no_longer_true
from recruit.review.undelivered import Undelivered, others_like
from recruit.rules.access import Actor, Permission, authorise
from recruit.rules.document_requests import RequestStatus
from recruit.rules.lifecycle import OVER, ApplicationStatus, VacancyStatus
from recruit.rules.notifications import Notification
from recruit.rules.reasons import needed_reason

N = Notification
NOT_KEPT = "What it said is not kept, so it cannot be sent again. Write to the candidate or ring them."


def send_again(actor: Actor, found: Undelivered, *, limit: timedelta, now: datetime) -> OutboxMessage:
    """Send the candidate what did not arrive, once, to the address that they have confirmed by now; return it.

    Args:
        limit: how long before an interview its time can be changed.
        now: the moment, aware, UTC.

    Raises:
        NotAllowed: not HR, or their own application.
        Conflict: somebody has dealt with it, it is no longer true, or it cannot be sent.
    """
    application, message = found.application, found.message
    authorise(actor, Permission.MESSAGE_SETTLE, application)
    _hold(application)
    if application.candidate.closed_at is not None:
        raise Conflict(CLOSED)
    alike = others_like(found) if message.notification in _TELLS_ALL else ()
    messages = alike if message in alike else [message]
    claim(messages)
    if sentence := no_longer_true(application, message.notification):
        raise Conflict(sentence)
    write = _WRITERS.get(message.notification, _as_it_was)
    again = write(application, message, limit, now)
    settled(actor, application, messages, again=again, now=now)
    return again


def told_otherwise(actor: Actor, found: Undelivered, reason: str, *, now: datetime) -> None:
    """Keep that the candidate was told in another way, so that the message waits for nobody any more.

    Args:
        reason: how they were told; for the record.

    Raises:
        NotAllowed: not HR, or their own application.
        Conflict: somebody has dealt with it.
        Incomplete: no reason, or a very long one.
    """
    authorise(actor, Permission.MESSAGE_SETTLE, found.application)
    _hold(found.application)
    reason = needed_reason(reason, missing="Enter how the candidate was told", thing="What you write")
    claim([found.message])
    settled(actor, found.application, [found.message], reason=reason, now=now)


def _hold(application: Application) -> None:
    """Let two who do this go one after the other: a double click is two of them."""
    db.session.refresh(application, with_for_update={"of": Application})


def _letter(application: Application, message: OutboxMessage, _limit: timedelta, now: datetime) -> OutboxMessage:
    letter = db.session.scalars(select(Letter).where(Letter.message_id == message.id)).one_or_none()
    if letter is None:
        raise Conflict(NOT_KEPT)
    event = db.session.get_one(ApplicationEvent, letter.event_id)
    draft = draft_of(application)
    is_corrected = draft is not None and draft.notification == N.APPLICATION_CORRECTED
    if is_corrected or event.target != application.status_for_candidate():
        raise Conflict("This is no longer where the application stands, so the letter is not sent again.")
    refuse_yes_of_cancelled(application)
    words: dict[str, Any] = {**as_sent(letter.subject, letter.text)}
    again = outbox.post(
        message.notification,
        application.candidate.email,
        at=now,
        about=application.reference,
        **words,
    )
    db.session.add(
        Letter(
            application_id=application.id,
            event_id=letter.event_id,
            message=again,
            subject=letter.subject,
            text=letter.text,
            at=now,
        )
    )
    return again


def _received(application: Application, _message: OutboxMessage, _limit: timedelta, now: datetime) -> OutboxMessage:
    return tell_candidate(N.APPLICATION_SUBMITTED, application, now=now, hear_by=long_date(hear_by(application)))


def _ended(application: Application, message: OutboxMessage, _limit: timedelta, now: datetime) -> OutboxMessage:
    return tell_candidate(message.notification, application, now=now)


def _notice(application: Application, message: OutboxMessage, _limit: timedelta, now: datetime) -> OutboxMessage:
    wanted = select(ConversationMessage).where(ConversationMessage.notice_id == message.id)
    told = db.session.scalars(wanted).one_or_none()
    if told is None:
        raise Conflict(NOT_KEPT)
    return renew_notice(application, told, now=now)


def _invitation(application: Application, _message: OutboxMessage, _limit: timedelta, now: datetime) -> OutboxMessage:
    if not is_invited(application.id):
        raise Conflict("The candidate is not asked to choose a time any more, so the invitation is not sent again.")
    if bookings_of(application.id):
        raise Conflict("The candidate has chosen a time since, so the invitation is not sent again.")
    return telling.invite(application, now=now)


def _times(application: Application, _message: OutboxMessage, limit: timedelta, now: datetime) -> OutboxMessage:
    """Tell every time that the candidate has and that is to come: which one a message told of is not kept."""
    bookings = [one for one in bookings_of(application.id) if one.slot.starts_at > now]
    if not bookings:
        raise Conflict(NO_TIME)
    people = interviewers_of([one.slot_id for one in bookings])
    sent = [telling.tell_time(one, one.slot, people[one.slot_id], limit=limit, now=now) for one in bookings]
    return sent[0]


def _cancelled(application: Application, message: OutboxMessage, limit: timedelta, now: datetime) -> OutboxMessage:
    """Tell of a time that was taken off or given up, as long as what the message says to do next is true."""
    what = db.session.get(InterviewCancellation, message.id)
    if what is None:
        return _as_it_was(application, message, limit, now)
    stands = application.status_for_candidate()
    is_true = stands == ApplicationStatus.SHORTLISTED or stands in (
        {ApplicationStatus.VACANCY_CANCELLED} if what.by_us else {ApplicationStatus.WITHDRAWN}
    )
    if not is_true or any(one.kind == what.kind for one in bookings_of(application.id)):
        raise Conflict("The candidate has another time or an outcome since, so the cancelled one is not told again.")
    if what.starts_at <= now:
        raise Conflict("The time that was cancelled has passed, so it is not told again.")
    return telling.tell_cancelled_again(what, now=now)


def _document(application: Application, _message: OutboxMessage, _limit: timedelta, now: datetime) -> OutboxMessage:
    asked = [one for one in requests_of(application.id) if one.status is RequestStatus.ASKED]
    if application.status_for_candidate() in OVER or not asked:
        raise Conflict("No document is asked for any more, so this is not sent again.")
    return [remind_of(one, now=now) for one in asked][0]


def _details(application: Application, _message: OutboxMessage, _limit: timedelta, now: datetime) -> OutboxMessage:
    details = details_of(application.id)
    if details is None or not details.is_open:
        raise Conflict("These details are not asked for any more, so this is not sent again.")
    return tell_of_details(details, now=now)


def _disclosure(application: Application, message: OutboxMessage, limit: timedelta, now: datetime) -> OutboxMessage:
    if application.vacancy.status == VacancyStatus.CANCELLED:
        raise Conflict("The self-disclosure is not asked for any more, so this is not sent again.")
    return _as_it_was(application, message, limit, now)


def _as_it_was(application: Application, message: OutboxMessage, _limit: timedelta, now: datetime) -> OutboxMessage:
    """Send what is kept: words of what never went are, of what went and came back they are not."""
    if not message.context:
        raise Conflict(NOT_KEPT)
    return outbox.post(
        message.notification, application.candidate.email, at=now, about=application.reference, **message.context
    )


_Writer = Callable[[Application, OutboxMessage, timedelta, datetime], OutboxMessage]
_WRITERS: Mapping[Notification, _Writer] = {
    N.APPLICATION_SUBMITTED: _received,
    N.APPLICATION_SHORTLISTED: _letter,
    N.APPLICATION_NOT_SHORTLISTED: _letter,
    N.APPLICATION_APPOINTED: _letter,
    N.APPLICATION_RESERVE: _letter,
    N.APPLICATION_NOT_APPOINTED: _letter,
    N.APPLICATION_CORRECTED: _letter,
    N.APPLICATION_WITHDRAWN: _ended,
    N.APPLICATION_VACANCY_CANCELLED: _ended,
    N.CONVERSATION_TO_CANDIDATE: _notice,
    N.INTERVIEW_INVITED: _invitation,
    N.INTERVIEW_BOOKED: _times,
    N.INTERVIEW_CANCELLED: _cancelled,
    N.DETAILS_ASKED: _details,
    N.DETAILS_REMINDER: _details,
    N.DETAILS_AGAIN: _details,
    N.DOCUMENT_ASKED: _document,
    N.SELF_DISCLOSURE_ASKED: _disclosure,
    N.SELF_DISCLOSURE_REMINDER: _disclosure,
}
"""How each kind is written afresh; the others go as they were."""

_TELLS_ALL = frozenset({N.INTERVIEW_BOOKED, N.DOCUMENT_ASKED, N.DETAILS_ASKED, N.DETAILS_REMINDER})
"""Kinds of which one step tells all that there is to tell, also what others of the kind were to say."""
