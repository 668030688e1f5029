"""Whom somebody interviewed who is to be appointed."""

from collections.abc import Mapping

from sqlalchemy import select
from sqlalchemy.orm import joinedload

from recruit.applications.models import Application
from recruit.core.db import db
from recruit.interviews.models import InterviewBooking, InterviewSlot, SlotInterviewer
from recruit.rules import limits
from recruit.rules.access import Actor
from recruit.rules.lifecycle import ApplicationStatus


def appointed_after(actor: Actor) -> Mapping[int, tuple[InterviewSlot, Application]]:
    """Return the last interview that `actor` held of each who is to be appointed, by application, the newest first."""
    rows = (
        db.session.execute(
            select(InterviewSlot, Application)
            .join(SlotInterviewer, SlotInterviewer.slot_id == InterviewSlot.id)
            .join(InterviewBooking, InterviewBooking.slot_id == InterviewSlot.id)
            .join(Application, Application.id == InterviewBooking.application_id)
            .where(SlotInterviewer.user_id == actor.user_id, Application.status == ApplicationStatus.APPOINTED)
            .options(joinedload(InterviewSlot.vacancy), joinedload(Application.candidate))
            .order_by(InterviewSlot.starts_at.desc(), InterviewSlot.id)
            .limit(limits.INTERVIEW_SLOTS)
        )
        .tuples()
        .all()
    )
    found: dict[int, tuple[InterviewSlot, Application]] = {}
    for slot, application in rows:
        found.setdefault(application.id, (slot, application))
    return found
