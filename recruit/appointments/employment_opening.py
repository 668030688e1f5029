"""When the details before a start are asked for, and when that ends: with the appointment, never before or after it."""

from collections.abc import Collection, Iterable
from contextlib import suppress
from datetime import datetime

import structlog
from sqlalchemy import delete, select
from sqlalchemy.orm import joinedload

from recruit.accounts.models import User
from recruit.applications.cancelling import is_cancelled
from recruit.applications.models import Application
from recruit.applications.service import message_words, tell_candidate
from recruit.appointments.employment_models import EmploymentDetails, EmploymentPart
from recruit.appointments.employment_queries import asked_of
from recruit.appointments.employment_service import hold_details, is_conditional_offer, note
from recruit.core.calendar import london_day, long_date, working_days_after
from recruit.core.db import db, hold
from recruit.core.errors import Conflict
from recruit.core.targets import targets
from recruit.notifications import outbox
from recruit.notifications.hours import is_by_day
from recruit.notifications.models import OutboxMessage
from recruit.rules import limits
from recruit.rules.access import Actor, Permission, authorise
from recruit.rules.employment import Act
from recruit.rules.lifecycle import ApplicationStatus
from recruit.rules.notifications import Notification
from recruit.rules.reasons import needed_reason

ASKING = (Notification.DETAILS_ASKED, Notification.DETAILS_REMINDER, Notification.DETAILS_AGAIN)
DELETED = "What was not sent was deleted."

log = structlog.get_logger(__name__)


def open_details(actor: Actor, applications: Iterable[Application], *, now: datetime) -> None:
    """Ask for the details on those of `applications` whose appointment the candidate now knows of, by mail.

    What was asked before an appointment was reopened is asked again, a correction too; what was sent is still there.
    """
    due = [one for one in applications if is_conditional_offer(one)]
    asked = asked_of([one.id for one in due])
    for application in due:
        details = asked.get(application.id)
        if details is None:
            details = EmploymentDetails(application_id=application.id, application=application)
            db.session.add(details)
        elif details.closed_at is None:
            continue
        details.closed_at = details.reminded_at = None
        if details.sent_at is None:
            details.asked_at = now
        if not details.is_sent:
            details.due_on = working_days_after(london_day(now), targets().details)
            tell_of_details(details, now=now)
        note(actor, application.id, Act.ASKED, now)


def ask_for_details(actor: Actor, application: Application, *, now: datetime) -> None:
    """Ask for the details where nobody has: of somebody who was to be appointed before there was this form.

    Asked a second time, it stays as it is.

    Raises:
        NotAllowed: not HR, or their own application.
        Conflict: they are not to be appointed, do not know of it yet, or the vacancy was cancelled.
    """
    authorise(actor, Permission.DETAILS_READ, application)
    db.session.refresh(application, with_for_update={"of": Application})
    if is_cancelled(application) or not is_conditional_offer(application):
        raise Conflict("Details are asked of somebody who is to be appointed and has been told so. Nobody was asked.")
    open_details(actor, [application], now=now)


def close_details(actor: Actor, application_ids: Collection[int], *, now: datetime) -> None:
    """Stop asking on these applications.  What was not sent is deleted at once; what was sent stays.

    The candidate reads so on the page of their application.
    """
    closing = db.session.scalars(
        select(EmploymentDetails)
        .where(EmploymentDetails.application_id.in_(application_ids), EmploymentDetails.closed_at.is_(None))
        .options(joinedload(EmploymentDetails.application))
        .order_by(EmploymentDetails.application_id)
    ).all()
    if not closing:
        return
    emptied = _delete_parts([one.application_id for one in closing if one.sent_at is None])
    for details in closing:
        details.closed_at, words = now, ""
        if details.application_id in emptied:
            details.cleared_at, words = now, DELETED
        note(actor, details.application_id, Act.CLOSED, now, words)
    _call_back(closing, now)


def reopen_details(actor: Actor, details: EmploymentDetails, reason: str, *, seen_version: int, now: datetime) -> None:
    """Let the candidate correct what they sent.  They are told by mail why.

    Raises:
        NotAllowed: not HR, or their own application.
        Conflict: they were not sent, are being corrected, are not asked for any more, or somebody was quicker.
        Incomplete: no reason, or a very long one.
    """
    authorise(actor, Permission.DETAILS_READ, details)
    hold_details(details)
    if details.version != seen_version:
        raise Conflict("This has changed since you opened the page. Look at it again first.")
    if not details.is_sent or details.closed_at is not None:
        raise Conflict("There is nothing to correct: the details were not sent, or are not asked for any more.")
    details.again = needed_reason(reason, missing="Say what should be corrected")
    details.due_on = working_days_after(london_day(now), targets().details)
    details.reminded_at = now  # the mail about the correction is the only one
    note(actor, details.application_id, Act.REOPENED, now, details.again)
    tell_of_details(details, now=now)


def tell_of_details(details: EmploymentDetails, *, now: datetime) -> OutboxMessage:
    """Post what asks for the details, or for a correction, and return it."""
    return tell_candidate(
        Notification.DETAILS_AGAIN if details.again else Notification.DETAILS_ASKED,
        details.application,
        now=now,
        path=path_of(details.application),
        by=long_date(details.due_on),
        reason=details.again,
    )


def path_of(application: Application) -> str:
    """Return the address of the form, as mails write it."""
    return f"{message_words(application)['path']}/before-you-start"


def remind_of_details(now: datetime) -> None:
    """Remind, once, those who were asked some working days ago and have not sent; never after the day it is due by.

    Its mail names that day: reminders that were late themselves, as after a standstill, would ask for the impossible.
    """
    hold("reminders of details")  # of several workers, one at a time
    if not is_by_day(now):
        return
    rows = db.session.scalars(
        select(EmploymentDetails)
        .join(Application, Application.id == EmploymentDetails.application_id)
        .join(User, User.id == Application.candidate_id)
        .where(
            EmploymentDetails.sent_at.is_(None),
            EmploymentDetails.closed_at.is_(None),
            EmploymentDetails.reminded_at.is_(None),
            EmploymentDetails.asked_at <= now,
            EmploymentDetails.due_on >= london_day(now),
            Application.status == ApplicationStatus.APPOINTED,
            User.disabled_at.is_(None),
        )
        .options(joinedload(EmploymentDetails.application).joinedload(Application.vacancy))
        .order_by(EmploymentDetails.asked_at, EmploymentDetails.application_id)
        .limit(limits.DETAILS_REMINDERS_AT_ONCE)
    ).all()
    due = [one for one in rows if _is_due(one, now)]
    for details in due:
        details.reminded_at = now
        tell_candidate(
            Notification.DETAILS_REMINDER,
            details.application,
            now=now,
            path=path_of(details.application),
            by=long_date(details.due_on),
        )
        note(None, details.application_id, Act.REMINDED, now)
    if due:
        log.info("reminded of details", number=len(due))


def _is_due(details: EmploymentDetails, now: datetime) -> bool:
    """Say whether the day of the reminder has come."""
    return working_days_after(london_day(details.asked_at), targets().remind) <= london_day(now)


def _delete_parts(application_ids: Collection[int]) -> set[int]:
    """Delete what was answered on these applications, and return on which something was."""
    gone = (
        delete(EmploymentPart)
        .where(EmploymentPart.application_id.in_(application_ids))
        .returning(EmploymentPart.application_id)
    )
    return set(db.session.scalars(gone))


def _call_back(closing: Iterable[EmploymentDetails], now: datetime) -> None:
    """Take back what asks for them and has not gone."""
    waiting = select(OutboxMessage).where(
        OutboxMessage.notification.in_(ASKING),
        OutboxMessage.about.in_([one.application.reference for one in closing]),
        outbox.is_waiting(),
    )
    for message in db.session.scalars(waiting).all():
        with suppress(Conflict):  # it is being sent at this moment
            outbox.cancel(message, at=now)
