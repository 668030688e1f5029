"""Reading teams and vacancies."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from recruit.core.db import db
from recruit.core.errors import NotFound
from recruit.core.text import is_plain
from recruit.rules.lifecycle import VacancyStatus
from recruit.vacancies.models import Team, TeamMember, Vacancy, VacancyEvent


def team_ids_of(user_id: int) -> frozenset[int]:
    """Return the ids of the teams that `user_id` writes vacancies for."""
    return frozenset(db.session.scalars(select(TeamMember.team_id).where(TeamMember.user_id == user_id)))


@dataclass(frozen=True, slots=True)
class PublicVacancy:
    """A vacancy whose page the public may read, with when it was cancelled, if it was."""

    vacancy: Vacancy
    cancelled_at: datetime | None
    paused_at: datetime | None = None


def public_vacancy(slug: str, *, now: datetime) -> PublicVacancy:
    """Return the vacancy that the public knows by `slug`, open, closed or cancelled after it had opened; two queries.

    Raises:
        NotFound: there is none, or it is a draft or has not opened yet at `now`.
    """
    cancelled_at = (
        select(func.max(VacancyEvent.at))
        .where(VacancyEvent.vacancy_id == Vacancy.id, VacancyEvent.target == VacancyStatus.CANCELLED.value)
        .scalar_subquery()
    )
    statement = (
        select(Vacancy, cancelled_at)
        .where(Vacancy.slug == slug, Vacancy.published_at.is_not(None), Vacancy.opens_at <= now)
        .options(
            joinedload(Vacancy.team),
            joinedload(Vacancy.grade),
            joinedload(Vacancy.pay_table),
            joinedload(Vacancy.welcome),
            selectinload(Vacancy.criteria),
        )
    )
    row = db.session.execute(statement).one_or_none() if is_plain(slug) else None  # PostgreSQL refuses a NUL
    if row is None:
        raise NotFound("There is no vacancy at this address.")
    vacancy, ended_at = row
    if vacancy.status == VacancyStatus.CANCELLED:
        if ended_at is None or ended_at <= vacancy.opens_at:  # taken back before anybody could read it
            raise NotFound("There is no vacancy at this address.")
        return PublicVacancy(vacancy, ended_at)
    return PublicVacancy(vacancy, None)


def public_team(slug: str) -> Team:
    """Return the team that the public knows by `slug`.

    Raises:
        NotFound: there is none.
    """
    team = db.session.scalars(select(Team).where(Team.slug == slug)).one_or_none() if is_plain(slug) else None
    if team is None:
        raise NotFound("There is no team at this address.")
    return team
