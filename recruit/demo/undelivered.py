"""Messages of the demo that came back, so that there is something for HR and administrators to look at."""

from datetime import datetime, timedelta

from sqlalchemy import select, true

from recruit.applications.models import Application
from recruit.core.db import db
from recruit.notifications import leases
from recruit.notifications.models import OutboxMessage
from recruit.rules.lifecycle import ApplicationStatus
from recruit.rules.notifications import Notification

GONE, FULL = "notify: permanent-failure", "notify: temporary-failure"


def let_some_come_back(besides: str, *, now: datetime) -> None:
    """Let the last email about a time to come, and one to a member of a panel, come back, as a mail service says.

    Args:
        besides: the address that nothing comes back from.
        now: this moment; the emails went three hours ago.
    """
    shortlisted = select(Application.reference).where(Application.status == ApplicationStatus.SHORTLISTED)
    for what, why in ((Notification.INTERVIEW_BOOKED, GONE), (Notification.PANEL_TO_SCORE, FULL)):
        message = db.session.scalars(
            select(OutboxMessage)
            .where(OutboxMessage.notification == what, OutboxMessage.recipient != besides)
            .where(OutboxMessage.about.in_(shortlisted) if what == Notification.INTERVIEW_BOOKED else true())
            .order_by(OutboxMessage.id.desc())
            .limit(1)
        ).one()
        message.sent_at = now - timedelta(hours=3)
        db.session.flush()
        leases.mark_returned({message.key: why}, at=now - timedelta(hours=2))
