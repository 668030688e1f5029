"""Reading the outbox."""

from datetime import datetime

from sqlalchemy import func, select

from recruit.core.db import db
from recruit.notifications.models import OutboxMessage


def outbox_figures(now: datetime) -> dict[str, float]:
    """Return how many messages wait, are late and failed, and how long the oldest due one has waited in seconds."""
    waiting = (OutboxMessage.sent_at.is_(None), OutboxMessage.cancelled_at.is_(None), OutboxMessage.failed_at.is_(None))
    number = db.session.scalar(select(func.count()).where(*waiting)) or 0
    oldest = db.session.scalar(select(func.min(OutboxMessage.due_at)).where(*waiting, OutboxMessage.due_at <= now))
    failed = db.session.scalar(select(func.count()).where(OutboxMessage.failed_at.is_not(None))) or 0
    return {
        "waiting": number,
        "failed": failed,
        "oldest_due_seconds": (now - oldest).total_seconds() if oldest else 0.0,
    }
