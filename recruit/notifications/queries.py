"""Reading the outbox."""

from datetime import datetime

from sqlalchemy import func, select

from recruit.core.db import db
from recruit.notifications.models import OutboxMessage
from recruit.notifications.outbox import is_waiting


def outbox_figures(now: datetime) -> dict[str, float]:
    """Return figures for operators, read from the two partial indexes: quick however much has been sent.

    Returns:
        `waiting`: messages that have not gone, held ones included; `failed`: those given up, for a person to look at;
        `oldest_due_seconds`: how long the one that should have gone first has been due, 0 when none is.
    """
    number, oldest = db.session.execute(select(func.count(), func.min(OutboxMessage.due_at)).where(is_waiting())).one()
    failed = db.session.scalar(select(func.count()).where(OutboxMessage.failed_at.is_not(None))) or 0
    return {
        "waiting": number,
        "failed": failed,
        "oldest_due_seconds": max(0.0, (now - oldest).total_seconds()) if oldest else 0.0,
    }
