"""The one writer of `Application.status`."""

from datetime import datetime, timedelta

from recruit.applications import stages
from recruit.applications.models import Application, ApplicationEvent
from recruit.core.db import db
from recruit.notifications.models import OutboxMessage
from recruit.rules.access import Actor
from recruit.rules.lifecycle import ApplicationStatus, Move


def take(
    move: Move[ApplicationStatus],
    actor: Actor,
    application: Application,
    *,
    now: datetime,
    message: OutboxMessage | None = None,
    hold: timedelta = timedelta(0),
    reason: str = "",
    criterion_id: int | None = None,
) -> ApplicationEvent:
    """Do `move`: status, event and counts, together with the message that tells of it.

    Args:
        move: the row that `rules.lifecycle.permit` returned for this actor and application.
        message: what the candidate will be told, already in the outbox.
        hold: how long the candidate still reads the status before this move; the message is due then.
        reason: why, in words for the record.
        criterion_id: the criterion that the reason is about.
    """
    source = application.status
    if move.is_undo or not hold:
        application.told_status = application.tell_at = None
    else:
        application.told_status, application.tell_at = application.status_for_candidate(now), now + hold
    application.status = move.target
    stages.count_move(application, source, move.target)
    event = ApplicationEvent(
        application_id=application.id,
        actor_id=actor.user_id or None,
        source=source.value,
        target=move.target.value,
        reason=reason,
        criterion_id=criterion_id,
        at=now,
    )
    if message is not None:
        db.session.add(message)
        db.session.flush([message])  # the event names its row
        event.message_id = message.id
    db.session.add(event)
    return event
