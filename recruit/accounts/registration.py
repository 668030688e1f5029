"""Registering: a new account, and the mail that confirms that the address is the person's own.

Nobody learns here whether an address has an account: that is said only in a mail to the address.
"""

import re
from datetime import datetime

import structlog

from recruit.accounts import attempts, links, queries, sessions
from recruit.accounts.addresses import email_address, email_key
from recruit.accounts.attempts import Try
from recruit.accounts.models import RoleGrant, TokenPurpose, User
from recruit.accounts.signing_in import Check, Outcome
from recruit.core.db import db, hold
from recruit.core.errors import Conflict
from recruit.notifications.outbox import post
from recruit.rules.access import Role
from recruit.rules.notifications import Notification

GREETING_CHARACTERS = 30
_NAME = re.compile("[^\\W\\d_]+(['’-][^\\W\\d_]+){0,3}")  # letters of any script, joined by apostrophes or hyphens

logger = structlog.get_logger(__name__)


def first_name(name: str) -> str:
    """Return the part of a name that a mail greets with; empty unless it looks like one.

    Anybody can register somebody else's address, so a mail must not carry a stranger's words or links.
    """
    first = name.partition(" ")[0]
    return first if len(first) <= GREETING_CHARACTERS and _NAME.fullmatch(first) else ""


def register(email: str, name: str, password_hash: str, *, goes_to: str, now: datetime) -> None:
    """Make an account for a candidate, or tell the one who has it by mail.

    An account that was never confirmed takes the newest name and password: it is confirmed with that password, by
    somebody who reads the mail, so neither of two who know only the address gets the other's account.

    Args:
        email: an address that `email_address` accepts.
        name: as typed, cleaned.
        password_hash: of the password, made before the transaction.
        goes_to: the page of this service that the person wanted; empty if none.
        now: this moment.
    """
    hold(f"account {email_key(email)}")  # of several who register one address at once, one makes the account
    user = queries.user_by_email(email)
    if user is None:
        user = add_user(email, name, password_hash, frozenset({Role.CANDIDATE}), now=now)
        outcome = "new"
    elif user.disabled_at is not None:
        outcome = "disabled"
    elif user.confirmed_at is not None:
        outcome = "exists"
    else:
        user.name, user.password_hash = name, password_hash
        outcome = "again"
    db.session.flush()  # gives a new account its id
    logger.info("register", outcome=outcome, user_id=user.id)
    if outcome != "disabled":
        send_confirmation(user, goes_to=goes_to, now=now)


def add_user(email: str, name: str, password_hash: str, roles: frozenset[Role], *, now: datetime) -> User:
    """Add an account that is not confirmed yet.

    Raises:
        ValueError: `email` is no address that mail can go to.
    """
    address = email_address(email)
    if address is None:
        raise ValueError("not a mail address")
    user = User(
        email=address,
        email_key=address.casefold(),
        name=name,
        password_hash=password_hash,
        created_at=now,
        grants=[RoleGrant(role=role) for role in sorted(roles)],
    )
    db.session.add(user)
    return user


def send_confirmation(user: User, *, goes_to: str, now: datetime) -> None:
    """Send a new confirmation link, or where the account is confirmed already, a mail that says so."""
    name = first_name(user.name)
    if user.confirmed_at is not None:
        post(Notification.ACCOUNT_EXISTS, user.email, at=now, first_name=name, goes_to=goes_to)
        return
    token = links.new_link(user, TokenPurpose.CONFIRM, now=now)
    post(Notification.ACCOUNT_CONFIRM, user.email, at=now, first_name=name, token=token, goes_to=goes_to)


def send_confirmation_to(email: str, *, goes_to: str, now: datetime) -> None:
    """Send the link of `email` again.  Nothing happens, and nothing is said, where there is no account."""
    user = queries.user_by_email(email)
    if user is not None and user.disabled_at is None:
        send_confirmation(user, goes_to=goes_to, now=now)


def confirm(token: str, checked: Check, attempt: Try, *, leaving: str, device: str = "", now: datetime) -> str:
    """Confirm the address that the link was sent to, for somebody who also knows the password, and sign them in.

    Args:
        checked: what `signing_in.check_user` said of the link's account and the password.
        attempt: the try that this is counted as.
        leaving: the token of the session that this browser had, which ends; empty if it had none.
        device: what this browser is called.

    Returns:
        The new session's token.

    Raises:
        Conflict: the link no longer works, or the account changed meanwhile.
    """
    user = links.use_link(token, TokenPurpose.CONFIRM, now=now)
    if checked.outcome is not Outcome.UNCONFIRMED or user.password_hash != checked.kept:
        raise Conflict("The password was changed a moment ago. Open the newest link that we sent you.")
    attempts.take_back(attempt)
    user.confirmed_at = now
    logger.info("confirm", user_id=user.id)
    if leaving:
        sessions.end_session(leaving)
    return sessions.open_session(user, device=device, now=now)
