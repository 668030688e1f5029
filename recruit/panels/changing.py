"""Approving a change of a published vacancy, which must not change what a panel has begun to score."""

from datetime import datetime

from recruit.applications import vacancy_change
from recruit.core.db import db, hold
from recruit.core.errors import Conflict
from recruit.panels.models import Sift
from recruit.rules.access import Actor
from recruit.vacancies.writing_models import VacancyRevision

SCORED = (
    "The panel has begun to score by the criteria as they are, so they stay: those who applied are judged alike."
    " Decline it, so that it is made again without them."
)


def approve_revision(actor: Actor, revision: VacancyRevision, *, seen_version: int, now: datetime) -> None:
    """Put the change before the public as `applications.vacancy_change` does, where criteria may still change.

    Raises:
        Conflict: it changes criteria, and the vacancy's sift is open; or as there.
        NotAllowed, NotReady: as there.
    """
    hold(f"panel:{revision.vacancy_id}")  # whoever opens the sift at this moment comes before or after
    sift = db.session.get(Sift, revision.vacancy_id)
    is_open = sift is not None and sift.opened_at is not None
    if is_open and revision.before["criteria"] != revision.after["criteria"]:
        raise Conflict(SCORED)
    vacancy_change.approve_revision(actor, revision, seen_version=seen_version, now=now)
