"""Signing in: who may, and the same answer for everybody who may not.

An unknown address, a wrong password, a disabled account and a limit that is reached look alike from outside, and take
as long; the log tells them apart.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

import structlog
from sqlalchemy import update

from recruit.accounts import attempts, credentials, queries, sessions
from recruit.accounts.attempts import Try, Verdict
from recruit.accounts.models import User
from recruit.core.db import db
from recruit.core.transaction import end_reading

logger = structlog.get_logger(__name__)


class Outcome(StrEnum):
    """How a try ends.  Only the first opens a session; only the first two say that the password is right."""

    SIGNED_IN = "signed_in"
    UNCONFIRMED = "unconfirmed"
    WRONG_PASSWORD = "wrong_password"  # noqa: S105  a name, not a password
    UNKNOWN = "unknown"
    DISABLED = "disabled"
    ACCOUNT_LIMIT = "account_limit"
    ADDRESS_LIMIT = "address_limit"


@dataclass(frozen=True, slots=True)
class Check:
    """What the slow part found, before the transaction that acts on it."""

    outcome: Outcome
    user: User | None = None
    kept: str = ""  # the hash that the password matched
    renewed: str = ""  # a hash with today's parameters, where the kept one is older


def check(email: str, password: str, attempt: Try) -> Check:
    """Compare `password` with the account of `email`.  Slow, writes nothing: call it between two transactions.

    Raises:
        Unavailable: too many sign in at once.
    """
    if attempt.verdict is Verdict.ADDRESS_LIMIT:
        return Check(Outcome.ADDRESS_LIMIT)  # quick: it says nothing about any account, and a flood costs little
    return check_user(queries.user_by_email(email), password, attempt)


def check_user(user: User | None, password: str, attempt: Try) -> Check:
    """Compare `password` with that of `user`, spending the same time when there is none.

    Raises:
        Unavailable: too many sign in at once.
    """
    kept = user.password_hash if user else None
    end_reading()  # others may have the connection meanwhile
    is_right = credentials.matches(kept, password)
    if user is None or kept is None:
        return Check(Outcome.UNKNOWN)
    if attempt.verdict is not Verdict.ALLOWED:
        return Check(Outcome(attempt.verdict.value), user)
    if not is_right:
        return Check(Outcome.WRONG_PASSWORD, user)
    if user.disabled_at is not None:
        return Check(Outcome.DISABLED, user)
    renewed = credentials.hash_password(password) if credentials.is_outdated(kept) else ""
    outcome = Outcome.SIGNED_IN if user.confirmed_at else Outcome.UNCONFIRMED
    return Check(outcome, user, kept, renewed)


def finish(checked: Check, attempt: Try, *, leaving: str, device: str = "", now: datetime) -> str | None:
    """Act on `checked`: log it, and for a right password of a confirmed account open a session.

    Args:
        leaving: the token of the session that this browser had, which ends; empty if it had none.
        device: what this browser is called.

    Returns:
        The new session's token; None when there is no session.
    """
    user, outcome = checked.user, checked.outcome
    if user is not None and checked.kept and (user.password_hash != checked.kept or user.disabled_at is not None):
        outcome = Outcome.WRONG_PASSWORD  # it was changed, or the account disabled, while this was being checked
    if outcome in (Outcome.SIGNED_IN, Outcome.UNCONFIRMED):
        attempts.take_back(attempt)
    logger.info("sign_in", outcome=outcome, user_id=user.id if user else None, source=attempt.source)
    if user is None or outcome is not Outcome.SIGNED_IN:
        return None
    if checked.renewed:
        _renew_hash(user, checked)
    if leaving:
        sessions.end_session(leaving)
    return sessions.open_session(user, device=device, now=now)


def _renew_hash(user: User, checked: Check) -> None:
    """Keep the newer hash of the same password.  Not counted as a change of the account: two may do it at once."""
    statement = update(User).where(User.id == user.id, User.password_hash == checked.kept)
    db.session.execute(statement.values(password_hash=checked.renewed).execution_options(synchronize_session=False))
