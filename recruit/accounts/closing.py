"""What is left of an account when its owner has closed it."""

from datetime import datetime

import structlog
from sqlalchemy import delete

from recruit.accounts import credentials, links, passkeys, sessions
from recruit.accounts.models import EmailChange, TokenPurpose, User
from recruit.accounts.registration import first_name
from recruit.core.db import db
from recruit.notifications.outbox import post
from recruit.rules.notifications import Notification

logger = structlog.get_logger(__name__)


def close(user: User, *, is_kept: bool, withdrawn: str, now: datetime) -> None:
    """End the account and say so by mail.

    Args:
        is_kept: whether something that was sent still names the account, so that its name stays; without, nothing does.
        withdrawn: the references of applications that this withdrew, for the mail; empty for none.
    """
    post(
        Notification.ACCOUNT_CLOSED,
        user.email,
        at=now,
        first_name=first_name(user.name),
        kept="yes" if is_kept else "",
        withdrawn=withdrawn,
    )
    logger.info("account_closed", user_id=user.id, is_kept=is_kept)
    sessions.end_all_sessions(user)
    links.end_links(user, *TokenPurpose)
    passkeys.remove_all(user)
    db.session.execute(delete(EmailChange).where(EmailChange.user_id == user.id))
    if not is_kept:
        db.session.delete(user)
        return
    user.email = user.email_key = f"closed-{user.id}@account.invalid"  # RFC 2606: no mail goes there
    user.password_hash = credentials.unusable()
    user.closed_at = user.disabled_at = now
    user.wants_reminders = False
    user.grants = []
