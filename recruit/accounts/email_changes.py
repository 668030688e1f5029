"""Changing the address of an account: asked with the password, confirmed from the new address, undone from the old.

Nobody learns here whether the new address has an account: that is said only in a mail to it.  The old address is told
at once, with a link that stops the change, or takes it back for some days after.
"""

import secrets
from collections.abc import Sequence
from datetime import datetime

import structlog
from sqlalchemy import delete, select

from recruit.accounts import attempts, credentials, links, passkeys, queries, sessions
from recruit.accounts.addresses import email_address
from recruit.accounts.attempts import Try
from recruit.accounts.models import EmailChange, TokenPurpose, User
from recruit.accounts.password_changes import send_reset_to
from recruit.accounts.registration import first_name
from recruit.accounts.sessions import TOKEN_BYTES, hash_token
from recruit.accounts.signing_in import Check, Outcome
from recruit.core.db import db, hold
from recruit.core.errors import Conflict
from recruit.notifications.outbox import post
from recruit.rules import limits
from recruit.rules.notifications import Notification

TAKEN = "This address belongs to another account, so yours stays as it is."

logger = structlog.get_logger(__name__)


def changes_of(user: User) -> Sequence[EmailChange]:
    """Return the changes of address that were asked for and are still kept, the oldest first."""
    return db.session.scalars(
        select(EmailChange).where(EmailChange.user_id == user.id).order_by(EmailChange.asked_at, EmailChange.id)
    ).all()


def ask(user: User, email: str, checked: Check, attempt: Try, *, now: datetime) -> None:
    """Send a link to the new address and a notice to the old one; earlier links to new addresses end.

    Args:
        email: an address that `email_address` accepts, not the account's own.
        checked: what `signing_in.check_user` said of the password.
        attempt: the try that this is counted as.

    Raises:
        Conflict: the password was changed meanwhile.
    """
    address = email_address(email)
    if checked.outcome is not Outcome.SIGNED_IN or user.password_hash != checked.kept or address is None:
        raise Conflict("Your password was changed a moment ago. Sign in with the new one.")
    attempts.take_back(attempt)
    _end_waiting(user)
    confirm, undo = secrets.token_urlsafe(TOKEN_BYTES), secrets.token_urlsafe(TOKEN_BYTES)
    db.session.add(
        EmailChange(
            user_id=user.id,
            old_email=user.email,
            new_email=address,
            confirm_hash=hash_token(confirm),
            undo_hash=hash_token(undo),
            asked_at=now,
            expires_at=now + limits.CONFIRM_LINK_LIVES,
            undo_until=now + limits.EMAIL_UNDO_LIVES,
        )
    )
    name, holder = first_name(user.name), queries.user_by_email(address)
    if holder is None or holder.confirmed_at is None:
        post(Notification.ACCOUNT_EMAIL_CHANGE, address, at=now, first_name=name, token=confirm)
    else:
        post(Notification.ACCOUNT_EMAIL_TAKEN, address, at=now, first_name=first_name(holder.name))
    post(Notification.ACCOUNT_EMAIL_NOTICE, user.email, at=now, first_name=name, token=undo)
    logger.info("email_change_asked", user_id=user.id)


def change_to_confirm(user_id: int, token: str, *, now: datetime) -> EmailChange | None:
    """Return the change that the link to a new address confirms, if it works at `now` and is this person's."""
    statement = select(EmailChange).where(
        EmailChange.confirm_hash == hash_token(token),
        EmailChange.user_id == user_id,
        EmailChange.changed_at.is_(None),
        EmailChange.expires_at > now,
    )
    return db.session.scalars(statement).one_or_none()


def confirm(user: User, token: str, *, device: str = "", now: datetime) -> str:
    """Make the new address the account's; every session ends, and this browser gets a new one.

    Returns:
        The new session's token.

    Raises:
        Conflict: the link no longer works, or the address has become another account's.
    """
    change = change_to_confirm(user.id, token, now=now)
    if change is None or user.disabled_at is not None:
        raise Conflict(links.ENDED)
    _take(user, change.new_email)
    change.changed_at = now
    sessions.end_all_sessions(user)
    links.end_links(user, *TokenPurpose)
    logger.info("email_changed", user_id=user.id)
    return sessions.open_session(user, device=device, now=now)


def change_to_undo(token: str, *, now: datetime) -> EmailChange | None:
    """Return the change that the link to an old address stops or takes back, if it works at `now`."""
    statement = (
        select(EmailChange)
        .join(User, User.id == EmailChange.user_id)
        .where(EmailChange.undo_hash == hash_token(token), EmailChange.undo_until > now, User.disabled_at.is_(None))
    )
    return db.session.scalars(statement).one_or_none()


def undo(token: str, *, now: datetime) -> None:
    """Stop the change, or give the old address back: whoever asked for it knew the password.

    So the password ends too, with every passkey, session and link, and the old address gets a link to choose another.

    Raises:
        Conflict: the link no longer works, or the old address has become another account's.
    """
    change = change_to_undo(token, now=now)
    if change is None:
        raise Conflict(links.ENDED)
    user = change.user
    if change.changed_at is not None:
        _take(user, change.old_email)
    db.session.execute(delete(EmailChange).where(EmailChange.user_id == user.id, EmailChange.id >= change.id))
    user.password_hash = credentials.unusable()
    passkeys.remove_all(user)
    sessions.end_all_sessions(user)
    links.end_links(user, *TokenPurpose)
    send_reset_to(user, goes_to="", now=now)
    logger.info("email_change_undone", user_id=user.id)


def _take(user: User, email: str) -> None:
    """Give `user` the address, and remove an account that somebody began with it and never confirmed."""
    hold(f"account {email.casefold()}")
    holder = queries.user_by_email(email)
    if holder is not None and holder.id != user.id:
        if holder.confirmed_at is not None:
            raise Conflict(TAKEN)
        db.session.delete(holder)
        db.session.flush()
    user.email, user.email_key = email, email.casefold()


def _end_waiting(user: User) -> None:
    """Let no link to a new address that was sent before work; the old address's links go on."""
    waiting = EmailChange.user_id == user.id, EmailChange.changed_at.is_(None)
    db.session.execute(delete(EmailChange).where(*waiting))
