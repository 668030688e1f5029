"""Decisions of the demo that candidates have not been told of, so that there is something to read and send."""

from datetime import datetime

from sqlalchemy import select

from recruit.applications.models import Application
from recruit.core.db import db
from recruit.review.service import move_application
from recruit.rules.access import Actor
from recruit.rules.lifecycle import ApplicationStatus
from recruit.vacancies.models import Vacancy

FEEDBACK = "Your example told us what the team did. Next time, say what you saw, what you decided and what changed."


def load_decisions(vacancy: Vacancy, hr: Actor, *, now: datetime) -> None:
    """Shortlist all but the last of the applications for `vacancy` that wait, and decline that one: just now.

    Args:
        vacancy: one that takes applications.
        hr: who decides.
        now: this moment.
    """
    waiting = db.session.scalars(
        select(Application)
        .where(Application.vacancy_id == vacancy.id, Application.status == ApplicationStatus.SUBMITTED)
        .order_by(Application.id)
        .limit(3)
    ).all()
    for application in waiting:
        is_last = application is waiting[-1]
        move_application(
            hr,
            application,
            ApplicationStatus.NOT_SHORTLISTED if is_last else ApplicationStatus.SHORTLISTED,
            seen_version=application.version,
            reason=FEEDBACK if is_last else "",
            criterion_id=vacancy.asked[0].id if is_last else None,
            now=now,
        )
        db.session.flush()
