"""Signed-in browsers: made at sign-in, ended on the server at sign-out, password change and when one is disabled."""

import hashlib
import secrets
from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, delete, select

from recruit.accounts.models import RoleGrant, User, UserSession
from recruit.core.db import db, table_of
from recruit.rules import limits
from recruit.rules.access import STAFF, Actor

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


def signed_in_actor(token: str, *, now: datetime) -> Actor | None:
    """Return whose session `token` opens at `now`, with their roles but without their teams, or None."""
    rows = db.session.execute(_SIGNED_IN, {"token_hash": hash_token(token), "now": now}).all()
    if not rows:
        return None
    user_id, name, _ = rows[0]
    return Actor(user_id, frozenset(role for _, _, role in rows if role), name=name)


# Asked at each request of everybody who is signed in: made once, and rows instead of objects.
_USER, _SESSION, _GRANT = table_of(User), table_of(UserSession), table_of(RoleGrant)
_SIGNED_IN = (
    select(_USER.c.id, _USER.c.name, _GRANT.c.role)
    .join(_SESSION, _SESSION.c.user_id == _USER.c.id)
    .outerjoin(_GRANT, _GRANT.c.user_id == _USER.c.id)
    .where(
        _SESSION.c.token_hash == bindparam("token_hash"),
        _SESSION.c.expires_at > bindparam("now", type_=_SESSION.c.expires_at.type),
        _USER.c.disabled_at.is_(None),
    )
)


def signed_in_since(user_id: int, *, now: datetime) -> Sequence[datetime]:
    """Return since when each browser of somebody is signed in at `now`, the oldest first."""
    own = select(UserSession.created_at).where(UserSession.user_id == user_id, UserSession.expires_at > now)
    return db.session.scalars(own.order_by(UserSession.created_at)).all()


def end_session(token: str) -> None:
    """Sign this browser out."""
    db.session.execute(delete(UserSession).where(UserSession.token_hash == hash_token(token)))


def end_all_sessions(user: User) -> None:
    """Sign `user` out everywhere."""
    db.session.execute(delete(UserSession).where(UserSession.user_id == user.id))
