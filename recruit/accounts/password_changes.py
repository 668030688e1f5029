"""Changing a password: by somebody who knows it, or by somebody who reads the account's mail."""

from datetime import datetime

import structlog

from recruit.accounts import attempts, links, passkeys, queries, sessions
from recruit.accounts.attempts import Try
from recruit.accounts.models import TokenPurpose, User
from recruit.accounts.registration import first_name
from recruit.accounts.signing_in import Check, Outcome
from recruit.core.errors import Conflict
from recruit.notifications.outbox import post
from recruit.rules.notifications import Notification

logger = structlog.get_logger(__name__)


def send_reset(email: str, *, goes_to: str, now: datetime) -> None:
    """Send a link to choose a new password.  Nothing happens, and nothing is said, where there is no account."""
    user = queries.user_by_email(email)
    if user is not None and user.disabled_at is None:
        send_reset_to(user, goes_to=goes_to, now=now)


def send_reset_to(user: User, *, goes_to: str, now: datetime) -> None:
    """Send `user` a link to choose a new password."""
    token = links.new_link(user, TokenPurpose.RESET, now=now)
    name = first_name(user.name)
    post(Notification.ACCOUNT_PASSWORD_RESET, user.email, at=now, first_name=name, token=token, goes_to=goes_to)
    logger.info("reset_sent", user_id=user.id)


def reset_password(token: str, password_hash: str, *, now: datetime) -> User:
    """Use the link, set the password, end every session, forget every passkey, and say so by mail.

    Whoever has the link reads the account's mail, so the address is confirmed too.  Passkeys go because this is what
    people are told to do when somebody else has got in, who may have added one.

    Raises:
        Conflict: the link no longer works.
    """
    user = links.use_link(token, TokenPurpose.RESET, now=now)
    user.confirmed_at = user.confirmed_at or now
    passkeys.remove_all(user)
    _set_password(user, password_hash, now=now)
    logger.info("password_reset", user_id=user.id)
    return user


def change_password(
    user: User, password_hash: str, checked: Check, attempt: Try, *, device: str = "", now: datetime
) -> str:
    """Set a new password for somebody who knows the old one; every session ends, and this browser gets a new one.

    Args:
        checked: what `signing_in.check_user` said of the old password.
        attempt: the try that this is counted as.
        device: what this browser is called.

    Returns:
        The token of this browser's new session.

    Raises:
        Conflict: the old password is not right any more.
    """
    if checked.outcome is not Outcome.SIGNED_IN or user.password_hash != checked.kept:
        raise Conflict("The password was changed a moment ago. Sign in with the new one.")
    attempts.take_back(attempt)
    _set_password(user, password_hash, now=now)
    logger.info("password_changed", user_id=user.id)
    return sessions.open_session(user, device=device, now=now)


def _set_password(user: User, password_hash: str, *, now: datetime) -> None:
    user.password_hash = password_hash
    sessions.end_all_sessions(user)
    links.end_links(user, *TokenPurpose)
    post(Notification.ACCOUNT_PASSWORD_CHANGED, user.email, at=now, first_name=first_name(user.name))
