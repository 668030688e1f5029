"""What becomes of applications when their vacancy is cancelled: they end, and each candidate is told at once."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, delete, func, select
from sqlalchemy.orm import joinedload

from recruit.applications import moves
from recruit.applications.letters import LetterDraft
from recruit.applications.models import Application
from recruit.applications.service import tell_candidate
from recruit.core.db import db
from recruit.rules.access import Actor
from recruit.rules.lifecycle import APPLICATION_MOVES, ApplicationStatus, VacancyStatus, permit
from recruit.rules.outcomes import OutcomeReason
from recruit.vacancies import service
from recruit.vacancies.models import Vacancy

ENDING = frozenset(move.source for move in APPLICATION_MOVES if move.target == ApplicationStatus.VACANCY_CANCELLED)
"""The statuses that a cancelled vacancy ends, see `_end_with`."""


def cancel_vacancy(
    actor: Actor,
    vacancy: Vacancy,
    reason: str = "",
    *,
    why: OutcomeReason = OutcomeReason.OTHER,
    seen_version: int | None = None,
    now: datetime,
) -> Sequence[Application]:
    """Cancel `vacancy` as `vacancies.service` does, and end the applications for it; return these.

    A decision that was not released is dropped, with its letter.  Of an unreleased no its letter stays to be released.

    Raises:
        NotAllowed, Conflict, Incomplete: as `vacancies.service.cancel_vacancy`.
    """
    service.cancel_vacancy(actor, vacancy, reason, why=why, seen_version=seen_version, now=now)
    _hold_all_sent(vacancy)
    applications = db.session.scalars(
        select(Application)
        .where(*_end_with(vacancy))
        .options(joinedload(Application.candidate), joinedload(Application.vacancy))
        .order_by(Application.id)
        .with_for_update(of=Application)
        .execution_options(populate_existing=True)
    ).all()
    ending = select(Application.id).where(*_end_with(vacancy))
    db.session.execute(delete(LetterDraft).where(LetterDraft.application_id.in_(ending)))
    for application in applications:
        move = permit(APPLICATION_MOVES, actor, application, ApplicationStatus.VACANCY_CANCELLED)
        assert move.notification is not None  # noqa: S101  its row names one
        message = tell_candidate(move.notification, application, now=now)
        moves.take(move, actor, application, now=now, message=message)
    return applications


def applications_that_end(vacancy: Vacancy) -> int:
    """Return how many candidates would be told that `vacancy` is cancelled."""
    return db.session.scalars(select(func.count()).select_from(Application).where(*_end_with(vacancy))).one()


def is_cancelled(application: Application) -> bool:
    """Say whether the vacancy of `application`, whose row the caller holds, has been cancelled by now."""
    db.session.refresh(application.vacancy, ["status"])
    return application.vacancy.status == VacancyStatus.CANCELLED


def _end_with(vacancy: Vacancy) -> tuple[ColumnElement[bool], ...]:
    """Return which applications end with `vacancy`: whoever had a no, or knows that they are appointed, keeps that."""
    knows_of_it = (Application.status == ApplicationStatus.APPOINTED) & Application.told_status.is_(None)
    return Application.vacancy_id == vacancy.id, Application.status.in_(ENDING), ~knows_of_it


def _hold_all_sent(vacancy: Vacancy) -> None:
    """Wait for whoever is changing an application for `vacancy`: what is undone now stands where it ends."""
    statement = select(Application.id).where(
        Application.vacancy_id == vacancy.id, Application.status != ApplicationStatus.DRAFT
    )
    db.session.execute(statement.order_by(Application.id).with_for_update()).all()
