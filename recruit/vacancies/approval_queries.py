"""Reading vacancies for the people who approve them."""

from collections.abc import Mapping, Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from recruit.core.db import db
from recruit.core.errors import Conflict, NotFound
from recruit.core.references import normalise_vacancy_reference
from recruit.rules import limits
from recruit.rules.lifecycle import ENDED, VacancyStatus
from recruit.rules.outcomes import OutcomeReason
from recruit.vacancies.authoring_queries import WHOLE
from recruit.vacancies.models import Vacancy

_WAITS = Vacancy.status == VacancyStatus.AWAITING_APPROVAL


def vacancies_to_approve() -> Sequence[Vacancy]:
    """Return the vacancies that wait for approval, the one that waits longest first: at most `APPROVALS_SHOWN`."""
    statement = (
        select(Vacancy)
        .where(_WAITS)
        .options(joinedload(Vacancy.team), joinedload(Vacancy.author), joinedload(Vacancy.sent_by))
        .order_by(Vacancy.sent_at, Vacancy.id)
        .limit(limits.APPROVALS_SHOWN)
    )
    return db.session.scalars(statement).all()


def number_to_approve() -> int:
    """Return how many vacancies wait for approval."""
    return db.session.scalar(select(func.count()).select_from(Vacancy).where(_WAITS)) or 0


def ends_counted() -> Mapping[tuple[VacancyStatus, OutcomeReason | None], int]:
    """Return how many published vacancies ended how and why, in one statement; None stands for no reason recorded."""
    statement = (
        select(Vacancy.status, Vacancy.outcome_reason, func.count())
        .where(Vacancy.published_at.is_not(None), Vacancy.status.in_((*ENDED, VacancyStatus.CANCELLED)))
        .group_by(Vacancy.status, Vacancy.outcome_reason)
    )
    return {(status, reason): number for status, reason, number in db.session.execute(statement).tuples()}


def published_vacancy(reference: str) -> Vacancy:
    """Return the vacancy of any team that has this reference and was published, also before vacancies were approved.

    Raises:
        NotFound: there is none.
    """
    known = normalise_vacancy_reference(reference) or ""
    statement = select(Vacancy).where(Vacancy.reference == known, Vacancy.published_at.is_not(None))
    vacancy: Vacancy | None = db.session.scalars(statement).one_or_none()
    if vacancy is None:
        raise NotFound("There is no published vacancy with that reference.")
    return vacancy


def vacancy_for_approval(reference: str) -> Vacancy:
    """Return the vacancy of any team that has this reference and was sent for approval, with all that its page shows.

    Raises:
        NotFound: there is none, or it was never sent.
        Conflict: its team has taken it back, so it is theirs again.
    """
    statement = (
        select(Vacancy)
        .where(Vacancy.reference == (normalise_vacancy_reference(reference) or ""), Vacancy.sent_at.is_not(None))
        .options(*WHOLE, joinedload(Vacancy.author))
    )
    vacancy: Vacancy | None = db.session.scalars(statement).one_or_none()
    if vacancy is None:
        raise NotFound("There is no such vacancy among those that were sent for approval.")
    if vacancy.status is VacancyStatus.DRAFT:
        raise Conflict(f"{vacancy.reference} was taken back by its team, so there is nothing to approve now.")
    if vacancy.published_at is None and vacancy.status is VacancyStatus.CANCELLED:
        raise NotFound("There is no such vacancy among those that were sent for approval.")
    return vacancy
