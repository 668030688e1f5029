"""Links that are sent by mail: each works once, for a while, until a newer one is sent.  Only a hash is kept here."""

import secrets
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import joinedload

from recruit.accounts.models import EmailToken, TokenPurpose, User
from recruit.accounts.sessions import TOKEN_BYTES, hash_token
from recruit.core.db import db
from recruit.core.errors import Conflict
from recruit.rules import limits

LIVES = {TokenPurpose.CONFIRM: limits.CONFIRM_LINK_LIVES, TokenPurpose.RESET: limits.RESET_LINK_LIVES}
ENDED = "This link no longer works. It may have been used, or a newer one was sent."


def new_link(user: User, purpose: TokenPurpose, *, now: datetime) -> str:
    """Return the token of a new link for `user`; links that were sent before for `purpose` end."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    end_links(user, purpose)
    db.session.add(
        EmailToken(
            token_hash=hash_token(token), user=user, purpose=purpose, created_at=now, expires_at=now + LIVES[purpose]
        )
    )
    return token


def end_links(user: User, *purposes: TokenPurpose) -> None:
    """Let no link for `purposes` that was sent to `user` work any more."""
    if user.id is not None:
        chosen = EmailToken.purpose.in_(purposes)
        db.session.execute(delete(EmailToken).where(EmailToken.user_id == user.id, chosen))


def user_of_link(token: str, purpose: TokenPurpose, *, now: datetime) -> User | None:
    """Return whom the link was sent to, if it works at `now` and the account is not disabled; else None."""
    statement = (
        select(User)
        .join(EmailToken, EmailToken.user_id == User.id)
        .where(EmailToken.token_hash == hash_token(token), EmailToken.purpose == purpose)
        .where(EmailToken.expires_at > now, User.disabled_at.is_(None))
        .options(joinedload(User.grants))
    )
    return db.session.scalars(statement).unique().one_or_none()


def use_link(token: str, purpose: TokenPurpose, *, now: datetime) -> User:
    """Return whom the link was sent to, and end it: of two who use it at once, one succeeds.

    Raises:
        Conflict: it does not work at `now`.
    """
    user = user_of_link(token, purpose, now=now)
    if user is None:
        raise Conflict(ENDED)
    statement = delete(EmailToken).where(EmailToken.token_hash == hash_token(token)).returning(EmailToken.user_id)
    if db.session.scalar(statement) is None:
        raise Conflict(ENDED)
    end_links(user, purpose)
    return user
