"""Registering interest, changing it, keeping it for another year, ending it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import structlog
from sqlalchemy import select

from recruit.accounts.mail_codes import mail_code
from recruit.accounts.models import User
from recruit.accounts.registration import first_name
from recruit.applications import saving
from recruit.applications.registration import WRONG_NUMBER, normalise_registration_number
from recruit.applications.saving import Entered
from recruit.applications.situations import NUMBERED, WAITING
from recruit.core.calendar import long_date
from recruit.core.db import db
from recruit.core.errors import Conflict, Incomplete
from recruit.interest.models import Interest
from recruit.notifications import outbox
from recruit.pay.models import Grade
from recruit.rules import limits
from recruit.rules.access import Actor, Permission, authorise
from recruit.rules.notifications import Notification
from recruit.vacancies.models import Team

LINK = "interest"
logger = structlog.get_logger(__name__)


def save_interest(
    actor: Actor, candidate: User, entered: Entered, consent: str, *, secret: str, now: datetime
) -> Interest:
    """Keep what `candidate` told us, for a year from now, and confirm it by mail the first time.

    Args:
        actor: the candidate.
        candidate: their account.
        entered: the answers by column; what a situation does not ask for is left out.
        consent: what they agreed to, word for word.
        secret: what the link that ends it is made with.
        now: the moment, aware, UTC.

    Raises:
        NotAllowed: only candidates register interest, and only their own.
        Incomplete: they did not agree, the number cannot be one of the register, or a team or grade does not exist.
        SavedElsewhere: another window saved other answers.
    """
    authorise(actor, Permission.INTEREST_REGISTER, candidate)
    if not consent:
        raise Incomplete("Tick the box if you agree, or we cannot keep your answers")
    interest = db.session.get(Interest, candidate.id, with_for_update=True)
    if interest is not None and interest.expires_at <= now:  # ended, although nobody has deleted it yet
        db.session.delete(interest)
        db.session.flush()  # the new one has the same key
        interest = None
    is_new = interest is None
    interest = interest or Interest(candidate_id=candidate.id)
    saving.put(interest, Entered(_told(entered.values), entered.seen), is_new=is_new)
    interest.consent, interest.consented_at = consent, now
    interest.expires_at, interest.asked_at = now + limits.INTEREST_KEPT, None
    if is_new:
        db.session.add(interest)
        _write(Notification.INTEREST_REGISTERED, candidate, interest, secret, now)
    logger.info("interest_registered", user_id=candidate.id, is_new=is_new)
    return interest


def _told(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return what was told, as it is kept: the number as the register writes it, and nothing that is not asked for."""
    for name, column in (("teams", Team.slug), ("grades", Grade.code)):
        if set(values.get(name) or ()).difference(db.session.scalars(select(column))):
            raise Incomplete(f"Choose {name} that there are")
    state, typed = values["state"], values.get("number") or ""
    number = normalise_registration_number(typed) if typed and state in NUMBERED else ""
    if number is None:
        raise Incomplete(WRONG_NUMBER)
    return {**values, "number": number, "expected_on": values.get("expected_on") if state in WAITING else None}


def keep_interest(interest: Interest, *, now: datetime) -> None:
    """Keep it for another year: whoever has the link of the mail has agreed again to the same words, at `now`.

    Raises:
        Conflict: it has expired.
    """
    if interest.expires_at <= now:
        raise Conflict("Your interest has ended. You can register it again.")
    interest.consented_at = now
    interest.expires_at, interest.asked_at = now + limits.INTEREST_KEPT, None
    logger.info("interest_kept", user_id=interest.candidate_id)


def end_interest(interest: Interest) -> None:
    """Forget all that was told; what an application took over stays in the application."""
    logger.info("interest_ended", user_id=interest.candidate_id)
    db.session.delete(interest)


def ask_to_keep(interest: Interest, *, secret: str, now: datetime) -> None:
    """Ask whether it is still wanted."""
    interest.asked_at = now
    _write(Notification.INTEREST_RENEWAL, interest.candidate, interest, secret, now)


def link_path(user_id: int, secret: str) -> str:
    """Return the address that keeps or ends somebody's interest without signing in."""
    return f"/interest/link/{mail_code(LINK, user_id, secret)}"


def _write(notification: Notification, candidate: User, interest: Interest, secret: str, now: datetime) -> None:
    outbox.post(
        notification,
        candidate.email,
        at=now,
        first_name=first_name(candidate.name),
        until=long_date(interest.expires_at),
        link=link_path(candidate.id, secret),
    )
