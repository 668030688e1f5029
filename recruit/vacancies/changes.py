"""When public vacancies changed, for programs that keep copies; and the address of one by its reference."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from sqlalchemy import func, select

from recruit.core.db import db
from recruit.core.errors import NotFound
from recruit.rules.lifecycle import VacancyStatus
from recruit.vacancies.models import Vacancy, VacancyEvent
from recruit.vacancies.shown import NOT_FOUND

_VACANCY, _EVENT = Vacancy.__table__.c, VacancyEvent.__table__.c


def public_slug(reference: str, *, now: datetime) -> str:
    """Return the slug of the vacancy `reference`, if it had opened by `now`; one query.

    Args:
        reference: as we write it, "CSW-0001".
        now: the moment, aware, UTC.

    Raises:
        NotFound: there is none, or it is a draft or opens later.
    """
    statement = select(_VACANCY.slug).where(
        _VACANCY.reference == reference, _VACANCY.published_at.is_not(None), _VACANCY.opens_at <= now
    )
    slug: str | None = db.session.scalar(statement)
    if slug is None:
        raise NotFound(NOT_FOUND)
    return slug


def last_changes(now: datetime, numbers: Sequence[int] | None = None) -> Mapping[int, datetime]:
    """Return when each vacancy that is open at `now` changed last, by its number; one query.

    That is when it opened, or when somebody mended its words after that.

    Args:
        now: the moment, aware, UTC.
        numbers: only these, a few hundred at most; None for all.
    """
    statement = (
        select(_VACANCY.id, _VACANCY.opens_at, func.max(_EVENT.at))
        .select_from(Vacancy.__table__.outerjoin(VacancyEvent.__table__, _EVENT.vacancy_id == _VACANCY.id))
        .where(_VACANCY.status == VacancyStatus.PUBLISHED, _VACANCY.opens_at <= now, _VACANCY.closes_at > now)
        .group_by(_VACANCY.id, _VACANCY.opens_at)
    )
    if numbers is not None:
        statement = statement.where(_VACANCY.id.in_(numbers))
    rows = db.session.execute(statement)
    return {number: max(opened, changed) if changed else opened for number, opened, changed in rows}


def list_changed_at(now: datetime) -> datetime | None:
    """Return the latest moment at which somebody changed a vacancy or one closed; None if none ever did; one query."""
    newest = (  # of what the public sees: work on a draft is no news
        select(_EVENT.at)
        .join_from(VacancyEvent.__table__, Vacancy.__table__, _VACANCY.id == _EVENT.vacancy_id)
        .where(_VACANCY.published_at.is_not(None))
        .order_by(_EVENT.id.desc())
        .limit(1)
        .scalar_subquery()
    )
    closed = (
        select(func.max(_VACANCY.closes_at))
        .where(_VACANCY.status == VacancyStatus.PUBLISHED, _VACANCY.closes_at <= now)
        .scalar_subquery()
    )
    moments = [moment for moment in db.session.execute(select(newest, closed)).one() if moment is not None]
    return max(moments, default=None)
