"""Signed-in browsers: made at sign-in, ended on the server at sign-out, password change and when one is disabled."""

import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from string import hexdigits
from typing import Any

from sqlalchemy import Subquery, and_, bindparam, delete, func, select

from recruit.accounts.models import RoleGrant, User, UserSession
from recruit.core.db import db, table_of
from recruit.core.found import Query
from recruit.rules import limits
from recruit.rules.access import STAFF, Actor, Role

NAME_CHARACTERS = 16  # of a token's hash: tells the browsers of one person apart
TOKEN_BYTES = 32  # 256 bits; ASVS 7.2.3 asks 128


def hash_token(token: str) -> str:
    """Return what is kept of a random `token`: a stolen database opens no session and no link."""
    return hashlib.sha256(token.encode()).hexdigest()


def open_session(user: User, *, device: str = "", now: datetime) -> str:
    """Sign `user` in on `device` and return the token for the cookie.  Clears what has expired of theirs."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    is_staff = any(grant.role in STAFF for grant in user.grants)
    life = limits.SESSION_LIFE_STAFF if is_staff else limits.SESSION_LIFE_CANDIDATE
    db.session.execute(delete(UserSession).where(UserSession.user_id == user.id, UserSession.expires_at <= now))
    key, until = hash_token(token), now + life
    db.session.add(UserSession(token_hash=key, user_id=user.id, created_at=now, expires_at=until, device=device))
    return token


def signed_in_query(token_hash: str, *, now: datetime) -> Query[Actor | None]:
    """Return the query for whose session a token opens at `now`, with their roles but without their teams; or None.

    Args:
        token_hash: see `hash_token`.
    """
    return Query(_SIGNED_IN, {"token_hash": token_hash, "now": now}, _actor)


def _actor(rows: Sequence[Any]) -> Actor | None:
    if not rows:
        return None
    user_id, name, _ = rows[0]
    return Actor(user_id, frozenset(role for _, _, role in rows if role), name=name)


# Asked at each request of everybody who is signed in: made once, and rows instead of objects.
_USER, _SESSION, _GRANT = table_of(User), table_of(UserSession), table_of(RoleGrant)
_NOW = bindparam("now", type_=_SESSION.c.expires_at.type)
_IS_GOOD = and_(
    _SESSION.c.token_hash == bindparam("token_hash"), _SESSION.c.expires_at > _NOW, _USER.c.disabled_at.is_(None)
)
_SIGNED_IN = (
    select(_USER.c.id, _USER.c.name, _GRANT.c.role)
    .join(_SESSION, _SESSION.c.user_id == _USER.c.id)
    .outerjoin(_GRANT, _GRANT.c.user_id == _USER.c.id)
    .where(_IS_GOOD)
)


def signed_in_as(role: Role) -> Subquery:
    """Return whose session `token_hash` opens at `now` if they hold `role`, as a part of what only they may do.

    It has one row or none, of their `id` and that moment, `at`: as `signed_in_query` has one of that role or none.
    """
    return (
        select(_USER.c.id, _NOW.label("at"))
        .join(_SESSION, _SESSION.c.user_id == _USER.c.id)
        .join(_GRANT, _GRANT.c.user_id == _USER.c.id)
        .where(_IS_GOOD, _GRANT.c.role == role)
        .subquery()
    )


def is_idle(actor: Actor, unused_for: float) -> bool:
    """Say whether a session of `actor` has ended because nobody used it for so many seconds."""
    limit = limits.SESSION_IDLE_STAFF if actor.is_staff else limits.SESSION_IDLE_CANDIDATE
    return unused_for > limit.total_seconds()


def signed_in_since(user_id: int, *, now: datetime) -> Sequence[tuple[datetime, str]]:
    """Return since when each browser of somebody is signed in at `now` and what it is called, the oldest first."""
    own = select(UserSession.created_at, UserSession.device)
    own = own.where(UserSession.user_id == user_id, UserSession.expires_at > now)
    return [(since, device) for since, device in db.session.execute(own.order_by(UserSession.created_at))]


@dataclass(frozen=True, slots=True)
class Browser:
    """One signed-in browser: `name` tells it from the others and opens nothing; `is_this` for the one that asks.

    `device` is what a person knows it by; empty if the browser did not say.
    """

    name: str
    device: str
    since: datetime
    until: datetime
    is_this: bool


def browsers_of(user_id: int, token: str, *, now: datetime) -> list[Browser]:
    """Return where somebody is signed in at `now`: the browser with `token` first, then the newest first."""
    own = select(UserSession).where(UserSession.user_id == user_id, UserSession.expires_at > now)
    rows = db.session.scalars(own.order_by(UserSession.created_at.desc(), UserSession.token_hash)).all()
    this = hash_token(token)
    browsers = [
        Browser(row.token_hash[:NAME_CHARACTERS], row.device, row.created_at, row.expires_at, row.token_hash == this)
        for row in rows
    ]
    return sorted(browsers, key=lambda browser: not browser.is_this)


def end_browser(user: User, name: str) -> bool:
    """Sign `user` out of the browser called `name`; say whether there was one."""
    if len(name) != NAME_CHARACTERS or not set(name) <= set(hexdigits):
        return False
    own = UserSession.user_id == user.id, func.substr(UserSession.token_hash, 1, NAME_CHARACTERS) == name
    return db.session.scalar(delete(UserSession).where(*own).returning(UserSession.token_hash)) is not None


def end_session(token: str) -> None:
    """Sign this browser out."""
    db.session.execute(delete(UserSession).where(UserSession.token_hash == hash_token(token)))


def end_all_sessions(user: User) -> None:
    """Sign `user` out everywhere."""
    db.session.execute(delete(UserSession).where(UserSession.user_id == user.id))
