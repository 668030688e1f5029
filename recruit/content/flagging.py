"""Telling the owners of claims, once, that nobody has checked them in time.  A chore of the worker."""

from collections import defaultdict
from datetime import datetime

import structlog
from sqlalchemy import select
from sqlalchemy.orm import joinedload

from recruit.content.models import Claim
from recruit.content.queries import fact_of
from recruit.core.calendar import london_day, short_date
from recruit.core.db import db, hold
from recruit.notifications import outbox
from recruit.rules.notifications import Notification

log = structlog.get_logger(__name__)


def flag_stale_claims(now: datetime) -> None:
    """Post one message to each owner of claims that became stale.

    An owner whose account has ended is not written to: the list of claims shows it to the others.
    """
    today = london_day(now)
    claims = db.session.scalars(select(Claim).where(Claim.flagged_at.is_(None), Claim.retired_at.is_(None))).all()
    if not any(fact_of(claim).is_stale(today) for claim in claims):
        return
    hold("claims")  # of several workers, one at a time; the next sees what this one has flagged
    statement = (
        select(Claim)
        .where(Claim.flagged_at.is_(None), Claim.retired_at.is_(None))
        .options(joinedload(Claim.owner))
        .order_by(Claim.checked_on, Claim.slug)
        .execution_options(populate_existing=True)
    )
    stale: dict[int, list[Claim]] = defaultdict(list)
    for claim in db.session.scalars(statement):
        if fact_of(claim).is_stale(today):
            claim.flagged_at = now
            stale[claim.owner_id].append(claim)
    for claims_of_one in stale.values():
        owner = claims_of_one[0].owner
        if owner.disabled_at is None and owner.closed_at is None:
            _tell(claims_of_one, now)
    log.info("stale claims", number=sum(len(claims) for claims in stale.values()))


def _tell(claims: list[Claim], now: datetime) -> None:
    listed = "\n\n".join(
        f"- {claim.text.replace('**', '')}\n  {claim.source_name}, as of {short_date(claim.as_of_on)},"
        f" last checked on {short_date(claim.checked_on)}"
        for claim in claims
    )
    owner = claims[0].owner
    outbox.post(
        Notification.CONTENT_CLAIMS_STALE,
        owner.email,
        at=now,
        name=owner.name,
        number="1 claim" if len(claims) == 1 else f"{len(claims)} claims",
        claims=listed,
        path="/content/claims",
    )
