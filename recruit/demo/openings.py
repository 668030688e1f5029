"""Who has opened applications in the demonstration: what follows from what was read and scored, and today's work."""

from datetime import datetime, timedelta

from sqlalchemy import insert, literal, select

from recruit.accounts.models import User
from recruit.applications.models import Application
from recruit.applications.openings import Opening
from recruit.core.db import db
from recruit.panels.models import ScoreSheet
from recruit.review.models import ApplicationRead
from recruit.rules.lifecycle import ApplicationStatus
from recruit.rules.openings import Part
from recruit.rules.sift import Round

TODAY = 14  # applications that somebody of HR has opened so far today
PAUSE = timedelta(minutes=4)  # between two of them


def load_openings(officer: User, *, now: datetime) -> None:
    """Keep an opening for each application that is marked as read, and for each that somebody of a panel began."""
    marked = select(
        ApplicationRead.application_id, ApplicationRead.user_id, literal(Part.APPLICATION.value), ApplicationRead.at
    )
    begun = select(ScoreSheet.application_id, ScoreSheet.scorer_id, literal(Part.BLIND.value), ScoreSheet.declared_at)
    begun = begun.where(ScoreSheet.declared_at.is_not(None), ScoreSheet.round == Round.SIFT)
    for rows in (marked.order_by(ApplicationRead.at), begun.order_by(ScoreSheet.declared_at)):
        db.session.execute(insert(Opening).from_select(["application_id", "actor_id", "part", "at"], rows))
    waiting = db.session.scalars(
        select(Application.id)
        .where(Application.status == ApplicationStatus.SUBMITTED, Application.candidate_id != officer.id)
        .order_by(Application.due_at, Application.id)
        .limit(TODAY)
    ).all()
    for place, key in enumerate(waiting):
        at = now - PAUSE * (len(waiting) - place)
        db.session.add(Opening(application_id=key, actor_id=officer.id, part=Part.APPLICATION, at=at))
