"""What becomes of interviews when their vacancy is cancelled."""

from datetime import datetime

from sqlalchemy import select

from recruit.applications import cancelling
from recruit.core.calendar import long_moment
from recruit.core.db import db
from recruit.interviews import diaries
from recruit.interviews.choosing import let_go
from recruit.interviews.models import InterviewBooking, InterviewSlot
from recruit.rules.access import Actor
from recruit.rules.interviews import KIND_WORDS
from recruit.rules.outcomes import OutcomeReason
from recruit.vacancies.models import Vacancy


def cancel_vacancy(
    actor: Actor,
    vacancy: Vacancy,
    reason: str = "",
    *,
    why: OutcomeReason = OutcomeReason.OTHER,
    seen_version: int | None = None,
    now: datetime,
) -> int:
    """Cancel `vacancy`, end its applications and take off every interview that is still to come.

    Returns:
        How many candidates were told.

    Raises:
        NotAllowed, Conflict, Incomplete: as `vacancies.service.cancel_vacancy`.
    """
    ended = cancelling.cancel_vacancy(actor, vacancy, reason, why=why, seen_version=seen_version, now=now)
    slots = db.session.scalars(
        select(InterviewSlot)
        .where(
            InterviewSlot.vacancy_id == vacancy.id,
            InterviewSlot.cancelled_at.is_(None),
            InterviewSlot.starts_at > now,
        )
        .order_by(InterviewSlot.id)
        .with_for_update()
    ).all()
    for slot in slots:
        booking = db.session.scalars(select(InterviewBooking).where(InterviewBooking.slot_id == slot.id)).one_or_none()
        if booking is not None:
            what = f"{KIND_WORDS[slot.kind]} at {long_moment(slot.starts_at)} taken off: the vacancy is cancelled"
            let_go(actor, booking, slot, what, now=now, by_us=True)
        diaries.free(slot.id)
        slot.cancelled_at = now
    return len(ended)
