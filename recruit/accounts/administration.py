"""What administrators do with accounts."""

from collections.abc import Iterable
from datetime import datetime

import structlog

from recruit.accounts import credentials, links, queries, sessions
from recruit.accounts.addresses import email_address
from recruit.accounts.models import TokenPurpose, User
from recruit.accounts.password_changes import send_reset_to
from recruit.accounts.registration import add_user
from recruit.core.errors import Conflict, Incomplete, NotFound
from recruit.core.text import clean_line
from recruit.rules import limits
from recruit.rules.access import Actor, Permission, Role, authorise

logger = structlog.get_logger(__name__)


def create_account(
    actor: Actor, email: str, name: str, roles: Iterable[Role], password_hash: str | None = None, *, now: datetime
) -> User:
    """Add a confirmed account.

    Args:
        actor: who does it.
        email: the address; mail can go there.
        name: as staff and the person see it.
        roles: what the person is here for; one at least.
        password_hash: from `credentials.hash_password`; None to send a link to choose a password.
        now: this moment.

    Raises:
        NotAllowed: not for this actor.
        Incomplete: a missing name or role, or an address that mail cannot go to.
        Conflict: the address has an account.
    """
    authorise(actor, Permission.ACCOUNT_MANAGE)
    name, granted = clean_line(name), frozenset(roles)
    if not 0 < len(name) <= limits.LINE_CHARACTERS:
        raise Incomplete(f"Enter a name of {limits.LINE_CHARACTERS} characters or fewer")
    if not granted:
        raise Incomplete("Select one role at least")
    if email_address(email) is None:
        raise Incomplete("Enter an email address in the correct format, like name@example.com")
    if queries.user_by_email(email) is not None:
        raise Conflict("This email address has an account.")
    user = add_user(email, name, password_hash or credentials.unusable(), granted, now=now)
    user.confirmed_at = now
    if password_hash is None:
        send_reset_to(user, goes_to="", now=now)
    logger.info("account_created", actor_id=actor.user_id, roles=sorted(granted))
    return user


def disable_account(actor: Actor, user: User, *, now: datetime) -> None:
    """Let nobody use the account any more: every session ends, no link works.

    Raises:
        NotAllowed: not for this actor.
        Conflict: it is the actor's own, or disabled already.
    """
    authorise(actor, Permission.ACCOUNT_MANAGE)
    if user.id == actor.user_id:
        raise Conflict("You cannot disable your own account.")
    if user.disabled_at is not None:
        raise Conflict("This account is disabled already.")
    user.disabled_at = now
    sessions.end_all_sessions(user)
    links.end_links(user, *TokenPurpose)
    logger.info("account_disabled", actor_id=actor.user_id, user_id=user.id)


def enable_account(actor: Actor, user: User) -> None:
    """Let the person sign in again.

    Raises:
        NotAllowed: not for this actor.
        Conflict: it is not disabled, or its owner closed it.
    """
    authorise(actor, Permission.ACCOUNT_MANAGE)
    if user.closed_at is not None:
        raise Conflict("The person closed this account. They can register again.")
    if user.disabled_at is None:
        raise Conflict("This account is not disabled.")
    user.disabled_at = None
    logger.info("account_enabled", actor_id=actor.user_id, user_id=user.id)


def account_of(email: str) -> User:
    """Return the account of `email`.

    Raises:
        NotFound: there is none.
    """
    user = queries.user_by_email(email)
    if user is None:
        raise NotFound(f"No account has the address {email}.")
    return user
