"""What the worker does for registered interest each minute: asks a month before it ends, and forgets what has ended."""

from datetime import datetime

import structlog
from sqlalchemy import delete, select
from sqlalchemy.orm import joinedload

from recruit.core.db import db, hold
from recruit.interest.models import Interest
from recruit.interest.service import ask_to_keep
from recruit.rules import limits

log = structlog.get_logger(__name__)


def ask_or_forget(secret: str, *, now: datetime) -> None:
    """Ask those whose interest ends within a month, once; delete what has ended.

    Args:
        secret: what the links of the mails are made with.
        now: the moment, aware, UTC.
    """
    hold("interest")  # of several workers, one at a time
    db.session.execute(delete(Interest).where(Interest.expires_at <= now))
    ending = db.session.scalars(
        select(Interest)
        .where(Interest.expires_at <= now + limits.INTEREST_ASKED_BEFORE, Interest.asked_at.is_(None))
        .options(joinedload(Interest.candidate, innerjoin=True))
        .order_by(Interest.expires_at, Interest.candidate_id)
        .limit(limits.REMINDERS_AT_ONCE)
    ).all()
    for interest in ending:
        ask_to_keep(interest, secret=secret, now=now)
    if ending:
        log.info("asked to keep interest", number=len(ending))
