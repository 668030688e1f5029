"""What a candidate entered and was told of it, in words and as JSON, for whoever it is about.

Source: UK GDPR, articles 15 (access) and 20 (portability).  What staff wrote about an application is not in it, because
it may tell of others too; people ask for it, and the page says how.
"""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select

from recruit.applications import queries
from recruit.applications.models import Application, ApplicationEvent
from recruit.applications.snapshot import snapshot_of
from recruit.core.db import db
from recruit.notifications.models import OutboxMessage
from recruit.rules.access import Actor
from recruit.rules.lifecycle import CANDIDATE_WORDS, ApplicationStatus


@dataclass(frozen=True, slots=True)
class OwnApplication:
    """One application: where its candidate may know that it stands, and what they entered."""

    reference: str
    vacancy: str
    status: str
    started_at: datetime
    sent_at: datetime | None
    reason_for_withdrawing: str
    content: dict[str, Any]


def own_applications(actor: Actor) -> list[OwnApplication]:
    """Return every application of `actor`, the newest first.  A decision that is held back is not told here either."""
    return [_own(application) for application in queries.own_applications(actor)]


def _own(application: Application) -> OwnApplication:
    snapshot = queries.snapshot_of(application.id)
    withdrawn = [event for event in queries.events_of(application.id) if event.target == ApplicationStatus.WITHDRAWN]
    return OwnApplication(
        reference=application.reference,
        vacancy=application.vacancy.title,
        status=CANDIDATE_WORDS[application.status_for_candidate()],
        started_at=application.created_at,
        sent_at=application.submitted_at,
        reason_for_withdrawing=withdrawn[-1].reason if withdrawn else "",
        content=snapshot.content if snapshot else snapshot_of(queries.answers_of(application)),
    )


def sent_messages(actor: Actor) -> list[tuple[str, datetime]]:
    """Return which emails about their applications `actor` was sent, as (kind, when), the oldest first."""
    statement = (
        select(OutboxMessage.notification, OutboxMessage.sent_at)
        .join(ApplicationEvent, ApplicationEvent.message_id == OutboxMessage.id)
        .join(Application, Application.id == ApplicationEvent.application_id)
        .where(Application.candidate_id == actor.user_id, OutboxMessage.sent_at.is_not(None))
        .order_by(OutboxMessage.sent_at, OutboxMessage.id)
    )
    return [(kind.value, at) for kind, at in db.session.execute(statement).all() if at is not None]
