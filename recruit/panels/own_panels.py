"""The panels that somebody is on, and how far they are with each.  Who asks is in the WHERE clause."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import joinedload

from recruit.applications.models import Application
from recruit.core.db import UTCDateTime, db
from recruit.panels.composition import has_applied
from recruit.panels.models import PanelMember, ScoreSheet, Sift
from recruit.rules.access import Actor
from recruit.rules.lifecycle import ApplicationStatus
from recruit.rules.sift import LIVE, SIFTED_WORDS, Round, SheetStatus
from recruit.vacancies.models import Vacancy

COUNTS = or_(
    ScoreSheet.status.in_(LIVE) & (Application.status == ApplicationStatus.SUBMITTED),
    (ScoreSheet.status == SheetStatus.SUBMITTED) & Application.status.in_(SIFTED_WORDS),
)
"""A scorer's list has what waits for a decision, and what they scored before it was decided."""


@dataclass(frozen=True, slots=True)
class OwnPanel:
    """One vacancy whose panel somebody is on, and how far they are."""

    vacancy: Vacancy
    is_chair: bool
    opened_at: datetime | None
    closed_at: datetime | None
    scored: int
    given: int
    is_waiting: bool
    """An application waits for a decision: without one no sift is opened any more."""
    first_due_at: datetime | None
    """Until when the first candidate waits for an answer whom they are to score; None where nobody is left."""


def own_panels(actor: Actor) -> list[OwnPanel]:
    """Return the panels that `actor` is on, what closes last first, in one statement."""
    mine = (
        select(
            Application.vacancy_id,
            func.count().label("given"),
            func.count().filter(ScoreSheet.status == SheetStatus.SUBMITTED).label("scored"),
            func.min(Application.due_at, type_=UTCDateTime())
            .filter(ScoreSheet.status == SheetStatus.TO_SCORE)
            .label("first_due_at"),
        )
        .join(ScoreSheet, ScoreSheet.application_id == Application.id)
        .where(
            ScoreSheet.scorer_id == actor.user_id,
            ScoreSheet.round == Round.SIFT,
            COUNTS,
        )
        .group_by(Application.vacancy_id)
        .subquery()
    )
    waits = exists().where(Application.vacancy_id == Vacancy.id, Application.status == ApplicationStatus.SUBMITTED)
    rows = db.session.execute(
        select(
            Vacancy,
            PanelMember.is_chair,
            Sift.opened_at,
            Sift.closed_at,
            func.coalesce(mine.c.scored, 0),
            func.coalesce(mine.c.given, 0),
            waits,
            mine.c.first_due_at,
        )
        .join(PanelMember, PanelMember.vacancy_id == Vacancy.id)
        .outerjoin(Sift, Sift.vacancy_id == Vacancy.id)
        .outerjoin(mine, mine.c.vacancy_id == Vacancy.id)
        .where(PanelMember.user_id == actor.user_id, ~has_applied(PanelMember.user_id, Vacancy.id))
        .options(joinedload(Vacancy.team))
        .order_by(Vacancy.closes_at.desc(), Vacancy.id)
    )
    return [OwnPanel(*row) for row in rows]
