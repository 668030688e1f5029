"""Closing a candidate's account: drafts go at once, what was sent stays with HR, what is undecided is withdrawn."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import delete

from recruit.accounts import attempts, closing
from recruit.accounts.attempts import Try
from recruit.accounts.models import User
from recruit.accounts.signing_in import Check, Outcome
from recruit.applications import queries, service
from recruit.applications.models import Application
from recruit.applications.progress import standing_of
from recruit.applications.reminders import Reminder
from recruit.core.db import db, hold
from recruit.core.errors import Conflict, NotAllowed
from recruit.notifications import outbox
from recruit.notifications.models import OutboxMessage
from recruit.rules.access import Actor
from recruit.rules.lifecycle import ApplicationStatus

REASON = "They closed their account"


@dataclass(frozen=True, slots=True)
class Holdings:
    """What somebody has here: drafts, which go; sent applications, which stay; of these, those that are withdrawn."""

    drafts: Sequence[Application]
    sent: Sequence[Application]
    live: Sequence[Application]


def holdings_of(actor: Actor, *, now: datetime) -> Holdings:
    """Return what becomes of the applications of `actor` when they close their account."""
    own = queries.own_applications(actor)
    sent = [one for one in own if one.status != ApplicationStatus.DRAFT]
    return Holdings(
        drafts=[one for one in own if one.status == ApplicationStatus.DRAFT],
        sent=sent,
        live=[one for one in sent if standing_of(one, now=now).can_withdraw],
    )


def close_account(actor: Actor, user: User, checked: Check, attempt: Try, *, now: datetime) -> None:
    """Close the account of `actor`, who knows the password.

    Args:
        user: the account.
        checked: what `signing_in.check_user` said of the password.
        attempt: the try that this is counted as.

    Raises:
        NotAllowed: staff do not close their accounts themselves; or it is not the actor's.
        Conflict: the password was changed meanwhile, or a message to the person is being sent at this moment.
    """
    if actor.is_staff or actor.user_id != user.id:
        raise NotAllowed("An account of a member of staff is closed by an administrator.")
    hold(f"account {user.email_key}")
    if checked.outcome is not Outcome.SIGNED_IN or user.password_hash != checked.kept:
        raise Conflict("Your password was changed a moment ago. Sign in with the new one.")
    attempts.take_back(attempt)
    held = holdings_of(actor, now=now)
    for application in held.live:
        service.withdraw_application(actor, application, reason=REASON, now=now)
        if message := service.latest_message(application):
            outbox.cancel(message, at=now)  # the one mail about closing says it too, without a link to a closed account
    for draft in held.drafts:
        _delete(draft, now)
    withdrawn = ", ".join(application.reference for application in held.live)
    closing.close(user, is_kept=bool(held.sent), withdrawn=withdrawn, now=now)


def _delete(draft: Application, now: datetime) -> None:
    """Remove a draft with all that was entered, and call back a reminder of it that has not gone."""
    reminder = db.session.get(Reminder, draft.id)
    message = db.session.get(OutboxMessage, reminder.message_id) if reminder else None
    if message is not None and message.sent_at is None and message.cancelled_at is None and message.failed_at is None:
        outbox.cancel(message, at=now)
    db.session.execute(delete(Application).where(Application.id == draft.id))
    db.session.expunge(draft)
