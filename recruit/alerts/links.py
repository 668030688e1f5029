"""Links in the mails of alerts.  Each mail has one of its own; only a hash is kept here."""

import secrets
from datetime import datetime

from sqlalchemy import delete, insert, select
from sqlalchemy.orm import joinedload

from recruit.accounts.sessions import TOKEN_BYTES, hash_token
from recruit.alerts.models import Alert, AlertLink, LinkPurpose
from recruit.core.db import db, table_of
from recruit.rules import limits

LIVES = {LinkPurpose.CONFIRM: limits.ALERT_CONFIRM_LINK_LIVES, LinkPurpose.MANAGE: limits.ALERT_LINK_LIVES}


def new_link(alert_id: int, purpose: LinkPurpose, *, now: datetime) -> str:
    """Return the token of a new link; earlier ones go on working, because earlier mails do."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    row = {
        "token_hash": hash_token(token),
        "alert_id": alert_id,
        "purpose": purpose,
        "expires_at": now + LIVES[purpose],
    }
    db.session.execute(insert(table_of(AlertLink)), row)
    return token


def alert_of_link(token: str, purpose: LinkPurpose, *, now: datetime) -> Alert | None:
    """Return the alert that the link is about, with its search; None if it works no more, or never did."""
    statement = (
        select(Alert)
        .join(AlertLink, AlertLink.alert_id == Alert.id)
        .where(AlertLink.token_hash == hash_token(token), AlertLink.purpose == purpose, AlertLink.expires_at > now)
        .options(joinedload(Alert.search))
    )
    return db.session.scalars(statement).one_or_none()


def clear_expired(now: datetime) -> None:
    """Delete links whose time is over."""
    db.session.execute(delete(AlertLink).where(AlertLink.expires_at <= now))
