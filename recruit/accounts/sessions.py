"""Signed-in browsers: made at sign-in, ended on the server at sign-out, password change and when one is disabled."""

import hashlib
import secrets
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import joinedload

from recruit.accounts.models import User, UserSession
from recruit.core.db import db
from recruit.rules import limits
from recruit.rules.access import STAFF

TOKEN_BYTES = 32  # 256 bits; ASVS 7.2.3 asks 128


def hash_token(token: str) -> str:
    """Return what is kept of a random `token`: a stolen database opens no session and no link."""
    return hashlib.sha256(token.encode()).hexdigest()


def open_session(user: User, *, now: datetime) -> str:
    """Sign `user` in and return the token for the cookie.  Clears what has expired of theirs."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    is_staff = any(grant.role in STAFF for grant in user.grants)
    life = limits.SESSION_LIFE_STAFF if is_staff else limits.SESSION_LIFE_CANDIDATE
    db.session.execute(delete(UserSession).where(UserSession.user_id == user.id, UserSession.expires_at <= now))
    db.session.add(UserSession(token_hash=hash_token(token), user_id=user.id, created_at=now, expires_at=now + life))
    return token


def signed_in_user(token: str, *, now: datetime) -> User | None:
    """Return whose session `token` opens at `now`, with their roles, or None."""
    statement = (
        select(User)
        .join(UserSession, UserSession.user_id == User.id)
        .where(UserSession.token_hash == hash_token(token), UserSession.expires_at > now, User.disabled_at.is_(None))
        .options(joinedload(User.grants))
    )
    return db.session.scalars(statement).unique().one_or_none()


def end_session(token: str) -> None:
    """Sign this browser out."""
    db.session.execute(delete(UserSession).where(UserSession.token_hash == hash_token(token)))


def end_all_sessions(user: User) -> None:
    """Sign `user` out everywhere."""
    db.session.execute(delete(UserSession).where(UserSession.user_id == user.id))
