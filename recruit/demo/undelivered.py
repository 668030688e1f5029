"""A message of the demo that came back, so that there is something for HR to mend."""

from datetime import datetime, timedelta

from sqlalchemy import select

from recruit.core.db import db
from recruit.notifications import leases
from recruit.notifications.models import OutboxMessage
from recruit.rules.notifications import Notification

WHY = "notify: permanent-failure"


def let_one_come_back(besides: str, *, now: datetime) -> None:
    """Let the last email about an interview time come back, as a mail service would tell us.

    Args:
        besides: the address that nothing comes back from.
        now: this moment; the email went three hours ago.
    """
    message = db.session.scalars(
        select(OutboxMessage)
        .where(OutboxMessage.notification == Notification.INTERVIEW_BOOKED, OutboxMessage.recipient != besides)
        .order_by(OutboxMessage.id.desc())
        .limit(1)
    ).one()
    message.sent_at = now - timedelta(hours=3)
    db.session.flush()
    leases.mark_returned({message.key: WHY}, at=now - timedelta(hours=2))
